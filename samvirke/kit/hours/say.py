"""Opening hours in words: bokmål, nynorsk, English. No text says "now" or depends on a clock.

Every time of day in the texts, alone or in a range, is matched by TIME_RANGE, so that a template can wrap
it ("08.00–15.30", "18:00") in an element of its own; `parts` does the cutting.
"""

import re
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from samvirke.kit.hours.evaluate import in_norway, instant, spans
from samvirke.kit.hours.model import (
    DAY_MINUTES,
    EVERY_DAY,
    WHOLE_DAY,
    Dates,
    Easter,
    Fixed,
    Rule,
    Schedule,
    Tier,
    end_of_span,
    join,
    runs,
)
from samvirke.kit.hours.words import Words, words

TIME_RANGE = re.compile(r"(?<![\d.:])\d{2}[.:]\d{2}(?:–\d{2}[.:]\d{2})?(?![\d:])")

Spans = tuple[tuple[int, int], ...]


def say(schedule: Schedule, language: str, since: date | None = None) -> str:
    """The whole schedule in one line: "mandag–fredag kl. 08.00–15.30, stengt på helligdager".

    With `since`, rules for dates that are over by that day are left out.
    """
    return ", ".join(say_lines(schedule, language, since))


def say_lines(schedule: Schedule, language: str, since: date | None = None) -> list[str]:
    """The schedule as short lines: the week, public holidays, then seasons and dates. See `say`."""
    w = words(language)
    lines = _week_and_holidays(schedule, w)
    lines += [_dated(rule, w) for rule in schedule.rules if rule.dates and not (since and _over(rule, since))]
    return lines or [w.closed]


def say_date(day: date, language: str, *, year: bool = False) -> str:
    """A day with its weekday: "søndag 22. november", with the year when asked: "søndag 22. november 2026"."""
    w = words(language)
    return f"{w.weekdays[day.weekday()]} {_date_text(day.month, day.day, day.year if year else None, w)}"


def say_dates(dates: Dates, language: str) -> str:
    """A run of dates: "24. desember", "20. desember 2026–3. januar 2027", "skjærtorsdag–2. påskedag"."""
    return _dates_text(dates, words(language))


def say_day(schedule: Schedule, day: date, language: str) -> str:
    """What holds on one day: "søndag 22. november kl. 08.00–15.30", "stengt søndag 22. november".

    True for the whole civil day: hours that run over from the night before are said first
    ("fredag 26. mars til kl. 06.00"). Hours that begin on the day are said to their end ("kl. 22.00–06.00").
    """
    w = words(language)
    name = say_date(day, language)
    midnight, end = instant(day, 0), instant(day, DAY_MINUTES)
    found = [
        span for span in spans(schedule, day - timedelta(days=2), 4) if span[1] > midnight and span[0] < end
    ]
    if not found:
        return w.closed_days.format(days=name)
    if found[0][0] <= midnight and found[0][1] >= end:
        return f"{name} {w.around}"
    before = [w.until.format(time=_mark(close, w)) for start, close in found if start < midnight]
    within = [
        _range_text(_minutes(start), _minutes(close), w)
        for start, close in found
        if start >= midnight and close - start < timedelta(days=1)
    ]
    after = [
        w.since.format(time=_mark(start, w))
        for start, close in found
        if start >= midnight and close - start >= timedelta(days=1)
    ]
    ranges = [w.at.format(times=_listed(within, w.conjunction))] if within else []
    return f"{name} {_listed([*before, *ranges, *after], w.conjunction)}"


def say_span(start: datetime, end: datetime, language: str) -> str:
    """One span with its day: "søndag 22. november kl. 08.00–15.30"; both days when it lasts a day or more."""
    w = words(language)
    start, end = in_norway(start), in_norway(end)
    name = say_date(start.date(), language)
    if (start, end) == (instant(start.date(), 0), instant(start.date(), DAY_MINUTES)):
        return f"{name} {w.around}"
    if end - start >= timedelta(days=1):
        last = end - timedelta(days=1) if _minutes(end) == 0 else end
        return f"{name} {_mark(start, w)} – {say_date(last.date(), language)} {_mark(end, w, ends=True)}"
    return f"{name} {w.at.format(times=_range_text(_minutes(start), _minutes(end), w))}"


def say_moment(moment: datetime, now: datetime, language: str) -> str:
    """A moment as seen from `now`: "kl. 15.30" the same day, "mandag kl. 12.00" up to six days ahead,
    otherwise "mandag 4. januar kl. 12.00". Midnight at the end of today is "kl. 24.00".
    """
    w = words(language)
    moment, now = in_norway(moment), in_norway(now)
    ahead = (moment.date() - now.date()).days
    if ahead == 1 and _minutes(moment) == 0:
        return _mark(moment, w, ends=True)
    if ahead == 0:
        return _mark(moment, w)
    if 0 < ahead <= 6:
        return f"{w.weekdays[moment.weekday()]} {_mark(moment, w)}"
    return f"{say_date(moment.date(), language)} {_mark(moment, w)}"


def parts(text: str) -> list[tuple[str, bool]]:
    """A text cut into pieces, in order, each with whether it is a time or a range of times."""
    found: list[tuple[str, bool]] = []
    at = 0
    for match in TIME_RANGE.finditer(text):
        found += [(text[at : match.start()], False), (match[0], True)]
        at = match.end()
    return [piece for piece in [*found, (text[at:], False)] if piece[0]]


def _week_and_holidays(schedule: Schedule, w: Words) -> list[str]:
    table = _table([rule for rule in schedule.rules if rule.tier is Tier.WEEKLY])
    holidays = [rule for rule in schedule.rules if rule.holidays]
    if all(hours == WHOLE_DAY for hours in table):
        lines = [w.around]
    elif not any(table):
        lines = [w.closed] if None not in table else []
    else:
        lines = []
        for hours, days, deviations in _groups(table):
            alike = [rule for rule in holidays if rule.spans == hours and not (rule.adds or deviations)]
            alike = alike if days != EVERY_DAY else []
            holidays = [rule for rule in holidays if rule not in alike]
            said = [f"{_days_text(days, w, also=w.holidays if alike else '')} {_hours_text(hours, w)}"]
            said += [
                f"{_days_text((day,), w)} {_deviation(hours, table[day] or (), w)}" for day in deviations
            ]
            lines.append(", ".join(said))
        closed = tuple(day for day in EVERY_DAY if table[day] == ())
        lines += [w.closed_days.format(days=_days_text(closed, w))] if closed else []
    return lines + [_holidays(rule, table, w) for rule in holidays]


def _table(rules: Sequence[Rule]) -> list[Spans | None]:
    """The hours of Monday to Sunday as the weekly rules give them; None for a day they do not mention."""
    table: list[Spans | None] = []
    for day in EVERY_DAY:
        found: Spans | None = None
        for rule in rules:
            if day in rule.days:
                found = join((found or ()) + rule.spans) if rule.adds else join(rule.spans)
        table.append(found)
    return table


def _groups(table: Sequence[Spans | None]) -> list[tuple[Spans, tuple[int, ...], tuple[int, ...]]]:
    """Hours, the days that have them, and the days among these that deviate, from Monday on.

    A day deviates shortly ("onsdag til 18.00") when it lies inside a run of at least three days with the
    same hours and differs in its opening or its closing only.
    """
    groups: dict[Spans, tuple[int, ...]] = {}
    for day, hours in enumerate(table):
        if hours:
            groups[hours] = (*groups.get(hours, ()), day)
    found = []
    taken: set[int] = set()
    for hours, days in groups.items():
        inside = tuple(
            day
            for day in range(days[0], days[-1])
            if day not in days and _deviates_shortly(hours, table[day])
        )
        whole = tuple(sorted({*days, *inside}))
        short = inside if len(days) >= 3 and len(inside) == 1 and len(runs(whole)) == 1 else ()
        taken.update(short)
        found.append((hours, whole if short else days, short))
    return [
        (hours, days if short else left, short)
        for hours, days, short in found
        if (left := tuple(day for day in days if day not in taken)) or short
    ]


def _deviates_shortly(base: Spans, hours: Spans | None) -> bool:
    return (
        hours is not None
        and len(base) == len(hours) == 1
        and (base[0][0] == hours[0][0]) != (base[0][1] == hours[0][1])
    )


def _deviation(base: Spans, hours: Spans, w: Words) -> str:
    if base[0][0] == hours[0][0]:
        return w.until.format(time=_clock(end_of_span(*hours[0]), w))
    return w.since.format(time=_clock(hours[0][0], w))


def _holidays(rule: Rule, table: Sequence[Spans | None], w: Words) -> str:
    if not rule.spans:
        return w.closed_holidays
    if not rule.adds and all(hours == rule.spans for hours in table):
        return w.holidays_as_week
    return _when(w.holidays, rule, w)


def _dated(rule: Rule, w: Words) -> str:
    dates = _listed([_dates_text(dates, w) for dates in rule.dates], w.conjunction)
    if rule.days == EVERY_DAY or all(run.first == run.last and not run.every_year for run in rule.dates):
        return _when(dates, rule, w) if rule.spans else w.closed_days.format(days=dates)
    if all(run.first == run.last for run in rule.dates):
        when = w.condition.format(date=dates, days=_days_text(rule.days, w, w.either))
        return _when(when, rule, w) if rule.spans else w.closed_days.format(days=when)
    days = _days_text(rule.days, w)
    return f"{dates}: {_when(days, rule, w) if rule.spans else w.closed_days.format(days=days)}"


def _when(when: str, rule: Rule, w: Words) -> str:
    hours = _hours_text(rule.spans, w)
    return w.also.format(when=when, hours=hours) if rule.adds else f"{when} {hours}"


def _over(rule: Rule, day: date) -> bool:
    """Whether all dates of the rule have a year and are past on `day`."""
    ends = [run.last for run in rule.dates]
    return all(
        isinstance(end, Fixed) and end.year and date(end.year, end.month, end.day) < day for end in ends
    )


def _dates_text(dates: Dates, w: Words) -> str:
    first, last = dates.first, dates.last
    if first == last:
        return _point(first, w)
    start = _point(first, w)
    if isinstance(first, Fixed) and isinstance(last, Fixed) and first.year == last.year:
        start = _date_text(first.month, first.day, None, w)
        if first.month == last.month and first.day < last.day:
            start = w.day.format(day=first.day)
    return f"{start}–{_point(last, w)}"


def _point(point: Fixed | Easter, w: Words) -> str:
    if isinstance(point, Fixed):
        return _date_text(point.month, point.day, point.year, w)
    if point.offset in w.easter:
        return w.easter[point.offset]
    n = abs(point.offset)
    return (w.before_easter if point.offset < 0 else w.after_easter)[n != 1].format(n=n)


def _date_text(month: int, day: int, year: int | None, w: Words) -> str:
    text = w.date.format(day=day, month=w.months[month - 1])
    return text if year is None else w.year.format(date=text, year=year)


def _days_text(days: tuple[int, ...], w: Words, conjunction: str = "", also: str = "") -> str:
    if days == EVERY_DAY:
        return w.every_day
    names = []
    for run in runs(days):
        if len(run) >= 3:
            names.append(f"{w.weekdays[run[0]]}–{w.weekdays[run[-1]]}")
        else:
            names += [w.weekdays[day] for day in run]
    return _listed([*names, also] if also else names, conjunction or w.conjunction)


def _hours_text(hours: Spans, w: Words) -> str:
    if hours == WHOLE_DAY:
        return w.around
    return w.at.format(times=_listed([_range_text(start, end, w) for start, end in hours], w.conjunction))


def _range_text(start: int, end: int, w: Words) -> str:
    """Minutes after midnight; an end before the start, or after 24:00, is on the next day."""
    shown = end - DAY_MINUTES if end > DAY_MINUTES else end or DAY_MINUTES
    text = f"{_clock(start, w)}–{_clock(shown, w)}"
    return w.next_day.format(times=text) if end >= start + DAY_MINUTES else text


def _clock(minutes: int, w: Words) -> str:
    return w.clock.format(hour=minutes // 60, minute=minutes % 60)


def _mark(moment: datetime, w: Words, *, ends: bool = False) -> str:
    minutes = _minutes(moment)
    return w.mark.format(time=_clock(DAY_MINUTES if ends and not minutes else minutes, w))


def _minutes(moment: datetime) -> int:
    return moment.hour * 60 + moment.minute


def _listed(names: Sequence[str], conjunction: str) -> str:
    return f" {conjunction} ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else "".join(names)
