"""The inputs of the hours editor: what they show of an OSM text, and what text they make.

An input has a name such as "d2-from1" (Wednesday, first span). Nothing here knows the request.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.utils.translation import gettext as _

from samvirke.kit.hours import (
    Holidays,
    HoursError,
    Special,
    Week,
    from_week,
    parse,
    to_week,
)
from samvirke.kit.hours.model import EVERY_DAY, WHOLE_DAY, Dates
from samvirke.kit.hours.nights import slipped
from samvirke.kit.hours.week import MOST_SPECIALS
from samvirke.kit.hours.words import words
from samvirke.kit.hours.written import (
    MOST_SPANS,
    in_order,
    read_dates,
    read_day,
    read_span,
    read_time,
    read_times,
    write_date,
    write_time,
    write_times,
)
from samvirke.ui.hours_words import sentence

Raw = Mapping[str, str]
Spans = tuple[tuple[int, int], ...]
ON = "on"
GRID, TEXT = "grid", "text"
ALL_DAYS = "0123456"
NOT_TOLD = {"mode", "was", "kind", "text", "holidays", "ask-day", "ask-clock"}
WEEKDAYS, WEEKEND = "01234", "56"


@dataclass(frozen=True)
class Problem:
    """What is wrong, in one sentence, and in which input (empty: the whole)."""

    input: str
    text: str


@dataclass(frozen=True)
class Reading:
    """What the inputs say: the OSM text (empty: nothing is told), or what is wrong."""

    osm: str = ""
    problems: tuple[Problem, ...] = ()


def shown(osm: str, language: str) -> dict[str, str]:
    """Return what the inputs show of an OSM text."""
    week = to_week(osm) if osm else None
    if week is None:
        return {"mode": TEXT if osm else GRID, "text": osm, "was": osm}
    raw = {
        "mode": GRID,
        "was": osm,
        "holidays": str(week.holidays),
        "holiday-times": write_times(week.holiday_spans, language),
    }
    for number, spans in enumerate(week.days):
        raw |= _shown_day(f"d{number}", spans)
    for number, special in enumerate(week.specials):
        raw |= _shown_special(f"s{number}", special, language)
    if week.closed:
        for name, day in zip(("closed-first", "closed-last"), week.closed, strict=True):
            raw[name] = f"{day.day}.{day.month}.{day.year}"
    return raw


def read(raw: Raw) -> Reading:
    """Read the inputs. An unchanged week keeps its text as it was written."""
    if raw.get("mode") == TEXT:
        return _read_text(raw.get("text", "").strip())
    if not any(_filled(raw)):
        return Reading()
    reader = _Reader(raw)
    week = reader.week()
    if reader.problems or week is None:
        return Reading("", tuple(reader.problems))
    try:
        osm = from_week(week)
    except HoursError as error:
        return Reading("", (Problem(_place_of(error, week), sentence(error)),))
    slip = slipped(parse(osm))
    if slip:
        place, clock = day_name(slip[0]), write_time(slip[1])
        text = _(
            "{day}: døgnet stopper kl. 24.00, men de andre nettene varer til kl. {clock}. Skriv fra {clock} til {clock}."
        )
        return Reading("", (Problem(f"d{slip[0]}-from1", text.format(day=place, clock=clock)),))
    was = raw.get("was", "")
    return Reading(was if was and to_week(was) == week else osm)


def specials_in(raw: Raw) -> list[int]:
    """The numbers of the exceptions that have something in them."""
    parts = ("first", "last", "times")
    return [n for n in range(MOST_SPECIALS) if any(raw.get(f"s{n}-{part}", "").strip() for part in parts)]


def _shown_day(key: str, spans: Spans) -> dict[str, str]:
    if spans == WHOLE_DAY:
        return {f"{key}-around": ON}
    if not spans:
        return {f"{key}-closed": ON}
    raw: dict[str, str] = {}
    for number, (start, end) in enumerate(spans, 1):
        raw |= {f"{key}-from{number}": write_time(start), f"{key}-to{number}": write_time(end)}
    return raw


def _shown_special(key: str, special: Special, language: str) -> dict[str, str]:
    first, last = special.dates.first, special.dates.last
    return {
        f"{key}-first": write_date(first, language),
        f"{key}-last": write_date(last, language) if last != first else "",
        f"{key}-times": write_times(special.spans, language) or words(language).closed,
        f"{key}-days": "".join(str(day) for day in special.days),
    }


def _filled(raw: Raw) -> Iterator[str]:
    """What is written or ticked; choices alone (which days, what on holidays) tell nothing."""
    for name, value in raw.items():
        if name not in NOT_TOLD and not name.endswith("-days"):
            yield value.strip()


def _read_text(text: str) -> Reading:
    if not text:
        return Reading()
    try:
        parse(text)
    except HoursError as error:
        return Reading("", (Problem("text", sentence(error)),))
    return Reading(text)


def _place_of(error: HoursError, week: Week) -> str:
    """The exception that an error names by its dates."""
    for number, special in enumerate(week.specials):
        if special.dates == error.about.get("dates"):
            return f"s{number}-first"
    return "d0-from1"


class _Reader:
    """Reads all inputs, so that a person sees everything that is wrong at once."""

    def __init__(self, raw: Raw) -> None:
        self.raw = raw
        self.problems: list[Problem] = []

    def week(self) -> Week | None:
        days = tuple(self.day(number) for number in range(7))
        holidays, spans = self.holidays(days)
        specials = tuple(special for number in specials_in(self.raw) if (special := self.special(number)))
        closed = self.closed()
        if self.problems:
            return None
        return Week(
            (days[0], days[1], days[2], days[3], days[4], days[5], days[6]), holidays, spans, specials, closed
        )

    def text(self, name: str) -> str:
        return self.raw.get(name, "").strip()

    def wrong(self, name: str, place: str, what: str | HoursError) -> None:
        said = sentence(what) if isinstance(what, HoursError) else what
        self.problems.append(Problem(name, _("{place}: {problem}").format(place=place, problem=said)))

    def attempt(self, name: str, place: str, act: Callable[[], Any]) -> Any:
        """Do it, or note the error at the input."""
        try:
            return act()
        except HoursError as error:
            self.wrong(name, place, error)
            return None

    def day(self, number: int) -> Spans:
        key, place = f"d{number}", day_name(number)
        ticked = [name for name in ("closed", "around") if self.text(f"{key}-{name}")]
        written = [
            n for n in range(1, MOST_SPANS + 1) if self.text(f"{key}-from{n}") or self.text(f"{key}-to{n}")
        ]
        if len(ticked) + bool(written) > 1:
            self.wrong(f"{key}-from1", place, _("Velg én: tider, «stengt» eller «døgnet rundt»."))
            return ()
        if ticked:
            return WHOLE_DAY if ticked == ["around"] else ()
        found: list[tuple[int, int]] = []
        for n in written:
            found += self.attempt(f"{key}-{self.bad_end(key, n)}{n}", place, partial(self.span, key, n)) or []
        return self.attempt(f"{key}-from1", place, lambda: _at_most(in_order(found))) or ()

    def bad_end(self, key: str, number: int) -> str:
        """Which of the two inputs to point at if the pair cannot be read."""
        start, end = self.text(f"{key}-from{number}"), self.text(f"{key}-to{number}")
        return "to" if end and (not start or _is_time(start)) else "from"

    def span(self, key: str, number: int) -> list[tuple[int, int]]:
        """One pair of inputs; the first may hold all of it, "8–11 og 12–15"."""
        start, end = self.text(f"{key}-from{number}"), self.text(f"{key}-to{number}")
        if start and end:
            return [read_span(start, end)]
        return list(read_times(start or end))

    def holidays(self, days: tuple[Spans, ...]) -> tuple[Holidays, Spans]:
        place, chosen = _("Helligdager"), self.text("holidays")
        if not chosen and all(spans == WHOLE_DAY for spans in days):
            return Holidays.SAME, ()
        if chosen not in set(Holidays):
            self.wrong("holidays-closed", place, _("Velg hva som gjelder."))
            return Holidays.SAME, ()
        kind = Holidays(chosen)
        if kind is not Holidays.OWN:
            return kind, ()
        spans = self.attempt("holiday-times", place, lambda: read_times(self.text("holiday-times")))
        if spans == ():
            self.wrong("holiday-times", place, _("Skriv tider, for eksempel «10–14», eller velg «stengt»."))
        return kind, spans or ()

    def special(self, number: int) -> Special | None:
        key, place = f"s{number}", _("Unntak {number}").format(number=number + 1)
        if not self.text(f"{key}-first"):
            self.wrong(f"{key}-first", place, _("Skriv datoen."))
            return None
        dates: Dates | None = self.attempt(
            f"{key}-first", place, lambda: read_dates(self.text(f"{key}-first"), self.text(f"{key}-last"))
        )
        spans = self.attempt(f"{key}-times", place, lambda: read_times(self.text(f"{key}-times")))
        days = tuple(sorted({int(sign) for sign in self.text(f"{key}-days") if sign in ALL_DAYS}))
        return None if dates is None or spans is None else Special(dates, spans, days or EVERY_DAY)

    def closed(self) -> Any:
        place, first, last = _("Stengt en tid"), self.text("closed-first"), self.text("closed-last")
        if not first and not last:
            return None
        if not (first and last):
            self.wrong(
                "closed-last" if first else "closed-first", place, _("Skriv både første og siste dag.")
            )
            return None
        start = self.attempt("closed-first", place, lambda: read_day(first))
        end = self.attempt("closed-last", place, lambda: read_day(last))
        if start and end and end < start:
            self.wrong("closed-last", place, HoursError("backwards-form", first=first, last=last))
        return (start, end) if start and end else None


def _is_time(written: str) -> bool:
    try:
        read_time(written)
    except HoursError:
        return False
    return True


def _at_most(spans: Spans) -> Spans:
    if len(spans) > MOST_SPANS:
        raise HoursError("many-spans")
    return spans


def day_name(number: int) -> str:
    """The weekday as a row of the grid names it, in the language of the screen."""
    return [_("Mandag"), _("Tirsdag"), _("Onsdag"), _("Torsdag"), _("Fredag"), _("Lørdag"), _("Søndag")][
        number
    ]


def days_in(text: str) -> str:
    """The weekdays among what was sent, each once and in order; "" when there are none."""
    return "".join(day for day in ALL_DAYS if day in text)


def days_name(days: str, language: str) -> str:
    """Some weekdays as the choice of an exception names them."""
    if days in {"", ALL_DAYS}:
        return _("alle dager")
    known = {WEEKDAYS: _("mandag–fredag"), WEEKEND: _("lørdag og søndag")}
    names = words(language).weekdays
    return known.get(days) or ", ".join(names[int(sign)] for sign in days)
