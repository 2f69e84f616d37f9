"""The empty sheet: headings, two examples, drop-downs, and a sheet that explains every column."""

import csv
from collections.abc import Sequence
from pathlib import Path

import xlsxwriter
from xlsxwriter.format import Format

from samvirke.catalogue.finnhjelp.site import Access, Group
from samvirke.catalogue.importing.words import COLUMNS, NORWEGIAN
from samvirke.kit.errors import BadInput

EXPLAINED = {
    "external_id": "Tjenestens egen kode hos dere. Må fylles ut. Endres aldri: den avgjør om raden er ny eller en endring.",
    "name": "Navnet folk kjenner. Må fylles ut.",
    "actor": "Typen tjeneste. Må fylles ut. Velg fra listen.",
    "target_groups": "Hvem den er for, med semikolon mellom: alle, barn, ungdom, voksne, eldre, foreldre, pårørende, etterlatte, utsatte, besøkende, fagfolk.",
    "age_min": "Laveste alder i hele år. Tomt felt: ingen grense.",
    "age_max": "Høyeste alder i hele år. Tomt felt: ingen grense.",
    "description": "Hva tjenesten gjør, i klart språk. Ren tekst.",
    "access": "Vei inn: self (ta kontakt selv), through:legevakt (gjennom en annen tjeneste), referral (henvisning), professionals (bare fagfolk). Tomt felt: ikke sagt.",
    "phone": "Lokalt nummer med åtte sifre. Flere numre med semikolon mellom. 113, 116 117 og andre nasjonale numre skal ikke stå her.",
    "phone_hours": "Når telefonen er betjent: Mo-Fr 08:00-15:00; PH off. Døgnet rundt: 24/7. Én tid for alle numrene, eller én til hvert med | mellom.",
    "opening_hours": "Når stedet er åpent, skrevet som telefontiden. Mo Tu We Th Fr Sa Su er dagene, PH er helligdager, off er stengt.",
    "address": "Besøksadresse: Storgata 1, 1771 Halden.",
    "url": "Tjenestens egen nettside.",
    "languages": "Språk de ansatte snakker, med semikolon mellom: norsk; engelsk; ukrainsk – eller koder: nb; en; uk.",
}
EXAMPLES = (
    {
        "external_id": "eksempel-1",
        "name": "Eksempel: Psykisk helse og rus",
        "actor": "psykisk-helse-rus",
        "target_groups": "voksne; pårørende",
        "age_min": "18",
        "age_max": "",
        "description": "Samtaler og støtte for deg som har det vanskelig.",
        "access": Access.SELF.value,
        "phone": "00 00 00 01",
        "phone_hours": "Mo-Fr 08:00-15:00; PH off",
        "opening_hours": "Mo-Fr 08:00-15:30; We 08:00-18:00; PH off",
        "address": "Storgata 1, 1771 Halden",
        "url": "https://www.example.no/psykisk-helse",
        "languages": "norsk; engelsk",
    },
    {
        "external_id": "eksempel-2",
        "name": "Eksempel: Kriseteamet",
        "actor": "kriseteam",
        "target_groups": "alle",
        "age_min": "",
        "age_max": "",
        "description": "Hjelp når noe brått og alvorlig har hendt. Slett disse to eksempelradene.",
        "access": "through:legevakt",
        "phone": "",
        "phone_hours": "",
        "opening_hours": "",
        "address": "",
        "url": "",
        "languages": "norsk",
    },
)
ROWS_WITH_LISTS = 5_000


def write(path: Path, kinds: Sequence[tuple[str, str]]) -> None:
    """Write an empty sheet, .xlsx or .csv by the file's name. `kinds`: (key, Norwegian name) of the actor kinds."""
    try:
        if path.suffix.lower() == ".csv":
            _write_csv(path)
        elif path.suffix.lower() == ".xlsx":
            _write_xlsx(path, kinds)
        else:
            raise BadInput("Malen må hete noe som slutter på .xlsx eller .csv.", path.name)
    except OSError as error:
        raise BadInput("Filen kan ikke skrives der.", path.name) from error


def _write_csv(path: Path) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as handle:  # with BOM, so that Excel sees æøå
        writer = csv.writer(handle, delimiter=";")
        writer.writerow(COLUMNS)
        writer.writerows([example[column] for column in COLUMNS] for example in EXAMPLES)


def _write_xlsx(path: Path, kinds: Sequence[tuple[str, str]]) -> None:
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(str(path), options)
    try:
        bold = book.add_format({"bold": True, "bg_color": "#E6EDF5", "text_wrap": True})
        wrapped = book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})
        whole = book.add_format({"valign": "top"})
        sheet = book.add_worksheet("Tjenester")
        explained = book.add_worksheet("Forklaring")
        lists = book.add_worksheet("Lister")
        for position, column in enumerate(COLUMNS):
            sheet.write_string(0, position, column, bold)
            form = whole if column in ("age_min", "age_max") else wrapped
            sheet.set_column(position, position, 40 if column == "description" else 20, form)
            for row, example in enumerate(EXAMPLES, start=1):
                _write_cell(sheet, row, position, example[column], form)
        sheet.freeze_panes(1, 2)
        _explain(explained, bold, wrapped)
        _lists(sheet, lists, kinds, bold)
    finally:
        book.close()


def _write_cell(
    sheet: xlsxwriter.worksheet.Worksheet, row: int, position: int, cell: str, form: Format
) -> None:
    if cell.isdigit():
        sheet.write_number(row, position, int(cell), form)
    else:
        sheet.write_string(row, position, cell, form)


def _explain(sheet: xlsxwriter.worksheet.Worksheet, bold: Format, wrapped: Format) -> None:
    sheet.set_column(0, 1, 20)
    sheet.set_column(2, 2, 100)
    for position, title in enumerate(("Kolonne", "Kan også hete", "Forklaring")):
        sheet.write_string(0, position, title, bold)
    for row, column in enumerate(COLUMNS, start=1):
        for position, said in enumerate((column, NORWEGIAN[column], EXPLAINED[column])):
            sheet.write_string(row, position, said, wrapped)


def _lists(
    sheet: xlsxwriter.worksheet.Worksheet,
    lists: xlsxwriter.worksheet.Worksheet,
    kinds: Sequence[tuple[str, str]],
    bold: Format,
) -> None:
    lists.set_column(0, 3, 40)
    for position, title in enumerate(("actor", "Type tjeneste", "target_groups", "access")):
        lists.write_string(0, position, title, bold)
    ways = [way.value for way in Access if way is not Access.THROUGH]
    columns = (
        [key for key, _name in kinds],
        [name for _key, name in kinds],
        [one.value for one in Group],
        ways,
    )
    for position, found in enumerate(columns):
        for row, word in enumerate(found, start=1):
            lists.write_string(row, position, word)
    for column, letter, length in (("actor", "A", len(kinds)), ("access", "D", len(ways))):
        position = COLUMNS.index(column)
        rule = {
            "validate": "list",
            "source": f"=Lister!${letter}$2:${letter}${length + 1}",
            "error_type": "warning",
        }
        sheet.data_validation(1, position, ROWS_WITH_LISTS, position, rule)
    ages = {"validate": "integer", "criteria": "between", "minimum": 0, "maximum": 120, "ignore_blank": True}
    sheet.data_validation(1, COLUMNS.index("age_min"), ROWS_WITH_LISTS, COLUMNS.index("age_max"), ages)
