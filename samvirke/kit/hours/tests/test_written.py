"""What people type into a form of opening hours."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samvirke.kit.hours import HoursError
from samvirke.kit.hours.model import Dates, Easter, Fixed, join
from samvirke.kit.hours.tests.test_week import spans
from samvirke.kit.hours.words import words
from samvirke.kit.hours.written import (
    can_write,
    read_date,
    read_dates,
    read_day,
    read_span,
    read_time,
    read_times,
    write_date,
    write_times,
)

EVERY_NAMED_DAY = [Easter(offset) for offset in words("nb").easter]


@pytest.mark.parametrize(
    ("written", "minutes"),
    [
        *[(text, 480) for text in ("8", "08", "8.00", "08:00", "0800", "800", "kl. 8", "kl 08.00", " 8 ", "8.", "8:00")],
        *[(text, 510) for text in ("8.30", "8:30", "0830", "830", "08:30", "8,30", "Kl. 8.30")],
        ("0", 0),
        ("00.00", 0),
        ("24", 1440),
        ("2400", 1440),
        ("23.59", 1439),
    ],
)  # fmt: skip
def test_a_time_is_read_however_people_write_it(written: str, minutes: int) -> None:
    assert read_time(written) == minutes


@pytest.mark.parametrize(
    "written", ["25:00", "8.60", "24.01", "åtte", "", "8.3", "8.300", "88", "-8", "12345", "8 30 15", "٨"]
)
def test_what_is_no_time_is_refused_with_what_was_written(written: str) -> None:
    with pytest.raises(HoursError) as caught:
        read_time(written)
    assert str(caught.value) == f"«{written}» er ikke et klokkeslett."


@pytest.mark.parametrize(
    ("start", "end", "span"),
    [
        ("8", "15.30", (480, 930)),
        ("22", "6", (1320, 1800)),
        ("8", "8", (480, 1920)),
        ("0", "24", (0, 1440)),
        ("24", "8", (0, 480)),
        ("00", "00", (0, 1440)),
        ("16", "0", (960, 1440)),
    ],
)
def test_an_end_before_the_start_is_in_the_next_day(start: str, end: str, span: tuple[int, int]) -> None:
    assert read_span(start, end) == span


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("8-15.30", ((480, 930),)),
        ("8–15.30", ((480, 930),)),
        ("kl. 8 til 15.30", ((480, 930),)),
        ("0800-1530", ((480, 930),)),
        ("8-11 og 12-15", ((480, 660), (720, 900))),
        ("12-15, 8-11", ((480, 660), (720, 900))),
        ("8-11,12-15", ((480, 660), (720, 900))),
        ("8-11; 12-15 & 17-19", ((480, 660), (720, 900), (1020, 1140))),
        ("8-12 og 12-15", ((480, 900),)),
        ("22-06", ((1320, 1800),)),
        ("døgnet rundt", ((0, 1440),)),
        ("Hele døgnet", ((0, 1440),)),
        ("24/7", ((0, 1440),)),
        ("24 timer", ((0, 1440),)),
        ("stengt", ()),
        ("Stengd", ()),
        ("", ()),
        ("-", ()),
    ],
)
def test_the_times_of_a_day_are_read_from_one_text(written: str, found: tuple[tuple[int, int], ...]) -> None:
    assert read_times(written) == found


@pytest.mark.parametrize(
    ("written", "sentence"),
    [
        ("8", "«8»: skriv fra og til, for eksempel «8–15.30»."),
        ("8-12-15", "«8-12-15»: skriv fra og til, for eksempel «8–15.30»."),
        ("etter avtale", "«etter avtale»: skriv fra og til, for eksempel «8–15.30»."),
        ("8-25", "«25» er ikke et klokkeslett."),
        ("8-12 og 11-15", "08.00–12.00 og 11.00–15.00 overlapper hverandre: rett en av dem."),
        ("1-2, 3-4, 5-6, 7-8", "Det er plass til tre tider på en dag: fjern noen."),
    ],
)
def test_times_that_cannot_be_read_say_why(written: str, sentence: str) -> None:
    with pytest.raises(HoursError) as caught:
        read_times(written)
    assert str(caught.value) == sentence


@given(spans(), st.sampled_from(["nb", "nn", "en"]))
def test_times_that_are_shown_are_read_again(found: tuple[tuple[int, int], ...], language: str) -> None:
    assert read_times(write_times(found, language)) == join(found)


@pytest.mark.parametrize(
    ("written", "point"),
    [
        *[(text, Fixed(12, 24)) for text in ("24.12", "24.12.", "24/12", "24. desember", "24 des", "24. des.", "24 December")],
        *[
            (text, Fixed(12, 24, 2026))
            for text in ("24.12.2026", "24.12.26", "24/12/2026", "2026-12-24", "24. desember 2026", "24 dec 2026")
        ],
        ("17. mai", Fixed(5, 17)),
        ("17 May", Fixed(5, 17)),
        ("29.2", Fixed(2, 29)),
        ("Skjærtorsdag", Easter(-3)),
        ("skjertorsdag", Easter(-3)),
        ("Good Friday", Easter(-2)),
        ("1. påskedag", Easter(0)),
        ("første påskedag", Easter(0)),
        ("andre pinsedag", Easter(50)),
    ],
)  # fmt: skip
def test_a_date_is_read_however_people_write_it(written: str, point: Fixed | Easter) -> None:
    assert read_date(written) == point


@pytest.mark.parametrize(
    ("written", "sentence"),
    [
        ("jula", "«jula» er ikke en dato: skriv for eksempel «24.12» eller «24.12.2026»."),
        ("", "«» er ikke en dato: skriv for eksempel «24.12» eller «24.12.2026»."),
        ("12 xyz", "«12 xyz» er ikke en dato: skriv for eksempel «24.12» eller «24.12.2026»."),
        ("3 marsvin", "«3 marsvin» er ikke en dato: skriv for eksempel «24.12» eller «24.12.2026»."),
        ("31.4", "Datoen «31.4» finnes ikke: rett den."),
        ("12.24", "Datoen «12.24» finnes ikke: rett den."),
        ("29.2.2027", "Datoen «29.2.2027» finnes ikke: rett den."),
        ("24.12.1926", "Året i «24.12.1926» er neppe riktig: rett det."),
    ],
)
def test_what_is_no_date_is_refused(written: str, sentence: str) -> None:
    with pytest.raises(HoursError) as caught:
        read_date(written)
    assert str(caught.value) == sentence


@given(
    st.one_of(st.dates(date(2000, 1, 1), date(2100, 12, 31)), st.sampled_from(EVERY_NAMED_DAY)),
    st.booleans(),
    st.sampled_from(["nb", "nn", "en"]),
)
def test_a_date_that_is_shown_is_read_again(day: date | Easter, yearly: bool, language: str) -> None:
    point = day if isinstance(day, Easter) else Fixed(day.month, day.day, None if yearly else day.year)
    assert read_date(write_date(point, language)) == point


@pytest.mark.parametrize(
    ("first", "last", "run"),
    [
        ("24.12", "", Dates(Fixed(12, 24), Fixed(12, 24))),
        ("20.12", "3.1", Dates(Fixed(12, 20), Fixed(1, 3))),
        ("20.12.2026", "3.1", Dates(Fixed(12, 20, 2026), Fixed(1, 3, 2027))),
        ("20.12", "3.1.2027", Dates(Fixed(12, 20, 2026), Fixed(1, 3, 2027))),
        ("1.7", "31.7.2026", Dates(Fixed(7, 1, 2026), Fixed(7, 31, 2026))),
        ("skjærtorsdag", "2. påskedag", Dates(Easter(-3), Easter(1))),
    ],
)
def test_a_year_at_one_end_counts_for_both(first: str, last: str, run: Dates) -> None:
    assert read_dates(first, last) == run


@pytest.mark.parametrize(
    ("first", "last", "sentence"),
    [
        ("3.1.2027", "20.12.2026", "«20.12.2026» er før «3.1.2027»: rett en av dem."),
        ("2. påskedag", "skjærtorsdag", "«skjærtorsdag» er før «2. påskedag»: rett en av dem."),
        ("skjærtorsdag", "24.12", "Skriv en vanlig dato, eller en dag i påsken, i begge feltene."),
    ],
)
def test_a_run_of_dates_that_cannot_be_is_refused(first: str, last: str, sentence: str) -> None:
    with pytest.raises(HoursError) as caught:
        read_dates(first, last)
    assert str(caught.value) == sentence


def test_a_day_needs_its_year() -> None:
    assert read_day("1.7.2026") == date(2026, 7, 1)
    with pytest.raises(HoursError, match=r"Skriv også årstall etter «1\.7»"):
        read_day("1.7")


def test_days_far_from_easter_have_no_name() -> None:
    assert can_write(Easter(-3))
    assert not can_write(Easter(-20))
