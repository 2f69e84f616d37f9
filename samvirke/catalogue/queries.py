"""What can be asked about services: which cover a municipality, and how much of the letter is told.

Everything is fetched for many municipalities at a time, in a fixed number of queries.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import starmap
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, Q

from samvirke.access.scope import NotYours, Scope
from samvirke.catalogue import contents, rules
from samvirke.catalogue.inputs import ServiceInput
from samvirke.catalogue.models import (
    CatalogueQuerySet,
    Channel,
    Draft,
    Joined,
    OwnKind,
    Phone,
    Service,
    ServiceArea,
    ServiceText,
    ServiceVersion,
    Verification,
)
from samvirke.catalogue.rules import Pace, Shortened
from samvirke.catalogue.stored import as_input as as_input
from samvirke.catalogue.stored import source_text as source_text
from samvirke.catalogue.stored import told as told
from samvirke.reference.models import Municipality
from samvirke.reference.queries import Area, actors, areas, municipalities

COUNTRY = ("country", "")
COMES_ALONG = "comes along with a service that was opened"

AreaKey = tuple[str, str]
"""Kind and key of an area: ("county", "18"), ("country", "")."""


@dataclass(frozen=True)
class Coverage:
    """Municipalities, the confirmed services that cover each, and what the municipalities have answered.

    `paces`: of every municipality that has joined and answers for a service here.
    """

    municipalities: Mapping[str, Municipality]
    areas: Mapping[str, Area]
    joined: Mapping[str, Joined]
    services: Mapping[str, tuple[Service, ...]]
    answers: Mapping[str, Mapping[str, Verification]]
    paces: Mapping[str, Pace]


def coverage(codes: Collection[str] | None = None) -> Coverage:
    """Return what covers the municipalities of `codes` (None: all), in 12 queries however many they are,
    and one more when a neighbour's services cover them.

    A municipality's own services come first, then those attached by area; each by name. A municipality
    that has not joined has no services of its own here: its drafts and facts are its own business.
    """
    wanted = None if codes is None else sorted(codes)
    places = {place.code: place for place in municipalities(wanted)}
    around = areas(wanted)
    joined = {
        str(row.municipality_id): row
        for row in Joined.objects.published().filter(municipality__in=list(places))
    }
    answers: dict[str, dict[str, Verification]] = defaultdict(dict)
    for row in Verification.objects.published().filter(municipality__in=list(places)):
        answers[str(row.municipality_id)][row.piece] = row
    services = _covering(places, around, joined)
    return Coverage(places, around, joined, services, answers, _paces(joined, services))


def pace(joined: Joined) -> Pace:
    """Return how long a municipality's confirmations count."""
    shortened = tuple(
        Shortened(one["days"], datetime.fromisoformat(one["since"]), datetime.fromisoformat(one["until"]))
        for one in joined.shortened
    )
    return Pace(joined.check_days, shortened, joined.check_days_since)


def has_joined(code: str) -> bool:
    """Say whether a municipality answers for its own page."""
    return Joined.objects.published().filter(municipality=code).exists()


def siblings(scope: Scope, municipality: str | None) -> CatalogueQuerySet[Service]:
    """Return a municipality's own services, drafts and withdrawn ones too; None: the shared services."""
    found = Service.objects.visible_to(scope)
    return (
        found.filter(municipality=municipality) if municipality else found.filter(municipality__isnull=True)
    )


def whole(services: CatalogueQuerySet[Service]) -> CatalogueQuerySet[Service]:
    """Return services that somebody has opened, with all that belongs to them: five queries more, however many."""
    parts: dict[str, CatalogueQuerySet[Any]] = {
        "texts": ServiceText.objects.across_tenants(why=COMES_ALONG),
        "phones": Phone.objects.across_tenants(why=COMES_ALONG),
        "channels": Channel.objects.across_tenants(why=COMES_ALONG),
        "verifications": Verification.objects.across_tenants(why=COMES_ALONG),
        "areas": ServiceArea.objects.across_tenants(why=COMES_ALONG),
    }
    return services.select_related("notice").prefetch_related(*starmap(Prefetch, parts.items()))


def names_of(scope: Scope, ids: Iterable[UUID]) -> dict[UUID, str]:
    """Return the names of the services among these that a scope sees, each in its own language."""
    found = whole(Service.objects.visible_to(scope).filter(id__in=ids))
    return {one.id: source_text(one).name for one in found}


def service_for(scope: Scope, service_id: UUID) -> Service:
    """Return a service to those who may work on it, with all that belongs to it. Raises NotYours."""
    found = whole(Service.objects.visible_to(scope).filter(id=service_id)).first()
    if found is None:
        raise NotYours(service_id)
    return found


def services_of(scope: Scope, municipality: str | None) -> list[Service]:
    """Return a municipality's own services (None: the shared ones), drafts and withdrawn ones too, by name."""
    return _by_name(whole(siblings(scope, municipality)))


@dataclass(frozen=True)
class Version:
    """A service as it was after one change. `changes`: path (contents.flat_snapshot) → (before, after)."""

    number: int
    at: datetime
    account: UUID | None
    code: str
    run: UUID | None
    state: str
    given: ServiceInput
    changes: Mapping[str, tuple[Any, Any]]


@dataclass(frozen=True)
class WorkingCopy:
    """A draft, beside what the service tells now. A form sends back `base_version` and `revision`."""

    id: UUID
    service: Service
    given: ServiceInput
    now: ServiceInput
    reasons: Mapping[str, Mapping[str, str]]
    base_version: int
    revision: int
    account: UUID | None
    writers: frozenset[UUID]
    at: datetime
    state: str
    confirmed_by: str
    note: str


def history(scope: Scope, service_id: UUID) -> list[Version]:
    """Return every version of a service that is kept, the newest first. Raises NotYours."""
    service = service_for(scope, service_id)
    rows = list(ServiceVersion.objects.visible_to(scope).filter(service=service).order_by("number"))
    before: list[Mapping[str, Any] | None] = [None, *(row.content for row in rows)]
    found = [
        Version(
            row.number,
            row.at,
            row.account,
            row.code,
            row.run,
            row.content["state"],
            contents.from_json(row.content["service"]),
            contents.snapshot_fields(earlier, row.content),
        )
        for row, earlier in zip(rows, before, strict=False)
    ]
    return found[::-1]


def touched(scope: Scope, ids: Collection[UUID]) -> frozenset[UUID]:
    """Return those of these services that a person has changed or begun on."""
    by_hand = ServiceVersion.objects.visible_to(scope).filter(service__in=ids, account__isnull=False)
    begun = Draft.objects.visible_to(scope).filter(service__in=ids)
    return frozenset(by_hand.values_list("service_id", flat=True)) | frozenset(
        begun.values_list("service_id", flat=True)
    )


def draft_of(scope: Scope, service_id: UUID) -> WorkingCopy | None:
    """Return a service's draft. Raises NotYours."""
    service = service_for(scope, service_id)
    row = Draft.objects.visible_to(scope).filter(service=service).first()
    return _working_copy(row, service) if row else None


def drafts_of(scope: Scope, municipality: str | None, state: str = "") -> list[WorkingCopy]:
    """Return a municipality's drafts (None: those of shared services) in one state or any, the oldest first."""
    mine = Draft.objects.visible_to(scope).order_by("at", "id")
    found = mine.filter(municipality=municipality) if municipality else mine.filter(municipality__isnull=True)
    rows = list(found.filter(state=state) if state else found)
    services = siblings(scope, municipality).filter(id__in=[row.service_id for row in rows])
    by_id = {service.id: service for service in whole(services)}
    return [_working_copy(row, by_id[row.service_id]) for row in rows]


def waiting_drafts(scope: Scope, municipality: str) -> list[WorkingCopy]:
    """Return the drafts that wait for a second person, the oldest first."""
    return drafts_of(scope, municipality, "sent")


def _working_copy(row: Draft, service: Service) -> WorkingCopy:
    return WorkingCopy(
        row.id,
        service,
        contents.from_json(row.content),
        as_input(service),
        row.reasons,
        row.base_version,
        row.revision,
        row.account,
        frozenset(row.writers),
        row.at,
        row.state,
        row.confirmed_by,
        row.note,
    )


def confirmed(codes: Collection[str]) -> list[Service]:
    """Return the confirmed services of these municipalities and every shared one, with all that belongs to them."""
    wanted = Q(municipality__in=codes) | Q(areas__isnull=False)
    return _by_name(whole(Service.objects.published().filter(wanted)).distinct())


def _by_name(services: Iterable[Service]) -> list[Service]:
    return sorted(services, key=lambda service: (source_text(service).name.casefold(), service.slug))


def area_keys(place: Municipality, area: Area | None) -> frozenset[AreaKey]:
    """Return every area a municipality lies in. Oslo lies in the areas of all its districts' hospitals.

    The invented municipality (`area` None) lies in no county: only in the country and in itself.
    """
    found: set[AreaKey] = {COUNTRY, ("municipality", place.code)}
    if area:
        found |= {("county", str(place.county_id)), ("region", area.region.key)}
        found |= {("trust", cover.trust.key) for cover in area.trusts}
    return frozenset(found)


def service_facts(service: Service, pace_: Pace = rules.USUAL) -> rules.ServiceFacts:
    """Return a service as the rules see it. `pace_`: of the municipality that answers for it."""
    text = source_text(service)
    return rules.ServiceFacts(
        id=str(service.id),
        kind=service.kind,
        level=service.level,
        name=text.name,
        told=told(service),
        numbers=tuple(phone.number for phone in service.phones.all()),
        words=f"{text.name} {text.description} {text.what_happens} {text.who} {text.how}",
        answers={row.piece: _answer(row) for row in service.verifications.all()},
        pace=pace_,
    )


def facts(found: Coverage) -> dict[str, rules.Facts]:
    """Return each municipality as the rules see it."""
    seen: dict[str, rules.ServiceFacts] = {}
    for services in found.services.values():
        for service in services:
            if str(service.id) not in seen:
                limit = found.paces.get(service.municipality_id or "", rules.USUAL)
                seen[str(service.id)] = service_facts(service, limit)
    return {
        code: rules.Facts(
            code,
            code in found.joined,
            tuple(seen[str(service.id)] for service in found.services[code]),
            {piece: _answer(row) for piece, row in found.answers.get(code, {}).items()},
            found.paces.get(code, rules.USUAL),
        )
        for code in found.municipalities
    }


def completeness(
    codes: Collection[str] | None, now: datetime, max_age: timedelta | None = None
) -> dict[str, rules.Completeness]:
    """Return the letter's rules for each municipality of `codes`; None: every real one, in order of number.

    `max_age`, when given, counts instead of each municipality's own pace.
    """
    found = coverage(codes)
    asked = [code for code, place in found.municipalities.items() if codes is not None or not place.invented]
    seen = facts(found)
    return {code: rules.completeness(seen[code], now, max_age) for code in sorted(asked)}


def own_kinds(scope: Scope, municipality: str) -> list[OwnKind]:
    """Return the kinds of services that a municipality has added, by key."""
    return list(OwnKind.objects.visible_to(scope).filter(municipality=municipality).order_by("key"))


def kind_names(own: Iterable[OwnKind] = ()) -> list[tuple[str, str]]:
    """Return the key and the bokmål name of every kind of service, the guideline's first. `own`: a place's own."""
    return (
        [(actor.key, actor.name["nb"]) for actor in actors()]
        + [(key, key.capitalize()) for key in rules.EXTRA_KINDS]
        + [(kind.key, kind.name("nb")) for kind in own]
    )


def kind_words(own: Iterable[OwnKind] = ()) -> dict[str, str]:
    """Return every way of writing a kind of service, in lower case → its key: key, names, the guideline's name."""
    found = {key: key for key in rules.EXTRA_KINDS}
    for kind in own:
        found |= {word.casefold(): kind.key for word in (*kind.names.values(), kind.key)}
    for actor in actors():
        for word in (actor.guideline_name, *actor.name.values(), actor.key):
            found[word.casefold()] = actor.key
    return found


def _covering(
    places: Mapping[str, Municipality], around: Mapping[str, Area], joined: Collection[str]
) -> dict[str, tuple[Service, ...]]:
    own: dict[str, list[Service]] = defaultdict(list)
    by_area: dict[AreaKey, list[Service]] = defaultdict(list)
    order: dict[str, int] = {}
    for position, service in enumerate(confirmed(places)):
        order[str(service.id)] = position
        if service.municipality_id:
            own[service.municipality_id].append(service)
        for area in service.areas.all():
            by_area[area.kind, area.key].append(service)
    covering = {}
    for code, place in places.items():
        keys = area_keys(place, around.get(code))
        shared = {str(s.id): s for key in keys for s in by_area[key] if s.municipality_id != code}
        mine = own[code] if code in joined else []
        covering[code] = (*mine, *sorted(shared.values(), key=lambda service: order[str(service.id)]))
    return covering


def _paces(joined: Mapping[str, Joined], services: Mapping[str, Iterable[Service]]) -> dict[str, Pace]:
    owners = {service.municipality_id for found in services.values() for service in found}
    found = {code: pace(row) for code, row in joined.items()}
    if neighbours := owners - {None} - found.keys():
        rows = Joined.objects.published().filter(municipality__in=neighbours)
        found |= {str(row.municipality_id): pace(row) for row in rows}
    return found


def _answer(row: Verification) -> rules.Answer:
    return rules.Answer(row.state, row.verified_at, row.due_at)
