"""A service's values in words a person reads: "69 17 45 00, telefontid mandag–fredag kl. 08.00–15.00". Pure."""

from collections.abc import Callable, Mapping

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from samvirke.catalogue import labels, rules
from samvirke.catalogue.finnhjelp import times, words
from samvirke.catalogue.finnhjelp.site import Group
from samvirke.catalogue.inputs import ChannelInput, PhoneInput, ServiceInput
from samvirke.kit import hours


def said(path: str, value: object, language: str, kinds: Mapping[str, str] | None = None) -> str:
    """Say the value of a field as a person reads it. `kinds`: the names of the kinds of service by key."""
    if value in (None, "", (), []):
        return ""
    name = path.rsplit(".", maxsplit=1)[-1]
    if name in ("kind", "through"):
        return (kinds or {}).get(str(value), str(value))
    say = _SAY.get(name)
    return say(value, language) if say else str(value)


def piece(given: ServiceInput, code: str, language: str, place_names: Mapping[str, str]) -> str:
    """Say what a service tells of one piece; "" when it tells nothing. `place_names`: postal code → place."""
    text = given.texts[given.language]
    place = " ".join(filter(None, (given.postal_code, place_names.get(given.postal_code, ""))))
    found: dict[str, Callable[[], str]] = {
        rules.SERVICES: lambda: ". ".join(filter(None, (text.name, text.description))),
        rules.TARGET_GROUPS: lambda: _for_whom(given),
        rules.OPENING_HOURS: lambda: said("opening_hours", given.opening_hours, language),
        rules.PHONE: lambda: words.join([words.say_number(phone.number) for phone in given.phones]),
        rules.PHONE_HOURS: lambda: "; ".join(
            dict.fromkeys(_hours(p.hours, language) for p in given.phones if p.hours)
        ),
        rules.ADDRESS: lambda: ", ".join(filter(None, (given.street_address, place))),
        rules.ACCESS: lambda: text.how or said("access", given.access, language),
        rules.CHANNELS: lambda: said("channels", given.channels, language),
    }
    return found[code]() if code in found else ""


def _for_whom(given: ServiceInput) -> str:
    told = given.texts[given.language].who or words.say_groups([Group(group) for group in given.groups])
    return ", ".join(filter(None, (told, words.say_ages(given.age_min, given.age_max))))


def _phones(value: object, language: str) -> str:
    return "\n".join(_phone(phone, language) for phone in value if isinstance(phone, PhoneInput))  # type: ignore[attr-defined]


def _phone(phone: PhoneInput, language: str) -> str:
    label = words.pick(phone.label, language, "nb")
    parts = [words.say_number(phone.number), label, "" if phone.for_residents else _("for fagfolk")]
    if phone.hours:
        parts.append(_("telefontid %(hours)s") % {"hours": _hours(phone.hours, language)})
    return ", ".join(filter(None, parts))


def _channels(value: object, language: str) -> str:
    return "\n".join(_channel(one, language) for one in value if isinstance(one, ChannelInput))  # type: ignore[attr-defined]


def _channel(one: ChannelInput, language: str) -> str:
    address = words.say_number(one.address) if one.kind == "sms" else one.address
    label = words.pick(one.label, language, "nb")
    opens = _hours(one.hours, language) if one.hours else ""
    return ", ".join(filter(None, (f"{labels.CHANNELS.get(one.kind, one.kind)}: {address}", label, opens)))


def _hours(value: object, language: str) -> str:
    try:
        return times.say_hours(str(value), language)
    except hours.HoursError:
        return str(value)


def _groups(value: object, _language: str) -> str:
    return words.say_groups([Group(group) for group in value])  # type: ignore[attr-defined]


def _languages(value: object, _language: str) -> str:
    return words.join([words.say_language(code) for code in value])  # type: ignore[attr-defined]


def _yes_or_no(value: object, _language: str) -> str:
    return pgettext("answer", "Ja") if value else pgettext("answer", "Nei")


Say = Callable[[object, str], str]
_SAY: Mapping[str, Say] = {
    "phones": _phones,
    "channels": _channels,
    "opening_hours": _hours,
    "groups": _groups,
    "languages": _languages,
    "interpreter": _yes_or_no,
    "access": lambda value, _language: str(labels.ACCESS.get(str(value), value)),
    "level": lambda value, _language: str(labels.LEVELS.get(str(value), value)),
    "language": lambda value, _language: str(labels.LANGUAGES.get(str(value), value)),
}
