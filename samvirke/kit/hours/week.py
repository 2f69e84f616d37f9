"""Opening hours as people fill them in: a week, public holidays, exceptions, a time when it is closed.

`to_week` turns an OSM text into that form when it fits, `from_week` turns it back. What wins when two things are about
the same day: closed for a time, then exceptions (the shorter before the longer), then public holidays, then long
periods with hours of their own (more than 14 days: summer hours), then the weekday.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache
from itertools import combinations

from samvirke.kit.hours.errors import HoursError
from samvirke.kit.hours.model import EVERY_DAY, Dates, Easter, Fixed, Rule, Schedule, Tier, join
from samvirke.kit.hours.order import matching_days, within
from samvirke.kit.hours.parse import LONGEST, parse
from samvirke.kit.hours.written import MOST_SPANS, can_write

MOST_SPECIALS = 20
Spans = tuple[tuple[int, int], ...]


class Holidays(StrEnum):
    """What holds on public holidays."""

    SAME = "same"  # as on the weekday they fall on
    CLOSED = "closed"
    SUNDAY = "sunday"
    OWN = "own"


@dataclass(frozen=True)
class Special:
    """An exception: a date or a run of dates, every year or in one; closed when there are no spans.

    `days` narrows it to some weekdays: 24 December, when it is Monday to Friday.
    """

    dates: Dates
    spans: Spans = ()
    days: tuple[int, ...] = EVERY_DAY

    @property
    def rule(self) -> Rule:
        return Rule(self.spans, self.days, (self.dates,))


@dataclass(frozen=True)
class Week:
    """Hours as a grid. Spans are minutes after midnight of the day they start; the end may lie in the next day."""

    days: tuple[Spans, Spans, Spans, Spans, Spans, Spans, Spans]
    holidays: Holidays = Holidays.SAME
    holiday_spans: Spans = ()  # only with Holidays.OWN
    specials: tuple[Special, ...] = ()
    closed: tuple[date, date] | None = None  # closed for a time: first and last day


def from_week(week: Week) -> str:
    """Return the OSM text of a week, in its normal form.

    Raises HoursError when the week contradicts itself: nothing is ever open, the same date stands twice, an exception
    lies wholly where it is closed.
    """
    seasons, exceptions = _in_order(week)
    holidays = [Rule(_holiday_spans(week), holidays=True)] if week.holidays is not Holidays.SAME else []
    dated = [*seasons, *exceptions]
    needless = not any(week.days) and any(rule.spans for rule in [*holidays, *(one.rule for one in dated)])
    weekly = [] if needless else _weekly(week.days)
    closed = [_closure(*week.closed).rule] if week.closed else []
    _check(weekly, holidays, [special.rule for special in dated], week)
    rules = (*weekly, *_merged(seasons), *holidays, *_merged(exceptions), *closed)
    text = Schedule(rules).osm
    if len(text) > LONGEST:
        raise HoursError("too-many")
    return parse(text).osm


def to_week(text: str) -> Week | None:
    """Return the grid that means the same as an OSM text; None when the text says more than the grid can hold."""
    return _to_week(text) if len(text) <= LONGEST else None


@lru_cache(maxsize=1024)
def _to_week(text: str) -> Week | None:
    try:
        schedule = parse(text)
        week = _gathered(schedule)
        same = week is not None and _same(schedule, parse(from_week(week)))
    except HoursError:
        return None
    return week if same else None


def _gathered(schedule: Schedule) -> Week | None:
    weekly = [rule for rule in schedule.rules if rule.tier is Tier.WEEKLY]
    holidays = [rule for rule in schedule.rules if rule.tier is Tier.HOLIDAY]
    dated = [rule for rule in schedule.rules if rule.tier is Tier.DATED]
    if len(holidays) > 1 or any(rule.adds for rule in [*holidays, *dated]):
        return None
    closed = _temporary(dated[-1]) if dated else None
    specials = tuple(
        Special(dates, join(rule.spans), rule.days)
        for rule in (dated[:-1] if closed else dated)
        for dates in rule.dates
    )
    days = _table(weekly)
    every = [*days, *(special.spans for special in specials), *(rule.spans for rule in holidays)]
    shown = all(can_write(point) for one in specials for point in (one.dates.first, one.dates.last))
    if any(len(spans) > MOST_SPANS for spans in every) or len(specials) > MOST_SPECIALS or not shown:
        return None
    kind, spans = _holidays_of(holidays, days[6])
    return Week(days, kind, spans, specials, closed)


def _holidays_of(rules: list[Rule], sunday: Spans) -> tuple[Holidays, Spans]:
    if not rules:
        return Holidays.SAME, ()
    spans = join(rules[0].spans)
    if not spans:
        return Holidays.CLOSED, ()
    return (Holidays.SUNDAY, ()) if spans == sunday else (Holidays.OWN, spans)


def _temporary(rule: Rule) -> tuple[date, date] | None:
    """The days of a last rule that closes everything for a time in one year."""
    if rule.spans or rule.days != EVERY_DAY or len(rule.dates) > 1:
        return None
    first, last = rule.dates[0].first, rule.dates[0].last
    if isinstance(first, Easter) or isinstance(last, Easter) or first == last:
        return None
    if first.year is None or last.year is None:
        return None
    return date(first.year, first.month, first.day), date(last.year, last.month, last.day)


def _closure(first: date, last: date) -> Special:
    start, end = (Fixed(day.month, day.day, day.year) for day in (first, last))
    if last < first:
        raise HoursError("backwards-form", first=Dates(start, start), last=Dates(end, end))
    return Special(Dates(start, end))


def _table(rules: Iterable[Rule]) -> tuple[Spans, Spans, Spans, Spans, Spans, Spans, Spans]:
    week: list[Spans] = [()] * 7
    for rule in rules:
        for day in rule.days:
            week[day] = join(week[day] + rule.spans) if rule.adds else join(rule.spans)
    return (week[0], week[1], week[2], week[3], week[4], week[5], week[6])


def _weekly(days: Iterable[Spans]) -> list[Rule]:
    """Days with the same hours as one rule, from Monday on; "off" when no day has any."""
    groups: dict[Spans, tuple[int, ...]] = {}
    for number, spans in enumerate(days):
        if spans:
            found = join(spans)
            groups[found] = (*groups.get(found, ()), number)
    return [Rule(spans, numbers) for spans, numbers in groups.items()] or [Rule(())]


def _holiday_spans(week: Week) -> Spans:
    if week.holidays is Holidays.OWN:
        return join(week.holiday_spans)
    return join(week.days[6]) if week.holidays is Holidays.SUNDAY else ()


def _in_order(week: Week) -> tuple[list[Special], list[Special]]:
    """Long periods with hours, and all other exceptions; each with the widest first, so that the narrower wins."""
    ordered = sorted(week.specials, key=_width)
    return (
        [special for special in ordered if special.rule.season],
        [special for special in ordered if not special.rule.season],
    )


def _width(special: Special) -> tuple[int, bool, int]:
    return -special.dates.length(), not special.dates.every_year, -len(special.days)


def _merged(specials: list[Special]) -> list[Rule]:
    """Neighbours with the same hours and weekdays as one rule: 24 and 31 December until 12."""
    rules: list[Rule] = []
    for rule in (special.rule for special in specials):
        last = rules[-1] if rules else None
        if last and (last.spans, last.days) == (rule.spans, rule.days):
            rules[-1] = Rule(rule.spans, rule.days, last.dates + rule.dates)
        else:
            rules.append(rule)
    return rules


def _check(weekly: list[Rule], holidays: list[Rule], dated: list[Rule], week: Week) -> None:
    if not any(rule.spans for rule in [*weekly, *holidays, *dated]) and (holidays or dated or week.closed):
        raise HoursError("nothing-open")
    for rule in dated:
        if not rule.dates[0].every_year and not any(matching_days(rule)):
            raise HoursError("no-such-weekday", dates=rule.dates[0])
    for earlier, later in combinations(dated, 2):
        if set(earlier.days) <= set(later.days) and within(earlier.dates, later.dates):
            if earlier.dates == later.dates:
                raise HoursError("twice", dates=earlier.dates[0])
            raise HoursError("part-of", dates=earlier.dates[0], wider=later.dates[0])
    if week.closed:
        closure = _closure(*week.closed).rule
        for rule in dated:
            if within(rule.dates, closure.dates):
                raise HoursError("closed-anyway", dates=rule.dates[0])


def _same(one: Schedule, other: Schedule) -> bool:
    """Whether two schedules open on the same minutes of every day.

    When their parts differ only in how they are written, they do. Else all days are looked at that can differ:
    28 years, in which each date meets each weekday, and the years they name.
    """
    return _parts(one) == _parts(other) or all(one.day(day) == other.day(day) for day in _days(one, other))


def _parts(schedule: Schedule) -> tuple[object, ...]:
    """What is decided by each kind of rule; the parser refuses texts in which the kinds stand in a wrong order."""
    rules = schedule.rules
    return (
        _table(rule for rule in rules if rule.tier is Tier.WEEKLY),
        [(join(rule.spans), rule.adds) for rule in rules if rule.tier is Tier.HOLIDAY],
        [(dates, join(rule.spans), rule.days, rule.adds) for rule in rules for dates in rule.dates],
    )


def _days(*schedules: Schedule) -> Iterator[date]:
    runs = [dates for schedule in schedules for rule in schedule.rules for dates in rule.dates]
    points = [point for run in runs for point in (run.first, run.last)]
    named = {point.year for point in points if isinstance(point, Fixed) and point.year}
    for year in sorted({*range(2024, 2052), *named}):
        first = date(year, 1, 1)
        for number in range((date(year + 1, 1, 1) - first).days):
            yield first + timedelta(days=number)
