"""A workbook of services: the rows, drop-downs, a sheet that explains every column, and one with the words to choose."""

import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from samvirke.catalogue.exporting.explained import explained
from samvirke.catalogue.finnhjelp.site import Access, Group
from samvirke.catalogue.importing.words import COLUMNS, MORE, NORWEGIAN
from samvirke.kit.errors import BadInput

ROWS_WITH_LISTS = 5_000
LONGEST_CELL = 32_767  # characters; a spreadsheet has room for no more
WIDE = {"description", "what_happens", "who", "how", "channels"}
_NO_SIGN = re.compile("[\ufffe\uffff]")  # what XML has no place for
LAID_DOWN = datetime(2026, 1, 1)  # noqa: DTZ001  (the same rows give the same bytes: no clock in the file)


@dataclass(frozen=True)
class Sheet:
    """What a workbook shows. `kinds`: (key, Norwegian name) of the actor kinds."""

    columns: Sequence[str]
    rows: Sequence[Mapping[str, str]]
    kinds: Sequence[tuple[str, str]]


def write(sheet: Sheet) -> bytes:
    """Return the workbook as .xlsx. Raises BadInput for a text that no spreadsheet has room for."""
    out = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    book = xlsxwriter.Workbook(out, options)
    book.set_properties({"created": LAID_DOWN})
    bold = book.add_format({"bold": True, "bg_color": "#E6EDF5", "text_wrap": True})
    wrapped = book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})
    whole = book.add_format({"valign": "top"})
    services, about, lists = (book.add_worksheet(name) for name in ("Tjenester", "Forklaring", "Lister"))
    for position, column in enumerate(sheet.columns):
        services.write_string(0, position, column, bold)
        form = whole if column in ("age_min", "age_max") else wrapped
        services.set_column(position, position, 40 if column in WIDE else 20, form)
        for row, cells in enumerate(sheet.rows, start=1):
            _write_cell(services, (row, position, column), cells.get(column, ""), form)
    services.freeze_panes(1, 2)
    _explain(about, bold, wrapped)
    _lists(services, lists, sheet, bold)
    book.close()
    return out.getvalue()


def _write_cell(sheet: Worksheet, at: tuple[int, int, str], cell: str, form: Format) -> None:
    row, position, column = at
    if len(cell) > LONGEST_CELL:
        raise BadInput(
            _("En tekst er for lang for et regneark. Bruk CSV eller HSDS."), row=row + 1, field=column
        )
    if column in ("age_min", "age_max") and cell.isdigit():
        sheet.write_number(row, position, int(cell), form)
    elif cell:
        sheet.write_string(row, position, _NO_SIGN.sub("\ufffd", cell), form)


def _explain(sheet: Worksheet, bold: Format, wrapped: Format) -> None:
    sheet.set_column(0, 1, 20)
    sheet.set_column(2, 2, 100)
    for position, title in enumerate(("Kolonne", "Kan også hete", "Forklaring")):
        sheet.write_string(0, position, title, bold)
    for row, column in enumerate([*COLUMNS, *MORE], start=1):
        for position, said in enumerate((column, NORWEGIAN[column], explained(column))):
            sheet.write_string(row, position, said, wrapped)


def _lists(services: Worksheet, lists: Worksheet, sheet: Sheet, bold: Format) -> None:
    lists.set_column(0, 3, 40)
    for position, title in enumerate(("actor", "Type tjeneste", "target_groups", "access")):
        lists.write_string(0, position, title, bold)
    ways = [way.value for way in Access if way is not Access.THROUGH]
    columns = (
        [key for key, _name in sheet.kinds],
        [name for _key, name in sheet.kinds],
        [one.value for one in Group],
        ways,
    )
    for position, found in enumerate(columns):
        for row, word in enumerate(found, start=1):
            lists.write_string(row, position, word)
    for column, letter, length in (("actor", "A", len(sheet.kinds)), ("access", "D", len(ways))):
        rule = {"source": f"=Lister!${letter}$2:${letter}${length + 1}", "error_type": "warning"}
        _validate(services, sheet, column, {"validate": "list", **rule})
    ages = {"validate": "integer", "criteria": "between", "minimum": 0, "maximum": 120, "ignore_blank": True}
    for column in ("age_min", "age_max"):
        _validate(services, sheet, column, ages)


def _validate(services: Worksheet, sheet: Sheet, column: str, rule: dict[str, Any]) -> None:
    position = list(sheet.columns).index(column)
    services.data_validation(1, position, max(ROWS_WITH_LISTS, len(sheet.rows)), position, rule)
