"""Many services at once, from a sheet: one transaction, a fixed number of statements."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samvirke.access import log
from samvirke.access.acts import act, action
from samvirke.access.permissions import Need
from samvirke.access.scope import Scope, opened
from samvirke.catalogue import inputs
from samvirke.catalogue.actions import approval, writing
from samvirke.catalogue.actions.many import Many
from samvirke.catalogue.actions.municipality import join_municipality
from samvirke.catalogue.actions.writing import Change
from samvirke.catalogue.contents import snapshot_fields
from samvirke.catalogue.importing import File, ImportRow, Rejected
from samvirke.catalogue.importing.merging import blank, confirmable, result_of
from samvirke.catalogue.inputs import ServiceInput
from samvirke.catalogue.models import ImportedRow, ImportRun, Service
from samvirke.catalogue.queries import as_input, has_joined, siblings, whole
from samvirke.kit.errors import BadInput
from samvirke.reference.models import Municipality

ANSWER = "answers."
IMPORTED = "catalogue.services.imported"
ROW_IN = act(
    "catalogue.service.imported", needs=Need.SERVICE_IMPORT, says=_("importerte en tjeneste fra en fil")
)


@dataclass(frozen=True)
class Imported(Change):
    """What an import did. `updated` counts every row whose service was there before, changed or not."""

    created: int = 0
    updated: int = 0
    rejected: Sequence[Rejected] = ()


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
        row = for_service(row, service)
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
        if row.notice:
            self.work.put_notice(service, row.notice)
        self.services.append((row, service.id))

    def _refusal(self, service: Service, before: ServiceInput, after: ServiceInput) -> str:
        if service.state == "withdrawn":
            return gettext("Tjenesten er trukket tilbake. Hent den fram før du leser den inn.")
        if self.closed and service.state == "confirmed" and inputs.changed_fields(before, after):
            return gettext(
                "Tjenesten er publisert, og en annen skal godkjenne endringer. Endre den i skjemaet."
            )
        return ""


@action(IMPORTED, needs=Need.SERVICE_IMPORT, says=_("importerte tjenester fra en fil"))
def import_rows(
    scope: Scope,
    municipality: str,
    rows: Sequence[ImportRow],
    *,
    now: datetime,
    confirmed_by: str = "",
    max_age: timedelta | None = None,
    file: File | None = None,
) -> Imported:
    """Create or update a municipality's services by external_id; rows that cannot be used are said, not written.

    New services are drafts, and what changes in a confirmed one loses its confirmation, unless `confirmed_by`
    (a role or organisation) stands for the whole sheet: then the municipality has joined, if it had not and the
    scope may let it. Where a second person must approve, nobody can stand for a sheet, and rows that would change
    a published service are refused. `file`: where the rows come from; then it stands among the imports, and can be
    undone. The journal gets a row for each service beside the one for them all. Raises BadInput.
    """
    run = ImportRun(municipality_id=municipality, account=scope.account, at=now, confirmed_by=confirmed_by)
    done, sheet = _import(scope, run, rows, now=now, max_age=max_age)
    log.write(scope, [(ROW_IN, one) for one in changes_of(sheet.work, run, ROW_IN)], now)
    if file and sheet.work.written:
        _keep(run, file, sheet)
    return done


def try_rows(
    scope: Scope,
    municipality: str,
    rows: Sequence[ImportRow],
    *,
    now: datetime,
    confirmed_by: str = "",
    max_age: timedelta | None = None,
) -> Imported:
    """Do all that import_rows does, take it back, and say what it would have done. Nothing is journalled."""
    scope.require(Need.SERVICE_IMPORT)
    run = ImportRun(municipality_id=municipality, at=now, confirmed_by=confirmed_by)
    with opened(scope), transaction.atomic():
        done, _sheet = _import(scope, run, rows, now=now, max_age=max_age)
        transaction.set_rollback(True)
    return done


def changes_of(work: Many, run: ImportRun, code: str) -> list[Change]:
    """Return what became of each service that an import wrote: the fields, and the pieces that were answered anew.

    All of it stands in the service's version too.
    """
    found = []
    for one in work.written.values():
        fields = snapshot_fields(one.before, one.after) if one.before else {}
        pieces = [path.removeprefix(ANSWER) for path in fields if path.startswith(ANSWER)]
        about = {"version": one.service.version, "run": run.id, "pieces": pieces}
        told = {path: pair for path, pair in fields.items() if not path.startswith(ANSWER)}
        found.append(Change(work.municipality, one.service.id, told, about, code))
    return found


def for_service(row: ImportRow, service: Service | None) -> ImportRow:
    """Return a row for the service it goes to: one that goes by its id goes on having no code of its own."""
    if service and not service.external_id:
        return replace(row, fields={**row.fields, "external_id": ""})
    return row


def by_code(services: Iterable[Service]) -> dict[str, Service]:
    """Return services by their code, those that have none by their id: as an export names them."""
    return {one.external_id or str(one.id): one for one in services}


def _import(
    scope: Scope, run: ImportRun, rows: Sequence[ImportRow], *, now: datetime, max_age: timedelta | None
) -> tuple[Imported, _Sheet]:
    municipality = str(run.municipality_id)
    place = _place(scope, municipality)
    by = writing.somebody(run.confirmed_by) if run.confirmed_by else ""
    approval.require_alone(scope, None, municipality, publishes=bool(by))
    joins = _joins(scope, municipality, by)
    family = siblings(scope, municipality)
    taken = set(family.values_list("slug", flat=True))
    age = max_age or writing.max_age(municipality)
    work = Many(scope, municipality, writing.known(None, scope, municipality), now, by, age, taken)
    sheet = _Sheet(work, place.default_language, approval.is_wanted(scope, municipality))
    codes = {row.external_id for row in rows}
    named = Q(external_id__in=codes) | Q(external_id="", id__in=[code for code in codes if _is_id(code)])
    there = by_code(whole(family.filter(named).select_for_update(of=("self",))))
    for row in rows:
        sheet.take(row, there.get(row.external_id))
    work.write(ROW_IN, run.id)
    if joins:
        join_municipality(scope, municipality, now=now)
    elif work.shown:
        writing.rebuild_places([municipality])
    return _told(sheet, run), sheet


def _told(sheet: _Sheet, run: ImportRun) -> Imported:
    counted = {
        "created": sheet.created,
        "changed": len(sheet.work.written) - sheet.created,
        "rejected": len(sheet.rejected),
        "confirmed_by": run.confirmed_by,
    }
    return Imported(
        sheet.work.municipality,
        run.id,
        about=counted,
        created=sheet.created,
        updated=sheet.updated,
        rejected=sheet.rejected,
    )


def _keep(run: ImportRun, file: File, sheet: _Sheet) -> None:
    """Let an import that is done stand among the runs, without what the file held: it can be undone."""
    run.file_name, run.form, run.state, run.step = file.name[:200], file.form, "done", 1
    run.acted_at, run.acted_by, run.erased = run.at, run.account, True
    run.save(force_insert=True)
    rows = []
    for row, service_id in sheet.services:
        one = sheet.work.written.get(service_id)
        if one is None:
            continue
        new, version = one.before is None, one.service.version
        source = one.after["service"]
        rows.append(
            ImportedRow(
                run=run,
                number=row.number,
                state="new" if new else "changed",
                name=source["texts"][source["language"]]["name"][:200],
                external_id=row.external_id[:200],
                chosen=True,
                service=service_id,
                base_version=None if new else version - 1,
                made_version=version,
                version=version,
                outcome="created" if new else "changed",
                applied=True,
                step=1,
            )
        )
    ImportedRow.objects.bulk_create(rows, 1000)


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


def _is_id(code: str) -> bool:
    try:
        return str(UUID(code)) == code
    except ValueError:
        return False


def counts(done: Imported, read: int, rejected: Sequence[Rejected]) -> Mapping[str, object]:
    """Return what the command prints. `rejected`: what the reader had already found wrong."""
    everything = sorted([*rejected, *done.rejected], key=lambda one: (one.row, one.field))
    return {
        "read": read,
        "created": done.created,
        "updated": done.updated,
        "rejected": [asdict(one) for one in everything],
    }
