"""From a sheet's cells to what a service becomes. Nothing is guessed: what cannot be read is said, by row and field."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from samvirke.catalogue import values
from samvirke.catalogue.importing import reading
from samvirke.catalogue.importing.building import Builder, ChannelTold, PhoneTold
from samvirke.catalogue.importing.files import Record
from samvirke.catalogue.importing.words import (
    CHANNEL_WORDS,
    COLUMNS,
    LANGUAGE_WORDS,
    LEVEL_WORDS,
    PHONE_FOR_WORDS,
    REQUIRED,
    TEXT_COLUMNS,
    WRITTEN_WORDS,
    YES_WORDS,
    column_of,
    translated,
)
from samvirke.kit.errors import BadInput

EXAMPLE = "Eksempel: "


def columns(heading: Sequence[str], name: str) -> list[str]:
    """Return the English column names of a heading row. Raises BadInput naming the column that is wrong."""
    found: list[str] = []
    for title in heading:
        column = column_of(values.shown(title))
        if column is None:
            known = ", ".join(COLUMNS)
            raise BadInput(
                _("Kolonnen er ukjent. Kolonnene er: {known}.").format(known=known),
                name,
                1,
                values.shown(title),
            )
        if column and column in found:
            raise BadInput(_("Kolonnen står to ganger."), name, 1, values.shown(title))
        found.append(column)
    for column in REQUIRED:
        if column not in found:
            raise BadInput(
                _("Kolonnen mangler. Hent en tom mal, og bruk overskriftene der."), name, 1, column
            )
    return found


def build(record: Record, kinds: Mapping[str, str], municipality: str) -> Builder:
    """Return what a row of a sheet tells, and what is wrong with it."""
    found, cells = Builder(record.number), record.cells
    for column, problem in record.problems:
        found.refuse(column, problem)
    for column, make in _CELLS.items():
        if column in cells:
            found.put(column, make, cells[column])
    if "actor" in cells:
        reading.put_kind(found, cells["actor"], kinds)
    if "access" in cells:
        found.put("access", lambda cell: reading.access(cell, kinds), cells["access"])
    for column, cell in cells.items():
        if column in TEXT_COLUMNS:
            found.write(column, column, cell)
        elif told := translated(column):
            found.write(column, told[0], cell, told[1])
    _put_phones(found, cells, municipality)
    if found.text.get("name", "").startswith(EXAMPLE) and str(found.fields.get("external_id")).startswith(
        "eksempel-"
    ):
        found.refuse("external_id", _("Dette er en av malens eksempelrader. Slett den."))
    return found


def _address(cell: str) -> dict[str, str]:
    """Read "Storgata 1, 1771 Halden". With a comma at the end it is a street and nothing else."""
    plain = values.line(cell)
    found = None if plain.endswith(",") else reading.PLACE.fullmatch(f",{plain}")
    return {
        "street_address": (found["street"][1:] if found else plain).rstrip(", "),
        "postal_code": found["code"] if found else "",
    }


def _languages(cell: str) -> list[str]:
    return values.spoken([LANGUAGE_WORDS.get(word.casefold(), word) for word in reading.parts(cell)])


def _interpreter(cell: str) -> bool | None:
    plain = values.line(cell).casefold()
    if plain and plain not in YES_WORDS:
        raise values.Refused(_("«{value}» er verken ja eller nei.").format(value=values.shown(cell)))
    return YES_WORDS.get(plain)


def _channels(cell: str) -> tuple[ChannelTold, ...]:
    """Read one channel per line: what it is, its address, and its hours: "chat https://… Mo-Fr 09:00-15:00"."""
    found = []
    for line in re.split(r"\n|\s\|\s", values.prose(cell, reading.LONGEST_LIST)):
        if line.strip():
            kind, _space, rest = line.strip().partition(" ")
            address, _space, hours = rest.strip().partition(" ")
            word = kind.rstrip(":").casefold()
            found.append(ChannelTold(CHANNEL_WORDS.get(word, word), address, values.opening_hours(hours)))
    return tuple(found)


def _put_phones(found: Builder, cells: Mapping[str, str], municipality: str) -> None:
    if "phone" in cells:
        found.put("phone", lambda cell: {"phones": _phones(cell, cells)}, cells["phone"])
        reading.check_phones(found, municipality)
        return
    for column in ("phone_hours", "phone_label", "phone_for"):
        if cells.get(column):
            found.refuse(column, _lacking(column))


def _lacking(column: str) -> str:
    if column == "phone_hours":
        return _("Telefontiden mangler et telefonnummer.")
    return _("Telefonnummeret mangler.")


def _uneven(column: str) -> str:
    return {
        "phone_hours": _(
            "Det er {count} numre, men {told} telefontider. Skriv én for alle, eller én til hvert."
        ),
        "phone_label": _(
            "Det er {count} numre, men {told} telefonnavn. Skriv ett for alle, eller ett til hvert."
        ),
        "phone_for": _(
            "Det er {count} numre, men {told} svar i «phone_for». Skriv ett for alle, eller ett til hvert."
        ),
    }[column]


def _phones(cell: str, cells: Mapping[str, str]) -> tuple[PhoneTold, ...]:
    """Read numbers divided by ; , / or |, with what belongs to each: one for all, or one each divided by |."""
    numbers = [part.strip() for part in re.split(r"[;|,/\n]", cell) if part.strip()]
    when = _each(cells, "phone_hours", len(numbers))
    labels = _each(cells, "phone_label", len(numbers))
    whom = _each(cells, "phone_for", len(numbers))
    return tuple(
        PhoneTold(number, hours, None if label is None else {"": label}, _whom(who))
        for number, hours, label, who in zip(numbers, when, labels, whom, strict=True)
    )


def _each(cells: Mapping[str, str], column: str, count: int) -> list[str | None]:
    """Divide a cell among the numbers; None for each when the sheet has no such column."""
    if column not in cells:
        return [None] * count
    found: list[str | None] = [part.strip() for part in cells[column].split("|")]
    if not count and found != [""]:
        raise values.Refused(_lacking(column))
    if len(found) == 1:
        found *= count
    if len(found) != count:
        raise values.Refused(_uneven(column).format(count=count, told=len(found)))
    return found


def _whom(word: str | None) -> bool | None:
    if not word:
        return None
    if word.casefold() not in PHONE_FOR_WORDS:
        raise values.Refused(
            _("«{value}» sier ikke hvem nummeret er for. Skriv «alle» eller «fagfolk».").format(
                value=values.shown(word)
            )
        )
    return PHONE_FOR_WORDS[word.casefold()]


_CELLS: Mapping[str, Callable[[str], Mapping[str, Any]]] = {
    "external_id": lambda cell: {"external_id": reading.code(cell)},
    "target_groups": lambda cell: {"groups": reading.groups(cell)},
    "age_min": lambda cell: {"age_min": reading.age(cell)},
    "age_max": lambda cell: {"age_max": reading.age(cell)},
    "opening_hours": lambda cell: {"opening_hours": values.opening_hours(cell)},
    "address": _address,
    "url": lambda cell: {"url": values.url(cell)},
    "languages": lambda cell: {"languages": _languages(cell)},
    "owner": lambda cell: {"owner": values.line(cell)},
    "level": lambda cell: reading.level(LEVEL_WORDS.get(values.line(cell).casefold(), values.line(cell))),
    "language": lambda cell: reading.written_in(
        WRITTEN_WORDS.get(values.line(cell).casefold(), values.line(cell))
    ),
    "interpreter": lambda cell: {"interpreter": _interpreter(cell)},
    "channels": lambda cell: {"channels": _channels(cell)},
}
