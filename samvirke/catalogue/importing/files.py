"""Reading a file of unknown origin: CSV or XLSX, whatever its encoding, and never more than we can hold."""

import csv
import datetime as dt
import io
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from python_calamine import CalamineError, CalamineWorkbook

from samvirke.catalogue.importing.words import HEADINGS
from samvirke.kit.errors import BadInput

LARGEST_FILE = 30_000_000
LARGEST_UNPACKED = 150_000_000
MOST_PARTS = 2_000
MOST_ROWS = 50_000
MOST_COLUMNS = 200
LONGEST_CELL = 20_000_000  # longer ones are refused by row and field; this is only so that they can be

_CELL = re.compile(rb'<(?:\w+:)?c\s[^<>]*?\br\s*=\s*["\']([A-Za-z]{1,4})(\d{1,9})')
_CHUNK = 1 << 20
_BROKEN = re.compile("[\udc80-\udcff]")
_BEYOND_ASCII = re.compile("[^\x00-\x7f]")

Resolve = Callable[[Sequence[str], str], list[str]]
"""Makes the English column names ("" for an empty one) of a heading row and the file's name."""


@dataclass(frozen=True)
class Record:
    """One row with its number as a spreadsheet shows it (the heading is 1), and what the reader itself found wrong."""

    number: int
    cells: dict[str, str]
    problems: tuple[tuple[str, str], ...] = ()


def records(path: Path, resolve: Resolve) -> list[Record] | None:
    """Return the rows of a CSV or XLSX file; None when it is JSON. Empty rows are left out.

    Raises BadInput naming the file when it cannot be read as a whole.
    """
    data = content(path)
    start = data.lstrip(b"\xef\xbb\xbf \t\r\n")[:8]
    if start[:1] in (b"{", b"["):
        return None
    if data.startswith(b"PK\x03\x04"):
        return _records(_xlsx(data, path.name), path.name, resolve)
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise BadInput("Filen er i det gamle Excel-formatet. Lagre den som .xlsx eller .csv.", path.name)
    return _records(_csv(text(data, path.name), path.name), path.name, resolve)


def content(path: Path) -> bytes:
    """Return a file's bytes. Raises BadInput when it is missing, empty or too large."""
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise BadInput(f"Filen er større enn {LARGEST_FILE // 1_000_000} MB.", path.name)
        data = path.read_bytes()
    except OSError as error:
        raise BadInput("Filen finnes ikke, eller den kan ikke leses.", path.name) from error
    if not data.strip():
        raise BadInput("Filen er tom.", path.name)
    return data


def text(data: bytes, name: str) -> str:
    """Return the text of bytes in UTF-8 (with or without BOM), UTF-16 with BOM, or Windows-1252.

    Raises BadInput naming the row when the text is UTF-8 but for a few bytes: read as Windows-1252 every å would
    become something else.
    """
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        encodings = ["utf-16"]
    else:
        encodings = ["utf-8-sig", "cp1252"]
        _refuse_broken(data.decode("utf-8-sig", "surrogateescape"), name)
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise BadInput("Filen er verken UTF-8 eller Windows-1252. Lagre den som UTF-8.", name)


def _refuse_broken(read: str, name: str) -> None:
    """`read`: what UTF-8 makes of the bytes, with those it cannot read as signs of their own."""
    broken = len(_BROKEN.findall(read))
    if not broken or len(_BEYOND_ASCII.findall(read)) - broken <= broken:
        return
    row = next((row for row, cells in enumerate(_csv(read, name), 1) if _BROKEN.search("".join(cells))), None)
    raise BadInput(
        "Raden har et tegn som ikke er UTF-8, men resten av filen er det. Skriv teksten på nytt og lagre filen som "
        "UTF-8.",
        name,
        row,
    )


def _records(rows: Iterable[Sequence[str]], name: str, resolve: Resolve) -> list[Record]:
    found: list[Record] = []
    columns: list[str] | None = None
    for number, cells in enumerate(rows, start=1):
        if number > MOST_ROWS:
            raise BadInput(f"Filen har flere enn {MOST_ROWS} rader.", name)
        if not any(cell.strip() for cell in cells):
            continue
        if columns is None:
            columns = resolve(cells, name)
            continue
        found.append(_record(number, cells, columns))
    if columns is None:
        raise BadInput("Filen har ingen overskrifter.", name, 1)
    return found


def _record(number: int, cells: Sequence[str], columns: Sequence[str]) -> Record:
    beyond = [cell for cell in cells[len(columns) :] if cell.strip()]
    unnamed = [cell for cell, column in zip(cells, columns, strict=False) if not column and cell.strip()]
    problems = []
    if beyond or unnamed:
        problems.append(
            ("row", "Raden har flere felter enn overskriftene. Står det et skilletegn inne i en tekst?")
        )
    padded = [*cells, *[""] * (len(columns) - len(cells))]
    named = {column: cell for column, cell in zip(columns, padded, strict=False) if column}
    return Record(number, named, tuple(problems))


def _csv(content: str, name: str) -> Iterator[list[str]]:
    heading = content.lstrip("\r\n").split("\n", 1)[0]
    delimiter = max(";,\t", key=lambda sign: _recognised(heading, sign))
    before = csv.field_size_limit(LONGEST_CELL)
    try:
        for cells in csv.reader(io.StringIO(content, newline=""), delimiter=delimiter):
            if len(cells) > MOST_COLUMNS:
                raise BadInput(f"Filen har flere enn {MOST_COLUMNS} kolonner.", name)
            yield cells
    except csv.Error as error:
        raise BadInput(
            "Filen er ikke gyldig CSV. Åpne den i et regneark og lagre den på nytt.", name
        ) from error
    finally:
        csv.field_size_limit(before)


def _recognised(heading: str, delimiter: str) -> tuple[int, int]:
    titles = [re.sub(r"[\s_*-]+", "_", title.strip(' "\r').casefold()) for title in heading.split(delimiter)]
    return sum(title in HEADINGS for title in titles), len(titles)


def _xlsx(data: bytes, name: str) -> Iterator[list[str]]:
    _refuse_bombs(data, name)
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
        sheet = workbook.get_sheet_by_index(0)
        rows = sheet.to_python(skip_empty_area=False)
    except (CalamineError, ValueError, IndexError) as error:
        raise BadInput("Regnearket kan ikke leses. Åpne det og lagre det på nytt som .xlsx.", name) from error
    for cells in rows:
        yield [_shown(cell) for cell in cells]


def _refuse_bombs(data: bytes, name: str) -> None:
    """Refuse archives that unpack to far more than they look, and sheets with cells far out.

    The reader makes room for every cell up to the last one: one cell in XFD1048576 would be 17 billion.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_UNPACKED:
                raise BadInput("Regnearket er for stort når det pakkes ut.", name)
            for part in parts:
                if part.filename.startswith("xl/worksheets/") and part.filename.endswith(".xml"):
                    _measure(archive, part, name)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError) as error:
        raise BadInput("Regnearket kan ikke leses. Åpne det og lagre det på nytt som .xlsx.", name) from error


def _measure(archive: zipfile.ZipFile, part: zipfile.ZipInfo, name: str) -> None:
    unpacked, tail = 0, b""
    with archive.open(part) as stream:
        while chunk := stream.read(_CHUNK):
            unpacked += len(chunk)
            if unpacked > LARGEST_UNPACKED:
                raise BadInput("Regnearket er for stort når det pakkes ut.", name)
            for letters, row in _CELL.findall(tail + chunk):
                if int(row) > MOST_ROWS or _column(letters) > MOST_COLUMNS:
                    raise BadInput(
                        f"Regnearket har celler utenfor de første {MOST_ROWS} radene og {MOST_COLUMNS} kolonnene.",
                        name,
                    )
            tail = chunk[-200:]


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


def _shown(cell: object) -> str:
    """Return a cell as it is shown in the sheet: whole numbers without decimals."""
    if isinstance(cell, bool):
        return "ja" if cell else "nei"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, dt.datetime | dt.date | dt.time):
        return cell.isoformat()
    return str(cell)
