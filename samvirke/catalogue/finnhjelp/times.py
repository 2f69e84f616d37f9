"""Time on a page: absolute spans for the script, absolute words for everybody else.

The HTML never says "now". It carries, for the hours that stand on it, the spans as minutes since
1 January 1970 UTC; public.js turns them into badges, but only between `built` minus five minutes and
`until`. A saved, printed or stale page therefore shows plain hours and no badge. `built` is the midnight
before the moment, not the moment: between two edges a page keeps its bytes.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import lru_cache

from django.utils.translation import gettext as _

from samvirke.catalogue.finnhjelp import words
from samvirke.kit import hours
from samvirke.kit.hours import OSLO

ALWAYS = "24/7"
KNOWN_DAYS = 2  # the badge is shown on the day of the build and the next one
LOOK_AHEAD = 15  # days in which the next opening is looked for

Span = tuple[datetime, datetime]


def midnight(day: date) -> datetime:
    """Start of a day in Norway."""
    return datetime(day.year, day.month, day.day, tzinfo=OSLO)


def minute(moment: datetime) -> int:
    """Minutes since the Unix epoch."""
    return int(moment.timestamp() // 60)


@lru_cache(maxsize=4096)
def spans_from(osm: str, day: date, days: int) -> tuple[Span, ...]:
    """Open spans that touch `days` days from `day`, in order; a span that began the day before is whole."""
    start = midnight(day)
    found = hours.spans(hours.parse(osm), day - timedelta(days=1), days + 1)
    return tuple(span for span in found if span[1] > start)


@lru_cache(maxsize=4096)
def _relevant(osm: str, day: date) -> tuple[int, ...]:
    """Starts and ends for the badge: all of the known days, and the first opening after them."""
    until = midnight(day + timedelta(days=KNOWN_DAYS))
    flat: list[int] = []
    for start, end in spans_from(osm, day, LOOK_AHEAD):
        flat += (minute(start), minute(end))
        if start >= until:
            break
    return tuple(flat)


@lru_cache(maxsize=16384)
def say_hours(osm: str, language: str) -> str:
    """Opening hours in words, whole: "mandag–fredag kl. 08.00–15.30, stengt på helligdager"."""
    return hours.say(hours.parse(osm), words.spoken(language))


def say_span(span: Span, language: str) -> str:
    """One span with its day, true whenever it is read: "søndag 22. november kl. 08.00–15.00"."""
    start, end = (moment.astimezone(OSLO) for moment in span)
    day, first, last = (
        words.say_day(start.date(), language),
        *(words.say_clock(m, language) for m in (start, end)),
    )
    if end.date() == start.date() or (end - start <= timedelta(hours=24) and end.hour < start.hour):
        return _("%(day)s kl. %(from)s–%(to)s") % {"day": day, "from": first, "to": last}
    return _("%(day)s kl. %(from)s til %(day2)s kl. %(to)s") % {
        "day": day,
        "from": first,
        "day2": words.say_day(end.date(), language),
        "to": last,
    }


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


@dataclass
class Times:
    """Collects the hours that stand on one page and numbers them for the script."""

    moment: datetime  # aware; the minute the page is built for
    language: str
    known: dict[str, int] = field(default_factory=dict)

    @property
    def today(self) -> date:
        return self.moment.astimezone(OSLO).date()

    def add(self, osm: str | None, no_badge: Sequence[tuple[str, str]] = ()) -> int | None:
        """Number of these hours on the page, or None when no badge may be shown.

        Unknown hours give no badge; nor do hours around the clock (the text says it all), nor days in
        `no_badge` ("12-20", "01-03"), on which a helpline is known to keep other hours.
        """
        if not osm or osm == ALWAYS or self._quiet(no_badge):
            return None
        return self.known.setdefault(osm, len(self.known))

    def _quiet(self, ranges: Sequence[tuple[str, str]]) -> bool:
        return any(in_range(day, first, last) for first, last in ranges for day in _known_days(self.today))

    def block(self) -> str:
        """The page's data block as JSON that is safe inside a script element; "" when no hours were added."""
        if not self.known:
            return ""
        return _block(tuple(self.known), self.today, self.language)


@lru_cache(maxsize=4096)
def _block(known: tuple[str, ...], today: date, language: str) -> str:
    data = {
        "built": minute(midnight(today)),
        "until": minute(midnight(today + timedelta(days=KNOWN_DAYS))),
        "spans": [_relevant(osm, today) for osm in known],
        "words": _words(language),
    }
    return safe_json(data)


@lru_cache(maxsize=16)
def _known_days(today: date) -> tuple[str, ...]:
    return tuple((today + timedelta(days=ahead)).strftime("%m-%d") for ahead in range(KNOWN_DAYS))


def in_range(day: str, first: str, last: str) -> bool:
    """Whether a day "MM-DD" lies between two others, both included; the range may pass New Year."""
    return first <= day <= last if first <= last else day >= first or day <= last


def safe_json(data: object) -> str:
    """JSON that cannot end a script element."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def _words(language: str) -> dict[str, object]:
    """What the badges say. "{t}" is when, "{d}" the day, "{c}" the clock."""
    tongue = words.spoken(language)
    return {
        "lang": tongue,
        "visit": [_("Åpen nå til {t}"), _("Åpen nå"), _("Stengt – åpner {t}")],
        "phone": [_("Telefontid nå til {t}"), _("Telefontid nå"), _("Telefontid igjen {t}")],
        "chat": [_("Chatten er åpen til {t}"), _("Chatten er åpen"), _("Chatten åpner {t}")],
        "call": _("Telefontid til {t}."),
        "clock": _("kl. {c}"),
        "day": _("{d} kl. {c}"),
        "tomorrow": _("i morgen"),
        "days": [words.say_weekday(number, language) for number in range(7)],
    }
