"""From a sheet's cells to what a service becomes. Nothing is guessed: what cannot be read is said, by row and field."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from samvirke.catalogue import values
from samvirke.catalogue.importing import files, hsds
from samvirke.catalogue.importing.files import Record
from samvirke.catalogue.importing.words import (
    ACCESS_WORDS,
    COLUMNS,
    GROUP_WORDS,
    HEADINGS,
    LANGUAGE_WORDS,
    REQUIRED,
)
from samvirke.catalogue.inputs import PhoneInput
from samvirke.kit.errors import BadInput

# A field of ServiceInput → the column of the sheet it comes from, for messages.
COLUMN_OF = {
    "kind": "actor",
    "groups": "target_groups",
    "street_address": "address",
    "postal_code": "address",
    "through": "access",
    "texts": "name",
}
EXAMPLE = "Eksempel: "
_PLACE = re.compile(r"(?P<street>.*?)[,\s]+(?:NO?-)?(?P<code>\d{4})\s+(?P<place>\D.*)", re.DOTALL)
_WHOLE = re.compile(r"\d{1,3}(\.0+)?")


@dataclass(frozen=True)
class Rejected:
    """A value that cannot be used. `row` 1 is the heading; `field` is the column's English name."""

    row: int
    field: str
    error: str


@dataclass(frozen=True)
class ImportRow:
    """One service of a file. Only what the file has columns for is here; the rest of a service is left alone.

    `fields`: fields of ServiceInput. `text`: fields of TextInput in the municipality's own language.
    """

    number: int
    external_id: str
    fields: Mapping[str, Any] = field(default_factory=dict)
    text: Mapping[str, str] = field(default_factory=dict)


def read(
    path: Path, kinds: Mapping[str, str], municipality: str
) -> tuple[list[ImportRow], list[Rejected], int]:
    """Return the rows that can be tried, what is wrong with the others, and how many there were.

    `kinds`: every way of writing an actor kind, in lower case → its key. `municipality` decides which numbers
    are allowed. Raises BadInput when the file as a
    whole cannot be read.
    """
    records = files.records(path, resolve=_columns)
    if records is None:
        records = hsds.records(path)
    good: list[ImportRow] = []
    rejected: list[Rejected] = []
    first: dict[str, int] = {}
    for record in records:
        row, wrong = _row(record, kinds, municipality)
        seen = first.setdefault(row.external_id, row.number) if row.external_id else row.number
        if seen != row.number:
            wrong.append(Rejected(row.number, "external_id", f"«{row.external_id}» står også på rad {seen}."))
        if wrong:
            rejected += wrong
        else:
            good.append(row)
    return good, rejected, len(records)


def _columns(heading: Sequence[str], name: str) -> list[str]:
    """Return the English column names of a heading row. Raises BadInput naming the column that is wrong."""
    found = []
    for title in heading:
        plain = re.sub(r"[\s_*-]+", "_", values.shown(title).casefold()).strip("_")
        if plain and plain not in HEADINGS:
            known = ", ".join(COLUMNS)
            raise BadInput(f"Kolonnen er ukjent. Kolonnene er: {known}.", name, 1, values.shown(title))
        column = HEADINGS.get(plain, "")
        if column and column in found:
            raise BadInput("Kolonnen står to ganger.", name, 1, values.shown(title))
        found.append(column)
    for column in REQUIRED:
        if column not in found:
            raise BadInput("Kolonnen mangler. Hent en tom mal med --template.", name, 1, column)
    return found


def _row(record: Record, kinds: Mapping[str, str], municipality: str) -> tuple[ImportRow, list[Rejected]]:
    wrong = [Rejected(record.number, name, text) for name, text in record.problems]
    fields: dict[str, Any] = {}
    text: dict[str, str] = {}

    def put(column: str, make: Callable[[str], Mapping[str, Any]], into: dict[str, Any] = fields) -> None:
        if column in record.cells:
            try:
                into.update(make(record.cells[column]))
            except values.Refused as error:
                wrong.append(Rejected(record.number, column, str(error)))

    put("name", lambda cell: {"name": values.name(cell)}, text)
    put("description", lambda cell: {"description": values.prose(cell)}, text)
    put("who", lambda cell: {"who": values.prose(cell)}, text)
    put("external_id", lambda cell: {"external_id": _required(values.line(cell))})
    put("actor", lambda cell: {"kind": _kind(cell, kinds)})
    put("target_groups", lambda cell: {"groups": _groups(cell)})
    put("age_min", lambda cell: {"age_min": _age(cell)})
    put("age_max", lambda cell: {"age_max": _age(cell)})
    put("access", lambda cell: _access(cell, kinds))
    put("opening_hours", lambda cell: {"opening_hours": values.opening_hours(cell)})
    put("address", _address)
    put("url", lambda cell: {"url": values.url(cell)})
    put("languages", lambda cell: {"languages": _languages(cell)})
    if "phone" in record.cells:
        put("phone", lambda cell: {"phones": _phones(cell, record.cells.get("phone_hours", ""))})
        wrong += _wrong_phones(record.number, fields.get("phones", ()), municipality)
    elif record.cells.get("phone_hours"):
        wrong.append(Rejected(record.number, "phone_hours", "Telefontiden mangler et telefonnummer."))
    if text.get("name", "").startswith(EXAMPLE) and str(fields.get("external_id", "")).startswith(
        "eksempel-"
    ):
        wrong.append(
            Rejected(record.number, "external_id", "Dette er en av malens eksempelrader. Slett den.")
        )
    return ImportRow(record.number, fields.get("external_id", ""), fields, text), wrong


def _required(text: str) -> str:
    if not text:
        raise values.Refused(
            "Skriv en kode som er tjenestens egen, for eksempel «kriseteam-1». Den skal aldri endres."
        )
    return text


def _kind(cell: str, kinds: Mapping[str, str]) -> str:
    plain = values.line(cell).casefold()
    if not plain:
        raise values.Refused("Skriv hvilken type tjeneste dette er, for eksempel «kriseteam».")
    if plain not in kinds:
        raise values.Refused(f"«{values.shown(cell)}» er ikke en kjent type tjeneste. Nøklene står i malen.")
    return kinds[plain]


def _groups(cell: str) -> list[str]:
    return values.groups([GROUP_WORDS.get(word.casefold(), word) for word in _parts(cell)])


def _age(cell: str) -> int | None:
    plain = values.line(cell)
    if not plain:
        return None
    if not _WHOLE.fullmatch(plain):
        raise values.Refused(f"«{values.shown(cell)}» er ikke en alder. Skriv et helt tall fra 0 til 120.")
    return values.age(int(float(plain)))


def _access(cell: str, kinds: Mapping[str, str]) -> dict[str, str]:
    """Read "self", "referral" or "through:legevakt". An empty cell says nothing about the way in."""
    way, _colon, through = values.line(cell).partition(":")
    if not way.strip():
        return {}
    code = values.access(ACCESS_WORDS.get(way.strip().casefold(), way.strip()))
    return {"access": code, "through": _kind(through, kinds) if through.strip() else ""}


def _address(cell: str) -> dict[str, str]:
    plain = values.line(cell)
    found = _PLACE.fullmatch(plain)
    return {
        "street_address": found["street"] if found else plain,
        "postal_code": found["code"] if found else "",
    }


def _languages(cell: str) -> list[str]:
    return values.spoken([LANGUAGE_WORDS.get(word.casefold(), word) for word in _parts(cell)])


def _phones(cell: str, hours_cell: str) -> tuple[PhoneInput, ...]:
    """Read numbers divided by ; , / or |, and their hours: one for all, or one each divided by |."""
    numbers = [part.strip() for part in re.split(r"[;|,/\n]", cell) if part.strip()]
    hours = [part.strip() for part in hours_cell.split("|")]
    if not numbers and hours != [""]:
        raise values.Refused("Telefontiden mangler et telefonnummer.")
    if len(hours) == 1:
        hours = hours * len(numbers)
    if len(hours) != len(numbers):
        raise values.Refused(
            f"Det er {len(numbers)} numre, men {len(hours)} telefontider. Skriv én for alle, eller én til hvert."
        )
    return tuple(PhoneInput(number, when) for number, when in zip(numbers, hours, strict=True))


def _wrong_phones(number: int, phones: Sequence[PhoneInput], municipality: str) -> list[Rejected]:
    """Say which numbers and hours cannot be used, so that a row's mistakes are all told at once."""
    wrong: dict[tuple[str, str], Rejected] = {}
    for phone in phones:
        for column, check in (
            ("phone", partial(values.phone, phone.number, municipality)),
            ("phone_hours", partial(values.opening_hours, phone.hours)),
        ):
            try:
                check()
            except values.Refused as error:
                wrong[column, str(error)] = Rejected(number, column, str(error))
    return list(wrong.values())


def _parts(cell: str) -> list[str]:
    return [part.strip() for part in re.split(r"[;,|/\n]", values.prose(cell)) if part.strip()]
