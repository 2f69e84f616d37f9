"""Pure thinking about reference facts: slugs, and when a helpline's hours may be trusted."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date

RESERVED_SLUGS = frozenset(
    [
        "_assets",
        "_national",
        "builds",
        "demo",
        "en",
        "finn",
        "hjelpelinjer",
        "innebygging",
        "kommuner",
        "nb",
        "nn",
        "om",
        "personvern",
        "robots",
        "se",
        "sitemap",
        "skjul-spor",
        "sok",
        "static",
        "steder",
        "tilgjengelighet",
        "www",
    ]
)
"""First parts of addresses that belong to the national pages; no municipality may have them."""

DayRange = tuple[str, str]
"""Two days of the year as "MM-DD", both included; the first may be later than the second (over New Year)."""


def slugify(name: str) -> str:
    """Return `name` in lower-case ASCII with hyphens: "Våler (Østfold)" → "valer-ostfold"."""
    text = name.lower().replace("æ", "ae").replace("ø", "o")
    text = "".join(
        letter for letter in unicodedata.normalize("NFD", text) if not unicodedata.combining(letter)
    )
    return re.sub(r"[^a-z0-9]+", "-", text).strip("-")


def day_ranges(text: str) -> tuple[DayRange, ...]:
    """Read "12-20/01-03;06-15/08-20". Raises ValueError for anything else."""
    found = []
    for part in filter(None, text.split(";")):
        first, last = part.split("/")
        for day in (first, last):
            if not re.fullmatch(r"\d\d-\d\d", day):
                raise ValueError(day)
            date.fromisoformat(f"2024-{day}")  # a leap year: 29 February may be meant
        found.append((first, last))
    return tuple(found)


def hours_are_sure(
    day: date, no_badge: Sequence[DayRange], holidays: str, public_holidays: Iterable[date]
) -> bool:
    """Say whether a line's hours hold on `day`, so that "open" or "closed" may be shown.

    `holidays` is "known" when the hours include public holidays and 24 and 31 December, "unknown" when nobody
    has said. An empty value means that the line never closes.
    """
    day_of_year = f"{day:%m-%d}"
    for first, last in no_badge:
        if first <= day_of_year <= last or (first > last and not last < day_of_year < first):
            return False
    if holidays != "unknown":
        return True
    return day_of_year not in {"12-24", "12-31"} and day not in set(public_holidays)
