"""The thinking of a call-out, pure: whom to call, who is next, when somebody else must be told, when to ask again."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from statistics import median
from uuid import UUID


class Function(StrEnum):
    """What somebody is in the team. Most teams have six to nine members, and an outer ring of resource persons."""

    LEADER = "leader"
    DEPUTY_LEADER = "deputy-leader"
    CONTACT_PERSON = "contact-person"
    DOCTOR = "doctor"
    PSYCHOLOGIST = "psychologist"
    MENTAL_HEALTH = "mental-health"
    HEALTH_NURSE = "health-nurse"
    CHILD_WELFARE = "child-welfare"
    SCHOOL = "school"
    PRIEST = "priest"
    RESOURCE = "resource"
    LEGEVAKT = "legevakt"
    CRISIS_LEADERSHIP = "crisis-leadership"


TOLD = (Function.LEGEVAKT, Function.CRISIS_LEADERSHIP)
"""Never called out: they are told when nobody in the team has said that they come."""
CALLED = tuple(one for one in Function if one not in TOLD)
ORDER = {one: number for number, one in enumerate(Function)}

ANSWER_WITHIN, NOBODY_WITHIN = 5, 15
"""Minutes, unless the municipality has chosen others: before the next is called, and before others are told."""
LONGEST_WAIT = 60
LINK_LASTS = timedelta(hours=24)
SAME_PRESS = timedelta(minutes=1)
LIVE_FOR = timedelta(hours=3)
"""How long the board fetches itself anew: a screen that is forgotten must not keep its session open all night."""
VERIFIED_FOR = timedelta(days=90)
ASK_EVERY = timedelta(days=14)
ASKING_LASTS = timedelta(days=14)
MOST_MINUTES = 600


class Because(StrEnum):
    """Why somebody was called."""

    CHOSEN = "chosen"
    DEPUTY = "deputy"
    NEXT = "next"
    BY_HAND = "by-hand"


class Answer(StrEnum):
    """What somebody answered."""

    NONE = ""
    COMING = "coming"
    CANNOT = "cannot"


@dataclass(frozen=True)
class Member:
    """Somebody in the register, as far as the rules must know."""

    id: UUID
    function: Function
    position: int
    deputy: UUID | None = None
    away: bool = False


@dataclass(frozen=True)
class Slot:
    """Somebody to call, for which function, and why."""

    member: UUID
    function: Function
    because: Because


@dataclass(frozen=True)
class Start:
    """Whom an alert calls at first, and the functions for which nobody can be called."""

    slots: tuple[Slot, ...]
    unfilled: tuple[Function, ...]


def in_order(members: Iterable[Member]) -> list[Member]:
    """Return members by function, and in each by position."""
    return sorted(members, key=lambda one: (ORDER[one.function], one.position, str(one.id)))


def is_away(first: date | None, last: date | None, today: date) -> bool:
    """Say whether somebody is away on a day; both ends count, and a missing end is open."""
    if first is None and last is None:
        return False
    return (first is None or first <= today) and (last is None or today <= last)


def start(members: Sequence[Member], wanted: Collection[Function]) -> Start:
    """Return whom to call. `wanted` empty: everybody who is there; else the first who is there in each function.

    Where the first in order is away, their deputy comes before the next in order.
    """
    ordered = [one for one in in_order(members) if one.function in CALLED]
    if not wanted:
        there = [Slot(one.id, one.function, Because.CHOSEN) for one in ordered if not one.away]
        return Start(tuple(there), () if there else CALLED[:1])
    slots: list[Slot] = []
    unfilled: list[Function] = []
    for function in (one for one in CALLED if one in wanted):
        called = {slot.member for slot in slots}
        slot = _first(ordered, function, called)
        if slot:
            slots.append(slot)
        else:
            unfilled.append(function)
    return Start(tuple(slots), tuple(unfilled))


def _first(ordered: Sequence[Member], function: Function, called: Collection[UUID]) -> Slot | None:
    for one in ordered:
        if one.function is not function:
            continue
        if not one.away and one.id not in called:
            return Slot(one.id, function, Because.CHOSEN)
        if one.away and (stand_in := _deputy(one, ordered, called)):
            return Slot(stand_in.id, function, Because.DEPUTY)
    return None


def next_for(slot: Slot, members: Sequence[Member], called: Collection[UUID]) -> Slot | None:
    """Return who is called instead of somebody who cannot or does not answer; None when there is nobody left.

    First their deputy, then the next in order of the same function; never somebody who was called already.
    """
    ordered = [one for one in in_order(members) if one.function in CALLED]
    silent = next((one for one in ordered if one.id == slot.member), None)
    if silent and (stand_in := _deputy(silent, ordered, called)):
        return Slot(stand_in.id, slot.function, Because.DEPUTY)
    for one in ordered:
        if one.function is slot.function and not one.away and one.id not in called:
            return Slot(one.id, slot.function, Because.NEXT)
    return None


def _deputy(of: Member, ordered: Sequence[Member], called: Collection[UUID]) -> Member | None:
    return next(
        (one for one in ordered if one.id == of.deputy and not one.away and one.id not in called), None
    )


@dataclass(frozen=True)
class Call:
    """One call, as far as the rules must know."""

    called_at: datetime
    due_at: datetime
    answer: Answer = Answer.NONE
    answered_at: datetime | None = None
    moved_on: bool = False  # somebody else was called instead, or there was nobody left


def must_move_on(call: Call, now: datetime) -> bool:
    """Say whether the next is to be called: at once after a no, else when the time to answer is over. Once per call."""
    if call.moved_on:
        return False
    return call.answer is Answer.CANNOT or (call.answer is Answer.NONE and call.due_at <= now)


def must_tell(calls: Collection[Call], tell_at: datetime, now: datetime) -> bool:
    """Say whether legevakt and crisis leadership must be told: nobody has said yes, and the time is over.

    Also at once when everybody has said no and nobody is left to call: waiting would help nobody.
    """
    if any(call.answer is Answer.COMING for call in calls):
        return False
    refused = bool(calls) and all(call.answer is Answer.CANNOT and call.moved_on for call in calls)
    return refused or tell_at <= now


@dataclass(frozen=True)
class Figures:
    """How an alert was answered. Times are whole seconds from the call to the answer."""

    called: int
    answered: int
    coming: int
    cannot: int
    in_time: int  # before somebody else was to be called
    first: int | None
    middle: int | None
    last: int | None

    @property
    def silent(self) -> int:
        """Return how many have not answered."""
        return self.called - self.answered


def figures(calls: Collection[Call]) -> Figures:
    """Count how many answered, and how fast."""
    told = [one for one in calls if one.answer is not Answer.NONE and one.answered_at]
    taken = sorted(
        max(0, int((one.answered_at - one.called_at).total_seconds())) for one in told if one.answered_at
    )
    return Figures(
        called=len(calls),
        answered=len(told),
        coming=sum(one.answer is Answer.COMING for one in told),
        cannot=sum(one.answer is Answer.CANNOT for one in told),
        in_time=sum(one.answered_at <= one.due_at for one in told if one.answered_at),
        first=taken[0] if taken else None,
        middle=int(median(taken)) if taken else None,
        last=taken[-1] if taken else None,
    )


def comes_at(answered_at: datetime | None, minutes: int | None) -> datetime | None:
    """Return when somebody comes; None when they have not said when."""
    return answered_at + timedelta(minutes=minutes) if answered_at and minutes is not None else None


def verification_is_due(verified_at: datetime | None, now: datetime) -> bool:
    """Say whether somebody's numbers must be confirmed anew: every third month."""
    return verified_at is None or verified_at + VERIFIED_FOR <= now


def may_ask(verified_at: datetime | None, asked_at: datetime | None, now: datetime) -> bool:
    """Say whether the sweep asks somebody to confirm: when it is due, and not more often than every other week."""
    return verification_is_due(verified_at, now) and (asked_at is None or asked_at + ASK_EVERY <= now)
