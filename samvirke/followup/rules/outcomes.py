"""What follows from an attempt to reach somebody. A no is not the end, and a clear refusal is respected.

Sources: the letter of 30.06.2022 (a new contact is made after a time when somebody declined or could not receive help);
the intervals are a municipal proposal and are labelled so where they are shown.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from samvirke.followup.rules.plan import DAY, HOUR, WEEK, Owner, Window


class Outcome(StrEnum):
    """How an attempt went. Acute danger stands first."""

    ACUTE_DANGER = "acute-danger"
    ACCEPTS = "accepts"
    NOT_NOW = "not-now"
    UNABLE = "unable"
    NO_THANKS = "no-thanks"
    NEEDS_INTERPRETER = "needs-interpreter"
    ANOTHER_ANSWERED = "another-answered"
    NO_ANSWER = "no-answer"
    WRONG_NUMBER = "wrong-number"
    MOVED = "moved"
    ABROAD = "abroad"
    NEVER_AGAIN = "never-again"
    DECEASED = "deceased"


REACHED = frozenset(
    {Outcome.ACUTE_DANGER, Outcome.ACCEPTS, Outcome.NOT_NOW, Outcome.UNABLE, Outcome.NO_THANKS, Outcome.MOVED,
     Outcome.ABROAD, Outcome.NEVER_AGAIN, Outcome.NEEDS_INTERPRETER}
)  # fmt: skip
UNANSWERED = frozenset({Outcome.NO_ANSWER, Outcome.ANOTHER_ANSWERED})
TRIES = 3
RENEWED_OFFERS = (
    (2 * WEEK, 3 * WEEK),
    (6 * WEEK, 8 * WEEK),
    (12 * WEEK, 14 * WEEK),
    (50 * WEEK, 52 * WEEK),
)
"""After a no: the offer is renewed after 2–3 weeks, 6–8 weeks, three months and twelve months, counted from the first no."""


class Settles(StrEnum):
    """What an attempt does to the step it was made for: it is done, it waits, or it is given up and the leader looks."""

    DONE = "done"
    STAYS = "stays"
    GIVEN_UP = "given-up"


@dataclass(frozen=True)
class Added:
    """A step that the outcome asks for. `reason`: a code of words.REASONS."""

    code: str
    window: Window
    owner: Owner
    reason: str


@dataclass(frozen=True)
class Follows:
    """What follows. `wait_until`: the step stays open and overdue, but nobody should try before then.

    `pause_plan`: the plan's contact steps rest. `stop`: no contact at all from this moment. `alert`: the leader is
    told at once. `ask_what_was_done`: the attempt must say what was done and by whom.
    """

    settles: Settles
    add: Added | None = None
    wait_until: datetime | None = None
    pause_plan: bool = False
    resume_plan: bool = False
    stop: bool = False
    alert: bool = False
    ask_what_was_done: bool = False


@dataclass(frozen=True)
class Before:
    """What is known when an attempt is logged. All moments are aware.

    `unanswered`: attempts in a row without reaching the person since they were last reached. `refusals`: moments of
    earlier "no thanks" without a yes since. `chosen`: a moment the person chose. `paused`: the plan rests since a no.
    """

    now: datetime
    unanswered: int = 0
    refusals: Sequence[datetime] = ()
    chosen: datetime | None = None
    paused: bool = False


def follows(outcome: Outcome, before: Before) -> Follows:
    """Return what follows from an attempt with this outcome. Every outcome leaves something planned."""
    return _RULES[outcome](before)


def _within(before: Before, opens: timedelta, aim: timedelta, closes: timedelta) -> Window:
    return Window(before.now + opens, before.now + aim, before.now + closes)


def _chosen(before: Before, default: timedelta) -> Window:
    aim = before.chosen or before.now + default
    return Window(max(aim - DAY, before.now), aim, aim + 2 * DAY)


def _leader(before: Before, code: str, closes: timedelta, reason: str) -> Added:
    return Added(code, _within(before, 0 * DAY, min(DAY, closes), closes), Owner.LEADER, reason)


def _acute(before: Before) -> Follows:
    window = _within(before, HOUR, 12 * HOUR, DAY)
    add = Added("after-danger", window, Owner.CONTACT, "within-a-day")
    return Follows(Settles.DONE, add, resume_plan=True, alert=True, ask_what_was_done=True)


def _accepts(before: Before) -> Follows:
    add = None
    if before.chosen:
        add = Added("agreed", _chosen(before, WEEK), Owner.CONTACT, "agreed")
    return Follows(Settles.DONE, add, resume_plan=before.paused)


def _not_now(before: Before) -> Follows:
    reason = "chosen" if before.chosen else "not-now"
    return Follows(Settles.DONE, Added("ask-again", _chosen(before, 2 * WEEK), Owner.CONTACT, reason))


def _unable(before: Before) -> Follows:
    window = _chosen(before, 5 * DAY) if before.chosen else _within(before, 3 * DAY, 5 * DAY, 8 * DAY)
    reason = "unable"
    return Follows(Settles.DONE, Added("ask-again", window, Owner.CONTACT, reason))


def _no_thanks(before: Before) -> Follows:
    """The n-th no plans the n-th renewed offer, counted from the first no; after the last one the leader decides."""
    said = [*before.refusals, before.now]
    if not before.chosen and len(said) > len(RENEWED_OFFERS):
        add = _leader(before, "review-closing", WEEK, "no-every-time")
        return Follows(Settles.DONE, add, pause_plan=True)
    if before.chosen:
        window = _chosen(before, 2 * WEEK)
    else:
        opens, closes = RENEWED_OFFERS[len(said) - 1]
        first = max(said[0] + opens, before.now + 2 * WEEK)  # never sooner than two weeks after this no
        last = max(said[0] + closes, first + WEEK)
        window = Window(first, first + (last - first) / 2, last)
    reason = "said-no"
    return Follows(Settles.DONE, Added(f"offer-{len(said)}", window, Owner.CONTACT, reason), pause_plan=True)


def _interpreter(before: Before) -> Follows:
    return Follows(Settles.STAYS, wait_until=before.chosen or before.now + 4 * HOUR)


def _unanswered(before: Before) -> Follows:
    """Three tries on different days, times and channels; then the leader looks, and a letter goes out."""
    if before.unanswered + 1 < TRIES:
        return Follows(Settles.STAYS, wait_until=before.now + 16 * HOUR)
    reason = "three-tries"
    return Follows(Settles.GIVEN_UP, _leader(before, "review-unanswered", 2 * DAY, reason))


def _wrong_number(before: Before) -> Follows:
    add = _leader(before, "find-number", 2 * DAY, "find-number")
    return Follows(Settles.STAYS, add, wait_until=before.now + DAY)


def _moved(before: Before) -> Follows:
    reason = "moved"
    return Follows(Settles.DONE, _leader(before, "transfer", 3 * DAY, reason))


def _abroad(before: Before) -> Follows:
    reason = "abroad"
    return Follows(Settles.DONE, Added("from-abroad", _chosen(before, WEEK), Owner.CONTACT, reason))


def _never_again(before: Before) -> Follows:
    """Holds at once. The leader confirms from the note; nobody rings to ask whether it was meant."""
    reason = "never-again"
    return Follows(Settles.DONE, _leader(before, "confirm-stop", 3 * DAY, reason), pause_plan=True, stop=True)


def _deceased(before: Before) -> Follows:
    add = _leader(before, "confirm-death", 2 * DAY, "deceased")
    return Follows(Settles.DONE, add, pause_plan=True, stop=True, alert=True)


_RULES = {
    Outcome.ACUTE_DANGER: _acute,
    Outcome.ACCEPTS: _accepts,
    Outcome.NOT_NOW: _not_now,
    Outcome.UNABLE: _unable,
    Outcome.NO_THANKS: _no_thanks,
    Outcome.NEEDS_INTERPRETER: _interpreter,
    Outcome.ANOTHER_ANSWERED: _unanswered,
    Outcome.NO_ANSWER: _unanswered,
    Outcome.WRONG_NUMBER: _wrong_number,
    Outcome.MOVED: _moved,
    Outcome.ABROAD: _abroad,
    Outcome.NEVER_AGAIN: _never_again,
    Outcome.DECEASED: _deceased,
}
