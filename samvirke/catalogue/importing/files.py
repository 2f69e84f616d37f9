"""Reading a file of unknown origin: CSV or XLSX, whatever its encoding, and never more than we can hold."""

import csv
import io
import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

from samvirke.catalogue.importing import archive, workbook
from samvirke.catalogue.importing.archive import MOST_COLUMNS, MOST_ROWS
from samvirke.catalogue.importing.words import column_of
from samvirke.kit.cells import restored
from samvirke.kit.errors import BadInput

LARGEST_FILE = 30_000_000
LARGEST_READ = 60_000_000  # characters in all the cells of a workbook
LONGEST_READ = 60  # seconds, for a workbook
LONGEST_CELL = 20_000_000  # longer ones are refused by row and field; this is only so that they can be
CSV, XLSX, HSDS = "csv", "xlsx", "hsds"

_BROKEN = re.compile("[\udc80-\udcff]")
_BEYOND_ASCII = re.compile("[^\x00-\x7f]")

Resolve = Callable[[Sequence[str], str], list[str]]
"""Makes the English column names ("" for an empty one) of a heading row and the file's name."""


@dataclass(frozen=True)
class File:
    """What somebody gave us."""

    name: str
    data: bytes

    @property
    def form(self) -> str:
        """What it looks like: CSV, XLSX or HSDS."""
        if self.data.startswith(b"PK\x03\x04"):
            return XLSX
        start = self.data[:100].lstrip(b"\xef\xbb\xbf\xff\xfe\0 \t\r\n")[:1]
        return HSDS if start in (b"{", b"[") else CSV


@dataclass(frozen=True)
class Record:
    """One row with its number as a spreadsheet shows it (the heading is 1), and what the reader itself found wrong."""

    number: int
    cells: dict[str, str]
    problems: tuple[tuple[str, str], ...] = ()


def load(path: Path) -> File:
    """Return a file from the disk. Raises BadInput when it is missing or too large."""
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise too_large(path.name, LARGEST_FILE)
        return File(path.name, path.read_bytes())
    except OSError as error:
        raise BadInput(_("Filen finnes ikke, eller den kan ikke leses."), path.name) from error


def too_large(name: str, largest: int) -> BadInput:
    """Return the error of a file with more bytes than we take."""
    return BadInput(_("Filen er større enn {size} MB.").format(size=largest // 1_000_000), name)


def records(file: File, resolve: Resolve) -> list[Record]:
    """Return the rows of a CSV or XLSX file. Empty rows are left out.

    Raises BadInput naming the file when it cannot be read as a whole.
    """
    if not file.data.strip():
        raise BadInput(_("Filen er tom."), file.name)
    if file.form == XLSX:
        return _records(_xlsx(file), file.name, resolve)
    if file.data.startswith(b"\xd0\xcf\x11\xe0"):
        raise BadInput(_("Filen er i det gamle Excel-formatet. Lagre den som .xlsx eller .csv."), file.name)
    return _records(_csv(text(file), file.name), file.name, resolve)


def text(file: File) -> str:
    """Return the text of a file in UTF-8 (with or without BOM), UTF-16 with BOM, or Windows-1252.

    Raises BadInput naming the row when the text is UTF-8 but for a few bytes: read as Windows-1252 every å would
    become something else.
    """
    if file.data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        encodings = ["utf-16"]
    else:
        encodings = ["utf-8-sig", "cp1252"]
        if file.data.count(0) * 10 > len(file.data):  # UTF-16 that does not say so, a picture, a program
            raise BadInput(_("Filen er ikke ren tekst. Lagre den som CSV i UTF-8."), file.name)
        _refuse_broken(file)
    for encoding in encodings:
        try:
            return file.data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise BadInput(_("Filen er verken UTF-8 eller Windows-1252. Lagre den som UTF-8."), file.name)


def _refuse_broken(file: File) -> None:
    """Look at what UTF-8 makes of the bytes, with those it cannot read as signs of their own."""
    read = file.data.decode("utf-8-sig", "surrogateescape")
    broken = len(_BROKEN.findall(read))
    if not broken or len(_BEYOND_ASCII.findall(read)) - broken <= broken:
        return
    cells = enumerate(_csv(read, file.name), 1) if file.form == CSV else ()
    row = next((row for row, found in cells if _BROKEN.search("".join(found))), None)
    raise BadInput(
        _(
            "Raden har et tegn som ikke er UTF-8, men resten av filen er det. Skriv teksten på nytt og lagre filen som UTF-8."
        )
        if row
        else _("Filen er delvis UTF-8 og delvis noe annet. Lagre den på nytt som UTF-8."),
        file.name,
        row,
    )


def _records(rows: Iterable[Sequence[str]], name: str, resolve: Resolve) -> list[Record]:
    found: list[Record] = []
    columns: list[str] | None = None
    for number, cells in enumerate(rows, start=1):
        if number > MOST_ROWS:
            raise BadInput(_("Filen har flere enn {rows} rader.").format(rows=MOST_ROWS), name)
        if not any(cell.strip() for cell in cells):
            continue
        if columns is None:
            columns = resolve(cells, name)
            continue
        found.append(_record(number, cells, columns))
    if columns is None:
        raise BadInput(_("Filen har ingen overskrifter."), name, 1)
    return found


def _record(number: int, cells: Sequence[str], columns: Sequence[str]) -> Record:
    beyond = [cell for cell in cells[len(columns) :] if cell.strip()]
    unnamed = [cell for cell, column in zip(cells, columns, strict=False) if not column and cell.strip()]
    problems = []
    if beyond or unnamed:
        problems.append(
            ("row", _("Raden har flere felter enn overskriftene. Står det et skilletegn inne i en tekst?"))
        )
    padded = [*cells, *[""] * (len(columns) - len(cells))]
    named = {column: restored(cell) for column, cell in zip(columns, padded, strict=False) if column}
    return Record(number, named, tuple(problems))


def _csv(content: str, name: str) -> Iterator[list[str]]:
    heading = content.lstrip("\r\n").split("\n", 1)[0][:100_000]
    delimiter = max(";,\t", key=lambda sign: _recognised(heading, sign))
    before = csv.field_size_limit(LONGEST_CELL)
    try:
        for cells in csv.reader(io.StringIO(content, newline=""), delimiter=delimiter):
            if len(cells) > MOST_COLUMNS:
                raise BadInput(
                    _("Filen har flere enn {columns} kolonner.").format(columns=MOST_COLUMNS), name
                )
            yield cells
    except csv.Error as error:
        raise BadInput(
            _("Filen er ikke gyldig CSV. Åpne den i et regneark og lagre den på nytt."), name
        ) from error
    finally:
        csv.field_size_limit(before)


def _recognised(heading: str, delimiter: str) -> tuple[int, int]:
    titles = heading.split(delimiter)
    return sum(bool(column_of(title.strip(' "\r'))) for title in titles[: MOST_COLUMNS + 1]), len(titles)


def _xlsx(file: File) -> Iterator[list[str]]:
    archive.check(file.data, file.name)
    command = [sys.executable, "-I", workbook.__file__, str(MOST_ROWS), str(LARGEST_READ)]
    try:
        done = subprocess.run(
            command, input=file.data, capture_output=True, check=False, timeout=LONGEST_READ
        )
    except subprocess.TimeoutExpired as error:
        raise archive.too_large(file.name) from error
    if done.returncode:
        known = done.returncode == workbook.UNREADABLE
        raise archive.unreadable(file.name) if known else archive.too_large(file.name)
    for line in done.stdout.splitlines():
        yield json.loads(line)
