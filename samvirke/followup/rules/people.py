"""Who the affected are: the groups of the letter of 30.06.2022 from Helsedirektoratet to the county governors."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Part(StrEnum):
    """A person's part in the incident. Which communities were hit stands at the incident, never at a person."""

    BEREAVED = "bereaved"
    RELATIVE_OF_MISSING = "relative-of-missing"
    INJURED = "injured"
    CLOSE_TO_INJURED = "close-to-injured"
    WITNESS = "witness"
    CLOSE_TO_WITNESS = "close-to-witness"
    OTHER = "other-affected"
    HELPER = "helper"
    DEAD = "dead"
    MISSING = "missing"


class Source(StrEnum):
    """Who told us of the person."""

    POLICE = "police"
    EPS = "eps"
    LEGEVAKT = "legevakt"
    HOSPITAL = "hospital"
    SCHOOL = "school"
    SELF = "self"
    TIP = "tip"
    MUNICIPALITY = "municipality"


class Protection(StrEnum):
    """Address protection (adressesperre): strengt fortrolig has no address here at all, fortrolig is handled apart."""

    NONE = "none"
    CONFIDENTIAL = "fortrolig"
    STRICTLY_CONFIDENTIAL = "strengt-fortrolig"


REFERENCE = frozenset({Part.DEAD, Part.MISSING})
"""Persons whom others relate to. They are never contacted and have no follow-up."""

WAITS_FOR_DEATH_MESSAGE = frozenset({Part.BEREAVED, Part.RELATIVE_OF_MISSING})
"""Nobody may learn of a death from us: contact is blocked until the police have confirmed that the message is delivered."""

OF_AGE = 18
DECIDES_ON_HEALTH = 16  # pasient- og brukerrettighetsloven § 4-3


@dataclass(frozen=True)
class Birth:
    """A birth date, or the year alone when more is not known."""

    year: int
    day: date | None = None

    def age(self, today: date) -> int:
        """Return the age in whole years; from the year alone the youngest it can be, so that a child is not missed."""
        if self.day is None:
            return max(today.year - self.year - 1, 0)
        had = (today.month, today.day) >= (self.day.month, self.day.day)
        return max(today.year - self.day.year - (not had), 0)


def is_child(birth: Birth | None, today: date) -> bool:
    """Say whether somebody counts as a child. Unknown age: no."""
    return birth is not None and birth.age(today) < OF_AGE


PRIORITY: Mapping[Part, int] = {
    Part.BEREAVED: 1,
    Part.RELATIVE_OF_MISSING: 1,
    Part.INJURED: 1,
    Part.CLOSE_TO_INJURED: 2,
    Part.WITNESS: 2,
    Part.CLOSE_TO_WITNESS: 3,
    Part.HELPER: 3,
    Part.OTHER: 4,
}
"""1 is reached first when all cannot be reached at once: a municipal proposal, from the letter's order of groups."""
