"""What the actions share: rows to and from inputs, confirmations, and the build that follows a change."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext

from samvirke import jobs
from samvirke.access.acts import Done
from samvirke.access.permissions import Need
from samvirke.access.scope import NotYours, Scope
from samvirke.catalogue import rules, values
from samvirke.catalogue.inputs import (
    TEXT_FIELDS,
    Known,
    Problem,
    ServiceInput,
    TextInput,
    changed_languages,
    clean,
)
from samvirke.catalogue.models import Channel, Joined, Phone, Service, ServiceText, Verification
from samvirke.catalogue.queries import area_keys, has_joined, own_kinds, whole
from samvirke.catalogue.stored import SIMPLE_FIELDS
from samvirke.kit.errors import BadInput
from samvirke.reference.models import Actor, PostalCode
from samvirke.reference.queries import areas, municipalities
from samvirke.reference.rules import slugify

LONGEST_SLUG = 90
COLUMNS = [*SIMPLE_FIELDS, "actor", "own_kind", "through_actor", "state", "changed_at"]


@dataclass(frozen=True)
class Change(Done):
    """What an action did with the catalogue. `fields`: name → (before, after). Municipality None: a shared service."""

    @property
    def service(self) -> UUID:
        """The service it was done with. Raises TypeError when it was a municipality."""
        if isinstance(self.target, UUID):
            return self.target
        raise TypeError("This was not done with a service")

    @property
    def pieces(self) -> tuple[str, ...]:
        """The pieces whose answers changed, see catalogue.rules."""
        found = self.about.get("pieces", ())
        return tuple(found) if isinstance(found, Iterable) else ()


def known(
    codes: Collection[str] | None = None, scope: Scope | None = None, municipality: str | None = None
) -> Known:
    """Return the facts that values are checked against; two queries, three with a municipality's own kinds.

    `codes`: what stands where postal codes are asked for, whatever it is.
    """
    asked = None if codes is None else [code for code in codes if code.isdecimal()]
    postal = PostalCode.objects.all() if asked is None else PostalCode.objects.filter(code__in=asked)
    levels = dict(Actor.objects.values_list("key", "level_today"))
    own = own_kinds(scope, municipality) if scope and municipality else []
    return Known(
        levels, frozenset(postal.values_list("code", flat=True)), {kind.key: kind.level for kind in own}
    )


def checked(given: ServiceInput, municipality: str | None, facts: Known) -> ServiceInput:
    """Return the input in the form it is kept in. Raises BadInput naming the first field that cannot be used."""
    cleaned, problems = clean(given, municipality, facts)
    if problems:
        raise as_bad_input(problems[0])
    return cleaned


def numbers_of(municipality: str | None, areas: Iterable[tuple[str, str]]) -> str | None:
    """Return whose numbers a service may have: what is shared with the invented municipality alone is invented too."""
    return (
        values.INVENTED
        if municipality is None and set(areas) == {("municipality", values.INVENTED)}
        else municipality
    )


def as_bad_input(problem: Problem) -> BadInput:
    return BadInput(problem.text, field=problem.field)


def fill(service: Service, given: ServiceInput, facts: Known, now: datetime) -> None:
    """Put the input's own columns into the row, unsaved."""
    for name in SIMPLE_FIELDS:
        value = getattr(given, name)
        setattr(service, name, list(value) if isinstance(value, tuple) else value)
    in_guideline = given.kind in facts.actors
    service.actor_id = given.kind if in_guideline else None
    service.own_kind = "" if in_guideline else given.kind
    service.through_actor_id = given.through or None
    service.changed_at = now


def text_row(service: Service, language: str, text: TextInput, source_version: int = 1) -> ServiceText:
    row = ServiceText(service=service, language=language, source_version=source_version)
    put_text(row, text)
    return row


def put_text(row: ServiceText, text: TextInput) -> None:
    row.name = text.name
    for name in TEXT_FIELDS:
        setattr(row, name, getattr(text, name))


def phone_rows(service: Service, given: ServiceInput) -> list[Phone]:
    return [
        Phone(
            service=service,
            number=phone.number,
            label=dict(phone.label),
            for_residents=phone.for_residents,
            phone_hours=phone.hours,
            order=order,
        )
        for order, phone in enumerate(given.phones)
    ]


def channel_rows(service: Service, given: ServiceInput) -> list[Channel]:
    return [
        Channel(
            service=service,
            kind=channel.kind,
            address=channel.address,
            label=dict(channel.label),
            hours=channel.hours,
            order=order,
        )
        for order, channel in enumerate(given.channels)
    ]


def new_text_rows(
    service: Service, before: ServiceInput, after: ServiceInput
) -> tuple[list[ServiceText], list[ServiceText]]:
    """Return text rows to create and to update. A translation counts as made from the source text as it becomes."""
    rows = {row.language: row for row in service.texts.all()}
    changed = changed_languages(before, after)
    source = rows.get(after.language)
    version = (source.version if source else 0) + (after.language in changed)
    created, updated = [], []
    for language in changed:
        row = rows.get(language)
        if row is None:
            created.append(text_row(service, language, after.texts[language], version))
        else:
            put_text(row, after.texts[language])
            row.version += 1
            row.source_version = row.version if language == after.language else version
            updated.append(row)
    return created, updated


def verification_rows(
    service: Service, pieces: Iterable[str], by: str, now: datetime, max_age: timedelta
) -> list[Verification]:
    return [
        Verification(service=service, piece=piece, verified_by=by, verified_at=now, due_at=now + max_age)
        for piece in sorted(pieces)
    ]


def confirm_pieces(
    scope: Scope, service: Service, pieces: Collection[str], by: str, *, now: datetime, max_age: timedelta
) -> None:
    """Write that somebody has confirmed these pieces; earlier answers about them are replaced."""
    forget(scope, service, pieces)
    Verification.objects.bulk_create(verification_rows(service, pieces, by, now, max_age))


def forget(scope: Scope, service: Service, pieces: Collection[str]) -> None:
    """Take away what was answered about pieces that were changed."""
    Verification.objects.filter(service=service, piece__in=pieces).visible_to(scope).delete()


def fetch(scope: Scope, service_id: UUID) -> Service:
    """Return a service, locked, with all that belongs to it. Raises NotYours when the scope has no such service."""
    found = Service.objects.filter(id=service_id).visible_to(scope).select_for_update(of=("self",))
    service = whole(found).first()
    if service is None:
        raise NotYours(service_id)
    return service


def free_slug(name: str, taken: Collection[str], used: dict[str, int] | None = None) -> str:
    """Return an address for a service that no other service of the municipality has.

    `used`: for many services in a row, the number that each name has come to; it is kept here.
    """
    base = slugify(name)[:LONGEST_SLUG].strip("-") or "tjeneste"
    number = (used or {}).get(base, 1)
    slug = base if number == 1 else f"{base}-{number}"
    while slug in taken:
        number += 1
        slug = f"{base}-{number}"
    if used is not None:
        used[base] = number
    return slug


def texts(given: Mapping[str, str], longest: int = values.LONGEST_TEXT) -> dict[str, str]:
    """Return texts per language, cleaned; empty ones are left out. Raises BadInput."""
    try:
        return values.texts(given, longest)
    except values.Refused as error:
        raise BadInput(str(error), field="texts") from error


def require_confirming(scope: Scope, municipality: str | None) -> None:
    """Raise Denied unless the scope may stand for what a municipality (None: a shared service) publishes."""
    scope.require(Need.SHARED_EDIT if municipality is None else Need.SERVICE_CONFIRM)


def somebody(by: str) -> str:
    """Return who confirms: plain text, for it stands on the page. Raises BadInput when nobody does."""
    try:
        plain = values.line(by)
    except values.Refused as error:
        raise BadInput(str(error), field="verified_by") from error
    if not plain:
        raise BadInput(
            gettext("Skriv hvem som bekrefter opplysningene: en rolle eller en enhet."), field="verified_by"
        )
    return plain


def rebuild(service: Service) -> None:
    """Ask for new pages wherever the service shows."""
    found = {service.municipality_id} if service.municipality_id else set()
    keys = {(area.kind, area.key) for area in service.areas.all()}
    if keys:
        around = areas()
        found |= {place.code for place in municipalities() if keys & area_keys(place, around.get(place.code))}
    rebuild_places(code for code in found if code)


def rebuild_places(codes: Iterable[str]) -> None:
    """Ask for new pages of these municipalities. The jobs are rows of the same transaction."""
    for code in sorted(codes):
        jobs.later("publishing.build", municipality=code)


def max_age(municipality: str | None) -> timedelta:
    """Return how long confirmations count in a municipality, when nothing has shortened it."""
    joined = Joined.objects.published().filter(municipality=municipality).first() if municipality else None
    return timedelta(days=joined.check_days) if joined else rules.MAX_AGE


def must_have_joined(code: str) -> None:
    """Raise BadInput unless the municipality has joined."""
    if not has_joined(code):
        raise BadInput(
            gettext("Kommune {code} er ikke med i Samvirke ennå.").format(code=code), field="municipality"
        )
