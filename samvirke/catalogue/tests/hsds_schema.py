"""Checks JSON against a JSON Schema, as much of it as the HSDS schemas use, and what we write against our own.

OURS is what an export must be: the part of HSDS 3.1 that we write, and nothing that is not written here.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

TYPES: Mapping[str, Any] = {
    "string": str,
    "number": (int, float),
    "integer": int,
    "boolean": bool,
    "object": dict,
    "array": list,
}
FORMATS = {
    "uuid": r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}",
    "uri": r"[a-z][a-z0-9+.-]*:\S+",
    "email": r"[^@\s]+@[^@\s]+",
    "date": r"\d{4}-\d\d-\d\d",
    "date-time": r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d.*",
}
ID = {"type": "string", "format": "uuid"}
TEXT = {"type": "string", "minLength": 1}
DATE = {"type": "string", "format": "date"}
TEXTS = {"type": "object", "additionalProperties": TEXT}


def listed(required: str, **properties: object) -> dict[str, object]:
    return {"type": "array", "minItems": 1, "items": an(required, **properties)}


def an(required: str, **properties: object) -> dict[str, object]:
    return {
        "type": "object",
        "required": required.split(),
        "properties": {name: TEXT if what is None else what for name, what in properties.items()},
        "additionalProperties": False,
    }


SCHEDULES = listed(
    "id freq byday opens_at closes_at",
    id=ID,
    freq={"enum": ["WEEKLY"]},
    byday=None,
    opens_at={"type": "string", "pattern": r"\d\d:\d\d"},
    closes_at={"type": "string", "pattern": r"\d\d:\d\d"},
    description=None,
)
TERM = an(
    "id code name description taxonomy taxonomy_id",
    id=ID,
    code=None,
    name=None,
    description=None,
    taxonomy=None,
    taxonomy_id=ID,
)
ADDRESS = listed(
    "id address_1 city state_province postal_code country address_type",
    id=ID,
    address_1=None,
    city=None,
    state_province=None,
    postal_code={"type": "string", "pattern": r"\d{4}"},
    country={"enum": ["NO"]},
    address_type={"enum": ["physical"]},
)
LOCATION = an(
    "id location_type",
    id=ID,
    location_type={"enum": ["physical"]},
    addresses=ADDRESS,
    accessibility=listed("id description", id=ID, description=None),
    street_address=None,
    postal_code=None,
)
OURS = an(
    "id name status service_areas attributes language actor level access",
    **dict.fromkeys(
        "external_id name description application_process fees_description eligibility_description alert "
        "interpretation_services what_happens confidentiality professional_alert actor access opening_hours".split()
    ),
    id=ID,
    organization_id=ID,
    url={"type": "string", "format": "uri"},
    email={"type": "string", "format": "email"},
    status={"enum": ["active", "inactive", "temporarily closed"]},
    minimum_age={"type": "number"},
    maximum_age={"type": "number"},
    assured_date=DATE,
    assurer_email={"type": "string", "format": "email"},
    phones=listed(
        "id number type for_residents",
        id=ID,
        number={"type": "string", "pattern": r"\+\d{7,15}"},
        type={"enum": ["voice"]},
        description=None,
        labels=TEXTS,
        phone_hours=None,
        schedules=SCHEDULES,
        for_residents={"type": "boolean"},
    ),
    schedules=SCHEDULES,
    service_areas=listed(
        "id name extent extent_type", id=ID, name=None, extent=None, extent_type=None, uri=None
    ),
    service_at_locations=listed("id location", id=ID, location=LOCATION),
    languages=listed("id code", id=ID, code=None),
    organization=an("id name description", id=ID, name=None, description=None),
    attributes=listed(
        "id link_entity taxonomy_term_id taxonomy_term",
        id=ID,
        link_entity=None,
        taxonomy_term_id=ID,
        taxonomy_term=TERM,
    ),
    language={"enum": ["nb", "nn", "en"]},
    level=None,
    target_groups={"type": "array", "items": TEXT},
    interpreter={"type": "boolean"},
    channels=listed("kind address", kind=None, address=None, hours=None, labels=TEXTS),
    translations={"type": "object", "additionalProperties": TEXTS},
    notice=an("texts starts ends", texts=TEXTS, starts=DATE, ends=DATE),
)


def faults(value: Any, schema: Mapping[str, Any], at: str = "") -> Iterator[str]:
    """Yield what is wrong with a value, each with where it stands."""
    kind = schema.get("type")
    if kind and (not isinstance(value, TYPES[kind]) or (isinstance(value, bool) and kind != "boolean")):
        yield f"{at}: {value!r} is no {kind}"
        return
    if "enum" in schema and value not in schema["enum"]:
        yield f"{at}: {value!r} is none of {schema['enum']}"
    if isinstance(value, str):
        pattern = schema.get("pattern") or FORMATS.get(schema.get("format", ""), ".*")
        if not re.fullmatch(pattern, value, re.DOTALL) or len(value) < schema.get("minLength", 0):
            yield f"{at}: {value!r} does not look right"
    elif isinstance(value, list):
        if len(value) < schema.get("minItems", 0):
            yield f"{at}: empty"
        for number, one in enumerate(value):
            yield from faults(one, schema.get("items", {}), f"{at}/{number}")
    elif isinstance(value, dict):
        yield from _faults_of_object(value, schema, at)


def _faults_of_object(value: Mapping[str, Any], schema: Mapping[str, Any], at: str) -> Iterator[str]:
    for name in schema.get("required", []):
        if name not in value:
            yield f"{at}: {name} is missing"
    more = schema.get("additionalProperties", True)
    for name, one in value.items():
        known = schema.get("properties", {}).get(name)
        if known is None and more is False:
            yield f"{at}: {name} is unknown"
        yield from faults(one, known or (more if isinstance(more, dict) else {}), f"{at}/{name}")
