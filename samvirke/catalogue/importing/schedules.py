"""HSDS schedules (RFC 5545 rules in pieces) as our opening hours, for the part that can be said.

Objects without an end are the usual week; those with one hold from date to date. What a week cannot hold is refused,
and so are two that hold on the same day with different times: the standard does not say which of them wins.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samvirke.kit.hours import HoursError
from samvirke.kit.hours.model import DAY_MINUTES, Dates, Fixed, join
from samvirke.kit.hours.week import Special, Week, from_week
from samvirke.ui.hours_words import sentence

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
EARLIEST = date(2000, 1, 1)  # hours with dates begin here
NORWEGIAN_OFFSETS = (60, 120)  # minutes before UTC, winter and summer

Spans = tuple[tuple[int, int], ...]
Table = dict[int, Spans]
"""Weekday (0 is Monday) → spans that start then."""

_TIME = re.compile(r"([01]\d|2[0-4]):?([0-5]\d)(?::?[0-5]\d(?:[.,]\d+)?)?(Z|[+-]\d\d(?::?\d\d)?)?", re.ASCII)
_REFUSED = {
    "bymonthday": gettext_lazy("tider på bestemte dager i måneden"),
    "byweekno": gettext_lazy("tider i bestemte uker"),
    "byyearday": gettext_lazy("tider på bestemte dager i året"),
    "count": gettext_lazy("tider som gjelder et bestemt antall ganger"),
}


class CannotSay(Exception):
    """A schedule says what our hours cannot. `field`: which part; `what`: the part in words, as a subject."""

    def __init__(self, field: str, what: str) -> None:
        super().__init__(field, what)
        self.field = field
        self.what = what


@dataclass(frozen=True)
class _Event:
    days: tuple[int, ...]
    span: tuple[int, int]
    first: date | None
    last: date | None


def hours(schedules: Sequence[Mapping[str, Any]], today: date) -> str:
    """Return HSDS schedules as OSM text; "" when none of them counts today or later. Raises CannotSay."""
    usual: Table = {}
    dated: dict[tuple[date, date], Table] = {}
    for one in schedules:
        event = _event(one)
        if event.last and event.last < today:
            continue
        if event.last is None and event.first and event.first > today:
            raise CannotSay("valid_from", _("tider som begynner senere og ikke har noen sluttdato"))
        table = usual
        if event.last:
            table = dated.setdefault((max(event.first or today, EARLIEST), event.last), {})
        for day in event.days:
            table[day] = join((*table.get(day, ()), event.span))
    if not usual and not dated:
        return ""
    _refuse_doubt(usual, dated)
    return _written(usual, dated)


def _written(usual: Table, dated: Mapping[tuple[date, date], Table]) -> str:
    specials = []
    for (first, last), table in dated.items():
        dates = Dates(_fixed(first), _fixed(last))
        for spans in dict.fromkeys(table.values()):
            days = tuple(day for day in sorted(table) if table[day] == spans and usual.get(day) != spans)
            if days:
                specials.append(Special(dates, spans, days))
    week = tuple(usual.get(day, ()) for day in range(7))
    try:
        return from_week(
            Week((week[0], week[1], week[2], week[3], week[4], week[5], week[6]), specials=tuple(specials))
        )
    except HoursError as error:
        raise CannotSay("opens_at", _("tidene ({why})").format(why=sentence(error).rstrip("."))) from error


def _refuse_doubt(usual: Table, dated: Mapping[tuple[date, date], Table]) -> None:
    tables = list(dated.items())
    for number, ((first, last), table) in enumerate(tables):
        others = [usual] + [
            other for (start, end), other in tables[number + 1 :] if start <= last and first <= end
        ]
        for other in others:
            if any(other.get(day, spans) != spans for day, spans in table.items()):
                raise CannotSay("valid_from", _("ulike tider som gjelder på samme dag"))


def _fixed(day: date) -> Fixed:
    if day.year > 2100:
        raise CannotSay("valid_from", _("årstallet {year}").format(year=day.year))
    return Fixed(day.month, day.day, day.year)


def _event(one: Mapping[str, Any]) -> _Event:
    for name, what in _REFUSED.items():
        if one.get(name) not in (None, "", 0):
            raise CannotSay(name, str(what))
    if str(one.get("interval") or 1) not in ("1", "1.0"):
        raise CannotSay("interval", _("tider annenhver uke eller sjeldnere"))
    start = _date(one, "dtstart")
    first = max(filter(None, (_date(one, "valid_from"), start)), default=None)
    last = min(filter(None, (_date(one, "valid_to"), _date(one, "until"))), default=None)
    return _Event(_days(one, start or first), _span(one), first, last)


def _days(one: Mapping[str, Any], start: date | None) -> tuple[int, ...]:
    how_often = str(one.get("freq") or "WEEKLY").upper()
    if how_often == "DAILY":
        return tuple(range(7))
    if how_often != "WEEKLY":
        raise CannotSay(
            "freq", _("månedlige tider") if how_often == "MONTHLY" else _("tider med denne gjentakelsen")
        )
    given = one.get("byday")
    words = given if isinstance(given, list) else str(given or "").split(",")
    named = [str(word).strip().upper() for word in words if str(word).strip()]
    if any(word not in DAYS for word in named):
        raise CannotSay("byday", _("noe annet enn ukedagene MO til SU"))
    if not named and start is None:
        raise CannotSay("byday", _("tider uten ukedag"))
    return tuple(sorted({DAYS.index(word) for word in named})) or (start.weekday() if start else 0,)


def _span(one: Mapping[str, Any]) -> tuple[int, int]:
    if str(one.get("timezone") or 1) not in ("1", "2", "1.0", "2.0"):
        raise CannotSay("timezone", _("klokkeslett i en annen tidssone enn den norske"))
    start, end = _minutes(one, "opens_at"), _minutes(one, "closes_at")
    if start == DAY_MINUTES:
        raise CannotSay("opens_at", _("«24:00» som åpningstid"))
    if start == 0 and end == DAY_MINUTES - 1:
        return 0, DAY_MINUTES  # how the standard says the whole day
    return start, end if end > start else end + DAY_MINUTES


def _minutes(one: Mapping[str, Any], name: str) -> int:
    if not one.get(name):
        raise CannotSay(name, _("tider uten klokkeslett"))
    found = _TIME.fullmatch(str(one[name]).strip()[:40])
    minutes = int(found[1]) * 60 + int(found[2]) if found else DAY_MINUTES + 1
    if not found or minutes > DAY_MINUTES:
        raise CannotSay(name, _("noe annet enn klokkeslett som 08:00"))
    if found[3] and _offset(found[3]) not in NORWEGIAN_OFFSETS:
        raise CannotSay(name, _("klokkeslett i en annen tidssone enn den norske"))
    return minutes


def _offset(text: str) -> int:
    if text == "Z":
        return 0
    digits = text[1:].replace(":", "").ljust(4, "0")
    return (-1 if text[0] == "-" else 1) * (int(digits[:2]) * 60 + int(digits[2:]))


def _date(one: Mapping[str, Any], name: str) -> date | None:
    if not one.get(name):
        return None
    try:
        return date.fromisoformat(str(one[name]).strip()[:10])
    except ValueError:
        raise CannotSay(name, _("noe annet enn datoer som 2026-12-24")) from None
