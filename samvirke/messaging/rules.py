"""The life of a message, pure: which state follows which, and when a try is made again.

A message is handed over at most once unless a person decides otherwise. Whoever hands it over says so first
(handing-over); if the answer never comes, nobody can know whether it was taken, and it becomes unsure.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

CHANNELS = ("email", "sms")


class State(StrEnum):
    """Where a message is."""

    QUEUED = "queued"
    CLAIMED = "claimed"  # a worker has it and nothing has left the house
    HANDING_OVER = "handing-over"  # from here on only the answer tells whether it was taken
    SENT = "sent"
    FAILED = "failed"
    UNSURE = "unsure"
    CANCELLED = "cancelled"
    REFUSED = "refused"  # we may not send it


class Reason(StrEnum):
    """Why a message is where it is. Codes only: the words are in words.py, and no address ever stands here."""

    NONE = ""
    NO_ANSWER = "no-answer"
    BUSY = "busy"
    LOGIN_REFUSED = "login-refused"
    TLS_REFUSED = "tls-refused"
    NOT_CONFIGURED = "not-configured"
    LETTER_FAILED = "letter-failed"
    WORKER_DIED = "worker-died"
    LOST_ANSWER = "lost-answer"
    UNKNOWN_RECIPIENT = "unknown-recipient"
    NO_ADDRESS = "no-address"
    BAD_ADDRESS = "bad-address"
    NOT_A_MOBILE = "not-a-mobile"
    RECIPIENT_REFUSED = "recipient-refused"
    SENDER_REFUSED = "sender-refused"
    LETTER_REFUSED = "letter-refused"
    GATEWAY_REFUSED = "gateway-refused"
    EMPTY = "empty"
    TOO_LONG = "too-long"
    NOT_READY = "not-ready"
    NOT_NEEDED = "not-needed"


class Kind(StrEnum):
    """How a try ended."""

    SENT = "sent"
    TEMPORARY = "temporary"  # certainly not taken; worth another try
    PERMANENT = "permanent"  # certainly not taken; another try would end the same way
    UNSURE = "unsure"
    REFUSED = "refused"
    DROPPED = "dropped"  # there is nothing to say any more


@dataclass(frozen=True)
class Outcome:
    """The end of one try. `reference` is the gateway's own id."""

    kind: Kind
    reason: Reason = Reason.NONE
    reference: str = ""


@dataclass(frozen=True)
class Next:
    """What a try leads to. `due`: when a queued message may be tried again."""

    state: State
    reason: Reason
    due: datetime | None = None


MOVES: Mapping[State, frozenset[State]] = {
    State.QUEUED: frozenset({State.CLAIMED, State.CANCELLED}),
    State.CLAIMED: frozenset(
        {State.HANDING_OVER, State.QUEUED, State.FAILED, State.REFUSED, State.CANCELLED}
    ),
    State.HANDING_OVER: frozenset({State.SENT, State.QUEUED, State.FAILED, State.UNSURE}),
    # its own worker may still come back with the answer; else a person decides
    State.UNSURE: frozenset({State.SENT, State.QUEUED, State.FAILED, State.CANCELLED}),
    State.FAILED: frozenset({State.QUEUED}),
    State.REFUSED: frozenset({State.QUEUED}),
    State.CANCELLED: frozenset(),
    State.SENT: frozenset(),
}
HELD = frozenset({State.CLAIMED, State.HANDING_OVER})
"""A worker has it."""
ENDED = frozenset({State.SENT, State.FAILED, State.REFUSED, State.CANCELLED})
"""Nothing more happens by itself."""
AGAIN = frozenset({State.UNSURE, State.FAILED, State.REFUSED})
"""A person may decide that it is sent again."""
STOPPABLE = frozenset({State.QUEUED, State.UNSURE})
"""A person may decide that it is not sent (again)."""

TRIES_FOR = timedelta(hours=24)
CLAIM_LASTS = timedelta(
    minutes=2
)  # a worker that needs longer to find address and words, and to get through, is gone
HANDING_OVER_LASTS = timedelta(minutes=5)  # longer than any transport waits for an answer
ASKED_LASTS = timedelta(minutes=10)  # after that a waiting message is given a new job
KEPT = {state: timedelta(days=365) for state in (*ENDED, State.UNSURE)}
"""How long a message's row is kept after it was written. The words and the address are never kept."""
RECORDED_KEPT = timedelta(days=365)

_FIRST_WAIT, _LONGEST_WAIT = timedelta(seconds=30), timedelta(hours=2)


def wait(attempts: int) -> timedelta:
    """Return the pause after so many tries: 30 seconds, then twice as long each time, two hours at most."""
    return min(_FIRST_WAIT * (1 << min(max(attempts, 1) - 1, 12)), _LONGEST_WAIT)


def after(outcome: Outcome, *, attempts: int, now: datetime, give_up: datetime) -> Next:
    """Return what a try leads to."""
    match outcome.kind:
        case Kind.SENT:
            return Next(State.SENT, Reason.NONE)
        case Kind.REFUSED:
            return Next(State.REFUSED, outcome.reason)
        case Kind.DROPPED:
            return Next(State.CANCELLED, outcome.reason)
        case Kind.PERMANENT:
            return Next(State.FAILED, outcome.reason)
        case Kind.UNSURE:
            return Next(State.UNSURE, outcome.reason)
        case Kind.TEMPORARY:
            due = now + wait(attempts)
            return (
                Next(State.QUEUED, outcome.reason, due)
                if due < give_up
                else Next(State.FAILED, outcome.reason)
            )


def after_silence(state: State, *, attempts: int, now: datetime, give_up: datetime) -> Next:
    """Return what becomes of a message whose worker has not been heard of."""
    kind = Kind.TEMPORARY if state is State.CLAIMED else Kind.UNSURE
    return after(Outcome(kind, Reason.WORKER_DIED), attempts=attempts, now=now, give_up=give_up)
