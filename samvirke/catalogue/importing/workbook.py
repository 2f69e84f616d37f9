"""Reads the first sheet of a workbook in a process of its own, with little memory and little time.

    python workbook.py MOST_ROWS LARGEST_OUT  < sheet.xlsx  > one JSON list per row

A workbook of some kilobytes can make any reader ask for terabytes: a million cells that all show the same long text,
one cell far out. Here it gets what it may have, and only this process ends. Imports nothing of ours: it starts at once.
"""

import datetime as dt
import io
import json
import resource
import sys
from contextlib import suppress

from python_calamine import CalamineError, CalamineWorkbook

MEMORY = 1_000_000_000  # bytes
SECONDS = 30
TOO_LARGE, UNREADABLE = 3, 4


def shown(cell: object) -> str:
    """Return a cell as it is shown in the sheet: whole numbers without decimals."""
    if isinstance(cell, bool):
        return "ja" if cell else "nei"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, dt.datetime | dt.date | dt.time):
        return cell.isoformat()
    return str(cell)


def main(most_rows: int, largest: int) -> int:
    """Write the rows, the empty ones above the first too; return the exit code."""
    for limit, value in ((resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CPU, SECONDS)):
        with suppress(ValueError, OSError):  # not every system has every limit
            resource.setrlimit(limit, (value, value))
    try:
        sheet = CalamineWorkbook.from_filelike(io.BytesIO(sys.stdin.buffer.read())).get_sheet_by_index(0)
        rows = sheet.to_python(skip_empty_area=False)
    except (CalamineError, ValueError, IndexError):
        return UNREADABLE
    except MemoryError:
        return TOO_LARGE
    written = 0
    for cells in rows[: most_rows + 1]:
        line = json.dumps([shown(cell) for cell in cells])
        written += len(line)
        if written > largest:
            return TOO_LARGE
        sys.stdout.write(line + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), int(sys.argv[2])))
