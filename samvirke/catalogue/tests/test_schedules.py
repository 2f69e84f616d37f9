"""HSDS schedules and our hours: what can be said means the same both ways, the rest is refused in words."""

from datetime import date, timedelta

import pytest
from hypothesis import assume, event, given
from hypothesis import strategies as st

from samvirke.catalogue.exporting.schedules import never_open, schedules
from samvirke.catalogue.importing.schedules import DAYS, CannotSay, hours
from samvirke.kit.hours import parse
from samvirke.kit.hours.model import DAY_MINUTES, clock, join
from samvirke.kit.hours.week import Week, from_week

TODAY = date(2026, 11, 20)
MOMENTS = st.integers(0, 47).map(lambda half: half * 30)


@st.composite
def events(draw: st.DrawFn) -> dict[str, object]:
    """A schedule of another system: some weekdays, one span, perhaps from and to a date."""
    found: dict[str, object] = {
        "freq": "WEEKLY",
        "byday": ",".join(sorted(draw(st.sets(st.sampled_from(DAYS), min_size=1)), key=DAYS.index)),
        "opens_at": clock(draw(MOMENTS)) + draw(st.sampled_from(["", ":00", "+01:00", ":00+02"])),
        "closes_at": clock(draw(MOMENTS)) + draw(st.sampled_from(["", ":00.000"])),
    }
    first = draw(st.none() | st.dates(TODAY - timedelta(days=60), TODAY + timedelta(days=30)))
    last = draw(st.none() | st.dates(TODAY - timedelta(days=10), TODAY + timedelta(days=90)))
    start = draw(st.sampled_from(["valid_from", "dtstart"]))
    end = draw(st.sampled_from(["valid_to", "until"]))
    assume(not (first and last and last < first))
    return found | ({start: str(first)} if first else {}) | ({end: str(last)} if last else {})


def opens(found: list[dict], day: date) -> tuple[tuple[int, int], ...]:
    """Work out by the standard's own words when it opens on a day."""
    spans = []
    for one in found:
        first = one.get("valid_from") or one.get("dtstart") or "0000"
        last = one.get("valid_to") or one.get("until") or "9999"
        if first <= str(day) <= last and DAYS[day.weekday()] in one["byday"]:
            start, end = (int(one[k][:2]) * 60 + int(one[k][3:5]) for k in ("opens_at", "closes_at"))
            spans.append((start, end if end > start else end + DAY_MINUTES))
    return join(tuple(spans))


@given(st.lists(events(), min_size=1, max_size=4))
def test_what_can_be_said_opens_on_the_same_minutes_every_day_from_today(found):
    try:
        text = hours(found, TODAY)
    except CannotSay as refused:
        event(refused.field)
        return
    event("said" if text else "over")
    days = [TODAY + timedelta(days=number) for number in range(120)]
    for day in days:
        assert (parse(text).day(day) if text else ()) == opens(found, day), (text, day)


SPANS = st.lists(MOMENTS, min_size=2, max_size=4, unique=True).map(
    lambda marks: tuple(zip(sorted(marks)[::2], sorted(marks)[1::2], strict=False))
)
DAYS_OF = st.sampled_from([(), ((480, 930),), ((0, DAY_MINUTES),), ((1320, 1800),), ((480, 1920),)]) | SPANS


@given(st.tuples(*[DAYS_OF] * 7))
def test_a_week_of_ours_comes_back_from_its_schedules(week):
    assume(any(week))
    text = from_week(Week(week))
    found = schedules(text, lambda name: name)
    assert len({one["id"] for one in found}) == len(found)
    back = parse(hours(found, TODAY))
    assert all(
        back.day(TODAY + timedelta(days=number)) == parse(text).day(TODAY + timedelta(days=number))
        for number in range(7)
    )


def test_holidays_and_dates_stand_in_the_description_and_the_week_in_the_schedule():
    (one,) = schedules("Mo-Fr 08:00-15:30; PH off; Dec 24 off", str)
    assert (one["byday"], one["opens_at"], one["closes_at"]) == ("MO,TU,WE,TH,FR", "08:00", "15:30")
    assert one["description"] == "mandag–fredag kl. 08.00–15.30, stengt på helligdager, stengt 24. desember"
    assert schedules("", str) == schedules("off", str) == []
    assert (never_open("off"), never_open("Mo 08:00-09:00"), never_open("")) == (True, False, False)


BASE = {"freq": "WEEKLY", "byday": "MO,TU", "opens_at": "08:00", "closes_at": "15:00"}


@pytest.mark.parametrize(
    ("change", "field", "word"),
    [
        ({"interval": 2}, "interval", "annenhver"),
        ({"freq": "MONTHLY", "byday": "2MO"}, "freq", "månedlige"),
        ({"freq": "YEARLY"}, "freq", "gjentakelsen"),
        ({"byday": "2MO"}, "byday", "ukedagene"),
        ({"byday": ""}, "byday", "uten ukedag"),
        ({"bymonthday": "1,15"}, "bymonthday", "måneden"),
        ({"byweekno": "41"}, "byweekno", "uker"),
        ({"byyearday": "1"}, "byyearday", "året"),
        ({"count": 3}, "count", "antall"),
        ({"timezone": 5}, "timezone", "tidssone"),
        ({"opens_at": "08:00Z"}, "opens_at", "tidssone"),
        ({"opens_at": "08:00-05:00"}, "opens_at", "tidssone"),
        ({"opens_at": None}, "opens_at", "uten klokkeslett"),
        ({"closes_at": "noon"}, "closes_at", "klokkeslett"),
        ({"closes_at": "24:30"}, "closes_at", "klokkeslett"),
        ({"opens_at": "24:00"}, "opens_at", "24:00"),
        ({"valid_from": "2027-01-01"}, "valid_from", "sluttdato"),
        ({"valid_from": "i dag"}, "valid_from", "datoer"),
        ({"valid_to": "2150-01-01"}, "valid_from", "2150"),
    ],
)
def test_what_cannot_be_said_is_named(change, field, word):
    with pytest.raises(CannotSay) as refused:
        hours([BASE | change], TODAY)
    assert refused.value.field == field
    assert word in refused.value.what


def test_two_times_for_one_day_are_not_guessed_at():
    summer = BASE | {"closes_at": "14:00", "valid_from": "2027-06-15", "valid_to": "2027-08-20"}
    with pytest.raises(CannotSay, match="samme dag"):
        hours([BASE, summer], TODAY)
    assert hours([BASE, summer | {"byday": "SA"}], TODAY) == (
        "Mo,Tu 08:00-15:00; 2027 Jun 15-2027 Aug 20 Sa 08:00-14:00"
    )
    assert hours([BASE, summer | {"closes_at": "15:00"}], TODAY) == "Mo,Tu 08:00-15:00"


def test_the_weekday_may_come_from_the_first_date():
    assert hours([BASE | {"byday": None, "dtstart": "2026-11-18"}], TODAY) == "We 08:00-15:00"
