"""Services from HSDS 3.1 JSON: a list of services, or an object with them under "services" or "contents".

Read: id, name, description, url, minimum_age, maximum_age, eligibility_description, phones.number,
languages, and the first address of the first location. Our own additions to the format, which HSDS
allows: `actor` (key of an actor kind, needed), `target_groups`, `access`, `phone_hours`, `opening_hours`.
HSDS schedules are refused in plain words: opening hours must be given as OSM text.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from samvirke.catalogue.importing import files
from samvirke.catalogue.importing.files import Record
from samvirke.kit.errors import BadInput

_SAME = {
    "id": "external_id",
    "name": "name",
    "description": "description",
    "url": "url",
    "minimum_age": "age_min",
    "maximum_age": "age_max",
    "eligibility_description": "who",
    "actor": "actor",
    "target_groups": "target_groups",
    "access": "access",
    "phone_hours": "phone_hours",
    "opening_hours": "opening_hours",
}


def records(path: Path) -> list[Record]:
    """Return the services of an HSDS file; the first is number 1. Raises BadInput when it is something else."""
    try:
        found = json.loads(files.text(files.content(path), path.name))
    except (ValueError, RecursionError) as error:
        raise BadInput("Filen er ikke gyldig JSON.", path.name) from error
    if isinstance(found, dict):
        found = next(
            (found[key] for key in ("services", "contents") if isinstance(found.get(key), list)), [found]
        )
    if not isinstance(found, list) or not all(isinstance(one, dict) and "name" in one for one in found):
        raise BadInput("Filen må være en liste av HSDS-tjenester, eller et objekt med «services».", path.name)
    if len(found) > files.MOST_ROWS:
        raise BadInput(f"Filen har flere enn {files.MOST_ROWS} tjenester.", path.name)
    return [_record(number, one) for number, one in enumerate(found, start=1)]


def _record(number: int, service: Mapping[str, Any]) -> Record:
    problems: list[tuple[str, str]] = []
    cells = {"external_id": "", "actor": ""}
    for key, column in _SAME.items():
        if service.get(key) is not None:
            value = service[key]
            if isinstance(value, list) and key == "target_groups":
                value = ";".join(map(str, value))
            if isinstance(value, dict | list):
                problems.append((column, f"Feltet {key} må være tekst eller tall."))
            else:
                cells[column] = str(value)
    try:
        cells |= _parts(service)
    except (TypeError, AttributeError, KeyError):
        problems.append(
            ("phones", "phones, languages og locations må være lister av objekter, som i HSDS 3.1.")
        )
    if service.get("schedules") and not service.get("opening_hours"):
        problems.append(
            (
                "opening_hours",
                "HSDS-feltet schedules leses ikke. Skriv åpningstidene som OSM-tekst i opening_hours.",
            )
        )
    if service.get("status", "active") != "active":
        problems.append(("status", "Tjenesten er ikke aktiv. Ta den ut av filen."))
    return Record(number, cells, tuple(problems))


def _parts(service: Mapping[str, Any]) -> dict[str, str]:
    cells = {}
    if "phones" in service:
        cells["phone"] = ";".join(str(phone["number"]) for phone in service["phones"])
    if "languages" in service:
        cells["languages"] = ";".join(str(one.get("code") or one["name"]) for one in service["languages"])
    at = [one["location"] for one in service.get("service_at_locations") or [] if one.get("location")]
    for location in [*(service.get("locations") or []), *at]:
        for address in location.get("addresses") or []:
            place = " ".join(str(address[key]) for key in ("postal_code", "city") if address.get(key))
            cells.setdefault("address", ", ".join(filter(None, (str(address.get("address_1") or ""), place))))
    return cells
