"""Many services at once, from a sheet: one transaction, a fixed number of statements."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samvirke.access.acts import action
from samvirke.access.permissions import Need
from samvirke.access.scope import Scope, opened
from samvirke.catalogue import inputs
from samvirke.catalogue.actions import approval, writing
from samvirke.catalogue.actions.many import Many
from samvirke.catalogue.actions.municipality import join_municipality
from samvirke.catalogue.actions.writing import Change
from samvirke.catalogue.contents import Plain, snapshot_fields
from samvirke.catalogue.importing import ImportRow, Rejected
from samvirke.catalogue.importing.merging import blank, confirmable, result_of
from samvirke.catalogue.inputs import ServiceInput
from samvirke.catalogue.models import Service
from samvirke.catalogue.queries import as_input, has_joined, siblings, whole
from samvirke.kit.errors import BadInput
from samvirke.reference.models import Municipality

IMPORTED = "catalogue.services.imported"


@dataclass(frozen=True)
class RowChange:
    """What one row did, or would do. `fields`: path (contents.flat_snapshot) → (before, after)."""

    row: int
    service: UUID
    external_id: str
    new: bool
    fields: Mapping[str, tuple[Plain, Plain]]


@dataclass(frozen=True)
class Imported(Change):
    """What an import did. `updated` counts every row whose service was there before, changed or not."""

    created: int = 0
    updated: int = 0
    rejected: Sequence[Rejected] = ()
    changes: Sequence[RowChange] = ()


@dataclass
class _Sheet:
    """A sheet on its way in: what its rows mean, and what became of them."""

    work: Many
    language: str
    closed: bool  # a second person must see what changes in a published service
    created: int = 0
    updated: int = 0
    rejected: list[Rejected] = field(default_factory=list)
    services: list[tuple[ImportRow, UUID]] = field(default_factory=list)

    def take(self, row: ImportRow, service: Service | None) -> None:
        """Work out what one row means. `service`: the one that is there already."""
        before = as_input(service) if service else blank(self.language)
        after, wrong = result_of(before, row, self.work.municipality, self.work.facts)
        if not wrong and service and (refusal := self._refusal(service, before, after)):
            wrong = [Rejected(row.number, "external_id", refusal)]
        if wrong:
            self.rejected += wrong
            return
        pieces = confirmable(after, row) if self.work.by and not row.draft else None
        if service is None:
            self.created += 1
            service = self.work.create(after, pieces)
        else:
            self.updated += 1
            self.work.update(service, before, after, pieces)
        self.services.append((row, service.id))

    def _refusal(self, service: Service, before: ServiceInput, after: ServiceInput) -> str:
        if service.state == "withdrawn":
            return gettext("Tjenesten er trukket tilbake. Hent den fram før du leser den inn.")
        if self.closed and service.state == "confirmed" and inputs.changed_fields(before, after):
            return gettext(
                "Tjenesten er publisert, og en annen skal godkjenne endringer. Endre den i skjemaet."
            )
        return ""

    def changes(self) -> list[RowChange]:
        """Return what each row that changes anything does."""
        found = []
        for row, service in self.services:
            if one := self.work.written.get(service):
                fields = snapshot_fields(one.before, one.after)
                found.append(RowChange(row.number, service, row.external_id, one.before is None, fields))
        return found


@action(IMPORTED, needs=Need.SERVICE_IMPORT, says=_("leste inn tjenester fra en fil"))
def import_rows(
    scope: Scope,
    municipality: str,
    rows: Sequence[ImportRow],
    *,
    now: datetime,
    confirmed_by: str = "",
    max_age: timedelta | None = None,
    run: UUID | None = None,
) -> Imported:
    """Create or update a municipality's services by external_id; rows that cannot be used are said, not written.

    New services are drafts, and what changes in a confirmed one loses its confirmation, unless `confirmed_by`
    (a role or organisation) stands for the whole sheet: then the municipality has joined, if it had not and the
    scope may let it. Where a second person must approve, nobody can stand for a sheet, and rows that would change
    a published service are refused. `run`: stands in every version this makes. Raises BadInput.
    """
    return _import(scope, municipality, rows, now=now, confirmed_by=confirmed_by, max_age=max_age, run=run)


def try_rows(
    scope: Scope,
    municipality: str,
    rows: Sequence[ImportRow],
    *,
    now: datetime,
    confirmed_by: str = "",
    max_age: timedelta | None = None,
    run: UUID | None = None,
) -> Imported:
    """Do all that import_rows does, take it back, and say what it would have done. Nothing is journalled."""
    scope.require(Need.SERVICE_IMPORT)
    with opened(scope), transaction.atomic():
        done = _import(
            scope, municipality, rows, now=now, confirmed_by=confirmed_by, max_age=max_age, run=run
        )
        transaction.set_rollback(True)
    return done


def _import(
    scope: Scope,
    municipality: str,
    rows: Sequence[ImportRow],
    *,
    now: datetime,
    confirmed_by: str,
    max_age: timedelta | None,
    run: UUID | None,
) -> Imported:
    place = _place(scope, municipality)
    by = writing.somebody(confirmed_by) if confirmed_by else ""
    approval.require_alone(scope, None, municipality, publishes=bool(by))
    joins = _joins(scope, municipality, by)
    family = siblings(scope, municipality)
    taken = set(family.values_list("slug", flat=True))
    age = max_age or writing.max_age(municipality)
    work = Many(scope, municipality, writing.known(), now, by, age, taken)
    sheet = _Sheet(work, place.default_language, approval.is_wanted(scope, municipality))
    mentioned = family.filter(external_id__in={row.external_id for row in rows})
    there = {one.external_id: one for one in whole(mentioned.select_for_update(of=("self",)))}
    for row in rows:
        sheet.take(row, there.get(row.external_id))
    work.write(IMPORTED, run)
    if joins:
        join_municipality(scope, municipality, now=now)
    elif work.shown:
        writing.rebuild_places([municipality])
    return _told(sheet, by, run)


def _told(sheet: _Sheet, by: str, run: UUID | None) -> Imported:
    code, changes = sheet.work.municipality, sheet.changes()
    counted = {
        "created": sheet.created,
        "changed": len(changes) - sheet.created,
        "rejected": len(sheet.rejected),
    }
    return Imported(
        code,
        run or code,
        about={**counted, "confirmed_by": by, "services": [one.service for one in changes]},
        created=sheet.created,
        updated=sheet.updated,
        rejected=sheet.rejected,
        changes=changes,
    )


def _place(scope: Scope, municipality: str) -> Municipality:
    scope.require_sight(municipality)
    place = Municipality.objects.filter(code=municipality).first()
    if place is None:
        raise BadInput(gettext("Kommune {code} finnes ikke.").format(code=municipality), field="municipality")
    return place


def _joins(scope: Scope, municipality: str, by: str) -> bool:
    """Say whether the municipality joins by this. Raises Denied, and BadInput where the scope may not let it."""
    if not by:
        return False
    writing.require_confirming(scope, municipality)
    if has_joined(municipality):
        return False
    if not scope.may(Need.MUNICIPALITY_EDIT):
        writing.must_have_joined(municipality)
    return True


def counts(done: Imported, read: int, rejected: Sequence[Rejected]) -> Mapping[str, object]:
    """Return what the command prints. `rejected`: what the reader had already found wrong."""
    everything = sorted([*rejected, *done.rejected], key=lambda one: (one.row, one.field))
    return {
        "read": read,
        "created": done.created,
        "updated": done.updated,
        "rejected": [asdict(one) for one in everything],
    }
