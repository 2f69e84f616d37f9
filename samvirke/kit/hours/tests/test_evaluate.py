from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from samvirke.kit.hours import (
    OSLO,
    closes_at,
    in_norway,
    instant,
    is_open,
    mentions_holidays,
    next_change,
    opens_next,
    pack,
    parse,
    spans,
)


def at(year: int, month: int, day: int, hour: int = 0, minute: int = 0, *, fold: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=OSLO, fold=fold)


OFFICE = parse("Mo-Fr 08:00-15:30; PH off")
OFFICE_AND_EVE = parse("Mo-Fr 08:00-15:30; PH off; Dec 24 Mo-Fr 08:00-12:00")
NIGHTS = parse("Mo-Fr 22:00-06:00; PH off")
EVENINGS = parse("Mo,Tu 18:30-22:30; We-Fr 18:30-01:30")
ALWAYS = parse("24/7")


def test_17_may_on_a_monday_is_closed_when_holidays_are_off() -> None:
    assert not is_open(OFFICE, at(2027, 5, 17, 10))
    assert opens_next(OFFICE, at(2027, 5, 17, 10)) == at(2027, 5, 18, 8)
    assert next_change(OFFICE, at(2027, 5, 14, 15, 30)) == at(2027, 5, 18, 8)


def test_hours_that_do_not_mention_holidays_hold_on_holidays() -> None:
    weekly = parse("Mo-Fr 08:00-15:30")
    assert not mentions_holidays(weekly)
    assert mentions_holidays(OFFICE)
    assert is_open(weekly, at(2027, 5, 17, 10))


def test_christmas_eve_at_seven_in_the_evening() -> None:
    moment = at(2026, 12, 24, 19)
    assert not is_open(OFFICE_AND_EVE, moment)
    assert is_open(OFFICE_AND_EVE, at(2026, 12, 24, 11, 59))
    assert not is_open(OFFICE_AND_EVE, at(2026, 12, 24, 12))
    assert opens_next(OFFICE_AND_EVE, moment) == at(2026, 12, 28, 8)
    assert is_open(ALWAYS, moment)
    # Nothing is said about Christmas Eve: it is an ordinary Thursday.
    assert closes_at(OFFICE, at(2026, 12, 24, 12)) == at(2026, 12, 24, 15, 30)


def test_christmas_eve_for_weekdays_says_nothing_of_a_saturday() -> None:
    saturday = at(2022, 12, 24, 10)
    assert not is_open(OFFICE_AND_EVE, saturday)
    assert is_open(parse("Mo-Fr 08:00-15:30; Dec 24 08:00-12:00"), saturday)


def test_a_night_belongs_to_the_day_it_starts() -> None:
    # Friday 26 March 2027 is Good Friday, Thursday 25 March is Maundy Thursday.
    assert is_open(NIGHTS, at(2027, 3, 25, 5, 59)), "the night that began on Wednesday"
    assert not is_open(NIGHTS, at(2027, 3, 25, 23))
    assert not is_open(NIGHTS, at(2027, 3, 27, 1)), "no night begins on Good Friday"
    assert is_open(EVENINGS, at(2026, 11, 21, 0, 30)), "Saturday 00.30 belongs to Friday evening"
    assert not is_open(EVENINGS, at(2026, 11, 18, 0, 30)), "Tuesday closes at 22.30"


def test_new_year_over_midnight() -> None:
    moment = at(2026, 12, 31, 23, 30)
    assert closes_at(NIGHTS, moment) == at(2027, 1, 1, 6)
    assert opens_next(NIGHTS, moment) == at(2027, 1, 4, 22)
    assert not is_open(NIGHTS, at(2027, 1, 1, 23))


def test_spring_night() -> None:
    night = parse("Mo-Su 01:00-05:00")
    assert pack(spans(night, date(2027, 3, 28), 1)) == pack([(at(2027, 3, 28, 1), at(2027, 3, 28, 5))])
    start, end = spans(night, date(2027, 3, 28), 1)[0]
    assert end - start == timedelta(hours=3)
    # 02:30 does not exist that night: it is the moment the clock goes from 02:00 to 03:00.
    assert instant(date(2027, 3, 28), 150) == datetime(2027, 3, 28, 1, tzinfo=UTC)
    assert spans(parse("Mo-Su 02:00-02:45"), date(2027, 3, 28), 1) == []
    assert opens_next(parse("Mo-Su 02:30-04:00"), at(2027, 3, 28, 1)) == at(2027, 3, 28, 3)
    assert spans(parse("Mo-Su 22:00-02:30"), date(2027, 3, 27), 1)[0][1] == at(2027, 3, 28, 3)


def test_autumn_night() -> None:
    start, end = spans(parse("Mo-Su 01:00-05:00"), date(2026, 10, 25), 1)[0]
    assert end - start == timedelta(hours=5)
    # 02:30 comes twice: it is the first time.
    until = spans(parse("Mo-Su 22:00-02:30"), date(2026, 10, 24), 1)[0][1]
    assert until == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    evening = parse("Mo-Su 22:00-02:30")
    assert is_open(evening, at(2026, 10, 25, 2, 29))
    assert not is_open(evening, at(2026, 10, 25, 2, 29, fold=1))
    assert closes_at(evening, at(2026, 10, 25, 2)) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_what_comes_out_shows_norwegian_time_and_compares_rightly() -> None:
    first, second = in_norway(at(2026, 10, 25, 2, 45)), in_norway(at(2026, 10, 25, 2, 15, fold=1))
    assert first < second
    assert second - first == timedelta(minutes=30)
    assert (second.hour, second.minute, second.utcoffset()) == (2, 15, timedelta(hours=1))
    assert in_norway(datetime(2026, 7, 1, 10, tzinfo=UTC)).hour == 12


def test_any_time_zone_goes_in_but_not_a_naive_moment() -> None:
    new_york = datetime(2026, 11, 23, 4, tzinfo=timezone(timedelta(hours=-5)))
    assert is_open(OFFICE, new_york)
    naive = new_york.replace(tzinfo=None)
    for question in (is_open, closes_at, opens_next, next_change):
        with pytest.raises(ValueError, match="time zone"):
            question(OFFICE, naive)


def test_always_open_is_one_span_that_never_changes() -> None:
    assert len(spans(ALWAYS, date(2026, 1, 1), 700)) == 1
    assert closes_at(ALWAYS, at(2026, 11, 22, 12)) is None
    assert next_change(ALWAYS, at(2026, 11, 22, 12)) is None
    assert opens_next(ALWAYS, at(2026, 11, 22, 12)) is None
    same_by_rules = parse("Mo-Fr 00:00-24:00; Sa,Su 00:00-24:00")
    assert closes_at(same_by_rules, at(2026, 11, 22, 12)) is None


def test_a_change_far_ahead_is_found() -> None:
    but_christmas_eve = parse("24/7; Dec 24 off")
    assert closes_at(but_christmas_eve, at(2026, 12, 25, 0)) == at(2027, 12, 24)
    assert opens_next(but_christmas_eve, at(2026, 12, 25, 0), 370) == at(2027, 12, 25)


def test_closed_for_good() -> None:
    closed = parse("off")
    assert spans(closed, date(2026, 1, 1), 400) == []
    assert next_change(closed, at(2026, 11, 22, 12)) is None


def test_next_opening_is_looked_for_seven_days_ahead_unless_told() -> None:
    mondays = parse("Mo 09:00-11:00")
    monday = at(2026, 11, 23, 10)
    assert opens_next(mondays, monday) == at(2026, 11, 30, 9)
    assert opens_next(mondays, monday, within_days=6) is None
    once = parse("2026 Dec 24 10:00-12:00")
    assert opens_next(once, monday) is None
    assert opens_next(once, monday, within_days=40) == at(2026, 12, 24, 10)
    assert next_change(once, monday) == at(2026, 12, 24, 10)
    assert next_change(once, at(2026, 12, 24, 12)) is None


def test_touching_spans_are_one() -> None:
    both = parse("Mo-Fr 15:30-08:00; Sa,Su 00:00-24:00")
    found = spans(both, date(2026, 11, 20), 4)
    assert [(start, end) for start, end in found] == [
        (at(2026, 11, 20, 15, 30), at(2026, 11, 23, 0)),
        (at(2026, 11, 23, 15, 30), at(2026, 11, 24, 8)),
    ]
    lunch = parse("Mo-Fr 08:00-12:00,12:00-15:30")
    assert len(spans(lunch, date(2026, 11, 23), 1)) == 1


def test_spans_are_those_that_start_on_the_days_asked_for() -> None:
    assert spans(NIGHTS, date(2026, 11, 21), 2) == []
    assert [span[0] for span in spans(NIGHTS, date(2026, 11, 20), 2)] == [at(2026, 11, 20, 22)]


def test_pack() -> None:
    assert pack([(datetime(1970, 1, 2, tzinfo=UTC), datetime(1970, 1, 2, 1, tzinfo=UTC))]) == [1440, 1500]
    assert pack([]) == []


def test_leap_day() -> None:
    rule = parse("Mo-Su 10:00-12:00; Feb 29 off")
    assert not is_open(rule, at(2028, 2, 29, 11))
    assert is_open(rule, at(2027, 3, 1, 11))
    assert is_open(rule, at(2027, 2, 28, 11))
