"""Services from files: CSV, XLSX and HSDS JSON in; rows and what is wrong with them out. Pure, no database."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from samvirke.catalogue.importing import files, hsds, rows
from samvirke.catalogue.importing.building import Builder, ImportRow, Rejected
from samvirke.catalogue.importing.files import File, load

__all__ = ["Facts", "File", "ImportRow", "Rejected", "Sheet", "load", "read"]


@dataclass(frozen=True)
class Facts:
    """What the reader has to know. `kinds`: every way of writing an actor kind, in lower case → its key.

    `municipality` decides which numbers are allowed; `names`: what it is called, in lower case.
    """

    municipality: str
    kinds: Mapping[str, str]
    today: date
    names: frozenset[str] = frozenset()


@dataclass
class Sheet:
    """What a file holds. `read`: how many rows. `kindless`: rows that lack nothing but a kind we know, by number.

    `titles`: the code and the name of each row that cannot be used, as far as they can be read.
    """

    form: str
    read: int = 0
    rows: list[ImportRow] = field(default_factory=list)
    rejected: list[Rejected] = field(default_factory=list)
    kindless: dict[int, ImportRow] = field(default_factory=dict)
    titles: dict[int, tuple[str, str]] = field(default_factory=dict)


def read(file: File, facts: Facts) -> Sheet:
    """Return the rows that can be tried and what is wrong with the others.

    Raises BadInput when the file as a whole cannot be read.
    """
    found = Sheet(file.form)
    first: dict[str, int] = {}
    for one in _built(file, facts):
        code = one.fields.get("external_id", "")
        if code and first.setdefault(code, one.number) != one.number:
            one.refuse(
                "external_id", _("«{code}» står også på rad {row}.").format(code=code, row=first[code])
            )
        found.read += 1
        found.rejected += one.wrong
        if not one.wrong:
            found.rows.append(one.row())
            continue
        found.titles[one.number] = (code, one.text.get("name", ""))
        if one.asked is not None and len(one.wrong) == 1:
            found.kindless[one.number] = one.row()
    return found


def _built(file: File, facts: Facts) -> Iterable[Builder]:
    if file.form == files.HSDS:
        place = hsds.Place(facts.municipality, facts.names)
        for number, service in enumerate(hsds.services(file), start=1):
            yield hsds.build(number, service, facts.kinds, place, facts.today)
    else:
        for record in files.records(file, rows.columns):
            yield rows.build(record, facts.kinds, facts.municipality)
