"""The grid of an editor and the OSM text mean the same, back and forth, at every moment of two years."""

import csv
import json
import re
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
from hypothesis import assume, event, example, given, settings
from hypothesis import strategies as st

from samvirke.kit.hours import OSLO, HoursError, is_open, parse, say
from samvirke.kit.hours.holidays import is_public_holiday
from samvirke.kit.hours.model import DAY_MINUTES, EVERY_DAY, Dates, Easter, Fixed, join
from samvirke.kit.hours.week import Holidays, Special, Week, from_week, to_week

ROOMS = Path(__file__).parents[3]
FIRST, LAST = date(2026, 1, 1), date(2027, 12, 31)
CLOSED_WEEK = ((),) * 7
WORKDAYS = (((480, 930),),) * 5 + ((), ())


@st.composite
def spans(draw: st.DrawFn) -> tuple[tuple[int, int], ...]:
    """Closed, around the clock, or up to three spans; the last may run into the next day, a whole day at most."""
    kind = draw(st.sampled_from(["closed", "some", "some", "night", "around", "from an hour"]))
    if kind == "closed":
        return ()
    if kind == "around":
        return ((0, DAY_MINUTES),)
    if kind == "from an hour":
        start = draw(st.integers(1, 287)) * 5
        return ((start, start + DAY_MINUTES),)
    marks = sorted(draw(st.lists(st.integers(0, 288), min_size=2, max_size=6, unique=True)))
    found = [(a * 5, b * 5) for a, b in zip(marks[::2], marks[1::2], strict=False)]
    if kind == "night":
        start = found[-1][0]
        found[-1] = (start, DAY_MINUTES + draw(st.integers(0, start // 5)) * 5)
        if found[-1][1] == found[-1][0]:
            found[-1] = (start, start + 5)
    return join(tuple(found))


@st.composite
def runs(draw: st.DrawFn) -> Dates:
    kind = draw(st.sampled_from(["one", "yearly", "year", "easter"]))
    if kind == "easter":
        points = sorted(
            draw(
                st.lists(st.sampled_from([-7, -4, -3, -2, -1, 0, 1, 39, 48, 49, 50]), min_size=2, max_size=2)
            )
        )
        return Dates(Easter(points[0]), Easter(points[1]))
    first = draw(st.dates(FIRST, LAST - timedelta(days=100)))
    last = first if kind == "one" else first + timedelta(days=draw(st.sampled_from([1, 3, 9, 20, 60])))
    years = (first.year, last.year) if kind == "year" or draw(st.booleans()) else (None, None)
    return Dates(Fixed(first.month, first.day, years[0]), Fixed(last.month, last.day, years[1]))


SPECIALS = st.builds(
    Special, runs(), spans(), st.sampled_from([EVERY_DAY, EVERY_DAY, (0, 1, 2, 3, 4), (5, 6), (2,)])
)


@st.composite
def weeks(draw: st.DrawFn) -> Week:
    holidays = draw(st.sampled_from(Holidays))
    closed = None
    if draw(st.booleans()):
        first = draw(st.dates(FIRST, LAST - timedelta(days=40)))
        closed = (first, first + timedelta(days=draw(st.integers(1, 40))))
    base = draw(spans())
    few = st.one_of(st.just(base), spans())
    return Week(
        draw(st.tuples(few, few, few, few, few, few, few)),
        holidays,
        draw(spans()) if holidays is Holidays.OWN else (),
        tuple(draw(st.lists(SPECIALS, max_size=4))),
        closed,
    )


def starts(week: Week, day: date) -> tuple[tuple[int, int], ...]:
    """What the grid says of one day, read from the top: the first that is about the day decides."""
    if week.closed and week.closed[0] <= day <= week.closed[1]:
        return ()
    about = [one for one in week.specials if day in one.dates and day.weekday() in one.days]
    long = [one for one in about if one.spans and one.dates.length() > 14]
    short = [one for one in about if one not in long]
    if short:
        return narrowest(short).spans
    if is_public_holiday(day) and week.holidays is not Holidays.SAME:
        given = {Holidays.SUNDAY: week.days[6], Holidays.OWN: week.holiday_spans}
        return given.get(week.holidays, ())
    return narrowest(long).spans if long else week.days[day.weekday()]


def narrowest(found: list[Special]) -> Special:
    """The shortest run wins, then the one of a given year, then fewer weekdays, then the one written last."""
    ranked = sorted(
        enumerate(found),
        key=lambda one: (one[1].dates.length(), one[1].dates.every_year, len(one[1].days), -one[0]),
    )
    return ranked[0][1]


@settings(deadline=None)
@given(weeks())
@example(Week(CLOSED_WEEK))
@example(Week((((0, 1440),),) * 7, Holidays.SUNDAY))
@example(Week(WORKDAYS, Holidays.OWN, ((600, 720),)))
@example(
    Week(
        WORKDAYS,
        Holidays.CLOSED,
        (),
        (Special(Dates(Fixed(6, 15), Fixed(8, 15)), ((540, 840),), (0, 1, 2, 3, 4)),),
    )
)
def test_what_is_filled_in_is_what_is_evaluated_and_comes_back(week: Week) -> None:
    text, refused = written(week)
    event(refused or "accepted")
    assert refused in {"", *REFUSALS}
    assume(not refused)
    schedule = parse(text)
    assert schedule.osm == text
    again = to_week(text)
    assert again is not None
    back = parse(from_week(again))
    for number in range((LAST - FIRST).days + 1):
        day = FIRST + timedelta(days=number)
        assert schedule.day(day) == join(starts(week, day)), (day, text)
        assert back.day(day) == schedule.day(day), (day, text)


def written(week: Week) -> tuple[str, str]:
    """The text of a week, or the code of why there is none."""
    try:
        return from_week(week), ""
    except HoursError as error:
        return "", error.code


REFUSALS = {"nothing-open", "no-such-weekday", "twice", "part-of", "closed-anyway", "too-many"}


@settings(deadline=None)
@given(weeks(), st.dates(FIRST, LAST), st.times())
def test_a_moment_is_open_as_the_grid_says(week: Week, day: date, clock: time) -> None:
    text, refused = written(week)
    assume(not refused)
    schedule = parse(text)
    changes = {date(2026, 3, 28), date(2026, 3, 29), date(2026, 10, 24), date(2026, 10, 25)}
    changes |= {date(2027, 3, 27), date(2027, 3, 28), date(2027, 10, 30), date(2027, 10, 31)}
    assume(day not in changes)
    minute = clock.hour * 60 + clock.minute
    today = any(a <= minute < b for a, b in starts(week, day))
    before = any(a <= minute + DAY_MINUTES < b for a, b in starts(week, day - timedelta(days=1)))
    assert is_open(schedule, datetime.combine(day, clock, OSLO)) == (today or before)


def stored() -> list[str]:
    """Every text that can be read, in the data and the tests of all rooms."""
    candidates: set[str] = set()
    for path in sorted(ROOMS.glob("*/**/*")):
        if path.suffix == ".csv":
            with path.open(encoding="utf-8-sig") as handle:
                candidates |= {cell for row in csv.reader(handle) for cell in row}
        elif path.suffix == ".json":
            candidates |= set(strings(json.loads(path.read_text("utf-8"))))
        elif path.suffix == ".py" and "tests" in path.parts:
            candidates |= {found[1] for found in re.finditer(r'"([^"\n]{2,300})"', path.read_text("utf-8"))}
    return sorted(text for text in candidates if re.search(r"\d\d:\d\d|24/7|^off$", text) and readable(text))


def strings(value: object) -> list[str]:
    if isinstance(value, dict):
        return [text for part in value.values() for text in strings(part)]
    if isinstance(value, list):
        return [text for part in value for text in strings(part)]
    return [value] if isinstance(value, str) else []


def readable(text: str) -> bool:
    try:
        parse(text)
    except HoursError:
        return False
    return True


def test_every_stored_text_comes_back_or_is_left_as_text() -> None:
    texts = stored()
    assert len(texts) > 100
    left = set()
    for text in texts:
        week = to_week(text)
        if week is None:
            left.add(text)
            continue
        before, after = parse(text), parse(from_week(week))
        for number in range((LAST - FIRST).days + 1):
            day = FIRST + timedelta(days=number)
            assert before.day(day) == after.day(day), (text, day)
    in_data = {
        text for path in ROOMS.glob("*/data/**/*.csv") for text in left if text in path.read_text("utf-8")
    }
    assert not in_data, "the editor cannot show these as a grid"
    assert len(left) < len(texts) / 4, left


@pytest.mark.parametrize(
    "text",
    [
        "Mo-Fr 08:00-15:30; PH off",
        "Mo-Fr 15:30-08:00; Sa,Su,PH 08:00-32:00",
        "Mo-We,Fr 08:00-15:00; Th 08:00-18:00; PH off; Dec 24,Dec 31 Mo-Fr 08:00-12:00",
        "Tu 18:00-20:30; PH off; Jun 15-Aug 20 off",
        "24/7; Dec 24 off",
    ],
)
def test_what_a_resident_reads_stays_the_same(text: str) -> None:
    week = to_week(text)
    assert week
    ours = sorted(say(parse(from_week(week)), "nb").split(", "))
    assert ours == sorted(say(parse(text), "nb").split(", "))


def test_exceptions_with_the_same_hours_are_said_together() -> None:
    week = to_week("Mo-Fr 07:00-16:30; PH off; Dec 24 off; Jul 10-Jul 31 off")
    assert week
    said = say(parse(from_week(week)), "nb")
    assert said == "mandag–fredag kl. 07.00–16.30, stengt på helligdager, stengt 10.–31. juli og 24. desember"


def test_what_the_grid_holds() -> None:
    week = to_week("Mo-Fr 08:00-15:30; Sa,Su,PH 10:00-14:00; Dec 24 off; 2026 Jul 01-2026 Jul 31 off")
    assert week == Week(
        (*WORKDAYS[:5], ((600, 840),), ((600, 840),)),
        Holidays.SUNDAY,
        (),
        (Special(Dates(Fixed(12, 24), Fixed(12, 24))),),
        (date(2026, 7, 1), date(2026, 7, 31)),
    )
    assert (
        from_week(week)
        == "Mo-Fr 08:00-15:30; Sa,Su 10:00-14:00; PH 10:00-14:00; Dec 24 off; 2026 Jul 01-2026 Jul 31 off"
    )


@pytest.mark.parametrize(
    "text",
    [
        "Mo 08:00-09:00,10:00-11:00,12:00-13:00,14:00-15:00",
        "Mo-Fr 08:00-15:30; Dec 24 08:00-12:00, Dec 24 13:00-14:00",
        "Mo-Fr 08:00-15:30; PH 10:00-12:00, PH 13:00-14:00",
        "Mo-Fr 08:00-15:30; easter -20 days off",
        "this is no text about hours",
        "",
    ],
)
def test_what_the_grid_cannot_hold_is_left_as_text(text: str) -> None:
    assert to_week(text) is None


CHRISTMAS = Dates(Fixed(12, 24), Fixed(12, 24))


@pytest.mark.parametrize(
    ("week", "sentence"),
    [
        (Week(WORKDAYS, specials=(Special(CHRISTMAS), Special(CHRISTMAS))), "24. desember står to ganger: fjern den ene."),
        (Week(CLOSED_WEEK, specials=(Special(CHRISTMAS),)), "Skriv også når det er åpent, eller fjern unntakene."),
        (
            Week(WORKDAYS, specials=(Special(Dates(Fixed(12, 24, 2026), Fixed(12, 24, 2026)), (), (5, 6)),)),
            "24. desember 2026 faller ikke på den ukedagen: velg «alle dager» eller rett datoen.",
        ),
        (
            Week(
                WORKDAYS,
                specials=(Special(Dates(Fixed(7, 6, 2026), Fixed(7, 6, 2026)), ((600, 720),)),),
                closed=(date(2026, 7, 1), date(2026, 7, 31)),
            ),
            "6. juli 2026 er i tiden da alt er stengt: fjern unntaket.",
        ),
        (
            Week(WORKDAYS, specials=(Special(Dates(Fixed(6, 20), Fixed(8, 15)), ((600, 720),)), Special(Dates(Fixed(6, 1), Fixed(8, 31))))),
            "20. juni–15. august er en del av 1. juni–31. august: fjern den ene.",
        ),
        (Week(WORKDAYS, closed=(date(2026, 7, 2), date(2026, 7, 1))), "«1. juli 2026» er før «2. juli 2026»: rett en av dem."),
    ],
)  # fmt: skip
def test_a_week_that_contradicts_itself_is_refused_in_one_sentence(week: Week, sentence: str) -> None:
    with pytest.raises(HoursError) as caught:
        from_week(week)
    assert str(caught.value) == sentence


def test_more_exceptions_than_a_text_holds_are_refused() -> None:
    days = [date(2026, 1, 1) + timedelta(days=2 * n) for n in range(20)]
    specials = tuple(
        Special(
            Dates(Fixed(day.month, day.day, day.year), Fixed(day.month, day.day, day.year)),
            ((n * 5, n * 5 + 100),),
        )
        for n, day in enumerate(days)
    )
    with pytest.raises(HoursError, match="for mange ulike tider"):
        from_week(Week(WORKDAYS, specials=specials))
