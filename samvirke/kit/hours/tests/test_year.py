"""Every edge of 2026 and 2027 for hours such as real services have, against the independent calculation."""

from collections.abc import Sequence
from datetime import date, timedelta

import pytest

from samvirke.kit.hours import closes_at, is_open, next_change, opens_next, pack, parse, spans
from samvirke.kit.hours.tests.oracle import Opens, edges, minutes, moment, table

# Written by hand from the almanac, not worked out.
HOLIDAYS = {
    date(2025, 12, 25), date(2025, 12, 26),
    date(2026, 1, 1), date(2026, 4, 2), date(2026, 4, 3), date(2026, 4, 5), date(2026, 4, 6), date(2026, 5, 1),
    date(2026, 5, 14), date(2026, 5, 17), date(2026, 5, 24), date(2026, 5, 25), date(2026, 12, 25),
    date(2026, 12, 26),
    date(2027, 1, 1), date(2027, 3, 25), date(2027, 3, 26), date(2027, 3, 28), date(2027, 3, 29), date(2027, 5, 1),
    date(2027, 5, 6), date(2027, 5, 16), date(2027, 5, 17), date(2027, 12, 25), date(2027, 12, 26),
    date(2028, 1, 1),
}  # fmt: skip
EASTER = {date(2026, 4, 2) + timedelta(days=n) for n in range(5)} | {
    date(2027, 3, 25) + timedelta(days=n) for n in range(5)
}
Spans = Sequence[tuple[int, int]]


def at(hour: float, until: float) -> tuple[int, int]:
    return round(hour * 60), round(until * 60)


OFFICE = [at(8, 15.5)]


def office(day: date) -> Spans:
    return OFFICE if day.weekday() < 5 and day not in HOLIDAYS else []


def long_wednesday(day: date) -> Spans:
    if day in HOLIDAYS or day.weekday() > 4:
        return []
    return [at(8, 18)] if day.weekday() == 2 else OFFICE


def always(day: date) -> Spans:
    return [at(0, 24)]


def always_but_christmas_eve(day: date) -> Spans:
    return [] if (day.month, day.day) == (12, 24) else [at(0, 24)]


def nights(day: date) -> Spans:
    return [at(22, 30)] if day.weekday() < 5 and day not in HOLIDAYS else []


def late_evenings(day: date) -> Spans:
    return {0: [at(18.5, 22.5)], 1: [at(18.5, 22.5)], 5: [], 6: []}.get(day.weekday(), [at(18.5, 25.5)])


def half_christmas_eve(day: date) -> Spans:
    if (day.month, day.day) == (12, 24):
        return [at(8, 12)] if day.weekday() < 5 else []
    if (day.month, day.day) == (12, 31):
        return []
    return office(day)


def closed_at_easter(day: date) -> Spans:
    return [] if day in EASTER else [at(10, 14), at(18, 21)]


def summer(day: date) -> Spans:
    if (6, 15) <= (day.month, day.day) <= (8, 20) and day.weekday() < 5:
        return [at(9, 14)]
    return office(day)


def evenings_nights_weekends(day: date) -> Spans:
    if day.weekday() > 4 or day in HOLIDAYS:
        return [at(0, 24)]
    return [at(15.5, 32)]


def new_year(day: date) -> Spans:
    if date(2026, 12, 20) <= day <= date(2027, 1, 3):
        return [at(20, 26)] if day == date(2026, 12, 31) else []
    return [at(16, 23)]


def additions(day: date) -> Spans:
    if day in HOLIDAYS:
        return [at(12, 14)]
    first = [at(9, 11)] if day.weekday() < 5 else []
    return first + ([at(17, 19)] if day.weekday() in (1, 3) else [])


def sundays_and_holidays(day: date) -> Spans:
    return [at(10, 14)] if day.weekday() == 6 or day in HOLIDAYS else []


def small_hours(day: date) -> Spans:
    return [at(1, 5)]


def around_the_shift(day: date) -> Spans:
    return [at(0, 2.5), at(23.5, 24)]


CASES = [
    ("Mo-Fr 08:00-15:30; PH off", office),
    ("Mo-Fr 08:00-15:30; We 08:00-18:00; PH off", long_wednesday),
    ("24/7", always),
    ("24/7; Dec 24 off", always_but_christmas_eve),
    ("Mo-Fr 22:00-06:00; PH off", nights),
    ("Mo,Tu 18:30-22:30; We-Fr 18:30-01:30", late_evenings),
    ("Mo-Fr 08:00-15:30; PH off; Dec 24 Mo-Fr 08:00-12:00; Dec 31 off", half_christmas_eve),
    ("Mo-Su 10:00-14:00,18:00-21:00; easter -3 days-easter +1 day off", closed_at_easter),
    ("Mo-Fr 08:00-15:30; Jun 15-Aug 20 Mo-Fr 09:00-14:00; PH off", summer),
    ("Mo-Fr 15:30-08:00; Sa,Su,PH 00:00-24:00", evenings_nights_weekends),
    ("Mo-Su 16:00-23:00; 2026 Dec 20-2027 Jan 03 off; 2026 Dec 31 20:00-02:00", new_year),
    ("Mo-Fr 09:00-11:00, Tu,Th 17:00-19:00; PH 12:00-14:00", additions),
    ("Su,PH 10:00-14:00", sundays_and_holidays),
    ("Mo-Su 01:00-05:00", small_hours),
    ("Mo-Su 00:00-02:30,23:30-24:00", around_the_shift),
]

FIRST, LAST = minutes(2026, 1, 1), minutes(2028, 1, 1)
STEP = 30


@pytest.mark.parametrize(("text", "opens"), CASES, ids=[text for text, _ in CASES])
def test_every_edge_of_two_years(text: str, opens: Opens) -> None:
    schedule = parse(text)
    expected = edges(table(opens, FIRST, LAST, STEP), FIRST, STEP)
    mine = [min(max(edge, FIRST), LAST) for edge in pack(spans(schedule, date(2025, 12, 30), 734))]
    pairs = [(a, b) for a, b in zip(mine[::2], mine[1::2], strict=True) if a < b]
    assert [edge for pair in pairs for edge in pair] == expected

    inner = [edge for edge in expected if FIRST < edge < LAST]
    for number, edge in enumerate(inner):
        opening = edge in expected[::2]
        before, after = moment(edge - 1), moment(edge)
        assert (is_open(schedule, before), is_open(schedule, after)) == (not opening, opening)
        assert next_change(schedule, before) == after
        if opening:
            assert opens_next(schedule, before) == after
            assert closes_at(schedule, before) is None
        else:
            assert closes_at(schedule, before) == after
        if number + 1 < len(inner):
            assert next_change(schedule, after) == moment(inner[number + 1])
