"""The empty list: headings, an example, and what each column means."""

import csv
import io
from pathlib import Path

import xlsxwriter

from samvirke.followup.importing.columns import COLUMNS
from samvirke.kit.errors import BadInput

EXAMPLE = {
    "first_name": "Eksempel", "last_name": "Slett Denne Raden", "birth": "24.12.2001", "phone": "00 00 00 01",
    "role": "vitne", "source": "politiet", "language": "nb", "best_time": "etter kl. 16",
}  # fmt: skip
HEADINGS = [norwegian for norwegian, _text in COLUMNS.values()]


def write(path: Path) -> None:
    """Write an empty list, .xlsx or .csv by the file's name. Raises BadInput."""
    makers = {".csv": csv_file, ".xlsx": xlsx_file}
    if path.suffix.lower() not in makers:
        raise BadInput("Malen må hete noe som slutter på .xlsx eller .csv.", path.name)
    try:
        path.write_bytes(makers[path.suffix.lower()]())
    except OSError as error:
        raise BadInput("Filen kan ikke skrives der.", path.name) from error


def csv_file() -> bytes:
    """Return the empty list as CSV, with BOM, so that Excel sees æøå."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";")
    writer.writerow(HEADINGS)
    writer.writerow([EXAMPLE.get(name, "") for name in COLUMNS])
    return out.getvalue().encode("utf-8-sig")


def xlsx_file() -> bytes:
    """Return the empty list as a workbook, with a sheet that explains every column."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_numbers": False}) as book:
        bold, text = book.add_format({"bold": True}), book.add_format({"num_format": "@"})
        people, about = book.add_worksheet("Rammede"), book.add_worksheet("Forklaring")
        people.set_column(0, len(HEADINGS) - 1, 18, text)
        for place, (name, heading) in enumerate(zip(COLUMNS, HEADINGS, strict=True)):
            people.write_string(0, place, heading, bold)
            if name in EXAMPLE:
                people.write_string(1, place, EXAMPLE[name], text)
        people.freeze_panes(1, 2)
        about.set_column(0, 0, 22)
        about.set_column(1, 1, 90)
        for row, (heading, meaning) in enumerate(COLUMNS.values()):
            about.write_string(row, 0, heading, bold)
            about.write_string(row, 1, meaning)
    return out.getvalue()
