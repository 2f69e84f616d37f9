"""What a writer gives us about a service, and the cleaning of it. Pure: reference facts come as an argument."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from typing import Any

from django.utils.translation import gettext as _

from samvirke.catalogue import rules, values
from samvirke.catalogue.finnhjelp.site import LANGUAGES, Access, Level

TEXT_FIELDS = ("description", "what_happens", "who", "how", "price", "confidentiality", "premises", "alert")


@dataclass(frozen=True)
class TextInput:
    """The texts in one language. See models.ServiceText."""

    name: str
    description: str = ""
    what_happens: str = ""
    who: str = ""
    how: str = ""
    price: str = ""
    confidentiality: str = ""
    premises: str = ""
    alert: str = ""


@dataclass(frozen=True)
class PhoneInput:
    """A number as it is written, with its phone hours (OSM) and a label per language."""

    number: str
    hours: str = ""
    label: Mapping[str, str] = field(default_factory=dict)
    for_residents: bool = True


@dataclass(frozen=True)
class ChannelInput:
    """A digital way in. `kind`: chat, sms, email, web or video."""

    kind: str
    address: str
    hours: str = ""
    label: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class ServiceInput:
    """A whole service as a writer gives it. `kind`: key of an actor kind. `through`: whom one must go through.

    `language` is the one the service is written in; the other texts are translations of it.
    `level` "" means: the level of the kind. Hours are OSM strings in Europe/Oslo.
    """

    kind: str
    texts: Mapping[str, TextInput]
    language: str = "nb"
    external_id: str = ""
    owner: str = ""
    level: str = ""
    groups: Sequence[str] = ()
    age_min: int | None = None
    age_max: int | None = None
    access: str = Access.SELF.value
    through: str = ""
    street_address: str = ""
    postal_code: str = ""
    opening_hours: str = ""
    url: str = ""
    languages: Sequence[str] = ()
    interpreter: bool | None = None
    phones: Sequence[PhoneInput] = ()
    channels: Sequence[ChannelInput] = ()


@dataclass(frozen=True)
class Known:
    """Facts that values are checked against: level by actor key, postal codes that exist, the place's own kinds."""

    actors: Mapping[str, str]
    postal_codes: frozenset[str]
    own_kinds: Mapping[str, str] = field(default_factory=dict)

    @property
    def kinds(self) -> Mapping[str, str]:
        """Return every kind a service can be of → its level."""
        return {**self.own_kinds, **rules.EXTRA_KINDS, **self.actors}


@dataclass(frozen=True)
class Problem:
    """One value that cannot be used: the field's name and a sentence for the writer."""

    field: str
    text: str


def clean(given: ServiceInput, municipality: str | None, known: Known) -> tuple[ServiceInput, list[Problem]]:
    """Return the service with every value in the form it is kept in, and what could not be used.

    `municipality` decides which numbers are allowed: the invented one has invented numbers only. The
    service that is returned is to be used only when there are no problems.
    """
    problems: list[Problem] = []

    def part(name: str, make: Callable[[], Any]) -> Any:
        try:
            return make()
        except values.Refused as error:
            problems.append(Problem(error.field or name, str(error)))
            return getattr(given, name, None)

    kind = part("kind", lambda: values.kind(given.kind, known.kinds))
    youngest, oldest = part("ages", lambda: values.ages(given.age_min, given.age_max)) or (None, None)
    cleaned = replace(
        given,
        kind=kind,
        texts=part("texts", lambda: _texts(given)),
        external_id=part("external_id", lambda: values.line(given.external_id)),
        owner=part("owner", lambda: values.line(given.owner)),
        level=part("level", lambda: _level(given.level, kind, known)),
        groups=part("groups", lambda: values.groups(given.groups)),
        age_min=youngest,
        age_max=oldest,
        access=part("access", lambda: values.access(given.access)),
        through=part("through", lambda: values.through(given.through, known.actors)),
        street_address=part("street_address", lambda: values.line(given.street_address)),
        postal_code=part("postal_code", lambda: values.postal_code(given.postal_code, known.postal_codes)),
        opening_hours=part("opening_hours", lambda: values.opening_hours(given.opening_hours)),
        url=part("url", lambda: values.url(given.url)),
        languages=part("languages", lambda: values.spoken(given.languages)),
        phones=_phones(given.phones, municipality, problems),
        channels=_channels(given.channels, municipality, problems),
    )
    return cleaned, problems


def told(given: ServiceInput) -> frozenset[str]:
    """Return the codes of the pieces that have a value, confirmed or not."""
    text = given.texts[given.language]
    numbers = [phone for phone in given.phones if phone.for_residents] or list(given.phones)
    found: dict[str, object] = {
        rules.SERVICES: text.name,
        rules.TARGET_GROUPS: given.groups or text.who or (given.age_min, given.age_max) != (None, None),
        rules.OPENING_HOURS: given.opening_hours,
        rules.PHONE: given.phones,
        rules.PHONE_HOURS: numbers and all(phone.hours for phone in numbers),
        rules.ADDRESS: given.street_address,
        rules.ACCESS: given.access,
        rules.CHANNELS: given.channels,
    }
    return frozenset(piece for piece, value in found.items() if value)


def changed_pieces(before: ServiceInput, after: ServiceInput) -> frozenset[str]:
    """Return the pieces (codes of catalogue.rules) whose confirmation no longer holds for `after`.

    Translations do not count: the source text is what somebody confirmed.
    """
    found: set[str] = set()
    for name in changed_fields(before, after):
        found |= _PIECES.get(name, set())
    if "phones" in changed_fields(before, after):
        if _numbers(before) != _numbers(after):
            found.add(rules.PHONE)
        if [phone.hours for phone in before.phones] != [phone.hours for phone in after.phones]:
            found.add(rules.PHONE_HOURS)
    old, new = before.texts[before.language], after.texts[after.language]
    if old != new:
        found |= {_TEXT_PIECES.get(name, rules.SERVICES) for name in _differing(old, new)}
    return frozenset(found)


def changed_fields(before: ServiceInput, after: ServiceInput) -> list[str]:
    """Return the names of the fields that differ."""
    return _differing(before, after)


def changed_languages(before: ServiceInput, after: ServiceInput) -> list[str]:
    """Return the languages whose texts differ or are new."""
    return [language for language, text in after.texts.items() if before.texts.get(language) != text]


_TEXT_PIECES = {"who": rules.TARGET_GROUPS, "how": rules.ACCESS}
_PIECES: Mapping[str, set[str]] = {
    "kind": {rules.SERVICES},
    "owner": {rules.SERVICES},
    "level": {rules.SERVICES},
    "url": {rules.SERVICES},
    "languages": {rules.SERVICES},
    "interpreter": {rules.SERVICES},
    "language": {rules.SERVICES},
    "groups": {rules.TARGET_GROUPS},
    "age_min": {rules.TARGET_GROUPS},
    "age_max": {rules.TARGET_GROUPS},
    "access": {rules.ACCESS},
    "through": {rules.ACCESS},
    "street_address": {rules.ADDRESS},
    "postal_code": {rules.ADDRESS},
    "opening_hours": {rules.OPENING_HOURS},
    "channels": {rules.CHANNELS},
}


def _differing(before: Any, after: Any) -> list[str]:
    names = [one.name for one in fields(before)]
    return [name for name in names if _plain(getattr(before, name)) != _plain(getattr(after, name))]


def _plain(value: object) -> object:
    return list(value) if isinstance(value, list | tuple) else value


def _numbers(service: ServiceInput) -> list[tuple[str, bool]]:
    return [(phone.number, phone.for_residents) for phone in service.phones]


def _texts(given: ServiceInput) -> dict[str, TextInput]:
    if given.language not in LANGUAGES or given.language not in given.texts:
        raise values.Refused(_("Tjenesten må ha tekst på det språket den er skrevet på."))
    for language in given.texts:
        values.texts({language: ""})  # refuses languages that the pages do not have
    return {language: text_input(text) for language, text in given.texts.items()}


def text_input(text: TextInput) -> TextInput:
    """Return the texts of one language, cleaned. Raises values.Refused."""
    rest = {}
    for name in TEXT_FIELDS:
        try:
            rest[name] = values.prose(getattr(text, name))
        except values.Refused as error:
            raise values.Refused(str(error), name) from error
    return TextInput(_name(text.name), **rest)


def _name(text: str) -> str:
    try:
        return values.name(text)
    except values.Refused as error:
        raise values.Refused(str(error), "name") from error


def _level(level: str, kind: str, known: Known) -> str:
    found = level or known.kinds.get(kind, "")
    if found not in [one.value for one in Level]:
        raise values.Refused(
            _("«{value}» er ikke et nivå. Bruk {known}.").format(
                value=values.shown(found), known=", ".join(one.value for one in Level)
            )
        )
    return found


def _phones(
    given: Sequence[PhoneInput], municipality: str | None, problems: list[Problem]
) -> tuple[PhoneInput, ...]:
    found: dict[str, PhoneInput] = {}
    for one in given:
        try:
            number = values.phone(one.number, municipality)
        except values.Refused as error:
            problems.append(Problem("phone", str(error)))
            continue
        if number in found:
            problems.append(
                Problem(
                    "phone", _("Nummeret «{value}» står to ganger.").format(value=values.shown(one.number))
                )
            )
        try:
            hours = values.opening_hours(one.hours)
            found[number] = replace(one, number=number, hours=hours, label=values.texts(one.label))
        except values.Refused as error:
            problems.append(Problem("phone_hours", str(error)))
    return tuple(found.values())


def _channels(
    given: Sequence[ChannelInput], municipality: str | None, problems: list[Problem]
) -> tuple[ChannelInput, ...]:
    found = []
    for one in given:
        try:
            address = values.channel(one.kind, one.address, municipality)
            hours = values.opening_hours(one.hours)
            found.append(replace(one, address=address, hours=hours, label=values.texts(one.label)))
        except values.Refused as error:
            problems.append(Problem("channels", str(error)))
    return tuple(found)
