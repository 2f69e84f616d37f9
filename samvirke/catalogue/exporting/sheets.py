"""Services as rows of a sheet, in the columns that an import reads. Every cell is harmless in a spreadsheet."""

import csv
import io
from collections.abc import Mapping, Sequence

from samvirke.catalogue.exporting.facts import Exported, Place, in_order
from samvirke.catalogue.exporting.workbook import Sheet, write
from samvirke.catalogue.finnhjelp.site import LANGUAGES
from samvirke.catalogue.importing.reading import PLACE
from samvirke.catalogue.importing.words import COLUMNS, MORE, TEXT_COLUMNS
from samvirke.catalogue.inputs import ChannelInput, PhoneInput, ServiceInput
from samvirke.kit.cells import defused

Cells = dict[str, str]


def csv_file(services: Sequence[Exported], place: Place) -> bytes:
    """Return the services as CSV in UTF-8 with BOM and semicolons, as Norwegian spreadsheets open it."""
    columns, rows = table(services, place)
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";")
    writer.writerow(columns)
    writer.writerows([row[column] for column in columns] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def xlsx_file(services: Sequence[Exported], place: Place) -> bytes:
    """Return the services as a workbook with the lists and explanations of the empty template."""
    columns, rows = table(services, place)
    return write(Sheet(columns, rows, list(place.kinds.items())))


def table(services: Sequence[Exported], place: Place) -> tuple[list[str], list[Cells]]:
    """Return the columns and the rows. A translation has a column when some service has it."""
    rows = [cells(one, place) for one in in_order(list(services))]
    extra = [f"{text}_{language}" for language in LANGUAGES for text in TEXT_COLUMNS]
    columns = [*COLUMNS, *MORE, *(column for column in extra if any(row.get(column) for row in rows))]
    return columns, [{column: defused(row.get(column, "")) for column in columns} for row in rows]


def cells(one: Exported, place: Place) -> Cells:
    """Return one service as cells; they are not harmless yet."""
    given, own = one.given, one.given.texts[one.given.language]
    found = {
        "external_id": one.code,
        "actor": given.kind,
        "target_groups": "; ".join(given.groups),
        "age_min": "" if given.age_min is None else str(given.age_min),
        "age_max": "" if given.age_max is None else str(given.age_max),
        "access": f"{given.access}:{given.through}" if given.through else given.access,
        "opening_hours": given.opening_hours,
        "address": _address(given, place.postal),
        "url": given.url,
        "languages": "; ".join(given.languages),
        "owner": given.owner,
        "level": given.level,
        "language": given.language,
        "interpreter": "" if given.interpreter is None else "ja" if given.interpreter else "nei",
        "channels": "\n".join(map(_channel, given.channels)),
        **_phones(given.phones, given.language),
        **{column: getattr(own, column) for column in TEXT_COLUMNS},
    }
    for language, text in given.texts.items():
        if language != given.language:
            found |= {f"{column}_{language}": getattr(text, column) for column in TEXT_COLUMNS}
    return found


def number(e164: str) -> str:
    """Return a number as people write it, in groups: no sign in front, and no spreadsheet takes it for a sum."""
    digits = e164.removeprefix("+47")
    if len(digits) == 8:
        cuts = (3, 5) if digits[0] in "489" else (2, 4, 6)
        return " ".join(digits[a:b] for a, b in zip((0, *cuts), (*cuts, 8), strict=True))
    return " ".join(digits[at : at + 3] for at in range(0, len(digits), 3))


def _phones(phones: Sequence[PhoneInput], language: str) -> Mapping[str, str]:
    labels = [phone.label.get(language, "").replace("|", "/").replace("\n", " ") for phone in phones]
    return {
        "phone": "; ".join(number(phone.number) for phone in phones),
        "phone_hours": _shared([phone.hours for phone in phones]),
        "phone_label": _shared(labels),
        "phone_for": _shared(["alle" if phone.for_residents else "fagfolk" for phone in phones]),
    }


def _shared(found: Sequence[str]) -> str:
    return found[0] if len(set(found)) == 1 else " | ".join(found)


def _channel(channel: ChannelInput) -> str:
    address = channel.address.removeprefix("+47") if channel.kind == "sms" else channel.address
    return " ".join(filter(None, (channel.kind, address, channel.hours)))


def _address(given: ServiceInput, postal: Mapping[str, str]) -> str:
    """Write an address so that it can be told apart again. A street without a postal code ends with a comma if it must."""
    street = given.street_address.rstrip(", ")
    if given.postal_code:
        return f"{street}, {given.postal_code} {postal.get(given.postal_code, '-')}"
    return f"{street}," if PLACE.fullmatch(f",{street}") else street
