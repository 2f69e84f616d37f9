"""Services from HSDS 3.1 JSON: a list of services, or an object with them under "services" or "contents".

Which field of the standard is which of ours stands in exporting/README.md. What other systems have and we do not is
named in a remark; what cannot be read is refused in one sentence.
"""

import json
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from samvirke.catalogue import values
from samvirke.catalogue.importing import files, reading, terms
from samvirke.catalogue.importing.archive import MOST_ROWS
from samvirke.catalogue.importing.building import Builder
from samvirke.catalogue.importing.contact import put_channels, put_languages, put_phones
from samvirke.catalogue.importing.files import File
from samvirke.catalogue.importing.objects import Service, listed, named, objects, plain
from samvirke.catalogue.importing.places import put_hours, put_place
from samvirke.kit.errors import BadInput

MOST_OBJECTS = 2_000_000
"""Objects and lists in a file: each takes memory, an empty one too."""
TEXTS = {
    "name": "name",
    "description": "description",
    "eligibility_description": "who",
    "application_process": "how",
    "fees_description": "price",
    # ours
    "what_happens": "what_happens",
    "confidentiality": "confidentiality",
    "professional_alert": "alert",
}
"""Fields of an HSDS service → our texts. `premises` is the location's accessibility."""

_LEFT_OUT = (
    "alternate_name accreditations wait_time licenses funding program required_documents contacts capacities"
).split()
"""What the standard has and we do not: said by name when a service has it."""


@dataclass(frozen=True)
class Place:
    """The municipality that services are read for: its number, and what it is called, in lower case."""

    code: str
    names: Collection[str]


def services(file: File) -> list[Service]:
    """Return the services of an HSDS file. Raises BadInput when it is something else."""
    text = files.text(file)
    if text.count("{") + text.count("[") > MOST_OBJECTS:
        raise BadInput(_("Filen har flere objekter enn vi kan lese. Del den i flere."), file.name)
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise BadInput(_("Filen er ikke gyldig JSON."), file.name) from error
    if isinstance(found, dict):
        found = next(
            (found[key] for key in ("services", "contents") if isinstance(found.get(key), list)), [found]
        )
    if not isinstance(found, list) or not all(isinstance(one, dict) and "name" in one for one in found):
        raise BadInput(
            _("Filen må være en liste av HSDS-tjenester, eller et objekt med «services»."), file.name
        )
    if len(found) > MOST_ROWS:
        raise BadInput(_("Filen har flere enn {rows} tjenester.").format(rows=MOST_ROWS), file.name)
    return found


def build(number: int, service: Service, kinds: Mapping[str, str], place: Place, today: date) -> Builder:
    """Return what one HSDS service tells, and what is wrong with it. `number` is its place in the file, from 1."""
    found = Builder(number)
    code = service.get("external_id") or service.get("id")
    found.put("external_id", lambda given: {"external_id": reading.code(plain(given))}, code or "")
    terms.put_kind(found, service, kinds)
    terms.put_groups(found, service)
    _put_texts(found, service)
    _put_simple(found, service, kinds)
    _put_status(found, service)
    put_place(found, service)
    put_hours(found, service, today)
    put_phones(found, service, place.code, today)
    put_channels(found, service)
    put_languages(found, service)
    _put_notice(found, service, today)
    _remark(found, service, place)
    return found


def _put_texts(found: Builder, service: Service) -> None:
    for name, column in TEXTS.items():
        if service.get(name) is not None:
            _write(found, name, column, service[name])
    if "fees_description" not in service:
        _put_costs(found, service)
    translations = service.get("translations") or {}
    if not isinstance(translations, Mapping) or not all(
        isinstance(one, Mapping) for one in translations.values()
    ):
        found.refuse(
            "translations", _("Feltet translations må være et objekt med ett objekt for hvert språk.")
        )
        return
    for language, texts in translations.items():
        for name, column in (TEXTS | {"premises": "premises"}).items():
            if texts.get(name) is not None:
                _write(
                    found,
                    f"translations.{values.shown(str(language))}.{name}",
                    column,
                    texts[name],
                    str(language),
                )


def _write(found: Builder, name: str, column: str, given: object, language: str = "") -> None:
    try:
        text = plain(given)
    except values.Refused as error:
        found.refuse(name, str(error))
        return
    found.write(
        name if language else {"name": "name", "description": "description"}.get(column, name),
        column,
        text,
        language,
    )


def _put_costs(found: Builder, service: Service) -> None:
    """Take the price from the fields that the standard had before, or has for amounts."""
    if service.get("fees"):
        _write(found, "fees", "price", service["fees"])
        return
    said = []
    for one in objects(found, service, "cost_options"):
        amount = " ".join(str(one[key]) for key in ("amount", "currency") if one.get(key) not in (None, ""))
        words = [str(one[key]) for key in ("option", "amount_description") if one.get(key)]
        said.append(": ".join(filter(None, (", ".join(words), amount))))
    if any(said):
        _write(found, "cost_options", "price", "\n".join(filter(None, said)))


def _put_simple(found: Builder, service: Service, kinds: Mapping[str, str]) -> None:
    makers: Mapping[str, tuple[str, Callable[[Any], Mapping[str, Any]]]] = {
        "minimum_age": ("age_min", lambda given: {"age_min": reading.age(plain(given))}),
        "maximum_age": ("age_max", lambda given: {"age_max": reading.age(plain(given))}),
        "url": ("url", lambda given: {"url": values.url(plain(given))}),
        "access": ("access", lambda given: reading.access(plain(given), kinds)),
        "level": ("level", lambda given: reading.level(plain(given))),
        "language": ("language", lambda given: reading.written_in(plain(given))),
    }
    for name, (column, make) in makers.items():
        if service.get(name) is not None:
            found.put(column, make, service[name])
    organization = service.get("organization")
    if isinstance(organization, Mapping) and organization.get("name"):
        found.put("owner", lambda given: {"owner": values.line(plain(given))}, organization["name"])
    _put_interpreter(found, service)


def _put_interpreter(found: Builder, service: Service) -> None:
    if isinstance(service.get("interpreter"), bool):
        found.fields["interpreter"] = service["interpreter"]
    elif said := service.get("interpretation_services"):
        answer = reading.yes_or_no(str(said))
        if answer is None:
            found.remarks.append(
                _("Tolk: «{value}» tas ikke med. Velg ja eller nei på tjenesten.").format(
                    value=values.shown(str(said))
                )
            )
        else:
            found.fields["interpreter"] = answer


def _put_status(found: Builder, service: Service) -> None:
    status = service.get("status") or "active"
    if status == "inactive":
        found.draft = True
    elif status == "defunct":
        found.refuse("status", _("Tjenesten er lagt ned. Ta den ut av filen."))
    elif status not in ("active", "temporarily closed"):
        found.refuse(
            "status",
            _("«{value}» er ikke en status. Bruk active, inactive eller temporarily closed.").format(
                value=values.shown(str(status))
            ),
        )
    assured = service.get("assured_date")
    if isinstance(assured, str):
        found.assured = values.shown(assured)


def _put_notice(found: Builder, service: Service, today: date) -> None:
    """Take our own notice, which says its last day. The standard's alert does not, and is named instead."""
    own, alert = service.get("notice"), service.get("alert")
    if own is None:
        if alert:
            found.remarks.append(
                _("Meldingen «{value}» tas ikke med. Legg den inn på tjenesten, med siste dag.").format(
                    value=values.shown(str(alert))
                )
            )
        return
    try:
        starts, ends = date.fromisoformat(own["starts"]), date.fromisoformat(own["ends"])
        texts = values.texts({str(language): plain(text) for language, text in own["texts"].items()}, 1000)
    except (TypeError, ValueError, KeyError, AttributeError) as error:
        said = (
            str(error) if isinstance(error, values.Refused) else _("Meldingen må ha texts, starts og ends.")
        )
        found.refuse("notice", said)
        return
    if texts and starts <= ends and ends >= today:
        found.notice = {"texts": texts, "starts": starts.isoformat(), "ends": ends.isoformat()}


def _remark(found: Builder, service: Service, place: Place) -> None:
    for area in objects(found, service, "service_areas"):
        if not _is(place, area):
            found.remarks.append(
                _("Området «{value}» tas ikke med. Tjenesten gjelder kommunen.").format(
                    value=values.shown(named(area))
                )
            )
    left = [name for name in _LEFT_OUT if service.get(name)]
    if left:
        found.remarks.append(_("Tas ikke med: {fields}.").format(fields=listed(left)))


def _is(place: Place, area: Service) -> bool:
    uri = str(area.get("uri") or "").rstrip("/")
    said = {str(area.get(key) or "").casefold() for key in ("name", "extent")}
    return uri.rpartition("/")[2] == place.code or bool(said & set(place.names)) or not any(said)
