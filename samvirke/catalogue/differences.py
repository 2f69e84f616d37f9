"""What differs between two contents of a service, field by field and word by word, in words a person reads. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, fields
from difflib import SequenceMatcher

from samvirke.catalogue import labels
from samvirke.catalogue.inputs import TEXT_FIELDS, ServiceInput, TextInput
from samvirke.catalogue.wording import said

SAME, GONE, NEW = "same", "gone", "new"
ALIKE = 0.5
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
    """Compare two texts word by word. What is gone comes before what stands in its place.

    Texts that have little in common are shown one after the other: a word here and there helps nobody.
    """
    old, new = _TOKENS.findall(before), _TOKENS.findall(after)
    found = SequenceMatcher(None, old, new, autojunk=False)
    if found.ratio() < ALIKE:
        yield from (Run(kind, text) for kind, text in ((GONE, before), (NEW, after)) if text)
        return
    for kind, start, end, first, last in found.get_opcodes():
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


def _plain(value: object) -> object:
    """A value as it is compared: lists and tuples are the same, and an empty field is one that is not there."""
    if isinstance(value, TextInput):
        return value
    if isinstance(value, list | tuple):
        return list(value)
    return "" if value is None else value
