"""An independent calculation of when it is open, by the minute and without the package's own code.

It knows nothing of time zone data either: the two shifts of a year are worked out from the EU rule (the last
Sundays of March and October, 01:00 UTC). A minute is given a place on Norway's wall clock, and it is open when
a span of that civil day, or one that began the day before, covers the place. In the October night the hour
that comes again gets a place just before 03:00: every time within 02:00-02:59 is then already past.
"""

from calendar import monthrange
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

Opens = Callable[[date], Sequence[tuple[int, int]]]

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
HOUR = 60


def last_sunday(year: int, month: int) -> date:
    last = date(year, month, monthrange(year, month)[1])
    return last - timedelta(days=(last.weekday() + 1) % 7)


@lru_cache(maxsize=100_000)
def place(minute: int) -> tuple[date, float]:
    """The civil day in Norway of a minute since the epoch, and its place on that day's clock in minutes."""
    moment = EPOCH + timedelta(minutes=minute)
    spring = datetime(moment.year, 3, last_sunday(moment.year, 3).day, 1, tzinfo=UTC)
    autumn = datetime(moment.year, 10, last_sunday(moment.year, 10).day, 1, tzinfo=UTC)
    wall = moment + timedelta(hours=2 if spring <= moment < autumn else 1)
    at = wall.hour * HOUR + wall.minute
    again = autumn <= moment < autumn + timedelta(hours=1)
    return wall.date(), 3 * HOUR - 0.5 if again else at


def table(opens: Opens, first: int, last: int, step: int = 1) -> bytearray:
    """Open (1) or closed (0) for every `step` minutes from `first` until `last`, minutes since the epoch."""
    known: dict[date, Sequence[tuple[int, int]]] = {}

    def spans_of(day: date) -> Sequence[tuple[int, int]]:
        if day not in known:
            known[day] = opens(day)
        return known[day]

    found = bytearray()
    for minute in range(first, last, step):
        day, at = place(minute)
        today = any(start <= at < end for start, end in spans_of(day))
        since_yesterday = any(start <= at + 1440 < end for start, end in spans_of(day - timedelta(days=1)))
        found.append(today or since_yesterday)
    return found


def edges(found: bytearray, first: int, step: int = 1) -> list[int]:
    """Start, end, start, end … of the open stretches in a table."""
    changes = [first + n * step for n in range(1, len(found)) if found[n] != found[n - 1]]
    return ([first] if found[0] else []) + changes + ([first + len(found) * step] if found[-1] else [])


def minutes(year: int, month: int, day: int) -> int:
    """Minutes since the epoch of a midnight in UTC."""
    return (datetime(year, month, day, tzinfo=UTC) - EPOCH) // timedelta(minutes=1)


def moment(minute: int) -> datetime:
    return EPOCH + timedelta(minutes=minute)
