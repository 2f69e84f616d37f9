"""What a municipality's page should tell: the letter of 30.06.2022 as pure functions.

The letter (Helsedirektoratet to the county governors) says that the pages should (bør) tell services,
age and target groups, opening hours, phone, phone hours and address, and must (må) tell that the GP
gives same-day help and which acute help there is outside hours. Each is a rule with a code.

A piece of information is `present` when it is there and somebody has confirmed it, `overdue` when the
confirmation is older than `max_age` (or past its own due time), `not-applicable` when it was answered
"not applicable, because …", and else `missing`. Nothing here reads a clock or a database.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

SERVICES = "services"
TARGET_GROUPS = "target-groups"
OPENING_HOURS = "opening-hours"
PHONE = "phone"
PHONE_HOURS = "phone-hours"
ADDRESS = "address"
GP_SAME_DAY = "gp-same-day"
OUT_OF_HOURS_LEGEVAKT = "out-of-hours-legevakt"
ACUTE_SPECIALIST = "acute-specialist"

SERVICE_RULES = (SERVICES, TARGET_GROUPS, OPENING_HOURS, PHONE, PHONE_HOURS, ADDRESS)
MUNICIPALITY_RULES = (GP_SAME_DAY, OUT_OF_HOURS_LEGEVAKT, ACUTE_SPECIALIST)
RULES = SERVICE_RULES + MUNICIPALITY_RULES

# Also confirmed piece by piece before a page says them, but the letter does not ask for them.
ACCESS = "access"
CHANNELS = "channels"
SERVICE_PIECES = (*SERVICE_RULES, ACCESS, CHANNELS)
# "Not applicable" is an answer for these only: the letter's "must" and the service itself have none.
MAY_BE_NOT_APPLICABLE = frozenset(SERVICE_PIECES) - {SERVICES, ACCESS}

PRESENT = "present"
MISSING = "missing"
OVERDUE = "overdue"
NOT_APPLICABLE = "not-applicable"
CONFIRMED = "confirmed"

DAYS = 90
MAX_AGE = timedelta(days=DAYS)


@dataclass(frozen=True)
class Required:
    """A kind of service every municipality should tell about, with kinds that are checked along with it."""

    kind: str
    along: tuple[str, ...] = ()


REQUIRED = (
    Required("kriseteam"),
    Required("legevakt"),
    Required("fastlege"),
    Required("psykisk-helse-rus"),
    Required("helsestasjon", ("skolehelsetjeneste",)),
    Required("barnevern", ("barnevernvakt",)),
    Required("krisesenter"),
    Required("overgrepsmottak"),
    Required("nav"),
    Required("ppt"),
)
GP = "fastlege"
LEGEVAKT = "legevakt"
# A municipality may answer that it has no service of a kind, and say who helps instead; the answer stands on its page
# «Om siden». Not for the letter's "must": every municipality has GPs and a legevakt, alone or with others.
MAY_LACK = frozenset(need.kind for need in REQUIRED) - {GP, LEGEVAKT}
ACUTE_WARD = "akuttmottak"
SPECIALIST = "spesialist"

# Kinds that the guideline's list lacks and municipalities need. The list is open.
EXTRA_KINDS: Mapping[str, str] = {
    ACUTE_WARD: SPECIALIST,
    "barnevernvakt": "kommune",
    "skolehelsetjeneste": "kommune",
}

_LOCAL_NUMBER = re.compile(r"\+47[0-9]{8}")
_SAME_DAY = re.compile(
    r"(øyeblikkelig|augeblikkeleg|augneblinkeleg)[ -]hjelp|samme dag|same dag|same[ -]day", re.IGNORECASE
)


@dataclass(frozen=True)
class Shortened:
    """A time in which confirmations count for fewer days than usual."""

    days: int
    since: datetime
    until: datetime

    def holds(self, now: datetime) -> bool:
        """Say whether it counts at `now`: from its beginning, until its end."""
        return self.since <= now < self.until


@dataclass(frozen=True)
class Pace:
    """How many days a municipality's confirmations count, and when that was or is to be fewer.

    `since`: from when the number of days counts; None: always.
    """

    days: int = DAYS
    shortened: tuple[Shortened, ...] = ()
    since: datetime | None = None

    def max_age(self, now: datetime) -> timedelta:
        """Return how old a confirmation may be at `now`."""
        return timedelta(days=min([self.days, *(one.days for one in self.shortened if one.holds(now))]))


USUAL = Pace()


@dataclass(frozen=True)
class Answer:
    """What somebody has said about a piece: confirmed or not applicable, when, and when it is due again."""

    state: str
    at: datetime
    due: datetime | None = None


@dataclass(frozen=True)
class ServiceFacts:
    """A confirmed service as the rules see it. `told`: codes of the pieces that have a value.

    `pace` is that of the municipality that answers for the service, on whichever page it stands.
    """

    id: str
    kind: str
    level: str
    name: str
    told: frozenset[str]
    numbers: tuple[str, ...] = ()
    words: str = ""
    answers: Mapping[str, Answer] = field(default_factory=dict)
    pace: Pace = USUAL


@dataclass(frozen=True)
class Facts:
    """A municipality as the rules see it: the services that cover it, and its own answers."""

    municipality: str
    joined: bool
    services: tuple[ServiceFacts, ...] = ()
    answers: Mapping[str, Answer] = field(default_factory=dict)
    pace: Pace = USUAL


@dataclass(frozen=True)
class Item:
    """One rule's verdict. `service` is None for the municipality's own rules and for a lacking service."""

    rule: str
    service: str | None
    state: str
    kind: str | None = None


@dataclass(frozen=True)
class Completeness:
    """Score from 0 to 1: present / (present + missing + overdue), and every item behind it."""

    score: float
    items: tuple[Item, ...]


def completeness(
    facts: Facts, now: datetime, max_age: timedelta | None = None, required: Sequence[Required] = REQUIRED
) -> Completeness:
    """Say how much of what the letter asks for the municipality's page tells, at `now` (aware).

    A municipality that has not joined has confirmed nothing: every item is missing and the score is 0.
    A required service that is lacking gives one missing item for each of its six rules, so that the
    denominator does not shrink when little is told; not applicable, where the municipality has answered that
    it has none and who helps instead. `max_age`, when given, counts instead of every pace.
    """
    services = facts.services if facts.joined else ()
    items = [
        item
        for need in required
        for item in _service_items(
            need, services, lacking_state(facts, need.kind, now, max_age), now, max_age
        )
    ]
    items += municipality_items(facts, now, max_age)
    return Completeness(score(item.state for item in items), tuple(items))


def score(states: Iterable[str]) -> float:
    """Give present / (present + missing + overdue); 0.0 when nothing counts. Not applicable is left out."""
    counted = [state for state in states if state != NOT_APPLICABLE]
    return counted.count(PRESENT) / len(counted) if counted else 0.0


def piece_state(
    *, told: bool, answer: Answer | None, now: datetime, max_age: timedelta, may_not_apply: bool = True
) -> str:
    """Give the state of one piece of information at `now`."""
    if answer is None or (answer.state == NOT_APPLICABLE and not may_not_apply):
        return MISSING
    if answer.state == CONFIRMED and not told:
        return MISSING
    if now >= due(answer, max_age):
        return OVERDUE
    return PRESENT if answer.state == CONFIRMED else NOT_APPLICABLE


def due(answer: Answer, max_age: timedelta) -> datetime:
    """Give the time a confirmation must be renewed: its own due time or `max_age` after it, the first of them."""
    by_age = answer.at + max_age
    return min(answer.due, by_age) if answer.due else by_age


def service_states(service: ServiceFacts, now: datetime, max_age: timedelta | None = None) -> dict[str, str]:
    """Give the state of each of a service's six rules. Where a phone does not apply, phone hours share its answer."""
    oldest = service.pace.max_age(now) if max_age is None else max_age
    states = {
        rule: piece_state(
            told=rule in service.told,
            answer=service.answers.get(rule),
            now=now,
            max_age=oldest,
            may_not_apply=rule in MAY_BE_NOT_APPLICABLE,
        )
        for rule in SERVICE_RULES
    }
    phone = service.answers.get(PHONE)
    if phone and phone.state == NOT_APPLICABLE and PHONE_HOURS not in service.answers:
        states[PHONE_HOURS] = states[PHONE]
    return states


def gp_same_day(
    facts: Facts, services: Sequence[ServiceFacts], now: datetime, max_age: timedelta | None
) -> str:
    """Does the page tell that the GP gives help the same day? Confirmed by the municipality, or in the GP's own text."""
    own = piece_state(
        told=True,
        answer=facts.answers.get(GP_SAME_DAY) if facts.joined else None,
        now=now,
        max_age=facts.pace.max_age(now) if max_age is None else max_age,
        may_not_apply=False,
    )
    said = [
        service_states(service, now, max_age)[SERVICES]
        for service in services
        if service.kind == GP and _SAME_DAY.search(service.words)
    ]
    return _best([own, *said])


def out_of_hours_legevakt(services: Sequence[ServiceFacts], now: datetime, max_age: timedelta | None) -> str:
    """Is the local legevakt told by name with its eight-digit number? The national 116 117 alone does not count."""
    return _best(
        service_states(service, now, max_age)[PHONE]
        for service in services
        if service.kind == LEGEVAKT and service.name and any(map(eight_digits, service.numbers))
    )


def acute_specialist(services: Sequence[ServiceFacts], now: datetime, max_age: timedelta | None) -> str:
    """Is the emergency department (akuttmottak) told by name? The national 113 alone does not count."""
    return _best(
        service_states(service, now, max_age)[SERVICES]
        for service in services
        if service.kind == ACUTE_WARD
        or (service.level == SPECIALIST and ACUTE_WARD in service.name.casefold())
    )


def eight_digits(number: str) -> bool:
    """Say whether an E.164 number is a Norwegian one with eight digits: not 116117, 113 or 02800."""
    return bool(_LOCAL_NUMBER.fullmatch(number))


def _service_items(
    need: Required, services: Sequence[ServiceFacts], lacking: str, now: datetime, max_age: timedelta | None
) -> list[Item]:
    items = [
        Item(rule, service.id, state, service.kind)
        for service in services
        if service.kind in (need.kind, *need.along)
        for rule, state in service_states(service, now, max_age).items()
    ]
    if not any(service.kind == need.kind for service in services):
        items += [Item(rule, None, lacking, need.kind) for rule in SERVICE_RULES]
    return items


def of_kind(kind: str) -> str:
    """Return the piece under which a municipality answers that it has no service of a kind."""
    return f"kind:{kind}"


def lacking_state(facts: Facts, kind: str, now: datetime, max_age: timedelta | None) -> str:
    """Give the state of a kind without a service: missing, or not applicable as long as that answer holds."""
    answer = facts.answers.get(of_kind(kind)) if facts.joined and kind in MAY_LACK else None
    if answer is None or answer.state != NOT_APPLICABLE:
        return MISSING
    oldest = facts.pace.max_age(now) if max_age is None else max_age
    return OVERDUE if now >= due(answer, oldest) else NOT_APPLICABLE


def municipality_items(facts: Facts, now: datetime, max_age: timedelta | None = None) -> list[Item]:
    """Give the letter's three musts: they are the municipality's own, whatever services it has."""
    services = facts.services if facts.joined else ()
    return [
        Item(GP_SAME_DAY, None, gp_same_day(facts, services, now, max_age)),
        Item(OUT_OF_HOURS_LEGEVAKT, None, out_of_hours_legevakt(services, now, max_age)),
        Item(ACUTE_SPECIALIST, None, acute_specialist(services, now, max_age)),
    ]


def _best(states: Iterable[str]) -> str:
    found = set(states)
    return next((state for state in (PRESENT, OVERDUE) if state in found), MISSING)
