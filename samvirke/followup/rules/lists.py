"""How lists are cut: by deadline into groups, priority before date; and what stands for a person without saying who."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from uuid import UUID

from samvirke.kit.hours import OSLO


class Group(StrEnum):
    """How a deadline presses. The order here is the order on the screen."""

    LATE = "late"
    TODAY = "today"
    WEEK = "week"
    LATER = "later"


GROUPS_IN_ORDER = tuple(Group)


@dataclass(frozen=True)
class Cut:
    """A group's deadlines: from `first` (None: ever) until before `end` (None: ever)."""

    group: Group
    first: datetime | None
    end: datetime | None


def end_of_day(now: datetime) -> datetime:
    """Return the midnight after a moment, in Norway."""
    tomorrow = now.astimezone(OSLO).date() + timedelta(days=1)
    return datetime.combine(tomorrow, time(), OSLO)


def cuts(now: datetime) -> tuple[Cut, ...]:
    """Return the groups with their limits: late before `now`, today until midnight, the seven days after today."""
    midnight = end_of_day(now)
    week = datetime.combine(now.astimezone(OSLO).date() + timedelta(days=8), time(), OSLO)
    return (
        Cut(Group.LATE, None, now),
        Cut(Group.TODAY, now, midnight),
        Cut(Group.WEEK, midnight, week),
        Cut(Group.LATER, week, None),
    )


def group_of(closes: datetime, now: datetime) -> Group:
    """Return the group that a deadline belongs to."""
    return next(cut.group for cut in cuts(now) if cut.end is None or closes < cut.end)


def reference(followup: UUID) -> str:
    """Return what stands for a person on colleagues' lists: said aloud, it tells nobody who it is."""
    text = followup.hex[:6].upper()
    return f"{text[:3]}-{text[3:]}"
