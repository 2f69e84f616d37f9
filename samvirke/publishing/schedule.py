"""What is due, as pure functions of the time and of what is in view. Nothing here waits in a queue.

A site's pages change with time at its edges: midnight, and when phone hours begin or end. The build for the
next edge is made ahead, so that at the edge only a link is moved. A worker that slept finds out by looking.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum

from samvirke.kit.hours import OSLO

WINDOW = timedelta(minutes=15)  # how long before an edge its build is made
NIGHT_WINDOW = timedelta(minutes=60)  # … before midnight, when all sites change at once


class Step(Enum):
    """What to do with one site now."""

    NOTHING = "nothing"
    SWITCH = "switch"  # the build made ahead is the right one from now on
    BUILD = "build"  # what is in view is out of date, and nothing fits
    AHEAD = "ahead"  # the next edge is near and its build is not made


@dataclass(frozen=True)
class Span:
    """The time a build is right: from `start` up to `end` (None: for ever). Aware."""

    start: datetime
    end: datetime | None

    def holds(self, now: datetime) -> bool:
        return self.start <= now and (self.end is None or now < self.end)


def due(now: datetime, seen: Span, ahead: Span | None) -> Step:
    """Return what to do with a site at `now` (aware), given the build in view and the one made ahead."""
    if ahead and ahead.start > seen.start and ahead.holds(now):
        return Step.SWITCH
    if seen.end is None:
        return Step.NOTHING
    if seen.end <= now:
        return Step.BUILD
    if seen.end - now <= window(seen.end) and (ahead is None or ahead.start != seen.end):
        return Step.AHEAD
    return Step.NOTHING


def window(edge: datetime) -> timedelta:
    """Return how long before an edge its build is made: an hour before midnight in Norway, else a quarter."""
    local = edge.astimezone(OSLO)
    return NIGHT_WINDOW if (local.hour, local.minute) == (0, 0) else WINDOW
