"""What the editor's desk asks: a municipality whole, with its drafts, as the rules of desk.py see it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from functools import cached_property
from uuid import UUID

from django.db.models import F

from samvirke.access.scope import NotYours, Scope
from samvirke.accounts.rules import by_name
from samvirke.catalogue import desk, queries, queries_verification, rules
from samvirke.catalogue.desk import Seen
from samvirke.catalogue.finnhjelp.site import LANGUAGES
from samvirke.catalogue.inputs import ServiceInput
from samvirke.catalogue.models import Joined, Notice, Service, Verification
from samvirke.kit import hours
from samvirke.kit.hours import OSLO
from samvirke.reference.models import Municipality, PostalCode
from samvirke.reference.queries import actors, municipality_by_code

PAGE = 25


@dataclass(frozen=True)
class Whole:
    """A municipality with everything the desk shows. `services`: its own, drafts and withdrawn ones too."""

    place: Municipality
    joined: Joined | None
    facts: rules.Facts
    services: tuple[Service, ...]
    shared: tuple[Service, ...]
    names: Mapping[str, str]  # kinds by key, in the language of the screen
    now: datetime
    kind_answers: Mapping[str, Verification] = field(default_factory=dict)  # kinds it has none of, by key

    @cached_property
    def given(self) -> Mapping[str, ServiceInput]:
        """What each of its own services tells, by id."""
        return {str(service.id): queries.as_input(service) for service in self.services}

    @cached_property
    def seen(self) -> Sequence[Seen]:
        return [seen_of(service, self.given[str(service.id)]) for service in self.services]

    @cached_property
    def completeness(self) -> rules.Completeness:
        return rules.completeness(self.facts, self.now)

    @cached_property
    def lines(self) -> list[desk.Line]:
        return desk.lines(self.seen, self.facts, self.now)

    @cached_property
    def kinds(self) -> desk.Kinds:
        return desk.kinds(self.seen, self.facts)

    def service(self, id_: str | None) -> Service | None:
        """One of its own services."""
        return next((one for one in self.services if str(one.id) == id_), None)


def whole(scope: Scope, code: str, now: datetime, language: str) -> Whole:
    """Return a municipality as its editors see it, in a fixed number of queries. Raises NotYours."""
    found = queries.coverage([code])
    if code not in found.municipalities or not scope.sees(code):
        raise NotYours(code)
    own = queries.services_of(scope, code)
    shared = [service for service in found.services[code] if service.municipality_id != code]
    return Whole(
        found.municipalities[code],
        found.joined.get(code),
        queries.facts(found)[code],
        tuple(own),
        tuple(shared),
        kind_names(scope, code, language),
        now,
        {
            piece.removeprefix(rules.of_kind("")): row
            for piece, row in found.answers.get(code, {}).items()
            if piece.startswith(rules.of_kind(""))
        },
    )


def kind_names(scope: Scope, code: str, language: str) -> dict[str, str]:
    """Return the name of every kind of service in a language: the guideline's in its order, the municipality's own."""
    found = {actor.key: actor.name.get(language, actor.name["nb"]) for actor in actors()}
    own = {kind.key: kind.name(language) for kind in queries.own_kinds(scope, code)}
    return found | {key: key.capitalize() for key in rules.EXTRA_KINDS} | own


def place_names(given: Sequence[ServiceInput]) -> dict[str, str]:
    """Return the places of the postal codes that services use; one query."""
    codes = {one.postal_code for one in given if one.postal_code.isdecimal()}  # a form may hold anything
    return dict(PostalCode.objects.filter(code__in=codes).values_list("code", "place"))


def notices_of(scope: Scope, code: str) -> list[Notice]:
    """Return the municipality's own notices, the first to end first."""
    return list(Notice.objects.visible_to(scope).filter(municipality=code).order_by("ends", "id"))


def seen_of(service: Service, given: ServiceInput) -> Seen:
    """Return a service as the rules of the desk see it."""
    facts = queries.service_facts(service)
    source = queries.source_text(service)
    notice = getattr(service, "notice", None)
    return Seen(
        id=str(service.id),
        kind=service.kind,
        name=source.name,
        state=service.state,
        told=facts.told | queries.told(service),
        answers=facts.answers,
        access=service.access,
        through_told=bool(given.through or source.how),
        reachable=bool(given.phones or given.channels or given.street_address or given.url),
        unreadable=_unreadable(given),
        outdated=tuple(
            text.language
            for text in service.texts.all()
            if text.language != service.language and text.source_version < source.version
        ),
        notice_until=_midnight_after(notice) if notice else None,
    )


def _midnight_after(notice: Notice) -> datetime:
    """The moment a notice is over: the midnight after its last day."""
    return datetime.combine(notice.ends + timedelta(days=1), time(), OSLO)


def _unreadable(given: ServiceInput) -> tuple[str, ...]:
    """The pieces whose hours cannot be read: written before the rules were what they are."""
    found = {
        rules.OPENING_HOURS: [given.opening_hours],
        rules.PHONE_HOURS: [phone.hours for phone in given.phones],
        rules.CHANNELS: [channel.hours for channel in given.channels],
    }
    return tuple(piece for piece, texts in found.items() if not all(map(_readable, texts)))


def _readable(text: str) -> bool:
    try:
        return not text or bool(hours.parse(text))
    except hours.HoursError:
        return False


@dataclass(frozen=True)
class Page:
    """A page of the list of services. `counts`: how many in each state, of the kind asked for."""

    services: tuple[Service, ...]
    counts: Mapping[str, int]
    kinds: frozenset[str]
    next: str = ""


def services_page(
    scope: Scope, code: str, *, state: str = "", kind: str = "", after: str = "", size: int = PAGE
) -> Page:
    """Return a page of a municipality's services by name, in a fixed number of queries. `after`: the id before it.

    Without a state: drafts and published ones. Names are sorted here: the database puts Å before Æ.
    """
    rows = [
        (by_name(name), str(id_), row_state, actor or own)
        for id_, row_state, actor, own, name in queries.siblings(scope, code)
        .filter(texts__language=F("language"))
        .values_list("id", "state", "actor_id", "own_kind", "texts__name")
    ]
    of_kind = [row for row in rows if not kind or row[3] == kind]
    wanted = sorted(row for row in of_kind if row[2] == state or (not state and row[2] != "withdrawn"))
    at = next((place + 1 for place, row in enumerate(wanted) if row[1] == after), 0)
    ids = [row[1] for row in wanted[at : at + size]]
    found = {str(one.id): one for one in queries.whole(queries.siblings(scope, code).filter(id__in=ids))}
    return Page(
        tuple(found[id_] for id_ in ids),
        Counter(row[2] for row in of_kind),
        frozenset(row[3] for row in rows),
        ids[-1] if wanted[at + size :] else "",
    )


def shared_with(code: str) -> list[Service]:
    """Return the confirmed services of others that cover a municipality."""
    found = queries.coverage([code])
    return [service for service in found.services.get(code, ()) if service.municipality_id != code]


def own_service(scope: Scope, code: str, service_id: UUID) -> Service:
    """Return one of a municipality's own services, to be worked on. Raises NotYours for any other."""
    service = queries.service_for(scope, service_id)
    if service.municipality_id != code:
        raise NotYours(service_id)
    return service


def place_of(code: str) -> tuple[Municipality, Joined | None]:
    """Return a municipality, and how it has joined. Raises NotYours when there is no such municipality."""
    place = municipality_by_code(code)
    if place is None:
        raise NotYours(code)
    return place, Joined.objects.published().filter(municipality=code).first()


def languages_of(place: Municipality, joined: Joined | None) -> list[str]:
    """Return the languages a municipality's pages exist in, its own first."""
    offered = joined.languages if joined else list(LANGUAGES)
    return [place.default_language, *(one for one in offered if one != place.default_language)]


def kind_answer(scope: Scope, code: str, kind: str) -> Verification | None:
    """Return the answer that a municipality has no service of a kind, if it is given."""
    return Verification.objects.visible_to(scope).filter(municipality=code, piece=rules.of_kind(kind)).first()


@dataclass(frozen=True)
class Responsible:
    """A service and who answers for it; `who` "" for nobody in particular."""

    id: str
    name: str
    who: str
    account: UUID | None


def responsible_rows(scope: Scope, code: str) -> list[Responsible]:
    """Return a municipality's services, those that are not withdrawn, with who answers for each; by name."""
    answers = queries_verification.responsible_for(scope, code)
    names = queries_verification.service_names(scope, answers)
    found = [
        Responsible(
            str(id_), names.get(id_, ""), person.name if person else "", person.id if person else None
        )
        for id_, person in answers.items()
    ]
    return sorted(found, key=lambda one: by_name(one.name))
