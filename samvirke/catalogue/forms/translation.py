"""The texts of a service in another language, each beside its source."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy

from samvirke.catalogue import differences, labels, values
from samvirke.catalogue.inputs import TEXT_FIELDS, TextInput

LINES = {"description", "what_happens"}


@dataclass(frozen=True)
class Pair:
    """A text and its translation. `runs`: what has changed in the source since; empty when nothing has."""

    field: BoundField
    label: str
    source: str
    runs: tuple[differences.Run, ...]


class TranslationForm(forms.Form):
    """A field per text that the source has, or that the translation has from before."""

    name = forms.CharField(
        max_length=values.LONGEST_NAME,
        error_messages={"required": gettext_lazy("Skriv hva tjenesten heter på dette språket.")},
    )

    def __init__(
        self,
        *args: Any,
        source: TextInput,
        text: TextInput | None,
        made_from: TextInput | None,
        language: str,
        **kwargs: Any,
    ) -> None:
        found = text or TextInput("")
        initial = {name: getattr(found, name) for name in ("name", *TEXT_FIELDS)}
        super().__init__(*args, **{**kwargs, "initial": initial})
        self.source, self.made_from = source, made_from
        for name in TEXT_FIELDS:
            if getattr(source, name) or getattr(found, name):
                self.fields[name] = forms.CharField(
                    required=False,
                    max_length=values.LONGEST_TEXT,
                    widget=forms.Textarea(attrs={"rows": 4 if name in LINES else 2}),
                )
        for name, field in self.fields.items():
            field.label = str(labels.FIELDS[name])
            field.widget.attrs["lang"] = language

    def pairs(self) -> Iterator[Pair]:
        """Source and translation side by side."""
        for field in self:
            text = getattr(self.source, field.name)
            old = getattr(self.made_from, field.name) if self.made_from else text
            runs = tuple(differences.compare(old, text)) if old != text else ()
            yield Pair(field, str(field.label), text, runs)

    def text(self) -> TextInput:
        """Return the texts that were written."""
        return TextInput(**{name: self.cleaned_data.get(name, "") for name in ("name", *TEXT_FIELDS)})
