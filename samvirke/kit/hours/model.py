"""What a text about opening hours says, as plain frozen data."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum

from samvirke.kit.hours.holidays import easter_sunday, is_public_holiday

WEEKDAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
EVERY_DAY = (0, 1, 2, 3, 4, 5, 6)
DAY_MINUTES = 24 * 60
WHOLE_DAY = ((0, DAY_MINUTES),)
SEASON_DAYS = 14
"""A dated rule with hours that lasts longer than this is a season, not an exception."""


class Tier(IntEnum):
    """What a rule is about; the order in which rules have to stand."""

    WEEKLY = 0
    HOLIDAY = 1
    DATED = 2


@dataclass(frozen=True)
class Fixed:
    """A date, every year or in one year. 29 February is there in leap years only."""

    month: int
    day: int
    year: int | None = None

    @property
    def osm(self) -> str:
        text = f"{MONTHS[self.month - 1]} {self.day:02}"
        return text if self.year is None else f"{self.year} {text}"


@dataclass(frozen=True)
class Easter:
    """A number of days from Easter Sunday, -60 to 60."""

    offset: int = 0

    @property
    def osm(self) -> str:
        if not self.offset:
            return "easter"
        return f"easter {self.offset:+d} day{'' if abs(self.offset) == 1 else 's'}"


@dataclass(frozen=True)
class Dates:
    """A run of dates, both ends included. Both ends are of one kind, with a year both or neither.

    Without a year the run may go over New Year ("Dec 20-Jan 03").
    """

    first: Fixed | Easter
    last: Fixed | Easter

    @property
    def osm(self) -> str:
        return self.first.osm if self.first == self.last else f"{self.first.osm}-{self.last.osm}"

    @property
    def every_year(self) -> bool:
        return isinstance(self.first, Easter) or self.first.year is None

    def __contains__(self, day: object) -> bool:
        if not isinstance(day, date):
            return False
        if isinstance(self.first, Easter) or isinstance(self.last, Easter):
            return self._around_easter(day)
        if self.first.year is not None and self.last.year is not None:
            low = (self.first.year, self.first.month, self.first.day)
            high = (self.last.year, self.last.month, self.last.day)
            return low <= (day.year, day.month, day.day) <= high
        start, end = (self.first.month, self.first.day), (self.last.month, self.last.day)
        at = (day.month, day.day)
        return start <= at <= end if start <= end else at >= start or at <= end

    def _around_easter(self, day: date) -> bool:
        low = self.first.offset if isinstance(self.first, Easter) else 0
        high = self.last.offset if isinstance(self.last, Easter) else 0
        return low <= (day - easter_sunday(day.year)).days <= high

    def length(self) -> int:
        """The number of days, in a leap year where that matters."""
        if isinstance(self.first, Easter) or isinstance(self.last, Easter):
            return sum(self._around_easter(date(2028, 1, 1) + timedelta(days=n)) for n in range(366))
        start = date(self.first.year or 2028, self.first.month, self.first.day)
        end = date(self.last.year or 2028, self.last.month, self.last.day)
        return (end - start).days + 1 if end >= start else (end - start).days + 367


@dataclass(frozen=True)
class Rule:
    """One rule: on which days, and the spans that start on those days.

    `spans` empty means closed ("off"). `adds`: the spans come in addition to what earlier rules gave
    the day (written after a comma); otherwise they replace it (written after a semicolon).
    `holidays`: the rule is about public holidays; then it has neither dates nor weekdays of its own.
    """

    spans: tuple[tuple[int, int], ...]
    days: tuple[int, ...] = EVERY_DAY
    dates: tuple[Dates, ...] = ()
    holidays: bool = False
    adds: bool = False

    @property
    def tier(self) -> Tier:
        if self.dates:
            return Tier.DATED
        return Tier.HOLIDAY if self.holidays else Tier.WEEKLY

    @property
    def season(self) -> bool:
        """Hours for a longer part of the year: rather weekly hours than an exception."""
        return bool(self.spans) and any(dates.length() > SEASON_DAYS for dates in self.dates)

    def matches(self, day: date) -> bool:
        """Whether the rule speaks about spans that start on `day`."""
        if self.holidays:
            return is_public_holiday(day)
        if day.weekday() not in self.days:
            return False
        return not self.dates or any(day in dates for dates in self.dates)

    @property
    def osm(self) -> str:
        if self == Rule(WHOLE_DAY):
            return "24/7"
        words = [",".join(dates.osm for dates in self.dates)] if self.dates else []
        if self.holidays:
            words.append("PH")
        elif self.days != EVERY_DAY or (not self.dates and self.spans):
            words.append(days_osm(self.days))
        words.append(",".join(f"{clock(a)}-{clock(end_of_span(a, b))}" for a, b in self.spans) or "off")
        return " ".join(words)


@dataclass(frozen=True)
class Schedule:
    """Opening hours that we can evaluate and say. Made by `parse`; equal when they mean the same text.

    `osm` is the text in its one normal form: `parse(schedule.osm) == schedule`.
    """

    rules: tuple[Rule, ...]

    @property
    def osm(self) -> str:
        text = self.rules[0].osm
        for rule in self.rules[1:]:
            text += f"{',' if rule.adds else ';'} {rule.osm}"
        return text

    def day(self, day: date) -> tuple[tuple[int, int], ...]:
        """The spans that start on `day`, in order, in minutes after its midnight (wall time)."""
        found: tuple[tuple[int, int], ...] = ()
        for rule in self.rules:
            if rule.matches(day):
                found = found + rule.spans if rule.adds else rule.spans
        return join(found)


def mentions_holidays(schedule: Schedule) -> bool:
    """Whether the hours say anything about public holidays.

    When they do not, the weekly hours hold on public holidays as they are written.
    """
    return any(rule.holidays for rule in schedule.rules)


def join(spans: tuple[tuple[int, int], ...]) -> tuple[tuple[int, int], ...]:
    """Spans in order, with those that touch or overlap made one."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(joined)


def clock(minutes: int) -> str:
    """Minutes after midnight as OSM writes them: "08:00", "24:00"."""
    return f"{minutes // 60:02}:{minutes % 60:02}"


def end_of_span(start: int, end: int) -> int:
    """The end of a span as a clock shows it: 1800 (06:00 the next day) is 360, 1440 stays 24:00.

    A span of a whole day that does not begin at midnight keeps its end: 08:00-32:00.
    """
    return end - DAY_MINUTES if DAY_MINUTES < end < start + DAY_MINUTES else end


def days_osm(days: tuple[int, ...]) -> str:
    """Weekdays as OSM writes them: "Mo-Fr", "Mo,We", "Mo-We,Sa"."""
    return ",".join(
        WEEKDAYS[run[0]]
        if len(run) == 1
        else f"{WEEKDAYS[run[0]]}{',' if len(run) == 2 else '-'}{WEEKDAYS[run[-1]]}"
        for run in runs(days)
    )


def runs(days: tuple[int, ...]) -> list[tuple[int, ...]]:
    """Weekdays (0 is Monday) in runs of neighbours: (0, 1, 2, 5) gives (0, 1, 2) and (5,)."""
    found: list[tuple[int, ...]] = []
    for day in days:
        if found and found[-1][-1] == day - 1:
            found[-1] = (*found[-1], day)
        else:
            found.append((day,))
    return found
