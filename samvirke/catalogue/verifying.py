"""Who is reminded of what, and when: rules over confirmations, owners and what was sent before. Pure: no clock, no tables.

A confirmation runs out on its due day. Its owners are reminded two weeks before (or when half the time is left, if
that is later) and on the day; a week after, it is the approvers' turn. Days are days in Norway.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from uuid import UUID

from samvirke.catalogue import rules
from samvirke.catalogue.rules import Answer, Pace
from samvirke.kit.hours import OSLO

SHORTEST, LONGEST = 7, 365  # days a municipality may let its confirmations count
LEAD = 14  # days from the first reminder to the due day
GRACE = 7  # days from the due day until the approvers are told

Person = UUID
"""Whoever can be reminded, by account."""


class Round(StrEnum):
    """Which of the three reminders."""

    SOON = "soon"
    DUE = "due"
    LATE = "late"


SOON = Round.SOON.value  # also how such a piece stands on the desk


@dataclass(frozen=True)
class Piece:
    """A confirmed piece of information. `service` None: the municipality's own answer."""

    service: UUID | None
    code: str
    answer: Answer
    owners: frozenset[Person] = frozenset()


@dataclass(frozen=True)
class Sent:
    """A reminder that went out: of which confirmation, in which round, on which day."""

    service: UUID | None
    code: str
    confirmed_at: datetime
    round: Round
    day: date


@dataclass(frozen=True)
class People:
    """A municipality's members that reminders may go to, and the one who answers when a service names nobody."""

    editors: frozenset[Person] = frozenset()
    approvers: frozenset[Person] = frozenset()
    administrators: frozenset[Person] = frozenset()
    default: Person | None = None

    @property
    def confirmers(self) -> frozenset[Person]:
        """Those who may confirm, and so may be responsible for a service."""
        return self.editors | self.approvers

    def responsible(self, verifier: Person | None) -> Person | None:
        """Return who answers for a service: its verifier, else the municipality's own; None: nobody in particular."""
        return next((one for one in (verifier, self.default) if one in self.confirmers), None)

    def owners(self, verifier: Person | None) -> frozenset[Person]:
        """Return whom to remind: who is responsible, else all editors, else whoever else may confirm."""
        one = self.responsible(verifier)
        return frozenset({one}) if one is not None else self.editors or self.confirmers

    def above(self, owners: frozenset[Person]) -> frozenset[Person]:
        """Return whom to tell that a reminder did not help: approvers, else administrators; others than the owners."""
        choices = (self.approvers - owners, self.administrators - owners, self.approvers)
        return next((found for found in choices if found), self.administrators)


def due(answer: Answer, pace: Pace, now: datetime) -> datetime:
    """Return when a confirmation runs out, as things are at `now`.

    A shorter time limit does not reach back: what is too old by it runs out when the limit begins.
    """
    usual = answer.at + timedelta(days=pace.days)
    found = [usual if pace.since is None else max(usual, pace.since)]
    found += [answer.due] if answer.due else []
    found += [
        max(answer.at + timedelta(days=one.days), one.since) for one in pace.shortened if one.holds(now)
    ]
    return min(found)


def day_of(moment: datetime) -> date:
    """Return the day in Norway."""
    return moment.astimezone(OSLO).date()


@lru_cache(maxsize=4096)  # most pieces were confirmed together
def first_day(round_: Round, confirmed_at: datetime, due_at: datetime) -> date:
    """Return the day from which a round's reminder may go out."""
    last = day_of(due_at)
    if round_ is Round.LATE:
        return last + timedelta(days=GRACE)
    if round_ is Round.DUE:
        return last
    return last - timedelta(days=min(LEAD, (last - day_of(confirmed_at)).days // 2))


@lru_cache(maxsize=4096)
def open_rounds(confirmed_at: datetime, due_at: datetime, today: date) -> tuple[Round, ...]:
    """Return the rounds a confirmation is in. The owner gets the newest only: what is due is not also due soon."""
    started = [one for one in Round if first_day(one, confirmed_at, due_at) <= today]
    return tuple(one for one in started if one is not Round.SOON or Round.DUE not in started)


def plan(
    pieces: Iterable[Piece], pace: Pace, people: People, sent: Iterable[Sent], now: datetime
) -> Mapping[tuple[Person, Round], list[Piece]]:
    """Return who is to be reminded of what at `now`: one letter for each person and round.

    What was sent of a round is not sent again for the same confirmation. Only when its due day has since been moved
    by more than two weeks does a reminder from before that no longer count.
    """
    letters: dict[tuple[Person, Round], list[Piece]] = defaultdict(list)
    for piece, round_ in unsent(pieces, pace, sent, now):
        for person in people.above(piece.owners) if round_ is Round.LATE else piece.owners:
            letters[person, round_].append(piece)
    return letters


def unsent(
    pieces: Iterable[Piece], pace: Pace, sent: Iterable[Sent], now: datetime
) -> Iterator[tuple[Piece, Round]]:
    """Go through the rounds that confirmations are in and nobody has been reminded of."""
    last: dict[tuple[UUID | None, str, datetime, Round], date] = {}
    for one in sent:
        key = (one.service, one.code, one.confirmed_at, one.round)
        last[key] = max(one.day, last.get(key, one.day))
    today = day_of(now)
    for piece in pieces:
        confirmed_at, due_at = piece.answer.at, due(piece.answer, pace, now)
        for round_ in open_rounds(confirmed_at, due_at, today):
            before = last.get((piece.service, piece.code, confirmed_at, round_))
            counts_from = first_day(round_, confirmed_at, due_at) - timedelta(days=LEAD)
            if before is None or before < counts_from:
                yield piece, round_


def state(answer: Answer, pace: Pace, now: datetime) -> str:
    """Say how a confirmed piece stands on the desk: "overdue", "soon", or "present"/"not-applicable"."""
    due_at = due(answer, pace, now)
    if now >= due_at:
        return rules.OVERDUE
    soon = first_day(Round.SOON, answer.at, due_at) <= day_of(now)
    return SOON if soon else rules.PRESENT if answer.state == rules.CONFIRMED else rules.NOT_APPLICABLE
