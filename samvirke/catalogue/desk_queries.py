"""What the editor's desk asks: a municipality whole, with its drafts, as the rules of desk.py see it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import cached_property

from samvirke.access.scope import NotYours, Scope
from samvirke.catalogue import desk, queries, rules
from samvirke.catalogue.desk import Seen
from samvirke.catalogue.inputs import ServiceInput
from samvirke.catalogue.models import Joined, Notice, Service
from samvirke.kit import hours
from samvirke.kit.hours import OSLO
from samvirke.reference.models import Municipality, PostalCode
from samvirke.reference.queries import actors


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
        kind_names(language),
        now,
    )


def kind_names(language: str) -> dict[str, str]:
    """Return the name of every kind of service in a language, the guideline's in its order; one query."""
    found = {actor.key: actor.name.get(language, actor.name["nb"]) for actor in actors()}
    return found | {key: key.capitalize() for key in rules.EXTRA_KINDS}


def place_names(given: Sequence[ServiceInput]) -> dict[str, str]:
    """Return the places of the postal codes that services use; one query."""
    codes = {one.postal_code for one in given}
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
