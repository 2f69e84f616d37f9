"""The rows of the service form: a phone with its hours, a digital way in with its own."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from samvirke.catalogue import labels, values
from samvirke.catalogue.finnhjelp.words import say_number
from samvirke.catalogue.forms.rows import RowForm
from samvirke.catalogue.inputs import ChannelInput, PhoneInput
from samvirke.ui.hours_field import HoursField

YES, NO = "yes", "no"


class PhoneForm(RowForm):
    """One number with its own phone hours."""

    called = gettext_noop("Telefon %(number)s")

    number = forms.CharField(
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "off"}),
        help_text=gettext_lazy("Åtte sifre. Nødnumrene og 116 117 står på alle sider fra før."),
    )
    label = forms.CharField(
        required=False,
        max_length=values.LONGEST_NAME,
        help_text=gettext_lazy("Bare når tjenesten har flere numre: «Vakttelefon»."),
    )
    for_residents = forms.ChoiceField(
        choices=[(YES, gettext_lazy("Innbyggerne")), (NO, gettext_lazy("Bare fagfolk"))],
        initial=YES,
        required=False,
    )
    hours = HoursField(kind="phone")
    was = forms.CharField(
        required=False, widget=forms.HiddenInput
    )  # the number as it was: keeps its translations

    def __init__(self, *args: Any, hours: str, municipality: str | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.municipality = municipality
        self.name_fields(
            {
                "number": _("Nummer"),
                "label": _("Navn på nummeret"),
                "for_residents": _("Hvem kan ringe?"),
                "hours": _("Telefontid"),
            }
        )
        self.fields["hours"].widget.preview = hours

    def is_empty(self) -> bool:
        """Without number and name there is no phone; phone hours alone are asked about."""
        filled = [self[name].value() for name in ("number", "label")]
        return not any(filled) and not self.fields["hours"].has_changed("", self["hours"].value())

    def clean_number(self) -> str:
        """Return the number as it is kept."""
        text = self.cleaned_data["number"]
        if not text:
            raise ValidationError(_("Skriv nummeret, eller fjern telefonen."))
        try:
            return values.phone(text, self.municipality)
        except values.Refused as error:
            raise ValidationError(str(error)) from error


class ChannelForm(RowForm):
    """A digital way in with hours of its own."""

    called = gettext_noop("Kanal %(number)s")

    kind = forms.ChoiceField(choices=list(labels.CHANNELS.items()), required=False)
    address = forms.CharField(
        required=False,
        max_length=500,
        help_text=gettext_lazy("Nettadresse, e-postadresse eller nummeret det sendes SMS til."),
    )
    label = forms.CharField(required=False, max_length=values.LONGEST_NAME)
    hours = HoursField(kind="chat")
    was = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, hours: str, municipality: str | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.municipality = municipality
        self.name_fields(
            {
                "kind": _("Type"),
                "address": _("Adresse"),
                "label": _("Teksten folk ser"),
                "hours": _("Når den er åpen"),
            }
        )
        self.fields["hours"].widget.preview = hours

    def is_empty(self) -> bool:
        """The type alone is what the list shows before anybody chooses."""
        filled = [self[name].value() for name in ("address", "label")]
        return not any(filled) and not self.fields["hours"].has_changed("", self["hours"].value())

    def clean(self) -> dict[str, Any]:
        """Return the address as its type keeps it."""
        found: dict[str, Any] = super().clean() or {}
        if not found.get("address"):
            self.add_error("address", _("Skriv adressen, eller fjern kanalen."))
            return found
        try:
            found["address"] = values.channel(found["kind"], found["address"], self.municipality)
        except values.Refused as error:
            self.add_error("address", str(error))
        return found


def phone_row(phone: PhoneInput, language: str) -> dict[str, Any]:
    """Return what the row of a phone shows."""
    return {
        "number": say_number(phone.number),
        "label": phone.label.get(language, ""),
        "for_residents": YES if phone.for_residents else NO,
        "hours": phone.hours,
        "was": phone.number,
    }


def channel_row(one: ChannelInput, language: str) -> dict[str, Any]:
    """Return what the row of a channel shows."""
    return {
        "kind": one.kind,
        "address": say_number(one.address) if one.kind == "sms" else one.address,
        "label": one.label.get(language, ""),
        "hours": one.hours,
        "was": one.address,
    }
