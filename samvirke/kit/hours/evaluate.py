"""When it is open. Each span is decided by the day it starts, and may run past midnight.

Wall times are Norwegian (Europe/Oslo). Every datetime that goes in must be aware. Those that come out
carry Norway's offset at that moment as a fixed offset: they show Norwegian wall time, and comparing or
subtracting them is right also in the hour that comes twice in October.

The two nights when the clock changes: a wall time that does not exist (02:00-02:59 in March) is the moment
the clock jumps (03:00); a wall time that comes twice (02:00-02:59 in October) is its first coming. So
01:00-05:00 lasts three real hours in March and five in October.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta, timezone
from functools import lru_cache
from zoneinfo import ZoneInfo

from samvirke.kit.hours.model import DAY_MINUTES, WHOLE_DAY, Rule, Schedule

OSLO = ZoneInfo("Europe/Oslo")
HORIZON = 370
"""Days to look ahead for a change: a year and some days."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_OFFSETS = {hours: timezone(timedelta(hours=hours)) for hours in (1, 2)}

Span = tuple[datetime, datetime]


def in_norway(moment: datetime) -> datetime:
    """The same moment with Norway's offset then as a fixed offset. Raises ValueError when it is naive."""
    if moment.tzinfo is None:
        raise ValueError("a moment must have a time zone")
    local = moment.astimezone(OSLO)
    offset = local.utcoffset() or timedelta(0)
    return local.replace(tzinfo=_OFFSETS.get(offset // timedelta(hours=1)) or timezone(offset), fold=0)


@lru_cache(maxsize=65536)
def instant(day: date, minutes: int) -> datetime:
    """The moment when clocks in Norway show `minutes` (0 to 2880) after the midnight that begins `day`."""
    days, rest = divmod(minutes, DAY_MINUTES)
    wall = datetime.combine(day + timedelta(days=days), time(rest // 60, rest % 60))
    moment = wall.replace(tzinfo=OSLO).astimezone(UTC)
    if moment.astimezone(OSLO).replace(tzinfo=None) != wall:
        moment = moment.replace(minute=0)  # Norway's clocks jump at a whole hour: 01:00 UTC
    return in_norway(moment)


def spans(schedule: Schedule, first_day: date, days: int) -> list[Span]:
    """The spans that start on `first_day` and the `days` - 1 days after it, in order.

    Spans that touch or overlap are one. A span that started the day before `first_day` is not among them
    (begin a day earlier when it matters); the last one may end after the last day.
    """
    return list(_merged(_raw(schedule, first_day, days)))


def is_open(schedule: Schedule, at: datetime) -> bool:
    """Whether `at` (aware) is within a span. The moment it opens is within, the moment it closes is not."""
    return _current(schedule, in_norway(at)) is not None


def closes_at(schedule: Schedule, at: datetime) -> datetime | None:
    """When it closes, if it is open `at` (aware); None if it is closed, or stays open for a year to come."""
    at = in_norway(at)
    span = _current(schedule, at)
    if span is None or _never_closes(schedule):
        return None
    for start, end in _merged(_raw(schedule, at.date() - timedelta(days=1), HORIZON)):
        if start <= at < end:
            return end if end <= instant(at.date() + timedelta(days=HORIZON - 2), 0) else None
    return None


def opens_next(schedule: Schedule, at: datetime, within_days: int = 7) -> datetime | None:
    """The first opening after `at` (aware) that is no later than `within_days` calendar days ahead.

    When it is open `at`, this is the opening after it has closed.
    """
    at = in_norway(at)
    last = at.date() + timedelta(days=within_days)
    for start, _ in _merged(_raw(schedule, at.date() - timedelta(days=1), within_days + 2)):
        if start > at and start.date() <= last:
            return start
    return None


def next_change(schedule: Schedule, at: datetime) -> datetime | None:
    """The first opening or closing after `at` (aware); None when there is none for a year to come."""
    at = in_norway(at)
    return closes_at(schedule, at) if is_open(schedule, at) else opens_next(schedule, at, HORIZON)


def pack(spans: Iterable[Span]) -> list[int]:
    """Spans as whole minutes since 1970-01-01T00:00Z: start, end, start, end …, for a script."""
    minute = timedelta(minutes=1)
    return [(moment - _EPOCH) // minute for span in spans for moment in span]


def _raw(schedule: Schedule, first_day: date, days: int) -> Iterator[Span]:
    for number in range(days):
        day = first_day + timedelta(days=number)
        for start, end in schedule.day(day):
            yield instant(day, start), instant(day, end)


def _merged(found: Iterable[Span]) -> Iterator[Span]:
    """Spans in order of their start, with those that touch or overlap made one and empty ones left out."""
    current: Span | None = None
    for start, end in found:
        if end <= start:
            continue  # the whole span lies in the hour that is skipped in March
        if current and start <= current[1]:
            current = (current[0], max(current[1], end))
        else:
            if current:
                yield current
            current = (start, end)
    if current:
        yield current


def _current(schedule: Schedule, at: datetime) -> Span | None:
    for start, end in _raw(schedule, at.date() - timedelta(days=1), 2):
        if start <= at < end:
            return start, end
    return None


def _never_closes(schedule: Schedule) -> bool:
    return schedule.rules == (Rule(WHOLE_DAY),)
