"""Which services a page may show, and where: the rules a life can hang on. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from samvirke.catalogue.finnhjelp import times
from samvirke.catalogue.finnhjelp.site import Access, ChannelKind, Group, PhoneView, ServiceView, Site
from samvirke.kit.hours import OSLO

# Whose number may stand in the call box, the one for a crisis first. Others stand on their cards.
CALL_ORDER = ("kriseteam", "psykisk-helse-rus", "rask-psykisk-helsehjelp", "kommunepsykolog")
# The order of the cards: help in a crisis first, then what the letter asks for, then the rest by name.
CARD_ORDER = (
    "kriseteam",
    "legevakt",
    "psykisk-helse-rus",
    "fastlege",
    "helsestasjon",
    "barnevern",
    "krisesenter",
    "overgrepsmottak",
    "ppt",
    "nav",
)
_RESIDENTS_MAY_RING = (Access.SELF, Access.REFERRAL)
_YOUNG = {Group.CHILDREN, Group.YOUTH}


def shown(site: Site) -> list[ServiceView]:
    """The services somebody has confirmed, in the order of the page. An unjoined municipality has none of its own."""
    confirmed = [s for s in site.services if s.checked is not None and (site.joined or s.by_area)]
    place = {actor: number for number, actor in enumerate(CARD_ORDER)}
    return sorted(confirmed, key=lambda s: (s.by_area, place.get(s.actor, len(place)), s.slug))


def resident_phones(service: ServiceView) -> list[PhoneView]:
    """Numbers that residents may ring themselves, as somebody has confirmed, and that a human has verified."""
    return _phones(service) if service.access_verified else []


def unsure_phones(service: ServiceView) -> list[PhoneView]:
    """Verified numbers of a service whose way in nobody has confirmed: told, but not to be rung on our word."""
    return [] if service.access_verified else _phones(service)


def _phones(service: ServiceView) -> list[PhoneView]:
    if service.access not in _RESIDENTS_MAY_RING:
        return []
    return [p for p in service.phones if p.for_residents and p.verified_at is not None]


def professional_phones(service: ServiceView) -> list[PhoneView]:
    """Verified numbers that are for professionals."""
    return [p for p in service.phones if not p.for_residents and p.verified_at is not None]


@dataclass(frozen=True)
class Candidate:
    """A number for the call box and the span in which it may be shown."""

    service: ServiceView
    phone: PhoneView
    hours: str


def candidates(site: Site) -> list[Candidate]:
    """Who may stand in the call box: residents may ring, the number is verified, its phone hours are known.

    Only the municipality's own services for adults in general; at most three, in CALL_ORDER.
    """
    services = shown(site)
    found = [
        Candidate(service, phone, phone.hours)
        for actor in CALL_ORDER
        for service in services
        if service.actor == actor and _open_to_anybody(service)
        for phone in resident_phones(service)
        if phone.hours
    ]
    return found[:3]


def _open_to_anybody(service: ServiceView) -> bool:
    may_ring = service.access is Access.SELF
    adults = (service.age_min is None or service.age_min <= 18) and service.age_max is None
    return may_ring and adults and not service.by_area


def open_span(candidate: Candidate, moment: datetime) -> times.Span | None:
    """The candidate's phone-hour span that holds `moment`, else the next one within the known days, else None."""
    today = moment.astimezone(OSLO).date()
    for span in times.spans_from(candidate.hours, today, times.KNOWN_DAYS):
        if span[1] > moment:
            return span
    return None


def edges(site: Site, moment: datetime) -> Iterator[datetime]:
    """Moments after `moment` at which the pages change by time alone: midnight, and the call box's hours."""
    today = moment.astimezone(OSLO).date()
    yield times.midnight(today + timedelta(days=1))
    for candidate in candidates(site):
        if candidate.hours != times.ALWAYS:
            for span in times.spans_from(candidate.hours, today, times.KNOWN_DAYS):
                yield from (edge for edge in span if edge > moment)


def for_young(service: ServiceView) -> bool:
    """Whether a service belongs on the page for children and young people."""
    return bool(_YOUNG & set(service.groups)) or (service.age_min is not None and service.age_min < 18)


def for_worried(service: ServiceView) -> bool:
    """Whether a service belongs on the page for those who worry about someone."""
    groups = {Group.RELATIVES, Group.PARENTS, Group.BEREAVED}
    return bool(groups & set(service.groups)) or service.actor in ("barnevern", "helsestasjon", "kriseteam")


def out_of_hours(service: ServiceView, moment: datetime) -> bool:
    """Whether a service has hours for ringing or chatting on an evening, at night or in a weekend of this week."""
    hours = [p.hours for p in _phones(service)]
    hours += [c.hours for c in service.channels if c.kind is ChannelKind.CHAT]
    return any(_late(osm, moment) for osm in hours if osm)


def _late(osm: str, moment: datetime) -> bool:
    if osm == times.ALWAYS:
        return True
    today = moment.astimezone(OSLO).date()
    for start, end in times.spans_from(osm, today, 7):
        last = end.astimezone(OSLO)
        first = start.astimezone(OSLO)
        if first.weekday() >= 5 or last.date() > first.date() or last.hour >= 17 or first.hour < 7:
            return True
    return False
