"""Services as HSDS 3.1 JSON, in the standard's page of a list. What is empty is left out.

README.md beside this says which field is which, and which fields are ours: other systems may pass them over.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from samvirke.catalogue.exporting.facts import Exported, Place, identifier, in_order, service_id
from samvirke.catalogue.exporting.schedules import never_open, schedules
from samvirke.catalogue.importing.hsds import TEXTS
from samvirke.catalogue.inputs import ChannelInput, PhoneInput, ServiceInput, TextInput

KINDS = ("Samvirke: typer tjenester", "Hva slags tjeneste det er, etter veilederen om psykososiale tiltak.")
GROUPS = ("Samvirke: målgrupper", "Hvem tjenesten er for.")
MUNICIPALITIES = "https://data.geonorge.no/administrativeEnheter/kommune/id/"

Object = dict[str, Any]


def write(services: Sequence[Exported], place: Place) -> bytes:
    """Return the services as one JSON file: the same services give the same bytes."""
    contents = [service(one, place) for one in in_order(list(services))]
    page = {
        "total_items": len(contents),
        "total_pages": 1,
        "page_number": 1,
        "size": len(contents),
        "first_page": True,
        "last_page": True,
        "empty": not contents,
        "contents": contents,
    }
    return (json.dumps(page, ensure_ascii=False, indent=1) + "\n").encode()


def service(one: Exported, place: Place) -> Object:
    """Return one service with all that belongs to it."""
    given, own = one.given, one.given.texts[one.given.language]
    key = service_id(place, one.code)
    found: Object = {
        "id": key,
        "external_id": one.code if one.code != key else "",
        "name": own.name,
        "status": _status(one),
        "url": given.url,
        "email": next((channel.address for channel in given.channels if channel.kind == "email"), ""),
        "minimum_age": given.age_min,
        "maximum_age": given.age_max,
        "interpretation_services": _interpreter(given),
        "assured_date": one.assured.isoformat() if one.assured and one.confirmed else "",
        "assurer_email": place.email if one.assured and one.confirmed else "",
        "alert": _notice_text(one),
        **{name: getattr(own, ours) for name, ours in TEXTS.items() if ours != "name"},
        "organization_id": identifier(place.code, "owner", given.owner) if given.owner else "",
        "organization": _organization(given, place),
        "phones": [_phone(phone, given, key) for phone in given.phones],
        "schedules": schedules(
            given.opening_hours, lambda name: identifier(key, "schedule", name), given.language
        ),
        "service_areas": _areas(one, place, key),
        "service_at_locations": _at_locations(given, own, place, key),
        "languages": [{"id": identifier(key, "language", code), "code": code} for code in given.languages],
        "attributes": _attributes(given, place, key),
        **_ours(one),
    }
    return _filled(found)


def _ours(one: Exported) -> Object:
    """The fields that the standard lacks."""
    given = one.given
    return {
        "language": given.language,
        "actor": given.kind,
        "level": given.level,
        "target_groups": list(given.groups),
        "access": f"{given.access}:{given.through}" if given.through else given.access,
        "opening_hours": given.opening_hours,
        "interpreter": given.interpreter,
        "channels": [_channel(channel) for channel in given.channels],
        "translations": {
            language: _filled(
                {name: getattr(text, ours) for name, ours in (TEXTS | {"premises": "premises"}).items()}
            )
            for language, text in sorted(given.texts.items())
            if language != given.language
        },
        "notice": {
            "texts": dict(sorted(one.notice.texts.items())),
            "starts": one.notice.starts.isoformat(),
            "ends": one.notice.ends.isoformat(),
        }
        if one.notice
        else None,
    }


def _interpreter(given: ServiceInput) -> str:
    """Whether one can have an interpreter, in the language the service is written in; "" when it is not said."""
    if given.interpreter is None:
        return ""
    with override(given.language):
        return _("Ja") if given.interpreter else _("Nei")


def _status(one: Exported) -> str:
    if not one.confirmed:
        return "inactive"
    return "temporarily closed" if never_open(one.given.opening_hours) else "active"


def _notice_text(one: Exported) -> str:
    return _first(one.notice.texts, one.given.language) if one.notice else ""


def _first(texts: Mapping[str, str], language: str) -> str:
    """Return a text in a language, or in the first it exists in."""
    return texts.get(language) or next((text for _language, text in sorted(texts.items())), "")


def _organization(given: ServiceInput, place: Place) -> Object:
    if not given.owner:
        return {}
    return {
        "id": identifier(place.code, "owner", given.owner),
        "name": given.owner,
        "description": given.owner,
    }


def _phone(phone: PhoneInput, given: ServiceInput, key: str) -> Object:
    own = f"phone {phone.number}"
    found = {
        "id": identifier(key, own),
        "number": phone.number,
        "type": "voice",
        "description": _first(phone.label, given.language),
        "labels": dict(sorted(phone.label.items())),
        "phone_hours": phone.hours,
        "schedules": schedules(phone.hours, lambda name: identifier(key, own, name), given.language),
    }
    return _filled(found) | {"for_residents": phone.for_residents}


def _channel(channel: ChannelInput) -> Object:
    return _filled(
        {
            "kind": channel.kind,
            "address": channel.address,
            "hours": channel.hours,
            "labels": dict(sorted(channel.label.items())),
        }
    )


def _areas(one: Exported, place: Place, key: str) -> list[Object]:
    found = [(f"{MUNICIPALITIES}{place.code}", place.name), *one.areas]
    return [
        _filled(
            {
                "id": identifier(key, "area", uri or name),
                "name": name,
                "extent": name,
                "extent_type": "text",
                "uri": uri,
            }
        )
        for uri, name in found
    ]


def _at_locations(given: ServiceInput, own: TextInput, place: Place, key: str) -> list[Object]:
    """The one place of a service; also when only its accessibility is told."""
    street = given.street_address.rstrip(", ")
    if not (street or given.postal_code or own.premises):
        return []
    location: Object = {"id": identifier(key, "location"), "location_type": "physical"}
    city = place.postal.get(given.postal_code, "")
    if street and city:
        address = {
            "id": identifier(key, "address"),
            "address_1": street,
            "city": city,
            "state_province": place.county or place.name,
            "postal_code": given.postal_code,
            "country": "NO",
            "address_type": "physical",
        }
        location["addresses"] = [address]
    elif street or given.postal_code:  # too little for an address of the standard
        location |= _filled({"street_address": street, "postal_code": given.postal_code})
    if own.premises:
        location["accessibility"] = [{"id": identifier(key, "accessibility"), "description": own.premises}]
    return [{"id": identifier(key, "at"), "location": location}]


def _attributes(given: ServiceInput, place: Place, key: str) -> list[Object]:
    terms = [(KINDS, given.kind, place.kinds.get(given.kind, given.kind))]
    terms += [(GROUPS, code, code) for code in given.groups]
    return [_attribute(taxonomy, code, name, key) for taxonomy, code, name in terms]


def _attribute(taxonomy: tuple[str, str], code: str, name: str, key: str) -> Object:
    title, description = taxonomy
    term = {
        "id": identifier(title, code),
        "code": code,
        "name": name,
        "description": description,
        "taxonomy": title,
        "taxonomy_id": identifier(title),
    }
    return {
        "id": identifier(key, title, code),
        "link_entity": "service",
        "taxonomy_term_id": term["id"],
        "taxonomy_term": term,
    }


def _filled(found: Mapping[str, Any]) -> Object:
    """Leave out what is empty: the standard has no null, and an empty text says nothing."""
    return {name: value for name, value in found.items() if value not in (None, "", [], {})}
