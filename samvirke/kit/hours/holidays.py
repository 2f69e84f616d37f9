"""Norwegian public holidays, worked out from Easter."""

from datetime import date, timedelta
from functools import lru_cache

FIXED = ((1, 1), (5, 1), (5, 17), (12, 25), (12, 26))
"""New Year's Day, 1 May, 17 May, Christmas Day and Boxing Day as (month, day)."""

MOVABLE = (-3, -2, 0, 1, 39, 49, 50)
"""Days from Easter Sunday: Maundy Thursday, Good Friday, Easter Sunday and Monday, Ascension Day,
Whit Sunday and Monday."""


@lru_cache(maxsize=512)
def easter_sunday(year: int) -> date:
    """Easter Sunday of a Gregorian year (the anonymous Gregorian algorithm, Meeus/Jones/Butcher)."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, day + 1)


@lru_cache(maxsize=512)
def public_holidays(year: int) -> frozenset[date]:
    """The public holidays of a year in Norway: twelve, or eleven when two fall together.

    Source: lov om helligdager og helligdagsfred § 2 and lov om 1 og 17 mai som høgtidsdager.
    Ordinary Sundays are not among them; 24 and 31 December are ordinary days.
    """
    sunday = easter_sunday(year)
    fixed = [date(year, month, day) for month, day in FIXED]
    return frozenset(fixed + [sunday + timedelta(days=offset) for offset in MOVABLE])


def is_public_holiday(day: date) -> bool:
    """Whether `day` is a public holiday in Norway."""
    return day in public_holidays(day.year)
