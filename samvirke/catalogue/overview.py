"""Figures of a county's municipalities: how much of the letter each tells, and how fresh it is. No people."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from samvirke.access.scope import EVERYWHERE, Scope
from samvirke.accounts.rules import by_name
from samvirke.catalogue import queries, rules
from samvirke.kit.hours import OSLO
from samvirke.reference.models import County, Municipality

WITHOUT_COUNTY = "-"
"""Stands for the invented municipality, which lies in no county."""


@dataclass(frozen=True)
class Place:
    """A county with its municipalities in the scope."""

    code: str
    name: str
    municipalities: tuple[str, ...]


@dataclass(frozen=True)
class Figures:
    """One municipality. `oldest`: the day of its oldest confirmation; `lacks`: kinds it has answered it does not have."""

    code: str
    name: str
    joined: bool
    percent: int
    present: int
    missing: int
    overdue: int
    services: int
    lacks: int
    oldest: date | None


def counties(scope: Scope) -> list[Place]:
    """Return the counties that hold municipalities of the scope, by name; two queries."""
    found = Municipality.objects.order_by("code")
    if EVERYWHERE not in scope.municipalities:
        found = found.filter(code__in=scope.municipalities)
    by_county: dict[str, list[str]] = {}
    names = dict(County.objects.values_list("code", "name"))
    invented: dict[str, str] = {}
    for code, county, name in found.values_list("code", "county_id", "name"):
        by_county.setdefault(county or WITHOUT_COUNTY, []).append(code)
        if county is None:
            invented[WITHOUT_COUNTY] = name
    places = [
        Place(code, names.get(code) or invented.get(code, code), tuple(codes))
        for code, codes in by_county.items()
    ]
    return sorted(places, key=lambda place: (place.code == WITHOUT_COUNTY, by_name(place.name)))


def rows(scope: Scope, county: str, now: datetime, order: str = "") -> list[Figures]:
    """Return the figures of a county's municipalities, in a fixed number of queries however many they are.

    `order`: "navn", "dekning" (least told first, the usual) or "ferskhet" (oldest first).
    """
    codes = next((place.municipalities for place in counties(scope) if place.code == county), ())
    found = queries.coverage(codes)
    seen = queries.facts(found)
    made = [_figures(found.municipalities[code], seen[code], now) for code in codes]
    keys: dict[str, Callable[[Figures], Any]] = {
        "navn": lambda one: by_name(one.name),
        "ferskhet": lambda one: (one.oldest is None, one.oldest or date.max, by_name(one.name)),
    }
    return sorted(made, key=keys.get(order, lambda one: (one.percent, by_name(one.name))))


def _figures(place: Municipality, facts: rules.Facts, now: datetime) -> Figures:
    told = rules.completeness(facts, now)
    states = [item.state for item in told.items]
    own = (
        [answer.at for service in facts.services for answer in service.answers.values()]
        if facts.joined
        else []
    )
    return Figures(
        place.code,
        place.name_unique,
        facts.joined,
        int(100 * told.score),
        states.count(rules.PRESENT),
        states.count(rules.MISSING),
        states.count(rules.OVERDUE),
        len(facts.services) if facts.joined else 0,
        len(
            {item.kind for item in told.items if item.service is None and item.state == rules.NOT_APPLICABLE}
        ),
        min(own).astimezone(OSLO).date() if own else None,
    )
