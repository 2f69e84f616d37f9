"""What strangers may send: a name, a phone, whom it is about, when and in which language. No story."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from samvirke.followup.actions.tips import Sent
from samvirke.followup.pages import spoken
from samvirke.kit.errors import BadInput
from samvirke.messaging.numbers import e164


class SendForm(forms.Form):
    """The public form. Both steps send the same fields; the second brings the token of the first."""

    who = forms.ChoiceField(choices=[("self", ""), ("other", "")])
    name = forms.CharField(max_length=100, required=False)
    phone = forms.CharField(max_length=30, required=False)
    best_time = forms.CharField(max_length=100, required=False)
    about = forms.CharField(max_length=100, required=False)
    spoken = forms.CharField(max_length=5, required=False)

    def clean_phone(self) -> str:
        """Return the number as it is dialled; foreign numbers too."""
        try:
            return e164(self.cleaned_data["phone"], "phone")
        except BadInput as error:
            raise forms.ValidationError(error.text) from error

    def clean_name(self) -> str:
        if not (told := str(self.cleaned_data["name"])):
            raise forms.ValidationError(_("Skriv navnet ditt."))
        return told

    def clean_spoken(self) -> str:
        told = str(self.cleaned_data["spoken"])
        return told if told in dict(spoken()) else "nb"

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = self.cleaned_data
        if told.get("who") == "other" and not told.get("about"):
            self.add_error("about", _("Skriv navnet på den du er bekymret for."))
        if told.get("who") == "self":
            told["about"] = ""
        return told

    def sent(self) -> Sent:
        """Return what was written."""
        told = self.cleaned_data
        return Sent(told["name"], told["phone"], told["best_time"], told["about"], told["spoken"])
