"""Refusing texts where a later rule would silently take away what an earlier one says.

In OSM's grammar a rule after a semicolon replaces everything earlier rules gave the same day. Written in
the wrong order, "PH off; Mo-Fr 08:00-15:30" is open on 17 May. So weekly hours come first, then seasons
and public holidays, then single dates.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import combinations

from samvirke.kit.hours.errors import HoursError
from samvirke.kit.hours.holidays import public_holidays
from samvirke.kit.hours.model import Dates, Fixed, Rule, Tier

YEARS = range(2000, 2101)
LEAP_YEAR = 2028


def check_order(rules: tuple[Rule, ...]) -> None:
    """Raises HoursError when a rule has no effect, or when a general rule comes after a special one."""
    if not any(rule.spans for rule in rules) and (len(rules) > 1 or rules[0].tier is not Tier.WEEKLY):
        raise HoursError("only-closed")
    for rule in rules:
        fixed = rule.dates and not any(dates.every_year for dates in rule.dates)
        if fixed and not any(matching_days(rule)):
            raise HoursError("no-such-day", rule=rule.osm)
    for earlier, later in combinations(rules, 2):
        _check_pair(earlier, later)
    for number, rule in enumerate(rules):
        killer = _killer(
            rule, [other for other in rules[number + 1 :] if not other.adds and other.tier is rule.tier]
        )
        if killer:
            raise HoursError("no-effect", rule=rule.osm, other=killer.osm)


def matching_days(rule: Rule) -> Iterator[date]:
    """The days of a rule's dates that are one of its weekdays; of dates that come every year, those of a leap year."""
    return (day for dates in rule.dates for day in _days(dates) if rule.matches(day))


def _check_pair(earlier: Rule, later: Rule) -> None:
    if later.tier is Tier.WEEKLY:
        lost = earlier.tier is not Tier.WEEKLY
    else:
        lost = later.holidays and bool(earlier.dates) and not earlier.season and _collide(earlier, later)
    if lost:
        raise HoursError("order", rule=earlier.osm, other=later.osm)
    if earlier.holidays and later.season and _collide(later, earlier):
        raise HoursError("season-after-holidays", rule=earlier.osm, other=later.osm)


def _collide(dated: Rule, holiday: Rule) -> bool:
    """Whether the two say different things about a day that is, in some year, a public holiday."""
    if dated.spans == holiday.spans:
        return False
    return any(dated.matches(day) for year in YEARS for day in public_holidays(year))


def _killer(rule: Rule, later: list[Rule]) -> Rule | None:
    """The last of the `later` rules of the same tier, when together they leave nothing of `rule`."""
    if rule.tier is Tier.WEEKLY:
        touching = [other for other in later if set(other.days) & set(rule.days)]
        left = set(rule.days).difference(*(other.days for other in touching))
        return touching[-1] if touching and not left else None
    if rule.tier is Tier.HOLIDAY:
        return later[-1] if later else None
    covering = (
        other for other in later if set(rule.days) <= set(other.days) and within(rule.dates, other.dates)
    )
    return next(covering, None)


def within(inner: tuple[Dates, ...], outer: tuple[Dates, ...]) -> bool:
    """Whether every day of `inner` is among the `outer` ones in any year, as far as the texts tell."""
    return all(_one_within(dates, outer) for dates in inner)


def _one_within(inner: Dates, outer: tuple[Dates, ...]) -> bool:
    comparable = [dates for dates in outer if _yearly(inner, dates)]
    return all(any(day in dates for dates in comparable) for day in _days(inner))


def _yearly(inner: Dates, outer: Dates) -> bool:
    if isinstance(inner.first, Fixed) and isinstance(outer.first, Fixed):
        return outer.first.year is None or inner.first.year is not None
    return type(inner.first) is type(outer.first)


def _days(dates: Dates) -> Iterator[date]:
    """The days of `dates`; when they come every year, those of a leap year."""
    first, last = date(LEAP_YEAR, 1, 1), date(LEAP_YEAR, 12, 31)
    if (
        isinstance(dates.first, Fixed)
        and isinstance(dates.last, Fixed)
        and dates.first.year
        and dates.last.year
    ):
        first = date(dates.first.year, dates.first.month, dates.first.day)
        last = date(dates.last.year, dates.last.month, dates.last.day)
    for number in range((last - first).days + 1):
        day = first + timedelta(days=number)
        if day in dates:
            yield day
