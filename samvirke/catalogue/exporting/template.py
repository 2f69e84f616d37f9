"""The empty sheet: headings, two examples, drop-downs, and a sheet that explains every column."""

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from django.utils.translation import gettext as _

from samvirke.catalogue.exporting import workbook
from samvirke.catalogue.finnhjelp.site import Access
from samvirke.catalogue.importing.words import COLUMNS
from samvirke.kit.errors import BadInput

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


def write(path: Path, kinds: Sequence[tuple[str, str]]) -> None:
    """Write an empty sheet, .xlsx or .csv by the file's name. `kinds`: (key, Norwegian name) of the actor kinds."""
    makers: Mapping[str, Callable[[Sequence[tuple[str, str]]], bytes]] = {
        ".csv": csv_file,
        ".xlsx": xlsx_file,
    }
    if path.suffix.lower() not in makers:
        raise BadInput(_("Malen må hete noe som slutter på .xlsx eller .csv."), path.name)
    try:
        path.write_bytes(makers[path.suffix.lower()](kinds))
    except OSError as error:
        raise BadInput(_("Filen kan ikke skrives der."), path.name) from error


def csv_file(_kinds: Sequence[tuple[str, str]] = ()) -> bytes:
    """Return the empty sheet as CSV, with BOM, so that Excel sees æøå."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";")
    writer.writerow(COLUMNS)
    writer.writerows([example[column] for column in COLUMNS] for example in EXAMPLES)
    return out.getvalue().encode("utf-8-sig")


def xlsx_file(kinds: Sequence[tuple[str, str]]) -> bytes:
    """Return the empty sheet as a workbook."""
    return workbook.write(workbook.Sheet(COLUMNS, EXAMPLES, kinds))
