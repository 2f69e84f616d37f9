"""Times and dates as people write them in a form: "8", "0830", "8.30-15", "24. desember", "skjærtorsdag".

What is read can be written back the same way, so that a form shows what it will read again.
"""

import itertools
import re
from calendar import monthrange
from datetime import date

from samvirke.kit.hours.errors import HoursError
from samvirke.kit.hours.model import DAY_MINUTES, WHOLE_DAY, Dates, Easter, Fixed, join
from samvirke.kit.hours.words import words

MOST_SPANS = 3
Spans = tuple[tuple[int, int], ...]

AROUND = re.compile(r"(hele |heile )?(døgnet|døgnet rundt|døgn)|24 ?/ ?7|24 t(imer|imar)?|24 hours( a day)?")
CLOSED = re.compile(r"stengt|stengd|lukket|closed|-|–")
_TIME = re.compile(r"(?:kl\.? ?)?(?:(\d{1,2})(?:[.:,](\d{2}))?|(\d{3,4}))\.?", re.ASCII)
_DASH = re.compile(r" ?(?:-|–|—|\btil\b|\bto\b) ?")
_BREAK = re.compile(r" ?(?:[;&+]|,(?= |\d{1,2}[.:-]|$)|\bog\b|\band\b) ?")
_SPACE = re.compile(r"\s+")
_NUMERIC = re.compile(r"(\d{1,2})[./ ]{1,2}(\d{1,2})(?:[./ ]{1,2}(\d{4}|\d{2}))?\.?", re.ASCII)
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})", re.ASCII)
_NAMED = re.compile(r"(\d{1,2})\.? ?([a-z]{3,9})\.?(?: (\d{4}))?", re.ASCII)
_MONTHS = tuple(name[:3] for name in words("nb").months)
_ENGLISH = tuple(name[:3].lower() for name in words("en").months)
_EASTER = {
    name: offset
    for language in ("nb", "nn", "en")
    for offset, said in words(language).easter.items()
    for name in (said.lower(), said.lower().replace("1. ", "første ").replace("2. ", "andre "))
}


def read_time(written: str) -> int:
    """Minutes after midnight of a time of day: "8", "08", "8.30", "0830", "08:30", "kl. 8", "24".

    Raises HoursError, "«25:00» er ikke et klokkeslett."
    """
    found = _TIME.fullmatch(_tidy(written))
    if found:
        digits = found[3] or ""
        hour = int(found[1] or digits[:-2])
        minute = int(found[2] or digits[-2:] or 0)
        if minute <= 59 and hour * 60 + minute <= DAY_MINUTES:
            return hour * 60 + minute
    raise HoursError("no-time", written=_short(written))


def read_span(start: str, end: str) -> tuple[int, int]:
    """A span from two times. An end before the start is on the next day; the same time twice is a whole day."""
    first, last = read_time(start), read_time(end)
    if first == DAY_MINUTES:
        first = 0
    if last <= first:
        last += DAY_MINUTES
    return first, last


def read_times(written: str) -> Spans:
    """All spans of a day in one text: "8-15.30", "8–11 og 12–15", "døgnet rundt", "stengt"; nothing is closed."""
    text = _tidy(written)
    if not text or CLOSED.fullmatch(text):
        return ()
    if AROUND.fullmatch(text):
        return WHOLE_DAY
    found = []
    for piece in _BREAK.split(text):
        ends = _DASH.split(piece)
        if len(ends) != 2:
            raise HoursError("no-span", written=_short(written))
        found.append(read_span(*ends))
    return in_order(found)


def in_order(found: list[tuple[int, int]]) -> Spans:
    """Spans of one day in order, those that touch made one. Raises HoursError when two overlap."""
    found = sorted(found)
    for (start, end), (after, last) in itertools.pairwise(found):
        if after < end:
            raise HoursError("overlap-form", one=write_span(start, end), other=write_span(after, last))
    spans = join(tuple(found))
    if len(spans) > MOST_SPANS:
        raise HoursError("many-spans")
    return spans


def read_date(written: str) -> Fixed | Easter:
    """A date every year ("24.12", "24. desember", "skjærtorsdag") or in one year ("24.12.2026", "2026-12-24")."""
    text = _tidy(written)
    if text in _EASTER:
        return Easter(_EASTER[text])
    parts = _iso(text) or _numeric(text) or _in_words(text)
    if not parts:
        raise HoursError("no-date", written=_short(written))
    day, month, year = parts
    if not 1 <= month <= 12 or not 1 <= day <= monthrange(year or 2028, month)[1]:
        raise HoursError("no-such-date-form", written=_short(written))
    if year is not None and not 2000 <= year <= 2100:
        raise HoursError("no-such-year-form", written=_short(written))
    return Fixed(month, day, year)


def read_dates(first: str, last: str = "") -> Dates:
    """A run of dates from two fields; without the second, one date. One year written at the end counts for both."""
    start = read_date(first)
    end = read_date(last) if last.strip() else start
    if isinstance(start, Easter) != isinstance(end, Easter):
        raise HoursError("mixed-form")
    if isinstance(start, Easter) and isinstance(end, Easter):
        backwards = start.offset > end.offset
    else:
        start, end, backwards = _years(start, end)
    if backwards:
        raise HoursError("backwards-form", first=_short(first), last=_short(last))
    return Dates(start, end)


def read_day(written: str) -> date:
    """One day in one year, as `read_date` reads it. Raises HoursError when the year is missing."""
    found = read_date(written)
    if isinstance(found, Easter) or found.year is None:
        raise HoursError("no-year", written=_short(written))
    return date(found.year, found.month, found.day)


def write_time(minutes: int) -> str:
    """Minutes after midnight as a form shows them: "08.30"; an end in the next day as the clock then: "06.00"."""
    shown = minutes - DAY_MINUTES if minutes > DAY_MINUTES else minutes
    return f"{shown // 60:02}.{shown % 60:02}"


def write_span(start: int, end: int) -> str:
    """A span as a form shows it: "08.00–15.30"."""
    return f"{write_time(start)}–{write_time(end)}"


def write_times(spans: Spans, language: str = "nb") -> str:
    """All spans of a day in one text that `read_times` reads: "08.00–11.00 og 12.00–15.00", "hele døgnet"."""
    w = words(language)
    if spans == WHOLE_DAY:
        return w.around
    return f" {w.conjunction} ".join(write_span(*span) for span in spans)


def write_date(point: Fixed | Easter, language: str = "nb") -> str:
    """A date as a form shows it and `read_date` reads it: "24. desember", "24. desember 2026", "skjærtorsdag"."""
    w = words(language)
    if isinstance(point, Easter):
        return w.easter[point.offset]
    text = w.date.format(day=point.day, month=w.months[point.month - 1])
    return text if point.year is None else f"{text} {point.year}"


def can_write(point: Fixed | Easter) -> bool:
    """Whether a form can show the date: days around Easter only by name."""
    return isinstance(point, Fixed) or point.offset in words("nb").easter


def _years(start: Fixed | Easter, end: Fixed | Easter) -> tuple[Fixed, Fixed, bool]:
    if isinstance(start, Easter) or isinstance(end, Easter):
        raise TypeError("two fixed dates were asked for")
    if start.year is None and end.year is not None:
        over = (start.month, start.day) > (end.month, end.day)
        start = Fixed(start.month, start.day, end.year - 1 if over else end.year)
    elif start.year is not None and end.year is None:
        over = (end.month, end.day) < (start.month, start.day)
        end = Fixed(end.month, end.day, start.year + 1 if over else start.year)
    backwards = (
        start.year is not None
        and end.year is not None
        and ((start.year, start.month, start.day) > (end.year, end.month, end.day))
    )
    return start, end, backwards


def _iso(text: str) -> tuple[int, int, int | None] | None:
    found = _ISO.fullmatch(text)
    return (int(found[3]), int(found[2]), int(found[1])) if found else None


def _numeric(text: str) -> tuple[int, int, int | None] | None:
    found = _NUMERIC.fullmatch(text)
    if not found:
        return None
    year = int(found[3]) if found[3] else None
    return int(found[1]), int(found[2]), year + 2000 if year is not None and year < 100 else year


def _in_words(text: str) -> tuple[int, int, int | None] | None:
    found = _NAMED.fullmatch(text)
    if not found:
        return None
    start = found[2][:3]
    months = _MONTHS if start in _MONTHS else _ENGLISH
    full = [*words("nb").months, *(name.lower() for name in words("en").months)]
    if start not in months or not any(name.startswith(found[2]) for name in full):
        return None
    return int(found[1]), months.index(start) + 1, int(found[3]) if found[3] else None


def _tidy(text: str) -> str:
    return _SPACE.sub(" ", text).strip().lower()


def _short(text: str) -> str:
    text = _SPACE.sub(" ", text).strip()
    return text if len(text) <= 30 else f"{text[:29]}…"
