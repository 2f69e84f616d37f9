"""Reading the subset of OSM `opening_hours` that README.md beside this file describes."""

import itertools
import re
from calendar import monthrange
from functools import lru_cache

from samvirke.kit.hours.errors import HoursError
from samvirke.kit.hours.mistakes import common_mistake
from samvirke.kit.hours.model import (
    DAY_MINUTES,
    EVERY_DAY,
    MONTHS,
    WEEKDAYS,
    WHOLE_DAY,
    Dates,
    Easter,
    Fixed,
    Rule,
    Schedule,
)
from samvirke.kit.hours.order import check_order

LONGEST = 500
"""Characters in a text; the longest real one seen has fewer than 200."""

_DAY = rf"(?:{'|'.join(WEEKDAYS)})"
_SPACE = re.compile(r"[ \t\u00a0]+")
_DATE = re.compile(rf"(?:(\d{{4}}) )?({'|'.join(MONTHS)}) (\d{{1,2}})(?![\d:])", re.ASCII)
_EASTER = re.compile(r"easter(?: ?([+-]\d{1,2}) days?)?(?![A-Za-z])", re.ASCII)
_DAY_OF_MONTH = re.compile(r"(\d{1,2})(?![\d:])", re.ASCII)
_DAYS = re.compile(rf"({_DAY}|PH)(?:-({_DAY}))?(?![A-Za-z])")
_SPAN = re.compile(r"(\d\d):(\d\d)-(\d\d):(\d\d)(?![\d:])", re.ASCII)
_CLOSED = re.compile(r"off(?![A-Za-z])")
_RULE_START = re.compile(rf"(?:{_DAY}|PH|easter|off|{'|'.join(MONTHS)})(?![A-Za-z])")
_ALWAYS = re.compile(r"24/7(?!\d)", re.ASCII)


@lru_cache(maxsize=4096)
def parse(text: str) -> Schedule:
    """What `text`, opening hours of the documented subset, says.

    Raises HoursError with one sentence for the writer when the text is outside the subset, or when a rule in it
    would have no effect because of a later one.
    """
    if not text.strip():
        raise HoursError("empty")
    if len(text) > LONGEST:
        raise HoursError("too-long", longest=str(LONGEST))
    reader = _Reader(_tidy(text))
    try:
        rules = reader.read()
    except HoursError as error:
        mistake = common_mistake(reader.text[reader.failed_at :]) if error.code == "unreadable" else None
        raise mistake or error from None
    check_order(rules)
    return Schedule(rules)


def _tidy(text: str) -> str:
    """The text with single spaces, and none around the signs that bind dates, days and times together."""
    text = _SPACE.sub(" ", text).strip(" ")
    text = re.sub(r" ?([,;]) ?", r"\1", text)
    return re.sub(r"(?<=[\dA-Za-z]) ?- ?(?!\d{1,2} days?\b)(?=[\dA-Za-z])", "-", text)


class _Reader:
    """Goes through one tidied text from left to right."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.failed_at = 0

    def read(self) -> tuple[Rule, ...]:
        rules = self.rule(adds=False)
        while self.at < len(self.text):
            sign = self.text[self.at]
            self.at += 1
            if sign not in ";,":
                raise self.unreadable(self.at - 1)
            if sign == "," and not rules[-1].spans:
                raise HoursError("comma-after-off")
            rules += self.rule(adds=sign == ",")
        return tuple(rules)

    def take(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        found = pattern.match(self.text, self.at)
        if found:
            self.at = found.end()
        return found

    def sign(self, sign: str) -> bool:
        here = self.text.startswith(sign, self.at)
        self.at += len(sign) if here else 0
        return here

    def unreadable(self, start: int) -> HoursError:
        self.failed_at = start
        rest = self.text[start:].strip(" ")
        piece = shorten(rest.split(";")[0] or rest)
        if not rest.strip(";, "):
            return HoursError("stray-sign")
        if start and self.text[start] == " " and _RULE_START.match(rest):
            return HoursError("no-semicolon", piece=piece)
        return HoursError("unreadable", piece=piece)

    def rule(self, *, adds: bool) -> list[Rule]:
        """One rule as written; two when it names both weekdays and public holidays."""
        start = self.at
        if self.take(_ALWAYS):
            return [Rule(WHOLE_DAY, adds=adds)]
        dates = self.dates()
        if dates:
            self.sign(" ")
        days, holidays = self.days()
        if dates and holidays:
            raise HoursError("dated-holiday")
        if days or holidays:
            self.sign(" ")
        spans = self.spans(start)
        if adds and not spans:
            raise HoursError("comma-before-off")
        rules = [Rule(spans, days or EVERY_DAY, dates, adds=adds)] if days or not holidays else []
        return [*rules, Rule(spans, holidays=True, adds=adds)] if holidays else rules

    def dates(self) -> tuple[Dates, ...]:
        found: list[Dates] = []
        while self.text.startswith("easter", self.at) or _DATE.match(self.text, self.at):
            found.append(self.run_of_dates())
            after = self.at
            if not (
                self.sign(",")
                and (self.text.startswith("easter", self.at) or _DATE.match(self.text, self.at))
            ):
                self.at = after
                break
        return tuple(found)

    def run_of_dates(self) -> Dates:
        start = self.at
        first = self.one_date()
        if not self.sign("-"):
            return Dates(first, first)
        short = self.take(_DAY_OF_MONTH)
        if short and isinstance(first, Fixed):
            last: Fixed | Easter = _fixed(first.year, first.month, int(short[1]))
        elif short:
            raise self.unreadable(start)
        else:
            last = self.one_date()
        return _checked(Dates(first, last), self.text[start : self.at])

    def one_date(self) -> Fixed | Easter:
        start = self.at
        easter = self.take(_EASTER)
        if easter:
            return _easter(int(easter[1] or 0))
        found = self.take(_DATE)
        if not found:
            raise self.unreadable(start)
        return _fixed(int(found[1]) if found[1] else None, MONTHS.index(found[2]) + 1, int(found[3]))

    def days(self) -> tuple[tuple[int, ...], bool]:
        """The weekdays, and whether public holidays are named beside them."""
        days: set[int] = set()
        holidays = False
        while found := self.take(_DAYS):
            if found[1] == "PH":
                if found[2]:
                    raise self.unreadable(found.start())
                holidays = True
            else:
                first = WEEKDAYS.index(found[1])
                last = WEEKDAYS.index(found[2]) if found[2] else first
                days.update((first + n) % 7 for n in range((last - first) % 7 + 1))
            after = self.at
            if not (self.sign(",") and _DAYS.match(self.text, self.at)):
                self.at = after
                break
        return tuple(sorted(days)), holidays

    def spans(self, start: int) -> tuple[tuple[int, int], ...]:
        if self.take(_CLOSED):
            return ()
        if self.text.startswith("24/7", self.at):
            raise HoursError("always-on-days")
        if self.at > start and (self.at == len(self.text) or self.text[self.at] in ";,"):
            raise HoursError("no-times", piece=shorten(self.text[start : self.at]))
        found: list[tuple[int, int]] = []
        while span := self.take(_SPAN):
            found.append(_span(span))
            after = self.at
            if not (self.sign(",") and _SPAN.match(self.text, self.at)):
                self.at = after
                break
        if not found:
            raise self.unreadable(start)
        return _in_order(found, self.text[start : self.at])


def shorten(piece: str) -> str:
    """At most 40 characters of what was written, for quoting in a sentence."""
    piece = piece.strip()
    return piece if len(piece) <= 40 else f"{piece[:39]}…"


def _fixed(year: int | None, month: int, day: int) -> Fixed:
    if not 1 <= day <= monthrange(year or 2028, month)[1]:
        written = f"{year or ''} {MONTHS[month - 1]} {day}".strip()
        raise HoursError("no-such-date", written=written)
    if year is not None and not 2000 <= year <= 2100:
        raise HoursError("no-such-year", year=str(year))
    return Fixed(month, day, year)


def _easter(offset: int) -> Easter:
    if abs(offset) > 60:
        raise HoursError("far-from-easter")
    return Easter(offset)


def _checked(dates: Dates, written: str) -> Dates:
    first, last = dates.first, dates.last
    if isinstance(first, Easter) or isinstance(last, Easter):
        if not (isinstance(first, Easter) and isinstance(last, Easter)):
            raise HoursError("mixed-dates", written=written)
        backwards = first.offset > last.offset
    else:
        if (first.year is None) != (last.year is None):
            raise HoursError("one-year", written=written)
        backwards = first.year is not None and (first.year, first.month, first.day) > (
            last.year or 0,
            last.month,
            last.day,
        )
    if backwards:
        raise HoursError("backwards", written=written)
    return dates


def _span(found: re.Match[str]) -> tuple[int, int]:
    written = found[0]
    hour, minute, end_hour, end_minute = (int(part) for part in found.groups())
    start, end = hour * 60 + minute, end_hour * 60 + end_minute
    if minute > 59 or end_minute > 59 or start >= DAY_MINUTES or end > 2 * DAY_MINUTES:
        raise HoursError("no-such-time", written=written)
    if end == start:
        raise HoursError("no-length", written=written)
    end += DAY_MINUTES if end < start else 0
    if end - start > DAY_MINUTES:
        raise HoursError("over-a-day", written=written)
    return start, end


def _in_order(spans: list[tuple[int, int]], written: str) -> tuple[tuple[int, int], ...]:
    spans.sort()
    for (_, end), (start, _) in itertools.pairwise(spans):
        if start < end:
            raise HoursError("overlap", written=written)
    return tuple(spans)
