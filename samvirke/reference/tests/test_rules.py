"""Slugs, and the days on which a helpline's hours are not sure."""

from datetime import date

import pytest

from samvirke.reference.rules import day_ranges, hours_are_sure, slugify

KORS = day_ranges("12-20/01-03;06-15/08-20")
NATIONAL_DAY = date(2026, 5, 17)


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Herøy (Nordland)", "heroy-nordland"),
        ("Ås", "as"),
        ("Tromsø", "tromso"),
        ("Nærøysund", "naeroysund"),
        ("Nore og Uvdal", "nore-og-uvdal"),
    ],
)
def test_slugs(name: str, slug: str) -> None:
    assert slugify(name) == slug


@pytest.mark.parametrize(
    ("day", "sure"),
    [
        (date(2026, 12, 19), True),
        (date(2026, 12, 20), False),
        (date(2026, 12, 31), False),
        (date(2027, 1, 3), False),
        (date(2027, 1, 4), True),
        (date(2026, 6, 14), True),
        (date(2026, 6, 15), False),
        (date(2026, 8, 20), False),
        (date(2026, 8, 21), True),
    ],
)
def test_days_without_a_badge_include_both_ends_and_pass_new_year(day: date, sure: bool) -> None:
    assert hours_are_sure(day, KORS, "known", ()) is sure


def test_holidays_nobody_has_spoken_of_are_not_sure() -> None:
    assert not hours_are_sure(NATIONAL_DAY, (), "unknown", {NATIONAL_DAY})
    assert not hours_are_sure(date(2026, 12, 24), (), "unknown", ())
    assert hours_are_sure(NATIONAL_DAY, (), "known", {NATIONAL_DAY})
    assert hours_are_sure(date(2026, 5, 18), (), "unknown", {NATIONAL_DAY})


@pytest.mark.parametrize("text", ["12-20", "13-01/01-01", "20. desember/3. januar"])
def test_unreadable_ranges_are_refused(text: str) -> None:
    with pytest.raises(ValueError):
        day_ranges(text)
