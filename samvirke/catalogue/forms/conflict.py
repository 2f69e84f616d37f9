"""Two have written in the same service: what the other changed, field by field, and whose words are to stand."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samvirke.catalogue import contents, differences, labels, merging
from samvirke.catalogue.differences import Difference
from samvirke.catalogue.inputs import ServiceInput
from samvirke.catalogue.wording import said

MINE, THEIRS = "mine", "theirs"
CARRIED = ("base", "theirs", "mine", "version", "revision", "act", "by", "reasons", "everything")


@dataclass(frozen=True)
class Choice:
    """A field both have changed: what it was, and what each made of it."""

    field: BoundField
    label: str
    base: str
    theirs: str
    mine: str


class ConflictForm(forms.Form):
    """Carries everything that was written, so that nothing is lost whatever is chosen, or if nothing is.

    What only one of the two has changed is put together by itself.
    """

    def __init__(self, data: Mapping[str, Any] | None, carried: Mapping[str, str], language: str) -> None:
        super().__init__(data)
        self.language = language
        self.base, self.theirs, self.mine = (_service(carried[name]) for name in CARRIED[:3])
        self.merged = merging.three_way(self.base, self.theirs, self.mine)
        for number, path in enumerate(self.merged.conflicts):
            self.fields[f"valg-{number}"] = forms.ChoiceField(
                label=labels.field(path),
                choices=[(MINE, _("Behold det jeg skrev")), (THEIRS, _("Bruk det den andre skrev"))],
                widget=forms.RadioSelect,
                error_messages={"required": gettext_lazy("Velg hva som skal stå.")},
            )
        for name in CARRIED:
            self.fields[name] = forms.CharField(
                required=False, widget=forms.HiddenInput, initial=carried.get(name, "")
            )

    @classmethod
    def sent(cls, data: Mapping[str, Any], language: str) -> "ConflictForm":
        """The form as it came back. Raises ValueError when it was not made by us."""
        try:
            return cls(data, {name: str(data.get(name, "")) for name in CARRIED}, language)
        except (KeyError, TypeError, AttributeError) as error:
            raise ValueError(str(error)) from error

    def choices(self) -> Iterator[Choice]:
        """The fields both have changed, in words."""
        for number, path in enumerate(self.merged.conflicts):
            base, theirs, mine = (_value(one, path) for one in (self.base, self.theirs, self.mine))
            yield Choice(
                self[f"valg-{number}"],
                labels.field(path),
                self._said(path, base),
                self._said(path, theirs),
                self._said(path, mine),
            )

    def taken(self) -> list[Difference]:
        """What the other has changed, and goes in by itself."""
        return differences.differences(self.mine, self.merged.content, self.language)

    def chosen(self) -> ServiceInput:
        """Return the service with both people's changes, and what was chosen where they disagree."""
        content, theirs = contents.to_json(self.merged.content), contents.to_json(self.theirs)
        for number, path in enumerate(self.merged.conflicts):
            if self.cleaned_data[f"valg-{number}"] == THEIRS:
                _put(content, theirs, path.split("."))
        return contents.from_json(content)

    def _said(self, path: str, value: object) -> str:
        if path.count(".") == 1 and path.startswith("texts."):
            return value.name if value else _("(tatt bort)")  # type: ignore[attr-defined]
        return said(path, value, self.language) or _("(tomt)")


def carry(base: ServiceInput, theirs: ServiceInput, mine: ServiceInput, **more: str | int) -> dict[str, str]:
    """Return what the form carries along."""
    services = {"base": base, "theirs": theirs, "mine": mine}
    return {
        **{name: json.dumps(contents.to_json(one), ensure_ascii=False) for name, one in services.items()},
        **{name: str(value) for name, value in more.items()},
    }


def _service(text: str) -> ServiceInput:
    return contents.from_json(json.loads(text))


def _value(given: ServiceInput, path: str) -> object:
    parts = path.split(".")
    if parts[0] != "texts":
        return getattr(given, path)
    text = given.texts.get(parts[1])
    return getattr(text, parts[2], "") if len(parts) == 3 else text


def _put(content: dict[str, Any], theirs: Mapping[str, Any], path: list[str]) -> None:
    """Let one place in the content be as theirs; gone there, gone here."""
    for part in path[:-1]:
        content, theirs = content[part], theirs.get(part, {})
    last = path[-1]
    if last in theirs:
        content[last] = theirs[last]
    else:
        content.pop(last, None)
