"""How one gets in touch with a service of an HSDS file: numbers with their hours, channels, languages."""

from collections.abc import Mapping
from datetime import date

from django.utils.translation import gettext as _

from samvirke.catalogue import values
from samvirke.catalogue.importing import reading
from samvirke.catalogue.importing.building import Builder, ChannelTold, PhoneTold
from samvirke.catalogue.importing.objects import Service, objects, plain
from samvirke.catalogue.importing.places import hours_of, locations
from samvirke.catalogue.importing.words import LANGUAGE_WORDS

SPOKEN = ("", "voice", "cell", "video")
TEXT = "text"


def put_phones(found: Builder, service: Service, municipality: str, today: date) -> None:
    """Add the service's numbers, else those of its places. Fax and pagers are left out and named."""
    if "phones" not in service and not any("phones" in place for place in locations(found, service)):
        if service.get("phone_hours"):
            found.refuse("phone_hours", _("Telefontiden mangler et telefonnummer."))
        return
    phones = _all_phones(found, service)
    others = [str(one.get("type")) for one in phones if _type(one) not in (*SPOKEN, TEXT)]
    if others:
        found.remarks.append(
            _("Numre som ikke er telefon, tas ikke med: {kinds}.").format(
                kinds=values.shown(", ".join(others))
            )
        )
    told = [_phone(found, one, service, today) for one in phones if _type(one) in SPOKEN]
    found.fields["phones"] = tuple(phone for phone in told if phone)
    reading.check_phones(found, municipality)


def put_channels(found: Builder, service: Service) -> None:
    """Add the digital ways in: our own field, else e-mail, further addresses and numbers for text messages."""
    if service.get("channels") is not None:
        made = [_channel(found, one) for one in objects(found, service, "channels")]
        found.fields["channels"] = tuple(one for one in made if one)
        return
    made = [
        ChannelTold("sms", str(one.get("number")))
        for one in _all_phones(found, service)
        if _type(one) == TEXT
    ]
    if service.get("email"):
        made.append(ChannelTold("email", str(service["email"])))
    for one in objects(found, service, "additional_urls"):
        label = {"": str(one["label"])} if one.get("label") else None
        made.append(ChannelTold("web", str(one.get("url") or ""), label=label))
    if made:
        found.fields["channels"] = tuple(made)


def put_languages(found: Builder, service: Service) -> None:
    """Add the languages staff speak, by code or by name."""
    if "languages" not in service:
        return
    words = [str(one.get("code") or one.get("name") or "") for one in objects(found, service, "languages")]
    codes = [LANGUAGE_WORDS.get(word.casefold(), word) for word in words if word]
    found.put("languages", lambda given: {"languages": values.spoken(given)}, codes)


def _all_phones(found: Builder, service: Service) -> list[Service]:
    own = objects(found, service, "phones", "phone")
    return own or [
        one for place in locations(found, service) for one in objects(found, place, "phones", "phone")
    ]


def _type(phone: Service) -> str:
    return str(phone.get("type") or "").casefold()


def _phone(found: Builder, one: Service, service: Service, today: date) -> PhoneTold | None:
    if one.get("extension"):
        found.refuse("phone", _("Internnumre kan ikke importeres. Skriv et direktenummer med åtte sifre."))
        return None
    try:
        number = plain(one.get("number"))
        hours = one.get("phone_hours", service.get("phone_hours"))
        when = plain(hours) if hours is not None else hours_of(found, one, "phone_hours", today) or None
    except values.Refused as error:
        found.refuse("phone", str(error))
        return None
    whom = one.get("for_residents")
    return PhoneTold(
        number, when, _label(one, "labels", "description"), whom if isinstance(whom, bool) else None
    )


def _channel(found: Builder, one: Service) -> ChannelTold | None:
    try:
        hours = values.opening_hours(plain(one.get("hours") or ""))
        return ChannelTold(
            plain(one.get("kind")), plain(one.get("address")), hours, _label(one, "labels", "label")
        )
    except values.Refused as error:
        found.refuse("channels", str(error))
        return None


def _label(one: Service, by_language: str, single: str) -> Mapping[str, str] | None:
    given = one.get(by_language)
    if isinstance(given, Mapping):
        return {str(language): str(text) for language, text in given.items()}
    return {"": str(one[single])} if one.get(single) else None
