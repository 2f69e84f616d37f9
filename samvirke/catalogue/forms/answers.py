"""Short forms: reasons and notices in the municipality's languages, confirming, closing for a time."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samvirke.catalogue import labels, rules, values
from samvirke.kit.hours import HoursError
from samvirke.kit.hours.model import Fixed
from samvirke.kit.hours.written import read_day, write_date
from samvirke.ui.hours_words import language, sentence


def by_field() -> forms.CharField:
    """Who confirms: it stands on the public page, so it is a role or a unit, never a person."""
    return forms.CharField(
        label=gettext_lazy("Hvem bekrefter?"),
        max_length=values.LONGEST_NAME,
        help_text=gettext_lazy("En rolle eller enhet, ikke et personnavn. Det står på siden."),
        error_messages={"required": gettext_lazy("Skriv hvem som bekrefter: en rolle eller en enhet.")},
    )


class LanguagesForm(forms.Form):
    """A text in the municipality's languages. The first is the one people write in; the others may wait."""

    said = gettext_lazy("Tekst")
    lacks = gettext_lazy("Skriv teksten.")
    longest = 1000
    rows = 3

    def __init__(self, *args: Any, languages: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.languages = list(languages)
        fields: dict[str, forms.Field] = {
            code: forms.CharField(
                label=_("%(text)s (%(language)s)")
                % {"text": self.said, "language": labels.LANGUAGES.get(code, code)},
                required=number == 0,
                max_length=self.longest,
                widget=forms.Textarea(attrs={"rows": self.rows, "lang": code}),
                error_messages={"required": str(self.lacks)},
            )
            for number, code in enumerate(self.languages)
        }
        self.fields = {**fields, **self.fields}

    def texts(self) -> dict[str, str]:
        """Return the text per language; empty ones are left out."""
        return {code: text for code in self.languages if (text := self.cleaned_data.get(code, ""))}


class LackingForm(LanguagesForm):
    """Why the municipality has no service of a kind, and who helps instead."""

    said = gettext_lazy("Hvorfor, og hvem hjelper i stedet?")
    lacks = gettext_lazy("Skriv hvorfor dere ikke har tjenesten, og hvem som hjelper i stedet.")

    by = by_field()


class ReasonForm(LanguagesForm):
    """Which piece does not apply to a service, and why."""

    said = gettext_lazy("Hvorfor gjelder det ikke?")
    lacks = gettext_lazy("Skriv hvorfor.")
    rows = 2

    piece = forms.ChoiceField(label=gettext_lazy("Hva gjelder ikke?"), widget=forms.RadioSelect)
    by = by_field()

    def __init__(self, *args: Any, pieces: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["piece"].choices = [(one, labels.piece(one).capitalize()) for one in pieces]  # type: ignore[attr-defined]
        self.order_fields(["piece", *self.languages, "by"])


class DateField(forms.CharField):
    """A day as people write it: "24.12.2026", "24. desember 2026"."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"widget": forms.TextInput(attrs={"size": 18, "autocomplete": "off"}), **kwargs})

    def prepare_value(self, value: Any) -> Any:
        """Show a day as people write it."""
        if not isinstance(value, date):
            return value
        return write_date(Fixed(value.month, value.day, value.year), language())

    def clean(self, value: Any) -> Any:
        """Return the day, or None."""
        text = super().clean(value)
        if not text:
            return None
        try:
            return read_day(text)
        except HoursError as error:
            raise ValidationError(sentence(error)) from error


class NoticeForm(LanguagesForm):
    """A temporary notice with its last day."""

    said = gettext_lazy("Meldingen")
    lacks = gettext_lazy("Skriv meldingen.")

    starts = DateField(
        label=gettext_lazy("Første dag"),
        error_messages={"required": gettext_lazy("Skriv den første dagen meldingen skal stå.")},
    )
    ends = DateField(
        label=gettext_lazy("Siste dag"),
        help_text=gettext_lazy("Meldingen tas bort av seg selv etter denne dagen."),
        error_messages={"required": gettext_lazy("Skriv den siste dagen meldingen skal stå.")},
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean(self) -> dict[str, Any]:
        """Refuse a notice that is over before anybody reads it."""
        found: dict[str, Any] = super().clean() or {}
        starts, ends = found.get("starts"), found.get("ends")
        if starts and ends and ends < starts:
            self.add_error("ends", _("Siste dag er før første dag."))
        elif ends and ends < self.today:
            self.add_error("ends", _("Siste dag er allerede forbi."))
        return found


class ConfirmManyForm(forms.Form):
    """Which services are right as they stand. `rows`: those that can be confirmed, with their pieces."""

    services = forms.MultipleChoiceField(
        required=False, error_messages={"required": gettext_lazy("Velg minst én tjeneste.")}
    )
    by = by_field()

    def __init__(self, *args: Any, rows: Mapping[str, Sequence[str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = rows
        self.fields["services"].choices = [(one, one) for one in rows]  # type: ignore[attr-defined]
        self.fields["services"].label = _("Tjenester")

    def clean_services(self) -> list[str]:
        """Something has to be ticked."""
        chosen: list[str] = self.cleaned_data["services"]
        if not chosen:
            raise ValidationError(_("Kryss av for minst én tjeneste."))
        return chosen

    def chosen(self) -> list[tuple[UUID, Sequence[str]]]:
        """Return the services that were ticked, with their pieces."""
        return [(UUID(one), self.rows[one]) for one in self.cleaned_data["services"]]


def may_be_answered(told: frozenset[str]) -> list[str]:
    """Return the pieces that can be answered "not applicable": those that may, and have no value."""
    return [one for one in rules.SERVICE_PIECES if one in rules.MAY_BE_NOT_APPLICABLE and one not in told]


class NoteForm(forms.Form):
    """Why a draft is sent back."""

    note = forms.CharField(
        label=gettext_lazy("Hva må endres?"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("Skriv hva som må endres.")},
    )
