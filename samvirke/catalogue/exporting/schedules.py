"""Our opening hours as HSDS schedules: the usual week. Holidays, seasons and dates stand in the description.

The standard has no public holidays, and says of dates neither whether they replace the week nor whether they return
each year. Our own text goes along as `opening_hours`, which says everything.
"""

from collections.abc import Callable
from typing import Any

from samvirke.catalogue.importing.schedules import DAYS, Spans
from samvirke.kit import hours
from samvirke.kit.hours.model import DAY_MINUTES, Tier, clock, join

Identify = Callable[[str], str]
"""Makes the id of a part from its name."""


def schedules(text: str, identify: Identify, language: str = "nb") -> list[dict[str, Any]]:
    """Return one object for each span that some weekdays share; none when the week has no hours."""
    if not text:
        return []
    said = hours.parse(text)
    described = hours.say(said, language)
    found = []
    for spans, days in _days_by_spans(said).items():
        names = ",".join(DAYS[day] for day in days)
        for start, end in spans:
            opens, closes = clock(start), clock(end % DAY_MINUTES)
            if (start, end) == (0, DAY_MINUTES):
                closes = "23:59"  # how the standard says the whole day
            found.append(
                {
                    "id": identify(f"{names} {opens} {closes}"),
                    "freq": "WEEKLY",
                    "byday": names,
                    "opens_at": opens,
                    "closes_at": closes,
                    "description": described,
                }
            )
    return found


def never_open(text: str) -> bool:
    """Say whether the hours are "off": closed until further notice."""
    return bool(text) and not any(rule.spans for rule in hours.parse(text).rules)


def _days_by_spans(schedule: hours.Schedule) -> dict[Spans, list[int]]:
    week: list[Spans] = [()] * 7
    for rule in schedule.rules:
        if rule.tier is Tier.WEEKLY:
            for day in rule.days:
                week[day] = join((*week[day], *rule.spans)) if rule.adds else join(rule.spans)
    found: dict[Spans, list[int]] = {}
    for day, spans in enumerate(week):
        if spans:
            found.setdefault(spans, []).append(day)
    return found
