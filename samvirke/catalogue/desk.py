"""What an editor should mend first: rules over what is told, confirmed and due. Pure: no clock, no tables."""

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum, StrEnum
from itertools import pairwise

from samvirke.catalogue import rules, verifying
from samvirke.catalogue.finnhjelp.choose import CARD_ORDER
from samvirke.catalogue.finnhjelp.site import Access
from samvirke.catalogue.rules import Answer, Facts, Pace, Required

_KIND_OF_DUTY = {
    rules.GP_SAME_DAY: rules.GP,
    rules.OUT_OF_HOURS_LEGEVAKT: rules.LEGEVAKT,
    rules.ACUTE_SPECIALIST: rules.ACUTE_WARD,
}


class Urgency(IntEnum):
    """In this order on the desk."""

    WRONG = 1  # residents read something wrong, or cannot reach the service
    DUE = 2  # a confirmation has run out
    MISSING = 3  # the letter asks for it, and the page does not tell
    SOON = 4  # a confirmation soon runs out
    TIDY = 5  # worth a look; residents lose nothing


class What(StrEnum):
    """What is the matter, and thereby what mends it."""

    NO_WAY_IN = "no-way-in"  # residents may make contact themselves, but nothing says how
    NO_THROUGH = "no-through"  # only through another service, but nothing says which
    UNREADABLE = "unreadable"  # hours that cannot be read (any more)
    HIDDEN = "hidden"  # told, but not confirmed since it was changed: it is not on the page
    DUE = "due"
    LACKING = "lacking"  # no service of a kind the letter asks for
    DRAFT = "draft"  # a service of a kind the letter asks for is still a draft
    MISSING = "missing"  # pieces of a service
    DUTY = "duty"  # one of the letter's musts
    SOON = "soon"
    OUTDATED = "outdated"  # translations older than their source
    NOTICE_OVER = "notice-over"


@dataclass(frozen=True)
class Seen:
    """One of a municipality's own services as the desk sees it. `pieces`: what is told, confirmed or not."""

    id: str
    kind: str
    name: str
    state: str
    told: frozenset[str]
    answers: Mapping[str, Answer] = field(default_factory=dict)
    access: str = Access.SELF.value
    through_told: bool = True
    reachable: bool = True
    unreadable: tuple[str, ...] = ()
    outdated: tuple[str, ...] = ()
    notice_until: datetime | None = None


@dataclass(frozen=True)
class Line:
    """One thing to mend. `service` None: it concerns the municipality, or a kind that has no service."""

    urgency: Urgency
    what: What
    service: str | None = None
    kind: str = ""
    name: str = ""
    pieces: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    since: datetime | None = None


@dataclass(frozen=True)
class Kinds:
    """How far a municipality has come with the kinds the letter asks for."""

    asked: int
    drafted: int
    published: int
    answered: int

    @property
    def done(self) -> int:
        return self.published + self.answered


def lines(
    seen: Sequence[Seen],
    facts: Facts,
    now: datetime,
    required: Sequence[Required] = rules.REQUIRED,
) -> list[Line]:
    """Return everything to mend, the most urgent first; within it in the order of the page's cards.

    A service has one line per matter, not one per piece: six overdue pieces are one click.
    """
    asked = {kind for need in required for kind in (need.kind, *need.along)} | {rules.ACUTE_WARD}
    found = [line for one in seen for line in _of_service(one, one.kind in asked, facts.pace, now)]
    found += _of_kinds(seen, facts, now, required)
    return sorted(found, key=_order)


def kinds(seen: Sequence[Seen], facts: Facts, required: Sequence[Required] = rules.REQUIRED) -> Kinds:
    """Count the kinds the letter asks for: how many have a draft, are published, or answered "we have none"."""
    wanted = [need.kind for need in required]
    published = {service.kind for service in facts.services}
    drafts = {one.kind for one in seen if one.state == "draft"} - published
    answered = {
        kind for kind in wanted if rules.of_kind(kind) in facts.answers and kind not in published | drafts
    }
    return Kinds(
        len(wanted),
        sum(kind in drafts for kind in wanted),
        sum(kind in published for kind in wanted),
        len(answered),
    )


def neighbours(order: Sequence[str], current: str) -> tuple[str | None, str | None]:
    """Return what stands before and after `current` in a list."""
    around: Iterable[tuple[str | None, str | None]] = pairwise([None, *order, None])
    before = {after: one for one, after in around if after is not None}
    following = {one: after for one, after in pairwise([*order, None]) if one is not None}
    return before.get(current), following.get(current)


def _of_service(one: Seen, asked: bool, pace: Pace, now: datetime) -> Iterable[Line]:
    def line(urgency: Urgency, what: What, pieces: Iterable[str] = (), since: datetime | None = None) -> Line:
        return Line(urgency, what, one.id, one.kind, one.name, tuple(pieces), since=since)

    if one.state == "withdrawn":
        return
    if one.state == "draft":
        if asked:
            yield line(
                Urgency.MISSING, What.DRAFT, [piece for piece in rules.SERVICE_RULES if piece not in one.told]
            )
        return
    if one.unreadable:
        yield line(Urgency.WRONG, What.UNREADABLE, one.unreadable)
    if one.access == Access.SELF and not one.reachable:
        yield line(Urgency.WRONG, What.NO_WAY_IN, [rules.PHONE])
    if one.access == Access.THROUGH and not one.through_told:
        yield line(Urgency.WRONG, What.NO_THROUGH, [rules.ACCESS])
    hidden = [piece for piece in rules.SERVICE_PIECES if piece in one.told and not _confirmed(one, piece)]
    if hidden:
        yield line(Urgency.WRONG, What.HIDDEN, hidden)
    answers = {piece: answer for piece, answer in one.answers.items() if _holds(one, piece)}
    states = {piece: verifying.state(answer, pace, now) for piece, answer in answers.items()}
    for urgency, what, state in (
        (Urgency.DUE, What.DUE, rules.OVERDUE),
        (Urgency.SOON, What.SOON, verifying.SOON),
    ):
        if wanted := [piece for piece in _in_order(states) if states[piece] == state]:
            yield line(
                urgency, what, wanted, min(verifying.due(answers[piece], pace, now) for piece in wanted)
            )
    missing = [piece for piece in rules.SERVICE_RULES if piece not in one.told and not _answered(one, piece)]
    if missing and asked:
        yield line(Urgency.MISSING, What.MISSING, missing)
    if one.outdated:
        yield Line(Urgency.TIDY, What.OUTDATED, one.id, one.kind, one.name, languages=one.outdated)
    if one.notice_until and one.notice_until <= now:
        yield line(Urgency.TIDY, What.NOTICE_OVER, since=one.notice_until)


def _of_kinds(
    seen: Sequence[Seen], facts: Facts, now: datetime, required: Sequence[Required]
) -> Iterable[Line]:
    there = {one.kind for one in seen if one.state != "withdrawn"} | {one.kind for one in facts.services}
    for need in required:
        if need.kind in there:
            continue
        answer = facts.answers.get(rules.of_kind(need.kind))
        if answer is None:
            yield Line(Urgency.MISSING, What.LACKING, kind=need.kind)
            continue
        state = verifying.state(answer, facts.pace, now)
        if state in (rules.OVERDUE, verifying.SOON):
            urgency, what = (Urgency.DUE, What.DUE) if state == rules.OVERDUE else (Urgency.SOON, What.SOON)
            day = verifying.due(answer, facts.pace, now)
            yield Line(urgency, what, kind=need.kind, pieces=(rules.of_kind(need.kind),), since=day)
    yield from _of_duties(there, facts, now)


def _of_duties(there: Container[str], facts: Facts, now: datetime) -> Iterable[Line]:
    """The letter's musts. Two of them follow from services; what a line about the service says already is left out."""
    legevakt = [service for service in facts.services if service.kind == rules.LEGEVAKT]
    rings = any(rules.PHONE in service.told and rules.PHONE in service.answers for service in legevakt)
    said_elsewhere = {
        rules.OUT_OF_HOURS_LEGEVAKT: not rings,
        rules.ACUTE_SPECIALIST: rules.ACUTE_WARD in there,
    }
    for item in rules.municipality_items(facts, now):
        if said_elsewhere.get(item.rule) or item.state not in (rules.MISSING, rules.OVERDUE):
            continue
        if item.state == rules.MISSING:
            yield Line(Urgency.MISSING, What.DUTY, kind=_KIND_OF_DUTY[item.rule], pieces=(item.rule,))
        elif item.rule == rules.GP_SAME_DAY:
            yield Line(Urgency.DUE, What.DUTY, kind=rules.GP, pieces=(item.rule,))


def _confirmed(one: Seen, piece: str) -> bool:
    answer = one.answers.get(piece)
    return answer is not None and answer.state == rules.CONFIRMED


def _answered(one: Seen, piece: str) -> bool:
    """Say whether somebody has answered that a piece does not apply. No phone: then no phone hours either."""
    if piece == rules.PHONE_HOURS and piece not in one.answers:
        piece = rules.PHONE
    answer = one.answers.get(piece)
    return answer is not None and answer.state == rules.NOT_APPLICABLE


def _holds(one: Seen, piece: str) -> bool:
    """Say whether an answer is about something: a piece that is told, or one that does not apply."""
    return piece in one.told if _confirmed(one, piece) else True


def _in_order(pieces: Iterable[str]) -> list[str]:
    place = {piece: number for number, piece in enumerate(rules.SERVICE_PIECES)}
    return sorted(pieces, key=lambda piece: place.get(piece, len(place)))


def _order(line: Line) -> tuple[int, int, str, str]:
    place = CARD_ORDER.index(line.kind) if line.kind in CARD_ORDER else len(CARD_ORDER)
    return line.urgency, place, line.name.casefold(), line.what
