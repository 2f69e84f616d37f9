"""Many services at once, from a sheet: one transaction, a fixed number of statements."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection, transaction

from samvirke.catalogue import inputs, rules
from samvirke.catalogue.actions import writing
from samvirke.catalogue.actions.municipality import join_municipality
from samvirke.catalogue.importing.rows import COLUMN_OF, ImportRow, Rejected
from samvirke.catalogue.inputs import Known, ServiceInput, TextInput
from samvirke.catalogue.models import Phone, Service, ServiceText, Verification
from samvirke.catalogue.queries import as_input, has_joined
from samvirke.kit.errors import BadInput
from samvirke.reference.models import Municipality

BATCH = 1000


@dataclass
class Imported:
    """What an import did. `updated` counts every row whose service was there before, changed or not."""

    created: int = 0
    updated: int = 0
    rejected: list[Rejected] = field(default_factory=list)


@dataclass
class _Work:
    """Rows to write, gathered row by row. `by` "": nobody confirms the sheet."""

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
    unsure: dict[UUID, frozenset[str]] = field(default_factory=dict)  # service → pieces whose answers go
    verified: dict[frozenset[str], list[UUID]] = field(
        default_factory=lambda: defaultdict(list)
    )  # pieces → services
    shown: bool = False  # something that stands on a page was touched

    def create(self, given: ServiceInput) -> Service:
        text = given.texts[given.language]
        service = Service(municipality_id=self.municipality, slug=writing.free_slug(text.name, self.taken))
        self.taken.add(service.slug)
        writing.fill(service, given, self.facts, self.now)
        self.services[service.id] = service
        self.texts.append(writing.text_row(service, given.language, text))
        self.phones += writing.phone_rows(service, given)
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
        Phone.objects.filter(service__in=self.new_phones_of).delete()
        Phone.objects.bulk_create(self.phones, BATCH)
        together: dict[frozenset[str], list[UUID]] = defaultdict(list)
        for service, pieces in self.unsure.items():
            together[pieces].append(service)
        for pieces, services in together.items():
            Verification.objects.filter(service__in=services, piece__in=pieces).delete()
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


@transaction.atomic
def import_rows(
    municipality: str,
    rows: Sequence[ImportRow],
    *,
    now: datetime,
    confirmed_by: str = "",
    dry_run: bool = False,
    max_age: timedelta = rules.MAX_AGE,
) -> Imported:
    """Create or update a municipality's services by external_id; rows that cannot be used are said, not written.

    New services are drafts, and what changes in a confirmed one loses its confirmation, unless `confirmed_by`
    (a role or organisation) stands for the whole sheet: then the municipality has joined, if it had not.
    `dry_run` does everything and takes it back. Raises BadInput when there is no such municipality.
    """
    place = Municipality.objects.filter(code=municipality).first()
    if place is None:
        raise BadInput(f"Kommune {municipality} finnes ikke.", field="municipality")
    by = writing.somebody(confirmed_by) if confirmed_by else ""
    facts = writing.known()
    wanted = {row.external_id for row in rows}
    there = {
        service.external_id: service
        for service in Service.objects.select_for_update()
        .filter(municipality=place, external_id__in=wanted)
        .prefetch_related("texts", "phones", "channels")
    }
    taken = set(Service.objects.filter(municipality=place).values_list("slug", flat=True))
    done, work = Imported(), _Work(municipality, facts, now, by, max_age, taken)
    for row in rows:
        service = there.get(row.external_id)
        before = as_input(service) if service else _blank(place.default_language)
        after, problems = inputs.clean(_merged(before, row), municipality, facts)
        if problems:
            done.rejected += [
                Rejected(row.number, COLUMN_OF.get(one.field, one.field), one.text) for one in problems
            ]
            continue
        new = service is None
        if service is None:
            done.created += 1
            service = work.create(after)
        else:
            done.updated += 1
            work.update(service, before, after)
        if by:
            work.confirm(service, _confirmable(after, row), new=new)
    work.write()
    if by and not has_joined(municipality):
        join_municipality(municipality, now=now)
    elif work.shown:
        writing.rebuild_places([municipality])
    if dry_run:
        transaction.set_rollback(True)
    return done


def _blank(language: str) -> ServiceInput:
    return ServiceInput(kind="", texts={language: TextInput("")}, language=language)


def _merged(before: ServiceInput, row: ImportRow) -> ServiceInput:
    text = replace(before.texts[before.language], **row.text)
    changes = dict(row.fields)
    if "kind" in changes and changes["kind"] != before.kind:
        changes["level"] = ""  # the new kind's own
    if "phones" in changes:
        changes["phones"] = _keep_labels(before, changes["phones"])
    return replace(before, **changes, texts={**before.texts, before.language: text})


def _keep_labels(before: ServiceInput, phones: Sequence[inputs.PhoneInput]) -> tuple[inputs.PhoneInput, ...]:
    """A sheet has no labels: a number that stays keeps its own."""
    old = {phone.number[-8:]: phone for phone in before.phones}
    found = []
    for phone in phones:
        known = old.get("".join(sign for sign in phone.number if sign.isdigit())[-8:])
        found.append(replace(phone, label=known.label, for_residents=known.for_residents) if known else phone)
    return tuple(found)


def _confirmable(after: ServiceInput, row: ImportRow) -> frozenset[str]:
    """What the sheet tells. An empty "access" says nothing about the way in, so nobody has confirmed it."""
    found = inputs.told(after) - {rules.CHANNELS}
    return found if "access" in row.fields else found - {rules.ACCESS}


def counts(done: Imported, read: int, rejected: Sequence[Rejected]) -> Mapping[str, object]:
    """Return what the command prints. `rejected`: what the reader had already found wrong."""
    everything = sorted([*rejected, *done.rejected], key=lambda one: (one.row, one.field))
    return {
        "read": read,
        "created": done.created,
        "updated": done.updated,
        "rejected": [asdict(one) for one in everything],
    }
