"""A service's whole content as plain data: to and from JSON, and flat, one value per field. Pure."""

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from samvirke.catalogue.inputs import ChannelInput, PhoneInput, ServiceInput, TextInput

Plain = Any
"""What JSON can hold."""
Fields = dict[str, Plain]
"""Path → value: "opening_hours", "phones", "texts.nb.name", "state", "answers.phone"."""

_SIMPLE = tuple(one.name for one in fields(ServiceInput) if one.name not in {"texts", "phones", "channels"})


def to_json(given: ServiceInput) -> dict[str, Plain]:
    """Return a service as JSON can hold it. The same content always gives the same JSON."""
    return {
        **{name: _plain(getattr(given, name)) for name in _SIMPLE},
        "texts": {language: {**vars(given.texts[language])} for language in sorted(given.texts)},
        "phones": [_with_plain_label(phone) for phone in given.phones],
        "channels": [_with_plain_label(channel) for channel in given.channels],
    }


def from_json(content: Mapping[str, Plain]) -> ServiceInput:
    """Return the service that to_json was given. What is not known any longer is left out."""
    simple = {name: _sequence(content[name]) for name in _SIMPLE if name in content}
    return ServiceInput(
        **simple,
        texts={language: made(TextInput, text) for language, text in content["texts"].items()},
        phones=tuple(made(PhoneInput, one) for one in content.get("phones", ())),
        channels=tuple(made(ChannelInput, one) for one in content.get("channels", ())),
    )


def same(one: ServiceInput, other: ServiceInput) -> bool:
    """Say whether two services have the same content."""
    return to_json(one) == to_json(other)


def flat(content: Mapping[str, Plain]) -> Fields:
    """Return what to_json gave as one value per field; a text that is empty is not there."""
    found: Fields = {name: value for name, value in content.items() if name != "texts"}
    for language, text in content["texts"].items():
        found |= {f"texts.{language}.{name}": value for name, value in text.items() if value}
    return found


def flat_snapshot(content: Mapping[str, Plain] | None) -> Fields:
    """Return what queries.snapshot gave as one value per field; None: there was nothing."""
    if content is None:
        return {}
    found = flat(content["service"]) | {"state": content["state"]}
    found |= {f"answers.{piece}": answer for piece, answer in content["answers"].items()}
    for name in ("notice", "outdated"):
        if content.get(name):
            found[name] = content[name]
    return found


def snapshot_fields(
    before: Mapping[str, Plain] | None, after: Mapping[str, Plain] | None
) -> dict[str, tuple[Plain, Plain]]:
    """Return the fields in which two snapshots differ: path → (before, after)."""
    return differing(flat_snapshot(before), flat_snapshot(after))


def differing(before: Fields, after: Fields) -> dict[str, tuple[Plain, Plain]]:
    """Return the fields that differ: path → (before, after). None: it was not there."""
    paths = [*before, *(path for path in after if path not in before)]
    return {
        path: (before.get(path), after.get(path)) for path in paths if before.get(path) != after.get(path)
    }


def content_fields(before: ServiceInput, after: ServiceInput) -> dict[str, tuple[Plain, Plain]]:
    """Return the fields in which two services differ: path → (before, after)."""
    return differing(flat(to_json(before)), flat(to_json(after)))


def _plain(value: object) -> Plain:
    return list(value) if isinstance(value, list | tuple) else value


def _sequence(value: Plain) -> Plain:
    return tuple(value) if isinstance(value, list) else value


def _with_plain_label(one: PhoneInput | ChannelInput) -> dict[str, Plain]:
    return {**vars(one), "label": dict(one.label)}


def made(kind: type[Any], values: Mapping[str, Plain]) -> Any:
    """Return what the values say, without those that are not known any longer."""
    known = {one.name for one in fields(kind)}
    return kind(**{name: value for name, value in values.items() if name in known})
