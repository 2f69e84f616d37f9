"""Services to files: CSV, XLSX and HSDS JSON. Pure, no database."""

from collections.abc import Callable, Mapping, Sequence

from samvirke.catalogue.exporting import hsds, sheets
from samvirke.catalogue.exporting.facts import Exported, Notice, Place

__all__ = ["FORMS", "Exported", "Notice", "Place", "write"]

FORMS: Mapping[str, tuple[Callable[[Sequence[Exported], Place], bytes], str, str]] = {
    "csv": (sheets.csv_file, "csv", "text/csv; charset=utf-8"),
    "xlsx": (
        sheets.xlsx_file,
        "xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
    "hsds": (hsds.write, "json", "application/json"),
}
"""Form → what writes it, the ending of its name, its media type."""


def write(form: str, services: Sequence[Exported], place: Place) -> bytes:
    """Return the services as a file. The same services give the same bytes."""
    return FORMS[form][0](services, place)
