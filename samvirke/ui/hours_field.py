"""Opening hours in a form: a grid of the week that people fill in, an OSM text in cleaned_data."""

import re
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from samvirke.kit.hours import (
    OSLO,
    HoursError,
    Special,
    is_open,
    mentions_holidays,
    parse,
    say_date,
    say_dates,
    say_day,
    say_lines,
    to_week,
    will_say,
)
from samvirke.kit.hours.badge import KINDS
from samvirke.kit.hours.model import Dates, Easter, Fixed
from samvirke.kit.hours.week import MOST_SPECIALS
from samvirke.kit.hours.words import words
from samvirke.kit.hours.written import MOST_SPANS, read_date, read_time
from samvirke.ui import hours_grid
from samvirke.ui.hours_words import language, sentence

NAME = re.compile(r"[\w.-]{1,100}", re.ASCII)
INPUT = re.compile(r"[a-z]+[a-z0-9-]{0,20}", re.ASCII)
DAY, CLOCK = "24.12", "19.00"  # what the preview asks about until somebody chooses
EMPTY_ROWS = 1


class HoursInput(forms.Widget):
    """The grid. `preview` is the address of the owning room's view, which calls `answer`; without it nothing is live."""

    template_name = "ui/staff/_hours.html"
    use_fieldset = True
    needs_multipart_form = False
    by_input = True  # the error summary links to the input that an error's code names

    def __init__(
        self, attrs: dict[str, Any] | None = None, *, kind: str = "visit", preview: str = ""
    ) -> None:
        super().__init__(attrs)
        if kind not in KINDS:
            raise ValueError(f"kind is one of {', '.join(KINDS)}")
        self.kind, self.preview = kind, preview

    def value_from_datadict(self, data: Mapping[str, Any], _files: Any, name: str) -> dict[str, str]:
        """Collect the inputs of the grid by their names."""
        start = f"{name}-"
        found = {key[len(start) :]: data[key] for key in data if key.startswith(start)}
        return {key: value for key, value in found.items() if isinstance(value, str) and INPUT.fullmatch(key)}

    def value_omitted_from_data(self, data: Mapping[str, Any], _files: Any, name: str) -> bool:
        return f"{name}-mode" not in data

    def id_for_label(self, id_: str, index: str | None = None) -> str:
        return f"{id_}_{index or 'd0-from1'}"

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """What the template shows: of stored text, or of what was just sent with what is wrong in it."""
        context = super().get_context(name, value, attrs)
        sent = isinstance(value, Mapping)
        raw = dict(value) if sent else hours_grid.shown(value or "", language())
        reading = hours_grid.read(raw) if sent else hours_grid.Reading(value or "")
        grid = _Grid(name, context["widget"]["attrs"].get("id") or f"id_{name}", raw, reading)
        return (
            context
            | grid.context()
            | {"kind": self.kind, "preview": self.preview, "name": name}
            | said(reading.osm)
        )


class HoursField(forms.Field):
    """Opening hours, phone hours or hours of a chat. cleaned_data holds OSM text; empty when nothing is told."""

    widget = HoursInput

    def __init__(self, *, kind: str = "visit", **kwargs: Any) -> None:
        kwargs.setdefault("widget", HoursInput(kind=kind))
        kwargs.setdefault("required", False)
        super().__init__(**kwargs)

    def clean(self, value: Any) -> str:
        reading = hours_grid.read(value or {})
        if reading.problems:
            raise ValidationError([ValidationError(one.text, code=one.input) for one in reading.problems])
        if self.required and not reading.osm:
            raise ValidationError(_("Skriv når det er åpent."), code="d0-from1")
        return reading.osm

    def has_changed(self, initial: Any, data: Any) -> bool:
        reading = hours_grid.read(data or {})
        return bool(reading.problems) or reading.osm != (initial or "")


class _Grid:
    """The rows of the template."""

    def __init__(self, name: str, id_: str, raw: Mapping[str, str], reading: hours_grid.Reading) -> None:
        self.name, self.id, self.raw = name, id_, raw
        self.problems: dict[str, list[str]] = {}
        for problem in reading.problems:
            self.problems.setdefault(problem.input, []).append(problem.text)

    def context(self) -> dict[str, Any]:
        filled = hours_grid.specials_in(self.raw)
        numbers = [*filled, *[n for n in range(MOST_SPECIALS) if n not in filled][:EMPTY_ROWS]]
        return {
            "id": self.id,
            "text_only": self.raw.get("mode") == hours_grid.TEXT,
            "was": self.raw.get("was", ""),
            "text": self.input("text"),
            "days": [self.day(number) for number in range(7)],
            "holidays": self.raw.get("holidays", ""),
            "holidays_closed": self.input("holidays-closed"),
            "holiday_times": self.input("holiday-times"),
            "specials": [self.special(str(number)) for number in sorted(numbers)],
            "blank": self.special("x"),
            "closed": (self.input("closed-first"), self.input("closed-last")),
            "around": any(self.raw.get(f"d{number}-around") for number in range(7)),
            "ask_day": self.raw.get("ask-day", DAY),
            "ask_clock": self.raw.get("ask-clock", CLOCK),
        }

    def input(self, key: str) -> dict[str, Any]:
        return {
            "key": key,
            "name": f"{self.name}-{key}",
            "id": f"{self.id}_{key}",
            "value": self.raw.get(key, ""),
            "errors": self.problems.get(key, []),
            "error_id": f"{self.id}_{key}_error",
        }

    def day(self, number: int) -> dict[str, Any]:
        key = f"d{number}"
        pairs = [(self.input(f"{key}-from{n}"), self.input(f"{key}-to{n}")) for n in range(1, MOST_SPANS + 1)]
        spans = [
            {"number": n, "from": start, "to": end, "filled": n == 1 or bool(start["value"] or end["value"])}
            for n, (start, end) in enumerate(pairs, 1)
        ]
        return {
            "number": number,
            "name": hours_grid.day_name(number),
            "spans": spans,
            "closed": self.input(f"{key}-closed"),
            "around": self.input(f"{key}-around"),
            "errors": [text for pair in pairs for one in pair for text in one["errors"]],
            "error_id": f"{self.id}_{key}_error",
        }

    def special(self, number: str) -> dict[str, Any]:
        parts = {part: self.input(f"s{number}-{part}") for part in ("first", "last", "times", "days")}
        chosen = hours_grid.days_in(parts["days"]["value"]) or hours_grid.ALL_DAYS
        known = dict.fromkeys([hours_grid.ALL_DAYS, hours_grid.WEEKDAYS, hours_grid.WEEKEND, chosen])
        errors = [text for part in parts.values() for text in part["errors"]]
        choices = [(days, hours_grid.days_name(days, language()), days == chosen) for days in known]
        shown = int(number) + 1 if number.isdigit() else ""
        return parts | {
            "number": shown,
            "choices": choices,
            "errors": errors,
            "error_id": f"{self.id}_s{number}_error",
        }


def said(osm: str, *, today: date | None = None) -> dict[str, Any]:
    """What residents read of an OSM text, and what the writer may want to know; nothing of a text that is empty."""
    try:
        schedule = parse(osm) if osm else None
    except HoursError:
        schedule = None
    if schedule is None:
        return {"lines": [], "advice": []}
    advice = []
    if not mentions_holidays(schedule) and osm != "24/7":
        advice.append(_("De vanlige tidene gjelder også på helligdager, for eksempel 17. mai."))
    week = to_week(osm)
    if week and today:
        advice += [
            _("{dates} er over: fjern unntaket.").format(dates=say_dates(one.dates, language()).capitalize())
            for one in week.specials
            if (end := _end(one)) and end < today
        ]
        if week.closed and week.closed[1] < today:
            advice.append(_("Tiden da alt var stengt, er over: fjern den."))
    return {"lines": say_lines(schedule, language()), "advice": advice}


def _end(special: Special) -> date | None:
    last = special.dates.last
    return date(last.year, last.month, last.day) if isinstance(last, Fixed) and last.year else None


def preview(data: Mapping[str, Any], *, now: datetime) -> dict[str, Any]:
    """What the grid in `data` (a form as it was sent) will say, for the template ui/staff/_hours_preview.html.

    `data["_hours"]` is the name of the field.
    """
    name = data.get("_hours", "")
    raw = HoursInput().value_from_datadict(data, {}, name) if NAME.fullmatch(name) else {}
    reading = hours_grid.read(raw)
    kind = raw.get("kind", "")
    context = {"problems": [one.text for one in reading.problems], "id": f"id_{name}"}
    context |= said(reading.osm, today=now.astimezone(OSLO).date())
    if reading.osm:
        context |= _asked(reading.osm, raw, kind if kind in KINDS else "visit", now)
    return context


def answer(request: HttpRequest, *, now: datetime) -> HttpResponse:
    """Answer a preview that was asked for by POST: a part of a page to htmx, a page of its own without script."""
    whole = "HX-Request" not in request.headers
    template = "ui/staff/hours_preview.html" if whole else "ui/staff/_hours_preview.html"
    return render(request, template, preview(request.POST, now=now))


def _asked(osm: str, raw: Mapping[str, str], kind: str, now: datetime) -> dict[str, Any]:
    """The sentence of one moment: the next such date and time from now on."""
    try:
        day = _next(read_date(raw.get("ask-day", "").strip() or DAY), now.astimezone(OSLO).date())
        days, minutes = divmod(read_time(raw.get("ask-clock", "").strip() or CLOCK), 24 * 60)
    except HoursError as error:
        return {"ask_problem": sentence(error)}
    day += timedelta(days=days)  # kl. 24 is when the next day begins
    moment = datetime.combine(day, time(minutes // 60, minutes % 60), OSLO)
    w, schedule = words(language()), parse(osm)
    clock = w.mark.format(time=w.clock.format(hour=moment.hour, minute=moment.minute))
    when = f"{say_date(day, language(), year=True)} {clock}"
    return {
        "when": when[:1].upper() + when[1:],
        "badge": will_say(osm, moment, language(), kind),
        "open": is_open(schedule, moment),
        "day": say_day(schedule, day, language()),
    }


def _next(point: Fixed | Easter, today: date) -> date:
    """The day that a written date means: in its year, or the next one that comes."""
    if isinstance(point, Fixed) and point.year:
        return date(point.year, point.month, point.day)
    run = Dates(point, point)
    return next(day for number in range(366 * 8) if (day := today + timedelta(days=number)) in run)
