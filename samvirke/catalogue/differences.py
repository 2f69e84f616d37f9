"""What differs between two contents of a service, field by field and word by word, in words a person reads. Pure."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields
from difflib import SequenceMatcher

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from samvirke.catalogue import labels
from samvirke.catalogue.finnhjelp import times, words
from samvirke.catalogue.finnhjelp.site import Group
from samvirke.catalogue.inputs import TEXT_FIELDS, ChannelInput, PhoneInput, ServiceInput, TextInput
from samvirke.kit import hours

SAME, GONE, NEW = "same", "gone", "new"
_TOKENS = re.compile(r"\s+|\w+|[^\w\s]")
_PLAIN = [one.name for one in fields(ServiceInput) if one.name != "texts"]


@dataclass(frozen=True)
class Run:
    """A run of words that stands in both texts, only in the old one, or only in the new one."""

    kind: str
    text: str


@dataclass(frozen=True)
class Difference:
    """One field that differs. `before` and `after` in words; "" where it was or is empty."""

    field: str
    label: str
    before: str
    after: str

    @property
    def runs(self) -> tuple[Run, ...]:
        """The change word by word."""
        return tuple(compare(self.before, self.after))


def compare(before: str, after: str) -> Iterator[Run]:
    """Compare two texts word by word. What is gone comes before what stands in its place."""
    old, new = _TOKENS.findall(before), _TOKENS.findall(after)
    for kind, start, end, first, last in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            yield Run(SAME, "".join(old[start:end]))
            continue
        if start < end:
            yield Run(GONE, "".join(old[start:end]))
        if first < last:
            yield Run(NEW, "".join(new[first:last]))


def differences(before: ServiceInput, after: ServiceInput, language: str) -> list[Difference]:
    """Return the fields that differ, in the order of the form. `language`: the one they are said in."""
    old, new = flat(before), flat(after)
    paths = [*old, *(path for path in new if path not in old)]
    found = [
        Difference(
            path, labels.field(path), said(path, old.get(path), language), said(path, new.get(path), language)
        )
        for path in paths
        if _plain(old.get(path)) != _plain(new.get(path))
    ]
    return [one for one in found if one.before != one.after]


def flat(given: ServiceInput) -> dict[str, object]:
    """Return a service as one value per field; the texts as "texts.nb.name"."""
    found: dict[str, object] = {
        f"texts.{language}.{name}": getattr(text, name)
        for language, text in given.texts.items()
        for name in ("name", *TEXT_FIELDS)
    }
    return found | {name: getattr(given, name) for name in _PLAIN}


def said(path: str, value: object, language: str, kinds: Mapping[str, str] | None = None) -> str:
    """Say the value of a field as a person reads it. `kinds`: the names of the kinds of service by key."""
    if value in (None, "", (), []):
        return ""
    name = path.rsplit(".", maxsplit=1)[-1]
    if name in ("kind", "through"):
        return (kinds or {}).get(str(value), str(value))
    say = _SAY.get(name)
    return say(value, language) if say else str(value)


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


def _plain(value: object) -> object:
    """A value as it is compared: lists and tuples are the same, and an empty field is one that is not there."""
    if isinstance(value, TextInput):
        return value
    if isinstance(value, list | tuple):
        return list(value)
    return "" if value is None else value
