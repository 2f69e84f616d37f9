"""From a file to people: each row is somebody for the list, or is named with the field that is wrong. No database."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import TypeVar

from samvirke.catalogue.importing import files
from samvirke.catalogue.importing.files import File, Record
from samvirke.followup.cleaning import clean
from samvirke.followup.identity import Identity
from samvirke.followup.importing import columns
from samvirke.followup.importing.columns import NO, UNREAD, WHOLE_NAME, YES
from samvirke.followup.newcomer import Newcomer
from samvirke.followup.rules.people import Part, Protection, Source
from samvirke.kit.errors import BadInput

Word = TypeVar("Word", Part, Source, Protection)
FIELD_OF = {
    "first": "first_name", "last": "last_name", "phones": "phone", "street": "address", "home": "municipality",
    "nin": "national_id",
}  # fmt: skip
"""A field of Identity → its column, where they differ."""
PLAIN = ("now_at", "together_with", "safe_contact", "best_time", "school_or_work", "needs", "wristband")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z]{2,4})?")


@dataclass(frozen=True)
class Wrong:
    """What is wrong with a row: its number as a spreadsheet shows it, the column, and a sentence. Never what stood there."""

    row: int
    field: str
    error: str

    def said(self) -> dict[str, object]:
        return {"row": self.row, "field": self.field, "error": self.error}


@dataclass(frozen=True)
class Defaults:
    """What counts where the file says nothing. `part` None: a row without one is refused. `homes`: name → number."""

    part: Part | None = None
    source: Source = Source.MUNICIPALITY
    homes: Mapping[str, str] = field(default_factory=dict)


@dataclass
class Sheet:
    """What a file holds: how many rows, the people by row, what is wrong with the others, columns that were not read."""

    read: int = 0
    people: dict[int, Newcomer] = field(default_factory=dict)
    rejected: list[Wrong] = field(default_factory=list)
    unread: tuple[str, ...] = ()


def read(file: File, defaults: Defaults, now: datetime) -> Sheet:
    """Return the people of a CSV or XLSX file. Raises BadInput when it cannot be read as a whole."""
    if file.form == files.HSDS:
        raise BadInput("Filen er ikke en liste. Lagre den som CSV eller Excel (.xlsx).", file.name)
    found = Sheet()
    for record in files.records(file, columns.resolve):
        if not found.read:
            found.unread = tuple(name[1:] for name in record.cells if name.startswith(UNREAD))
        found.read += 1
        wrong: list[Wrong] = [Wrong(record.number, column, text) for column, text in record.problems]
        someone = _person(record, defaults, now, wrong)
        if wrong or someone is None:
            found.rejected += wrong
        else:
            found.people[record.number] = someone
    return found


def _person(record: Record, defaults: Defaults, now: datetime, wrong: list[Wrong]) -> Newcomer | None:
    cells = {name: cell.strip() for name, cell in record.cells.items()}

    def refuse(column: str, text: str) -> None:
        wrong.append(Wrong(record.number, column, text))

    part = _word(cells.get("role", ""), columns.PARTS)
    if cells.get("role") and part is None:
        refuse("role", "Rollen er ukjent. Se hvilke roller malen har.")
    elif (part := part or defaults.part) is None:
        refuse("role", "Skriv rollen, for eksempel vitne, skadd eller etterlatt.")
    source = _word(cells.get("source", ""), columns.SOURCES)
    if cells.get("source") and source is None:
        refuse("source", "Kilden er ukjent. Se hvilke kilder malen har.")
    protection = _word(cells.get("protection", ""), columns.PROTECTIONS)
    if protection is None:
        refuse("protection", "Skriv fortrolig, strengt fortrolig, eller la feltet stå tomt.")
    language = (cells.get("language") or "nb").replace("_", "-")
    if not _LANGUAGE.fullmatch(language):
        refuse("language", "Skriv språket som kode, for eksempel nb, en eller uk.")
    answers = {name: _yes(cells.get(name, "")) for name in ("interpreter", "death_message")}
    for name, answer in answers.items():
        if answer is None:
            refuse(name, "Skriv ja eller nei.")
    given = _cleaned(_identity(cells, defaults), protection or Protection.NONE, now, refuse)
    if wrong or part is None or given is None:
        return None
    return Newcomer(
        given, part, source or defaults.source, now, protection or Protection.NONE, language,
        bool(answers["interpreter"]), bool(answers["death_message"]),
    )  # fmt: skip


def _identity(cells: Mapping[str, str], defaults: Defaults) -> Identity:
    first, last = cells.get("first_name", ""), cells.get("last_name", "")
    if whole := cells.get(WHOLE_NAME, ""):
        first, last = (first, last) if first or last else divided(whole)
    home = cells.get("municipality", "")
    phones = tuple(one.strip() for one in re.split(r"[,;/\n]", cells.get("phone", "")) if one.strip())
    return Identity(
        first=first, last=last, birth=_birth(cells.get("birth", "")), nin=cells.get("national_id", ""), phones=phones,
        email=cells.get("email", ""), street=cells.get("address", ""), postal_code=cells.get("postal_code", ""),
        home=defaults.homes.get(home.casefold(), home), **{name: cells.get(name, "") for name in PLAIN},
    )  # fmt: skip


def _cleaned(
    given: Identity, protection: Protection, now: datetime, refuse: Callable[[str, str], None]
) -> Identity | None:
    try:
        return clean(given, protection, now)
    except BadInput as error:
        refuse(FIELD_OF.get(error.field, error.field), error.text)
        return None


def divided(whole: str) -> tuple[str, str]:
    """Divide a whole name: "Solbakken, Ida Marie" or "Ida Marie Solbakken"."""
    if "," in whole:
        last, _comma, first = whole.partition(",")
        return first.strip(), last.strip()
    first, _space, last = whole.rpartition(" ")
    return first.strip(), last.strip()


def _birth(text: str) -> str:
    """Return a date as a spreadsheet may write it, without the time of day it adds."""
    return re.sub(r"[T ]00:00(:00)?(\.0+)?$", "", text)


def _word(text: str, known: Mapping[str, Word]) -> Word | None:
    return known.get(_plain(text))


@lru_cache(maxsize=1000)
def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", text).casefold().rstrip(".")


def _yes(text: str) -> bool | None:
    plain = text.casefold().rstrip(".")
    return True if plain in YES else False if plain in NO else None
