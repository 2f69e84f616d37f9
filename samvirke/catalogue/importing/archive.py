"""Is an XLSX file what it says? A workbook is a zip archive, and both can lie about what they hold.

The reader of workbooks (calamine) unpacks each part to its end whatever size the archive claims, makes room for every
cell up to the last one, and reads other formats too when it finds them. So the parts are unpacked here first, piece by
piece, counted and thrown away; workbook.py then reads it with limits of its own.
"""

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator

from django.utils.translation import gettext as _

from samvirke.kit.errors import BadInput

LARGEST_UNPACKED = 150_000_000
MOST_PARTS = 2_000
MOST_ROWS = 50_000
MOST_COLUMNS = 200
MOST_CELLS = 2_000_000

OTHERS = {"mimetype", "content.xml", "xl/workbook.bin"}  # of other kinds of workbooks
_CHUNK = 1 << 20
_HEAD = struct.Struct("<4s22xHH")  # signature, length of name, length of extra
_CELL = re.compile(rb'<(?:\w+:)?c\s[^<>]*?\br\s*=\s*["\']([A-Za-z]{1,4})(\d{1,9})')
_LINKED = ("xl/externallinks/", "xl/connections", "xl/querytables/")


def check(data: bytes, name: str) -> None:
    """Raise BadInput for a workbook that would unpack to far more than it looks, or that fetches from elsewhere."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_UNPACKED:
                raise too_large(name)
            names = [part.filename.lower() for part in parts]
            if "xl/workbook.xml" not in names or OTHERS & set(names) or len(set(names)) < len(names):
                raise unreadable(name)
            if any(one.startswith(_LINKED) for one in names):
                raise BadInput(
                    _("Regnearket henter verdier fra andre filer. Lagre det uten koblinger, eller som .csv."),
                    name,
                )
            left = LARGEST_UNPACKED
            for part in parts:
                left -= _measure(data, part, name, left)
    except (
        zipfile.BadZipFile,
        zlib.error,
        struct.error,
        NotImplementedError,
        RuntimeError,
        EOFError,
        ValueError,
    ) as error:
        raise unreadable(name) from error


def unreadable(name: str) -> BadInput:
    """Return the error of a workbook that cannot be read."""
    return BadInput(_("Regnearket kan ikke leses. Åpne det og lagre det på nytt som .xlsx."), name)


def too_large(name: str) -> BadInput:
    """Return the error of a workbook that holds more than we take."""
    return BadInput(_("Regnearket er for stort når det pakkes ut."), name)


def _measure(data: bytes, part: zipfile.ZipInfo, name: str, left: int) -> int:
    """Return how much a part unpacks to. Of a sheet: also see that no cell lies far out."""
    sheet = part.filename.startswith("xl/worksheets/") and part.filename.endswith(".xml")
    size, tail, rows, columns = 0, b"", 1, 1
    for chunk in _unpacked(data, part):
        size += len(chunk)
        if size > left:
            raise too_large(name)
        if not sheet:
            continue
        for letters, row in _CELL.findall(tail + chunk):
            rows, columns = max(rows, int(row)), max(columns, _column(letters))
        if rows > MOST_ROWS or columns > MOST_COLUMNS or rows * columns > MOST_CELLS:
            raise BadInput(
                _("Regnearket har celler utenfor de første {rows} radene og {columns} kolonnene.").format(
                    rows=MOST_ROWS, columns=MOST_COLUMNS
                ),
                name,
            )
        tail = chunk[-200:]
    return size


def _unpacked(data: bytes, part: zipfile.ZipInfo) -> Iterator[bytes]:
    """Yield a part's bytes until its stream ends, whatever size it claims."""
    signature, named, extra = _HEAD.unpack_from(data, part.header_offset)
    start = part.header_offset + _HEAD.size + named + extra
    packed = data[start : start + part.compress_size]
    if (
        signature != b"PK\x03\x04"
        or part.flag_bits & 1
        or part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
    ):
        raise zipfile.BadZipFile
    if part.compress_type == zipfile.ZIP_STORED:
        yield packed
        return
    stream = zlib.decompressobj(-zlib.MAX_WBITS)
    while packed and not stream.eof:
        yield stream.decompress(packed, _CHUNK)
        packed = stream.unconsumed_tail


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number
