"""Whether an interpreter is booked for a contact. Contact never waits for one: the warning stands, and nothing is refused.

A qualified interpreter, never a child (tolkeloven § 4), and never a relative either.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from samvirke.followup.rules.plan import DAY

SIGN_LANGUAGE = "nsl"


class Kind(StrEnum):
    """How the interpreter takes part."""

    SCREEN = "screen"
    PHONE = "phone"
    ON_SITE = "on-site"
    SIGN = "sign"


class State(StrEnum):
    """How it stands for one contact."""

    NOT_NEEDED = "not-needed"
    NEEDED = "needed"
    BOOKED = "booked"
    CANNOT_COME = "cannot-come"


@dataclass(frozen=True)
class Booking:
    """What was booked for a contact: in which language, and for when."""

    language: str
    at: datetime
    cannot_come: bool = False


def state(*, needs: bool, language: str, booking: Booking | None, now: datetime) -> State:
    """Return how it stands. What was booked counts until a day after its time, and for the person's language only."""
    if not needs:
        return State.NOT_NEEDED
    if booking is None or booking.language != language or booking.at + DAY <= now:
        return State.NEEDED
    return State.CANNOT_COME if booking.cannot_come else State.BOOKED
