"""Reading the data files: rows that check what they hold and name file, row and field when they cannot."""

import csv
import json
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from stdnum.exceptions import ValidationError
from stdnum.no import orgnr

from samvirke.kit.errors import BadInput
from samvirke.kit.hours.parse import parse

DATA = Path(__file__).parent / "data"
LANGUAGES = ("nb", "nn", "en")
EXPECTED_LANGUAGES = "nb, nn og en"


@dataclass(frozen=True)
class Row:
    """One row of a CSV file. Every method returns one field's value or raises BadInput."""

    file: str
    number: int
    cells: dict[str, str]

    def wrong(self, field: str, text: str) -> BadInput:
        return BadInput(text, self.file, self.number, field)

    def text(self, field: str, *, optional: bool = False) -> str:
        value = self.cells[field]
        if value != value.strip():
            raise self.wrong(field, "Verdien begynner eller slutter med mellomrom. Ta det bort.")
        if not value and not optional:
            raise self.wrong(field, "Verdien mangler. Fyll den ut.")
        return value

    def code(self, field: str, digits: int) -> str:
        value = self.text(field)
        if not re.fullmatch(rf"[0-9]{{{digits}}}", value):
            raise self.wrong(field, f"«{value}» må være {digits} sifre.")
        return value

    def one_of(self, field: str, allowed: Collection[str], *, optional: bool = False) -> str:
        value = self.text(field, optional=optional)
        if value and value not in allowed:
            raise self.wrong(
                field, f"«{value}» finnes ikke. Lovlige verdier: {', '.join(sorted(allowed)[:25])}."
            )
        return value

    def yes(self, field: str) -> bool:
        return self.one_of(field, {"yes", "no"}) == "yes"

    def whole(self, field: str) -> int:
        value = self.text(field)
        try:
            return int(value)
        except ValueError:
            raise self.wrong(field, f"«{value}» er ikke et helt tall.") from None

    def whole_or_none(self, field: str) -> int | None:
        return self.whole(field) if self.cells[field] else None

    def degrees(self, field: str, low: float, high: float) -> float:
        value = self.text(field)
        try:
            number = float(value)
        except ValueError:
            raise self.wrong(field, f"«{value}» er ikke et tall.") from None
        if not low <= number <= high:
            raise self.wrong(field, f"{value} ligger ikke i Norge ({low:g}–{high:g}).")
        return number

    def day(self, field: str) -> date:
        value = self.text(field)
        try:
            return date.fromisoformat(value)
        except ValueError:
            raise self.wrong(field, f"«{value}» er ikke en dato. Skriv åååå-mm-dd.") from None

    def day_or_none(self, field: str) -> date | None:
        return self.day(field) if self.cells[field] else None

    def organisation(self, field: str, *, optional: bool = False) -> str:
        value = self.text(field, optional=optional)
        if value:
            try:
                orgnr.validate(value)
            except ValidationError:
                raise self.wrong(field, f"«{value}» er ikke et gyldig organisasjonsnummer.") from None
        return value

    def link(self, field: str, *, optional: bool = False) -> str:
        value = self.text(field, optional=optional)
        address = urlsplit(value)
        if value and (address.scheme != "https" or not address.hostname):
            raise self.wrong(field, f"«{value}» må være en lenke som begynner med https://.")
        return value

    def phone(self, field: str) -> str:
        value = self.text(field, optional=True)
        if value and not re.fullmatch(r"\+47[0-9]{8}|[0-9]{3,6}", value):
            raise self.wrong(field, f"«{value}» må være et kortnummer eller +47 og åtte sifre.")
        return value

    def hours(self, field: str) -> str:
        value = self.text(field, optional=True)
        if value:
            try:
                parse(value)
            except ValueError as error:
                raise self.wrong(field, str(error)) from None
        return value

    def several(self, field: str) -> list[str]:
        return [part for part in self.text(field, optional=True).split(";") if part]


def rows(folder: Path, file: str, fields: Collection[str]) -> Iterator[Row]:
    """Yield the rows of a CSV file (UTF-8, comma, heading first). Raises BadInput for a wrong heading."""
    try:
        with (folder / file).open(encoding="utf-8-sig", newline="") as handle:
            reader = csv.DictReader(handle, restkey="", restval=None)
            heading = list(reader.fieldnames or [])
            for field in fields:
                if field not in heading:
                    raise BadInput(
                        f"Kolonnen mangler. Første rad må ha: {', '.join(fields)}.", file, 1, field
                    )
            for number, cells in enumerate(reader, start=2):
                if "" in cells or None in cells.values():
                    raise BadInput(f"Raden har ikke {len(heading)} felter.", file, number)
                yield Row(file, number, cells)
    except FileNotFoundError:
        raise BadInput("Filen finnes ikke.", file) from None
    except UnicodeDecodeError:
        raise BadInput("Filen er ikke UTF-8. Lagre den som UTF-8.", file) from None


def actor_texts(folder: Path, file: str = "actors.json") -> list[dict[str, Any]]:
    """Return the actors as they stand in the file, checked. The row in an error is the actor's number, from 1."""
    try:
        found = json.loads((folder / file).read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        raise BadInput("Filen finnes ikke.", file) from None
    except ValueError as error:
        raise BadInput(f"Filen er ikke gyldig JSON: {error}", file) from None
    seen: set[str] = set()
    for number, actor in enumerate(found, start=1):
        _check_actor(actor, file, number)
        if actor["key"] in seen:
            raise BadInput(f"Nøkkelen «{actor['key']}» står to ganger.", file, number, "key")
        seen.add(actor["key"])
    return list(found)


def _check_actor(actor: dict[str, Any], file: str, number: int) -> None:
    for field in ("key", "level", "level_today", "guideline_name", "name", "target", "tasks", "source"):
        if not actor.get(field):
            raise BadInput("Verdien mangler. Fyll den ut.", file, number, field)
    for field in ("name", "target", "tasks", "level_note"):
        texts = actor.get(field)
        if texts and set(texts) != set(LANGUAGES):
            raise BadInput(f"Teksten må finnes på {EXPECTED_LANGUAGES}.", file, number, field)
    for language in LANGUAGES:
        if not all((actor["name"][language], actor["target"][language], actor["tasks"][language])):
            raise BadInput(f"Teksten på {language} er tom.", file, number, "tasks")
