"""Many services at once, from a sheet: one transaction, a fixed number of statements."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samvirke.access.acts import action
from samvirke.access.permissions import Need
from samvirke.access.scope import Scope, opened
from samvirke.catalogue import inputs, rules
from samvirke.catalogue.actions import writing
from samvirke.catalogue.actions.municipality import join_municipality
from samvirke.catalogue.actions.writing import Change
from samvirke.catalogue.importing import ImportRow, Rejected
from samvirke.catalogue.importing.merging import blank, confirmable, result_of
from samvirke.catalogue.inputs import Known, ServiceInput, TextInput
from samvirke.catalogue.models import Channel, Phone, Service, ServiceText, Verification
from samvirke.catalogue.queries import as_input, has_joined, siblings, whole
from samvirke.kit.errors import BadInput
from samvirke.reference.models import Municipality

BATCH = 1000


@dataclass(frozen=True)
class Imported(Change):
    """What an import did. `updated` counts every row whose service was there before, changed or not."""

    created: int = 0
    updated: int = 0
    rejected: Sequence[Rejected] = ()


@dataclass
class _Work:
    """Rows to write, gathered row by row. `by` "": nobody confirms the sheet."""

    scope: Scope
    municipality: str
    facts: Known
    now: datetime
    by: str
    max_age: timedelta
    taken: set[str]  # slugs
    services: dict[UUID, Service] = field(default_factory=dict)
    texts: list[ServiceText] = field(default_factory=list)
    new_phones_of: list[Service] = field(default_factory=list)
    phones: list[Phone] = field(default_factory=list)
    new_channels_of: list[Service] = field(default_factory=list)
    channels: list[Channel] = field(default_factory=list)
    unsure: dict[UUID, frozenset[str]] = field(default_factory=dict)  # service → pieces whose answers go
    verified: dict[frozenset[str], list[UUID]] = field(
        default_factory=lambda: defaultdict(list)
    )  # pieces → services
    shown: bool = False  # something that stands on a page was touched
    created: int = 0
    updated: int = 0
    rejected: list[Rejected] = field(default_factory=list)

    def take(self, row: ImportRow, service: Service | None, language: str) -> None:
        """Work out what one row means. `service`: the one that is there already."""
        before = as_input(service) if service else blank(language)
        after, wrong = result_of(before, row, self.municipality, self.facts)
        if wrong:
            self.rejected += wrong
            return
        new = service is None
        if service is None:
            self.created += 1
            service = self.create(after)
        else:
            self.updated += 1
            self.update(service, before, after)
        if self.by and not row.draft:
            self.confirm(service, confirmable(after, row), new=new)

    def create(self, given: ServiceInput) -> Service:
        text = given.texts[given.language]
        service = Service(municipality_id=self.municipality, slug=writing.free_slug(text.name, self.taken))
        self.taken.add(service.slug)
        writing.fill(service, given, self.facts, self.now)
        self.services[service.id] = service
        self.texts += [writing.text_row(service, language, one) for language, one in given.texts.items()]
        self.phones += writing.phone_rows(service, given)
        self.channels += writing.channel_rows(service, given)
        return service

    def update(self, service: Service, before: ServiceInput, after: ServiceInput) -> None:
        names = inputs.changed_fields(before, after)
        if not names:
            return
        pieces = inputs.changed_pieces(before, after)
        self.shown |= service.state == "confirmed"
        writing.fill(service, after, self.facts, self.now)
        if rules.SERVICES in pieces and service.state == "confirmed":
            service.state = "draft"
        self.services[service.id] = service
        created, updated = writing.new_text_rows(service, before, after)
        self.texts += created + updated
        if "phones" in names:
            self.new_phones_of.append(service)
            self.phones += writing.phone_rows(service, after)
        if "channels" in names:
            self.new_channels_of.append(service)
            self.channels += writing.channel_rows(service, after)
        self.unsure[service.id] = pieces

    def confirm(self, service: Service, pieces: frozenset[str], *, new: bool) -> None:
        self.shown = True
        if not new:
            self.unsure[service.id] = pieces | self.unsure.get(service.id, frozenset())
        self.verified[pieces].append(service.id)
        if service.state != "confirmed":
            service.state = "confirmed"
            self.services[service.id] = service

    def write(self) -> None:
        Service.objects.bulk_create(
            self.services.values(),
            BATCH,
            update_conflicts=True,
            update_fields=writing.COLUMNS,
            unique_fields=["id"],
        )
        text_columns = [*asdict(TextInput("")), "version", "source_version"]
        ServiceText.objects.bulk_create(
            self.texts,
            BATCH,
            update_conflicts=True,
            update_fields=text_columns,
            unique_fields=["service", "language"],
        )
        Phone.objects.filter(service__in=self.new_phones_of).visible_to(self.scope).delete()
        Phone.objects.bulk_create(self.phones, BATCH)
        Channel.objects.filter(service__in=self.new_channels_of).visible_to(self.scope).delete()
        Channel.objects.bulk_create(self.channels, BATCH)
        together: dict[frozenset[str], list[UUID]] = defaultdict(list)
        for service, pieces in self.unsure.items():
            together[pieces].append(service)
        for pieces, services in together.items():
            old = Verification.objects.filter(service__in=services, piece__in=pieces)
            old.visible_to(self.scope).delete()
        self._verify()

    def _verify(self) -> None:
        """Write who verified what. One row per service and piece would be most of the time as objects."""
        with connection.cursor() as cursor:
            for pieces, services in self.verified.items():
                cursor.execute(
                    "INSERT INTO catalogue_verification"
                    " (service_id, piece, state, reason, verified_by, verified_at, due_at)"
                    " SELECT service, piece, %s, '{}', %s, %s, %s"
                    " FROM unnest(%s::uuid[]) AS service CROSS JOIN unnest(%s::text[]) AS piece",
                    [rules.CONFIRMED, self.by, self.now, self.now + self.max_age, services, sorted(pieces)],
                )


@action("catalogue.services.imported", needs=Need.SERVICE_IMPORT, says=_("leste inn tjenester fra en fil"))
def import_rows(
    scope: Scope,
    municipality: str,
    rows: Sequence[ImportRow],
    *,
    now: datetime,
    confirmed_by: str = "",
    max_age: timedelta = rules.MAX_AGE,
) -> Imported:
    """Create or update a municipality's services by external_id; rows that cannot be used are said, not written.

    New services are drafts, and what changes in a confirmed one loses its confirmation, unless `confirmed_by`
    (a role or organisation) stands for the whole sheet: then the municipality has joined, if it had not and the
    scope may let it. Raises BadInput when there is no such municipality.
    """
    return _import(scope, municipality, rows, now=now, confirmed_by=confirmed_by, max_age=max_age)


def try_rows(
    scope: Scope,
    municipality: str,
    rows: Sequence[ImportRow],
    *,
    now: datetime,
    confirmed_by: str = "",
    max_age: timedelta = rules.MAX_AGE,
) -> Imported:
    """Do all that import_rows does, take it back, and say what it would have done. Nothing is journalled."""
    scope.require(Need.SERVICE_IMPORT)
    with opened(scope), transaction.atomic():
        done = _import(scope, municipality, rows, now=now, confirmed_by=confirmed_by, max_age=max_age)
        transaction.set_rollback(True)
    return done


def _import(
    scope: Scope,
    municipality: str,
    rows: Sequence[ImportRow],
    *,
    now: datetime,
    confirmed_by: str,
    max_age: timedelta,
) -> Imported:
    place = _place(scope, municipality)
    by = writing.somebody(confirmed_by) if confirmed_by else ""
    joins = _joins(scope, municipality, by)
    family = siblings(scope, municipality)
    taken = set(family.values_list("slug", flat=True))
    work = _Work(scope, municipality, writing.known(), now, by, max_age, taken)
    wanted = {row.external_id for row in rows}
    there = {
        service.external_id: service
        for service in whole(family.filter(external_id__in=wanted).select_for_update(of=("self",)))
    }
    for row in rows:
        work.take(row, there.get(row.external_id), place.default_language)
    work.write()
    if joins:
        join_municipality(scope, municipality, now=now)
    elif work.shown:
        writing.rebuild_places([municipality])
    about = {"created": work.created, "updated": work.updated, "rejected": len(work.rejected)}
    return Imported(
        municipality,
        municipality,
        about={**about, "confirmed_by": by},
        created=work.created,
        updated=work.updated,
        rejected=work.rejected,
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
