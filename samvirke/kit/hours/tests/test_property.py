"""Whatever can be written is evaluated as the independent calculation does, and survives being written out."""

import pickle
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import holidays
from hypothesis import HealthCheck, assume, event, example, given, settings
from hypothesis import strategies as st
from opening_hours import OpeningHours

from samvirke.kit.hours import (
    HoursError,
    Schedule,
    closes_at,
    is_open,
    next_change,
    opens_next,
    pack,
    parse,
    parts,
    say,
    say_day,
    say_lines,
    spans,
)
from samvirke.kit.hours.tests.oracle import edges, minutes, moment, place, table

NAMES = ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"]
MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
NORWAY = holidays.country_holidays("NO", years=range(2024, 2031))
EASTER = {
    2024: date(2024, 3, 31), 2025: date(2025, 4, 20), 2026: date(2026, 4, 5), 2027: date(2027, 3, 28),
    2028: date(2028, 4, 16), 2029: date(2029, 4, 1), 2030: date(2030, 4, 21),
}  # fmt: skip


@dataclass(frozen=True)
class Line:
    """A rule as the test made it: the text, the days it is about, and what it gives them."""

    text: str
    kind: str
    days: tuple[object, ...]
    weekdays: frozenset[int]
    hours: tuple[tuple[int, int], ...]
    adds: bool = False

    def about(self, day: date) -> bool:
        if self.kind == "holidays":
            return day in NORWAY
        if day.weekday() not in self.weekdays:
            return False
        if self.kind == "weekly":
            return True
        if self.kind == "easter":
            low, high = self.days
            since = (day - EASTER[day.year]).days
            return low <= since <= high  # type: ignore[operator]
        if self.kind == "year":
            low, high = self.days
            return low <= day <= high  # type: ignore[operator]
        return f"{day:%m%d}" in self.days


def clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"


@st.composite
def hours(draw: st.DrawFn, *, nights: bool) -> tuple[str, tuple[tuple[int, int], ...]]:
    """Up to three spans in order; only the last may go past midnight."""
    steps = st.integers(0, 287) if nights else st.integers(36, 287)
    marks = sorted(draw(st.lists(steps, min_size=2, max_size=6, unique=True)))
    marks = marks[: len(marks) // 2 * 2]
    found = [(a * 5, b * 5) for a, b in zip(marks[::2], marks[1::2], strict=True)]
    if draw(st.booleans()):
        found = [(0, 1440)]
    elif nights and draw(st.booleans()):
        start = found[-1][0]
        found[-1] = (start, 1440 + draw(st.integers(0, start // 5 - (start > 0))) * 5)
    texts = [f"{clock(a)}-{clock(b if b <= 1440 else b - 1440)}" for a, b in found]
    return ",".join(texts), tuple(found)


@st.composite
def weekdays(draw: st.DrawFn) -> tuple[str, frozenset[int]]:
    if draw(st.booleans()):
        first, last = draw(st.tuples(st.integers(0, 6), st.integers(0, 6)))
        days, at = {first}, first
        while at != last:
            at = (at + 1) % 7
            days.add(at)
        return f"{NAMES[first]}-{NAMES[last]}" if first != last else NAMES[first], frozenset(days)
    chosen = draw(st.sets(st.integers(0, 6), min_size=1))
    return ",".join(NAMES[day] for day in sorted(chosen)), frozenset(chosen)


def written(day: date) -> str:
    return f"{MONTHS[day.month - 1]} {day.day:02}"


@st.composite
def dated(draw: st.DrawFn) -> tuple[str, str, tuple[object, ...]]:
    """Text, kind and days of a date or a run of dates."""
    kind = draw(st.sampled_from(["every year", "year", "easter"]))
    if kind == "easter":
        low = draw(st.integers(-10, 50))
        high = draw(st.integers(low, 52))
        texts = [f"easter {n:+} day{'s' * (abs(n) != 1)}" if n else "easter" for n in (low, high)]
        return "-".join(texts[: 1 + (high > low)]), kind, (low, high)
    first = draw(st.dates(date(2026, 1, 1), date(2027, 12, 20)))
    last = first + timedelta(days=draw(st.sampled_from([0, 1, 4, 10, 40, 90])))
    if kind == "year":
        text = f"{first.year} {written(first)}" + (f"-{last.year} {written(last)}" if last > first else "")
        return text, kind, (first, last)
    run = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    days = {f"{day:%m%d}" for day in run}
    if {"0228", "0301"} <= days:
        days.add("0229")
    return written(first) + (f"-{written(last)}" if last > first else ""), kind, tuple(days)


@st.composite
def lines(draw: st.DrawFn, *, nights: bool = True) -> list[Line]:
    found = []
    for _ in range(draw(st.integers(1, 3))):
        (days, numbers), (text, given_hours) = draw(weekdays()), draw(hours(nights=nights))
        found.append(Line(f"{days} {text}", "weekly", (), numbers, given_hours, adds=draw(st.booleans())))
    if draw(st.booleans()):
        off = draw(st.booleans())
        text, given_hours = ("off", ()) if off else draw(hours(nights=nights))
        found.append(Line(f"PH {text}", "holidays", (), frozenset(), given_hours))
    for _ in range(draw(st.integers(0, 2))):
        when, kind, run = draw(dated())
        days, numbers = draw(st.one_of(st.just(("", frozenset(range(7)))), weekdays()))
        text, given_hours = ("off", ()) if draw(st.booleans()) else draw(hours(nights=nights))
        adds = bool(given_hours) and draw(st.booleans())
        found.append(Line(" ".join(filter(None, [when, days, text])), kind, run, numbers, given_hours, adds))
    return [
        line if not line.adds or (n and found[n - 1].hours) else Line(line.text, line.kind, line.days, line.weekdays, line.hours)
        for n, line in enumerate(found)
    ]  # fmt: skip


def text_of(rules: Sequence[Line]) -> str:
    return "".join(("" if not n else ", " if line.adds else "; ") + line.text for n, line in enumerate(rules))


def opens(rules: Sequence[Line], day: date) -> list[tuple[int, int]]:
    """Read backwards: gather what is added until a rule that decides the day alone."""
    found: list[tuple[int, int]] = []
    for line in reversed(rules):
        if line.about(day):
            found.extend(line.hours)
            if not line.adds:
                break
    return found


def accepted(rules: Sequence[Line]) -> Schedule:
    """What the parser makes of the rules; those whose order it refuses are not looked at further."""
    schedule, code = None, ""
    try:
        schedule = parse(text_of(rules))
    except HoursError as error:
        code = error.code
    event(code or "accepted")
    assert code in {"", "no-effect", "order", "season-after-holidays", "no-such-day"}
    assume(schedule)
    assert schedule
    return schedule


SPECIAL = [
    "2026-03-29",
    "2026-10-25",
    "2027-03-28",
    "2027-10-31",
    "2027-05-17",
    "2026-12-24",
    "2027-01-01",
    "2028-02-29",
]
DAYS = st.one_of(
    st.dates(date(2026, 1, 5), date(2028, 3, 10)),
    st.sampled_from([date.fromisoformat(day) for day in SPECIAL]),
)
SIX_DAYS = 6 * 1440
STEP = 5


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(lines(), DAYS)
@example([Line("Mo-Fr 22:00-06:00", "weekly", (), frozenset(range(5)), ((1320, 1800),))], date(2027, 3, 28))
def test_agrees_with_the_independent_calculation(rules: list[Line], middle: date) -> None:
    schedule = accepted(rules)
    day = middle - timedelta(days=3)
    first = minutes(day.year, day.month, day.day)
    last = first + SIX_DAYS
    found = table(lambda on: opens(rules, on), first, last, STEP)
    expected = edges(found, first, STEP)
    mine = [min(max(edge, first), last) for edge in pack(spans(schedule, day - timedelta(days=2), 10))]
    pairs = [(a, b) for a, b in zip(mine[::2], mine[1::2], strict=True) if a < b]
    assert [edge for pair in pairs for edge in pair] == expected

    for number in range(0, len(found), 97):
        at = moment(first + number * STEP)
        assert is_open(schedule, at) == bool(found[number])
        later = [edge for edge in expected if edge > first + number * STEP and edge < last]
        if later:
            assert next_change(schedule, at) == moment(later[0])
            assert closes_at(schedule, at) == (moment(later[0]) if found[number] else None)
        openings = [edge for edge in later if edge in expected[::2]]
        if openings:
            assert opens_next(schedule, at) == moment(openings[0])


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(lines())
def test_written_out_and_read_again_it_is_the_same(rules: list[Line]) -> None:
    schedule = accepted(rules)
    assert parse(schedule.osm) == schedule
    assert parse(schedule.osm).osm == schedule.osm
    assert hash(parse(schedule.osm)) == hash(schedule)
    assert pickle.loads(pickle.dumps(schedule)) == schedule  # noqa: S301


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(lines(), DAYS)
def test_whatever_can_be_written_can_be_said(rules: list[Line], day: date) -> None:
    schedule = accepted(rules)
    for language in ("nb", "nn", "en", "se"):
        text = say(schedule, language)
        assert text
        assert text == ", ".join(say_lines(schedule, language))
        assert "None" not in text
        assert "{" not in text
        assert "".join(piece for piece, _ in parts(text)) == text
        assert not any(re.search(r"\d[.:]\d", piece) for piece, is_time in parts(text) if not is_time)
        closed = say_day(schedule, day, language).startswith(("stengt", "closed"))
        assert closed != _open_on(rules, day)


def _open_on(rules: Sequence[Line], day: date) -> bool:
    """Whether it is open at any time of the civil day."""
    midnight = minutes(day.year, day.month, day.day)
    around = range(midnight - 120, midnight + 1440, STEP)
    found = table(lambda on: opens(rules, on), around.start, around.stop, STEP)
    return any(found[n] for n, minute in enumerate(around) if place(minute)[0] == day)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(lines(nights=False), st.dates(date(2026, 1, 5), date(2028, 3, 10)))
def test_agrees_with_opening_hours_py_where_no_span_passes_midnight(rules: list[Line], day: date) -> None:
    schedule = accepted(rules)
    other = OpeningHours(schedule.osm, timezone=ZoneInfo("Europe/Oslo"), country="NO")
    for hour in range(24 * 4):
        at = moment(minutes(day.year, day.month, day.day) + hour * 60 + 25)
        assert is_open(schedule, at) == other.is_open(at.astimezone(ZoneInfo("Europe/Oslo"))), (
            schedule.osm,
            at,
        )
