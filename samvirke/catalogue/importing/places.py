"""Where a service of an HSDS file is, how one gets in, and when it is open."""

from collections.abc import Mapping
from datetime import date

from django.utils.translation import gettext as _

from samvirke.catalogue import values
from samvirke.catalogue.importing import schedules
from samvirke.catalogue.importing.building import Builder
from samvirke.catalogue.importing.objects import Service, objects, plain
from samvirke.catalogue.importing.schedules import CannotSay

CLOSED = "off"


def put_place(found: Builder, service: Service) -> None:
    """Add the first visiting address, and what is said of its accessibility."""
    places = locations(found, service)
    addresses = [
        one for place in places for one in objects(found, place, "addresses", "address") if _is_visited(one)
    ]
    own = next((place for place in places if "street_address" in place or "postal_code" in place), None)
    if own is not None:
        found.put("address", _own, own)
    elif addresses:
        found.put("address", _address, addresses[0])
    if len({str(_address_key(one)) for one in addresses}) > 1:
        found.remarks.append(_("Tjenesten har flere adresser i filen. Bare den første tas med."))
    said = [one for place in places for one in objects(found, place, "accessibility", "premises")]
    words = [str(one[key]) for one in said for key in ("description", "details") if one.get(key)]
    if words:
        found.write("premises", "premises", "\n".join(dict.fromkeys(words)))


def put_hours(found: Builder, service: Service, today: date) -> None:
    """Add the opening hours: our own text, else the schedules of the service or of its first place that has some."""
    own = service.get("opening_hours")
    if service.get("status") == "temporarily closed":
        if own != CLOSED and (own or service.get("schedules")):
            found.remarks.append(_("Tjenesten er midlertidig stengt. Åpningstidene i filen tas ikke med."))
        found.fields["opening_hours"] = CLOSED
    elif own is not None:
        found.put("opening_hours", lambda text: {"opening_hours": values.opening_hours(plain(text))}, own)
    else:
        text = hours_of(found, service, "opening_hours", today)
        for place in [] if text else [*_at(found, service), *locations(found, service)]:
            text = text or hours_of(found, place, "opening_hours", today)
        if text:
            found.fields["opening_hours"] = text


def hours_of(found: Builder, owner: Service, column: str, today: date) -> str:
    """Return the schedules of an object as our hours; say at `column` why when they cannot be read."""
    try:
        return schedules.hours(objects(found, owner, "schedules", column), today)
    except CannotSay as error:
        who = f"«{values.shown(str(owner['name']))}», " if owner.get("name") else ""
        said = _("schedules.{field}: {what} kan ikke importeres. Skriv tidene som OSM-tekst i {column}.")
        found.refuse(column, who + said.format(field=error.field, what=error.what, column=column))
        return ""


def locations(found: Builder, service: Service) -> list[Service]:
    """Return the places where a service is given."""
    at = [one["location"] for one in _at(found, service) if isinstance(one.get("location"), Mapping)]
    return [*at, *objects(found, service, "locations", "address")]


def _at(found: Builder, service: Service) -> list[Service]:
    return objects(found, service, "service_at_locations", "address")


def _is_visited(address: Service) -> bool:
    return address.get("address_type") in (None, "", "physical")


def _own(place: Service) -> dict[str, str]:
    return {
        "street_address": values.line(plain(place.get("street_address") or "")).rstrip(", "),
        "postal_code": values.line(plain(place.get("postal_code") or "")),
    }


def _address(one: Service) -> dict[str, str]:
    street = [plain(one[key]) for key in ("address_1", "address_2") if one.get(key)]
    country = plain(one.get("country") or "NO")
    if country.upper() not in ("NO", "NOR"):
        raise values.Refused(
            _("Adressen ligger i {value}. Skriv en norsk besøksadresse.").format(value=values.shown(country))
        )
    return {
        "street_address": values.line(", ".join(street)).rstrip(", "),
        "postal_code": values.line(plain(one.get("postal_code") or ""))
        .removeprefix("NO-")
        .removeprefix("N-"),
    }


def _address_key(one: Service) -> tuple[object, object]:
    return one.get("address_1"), one.get("postal_code")
