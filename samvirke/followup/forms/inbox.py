"""Handling a message from the public page."""

from django import forms
from django.utils.translation import gettext_lazy as _


class AnswerForm(forms.Form):
    """Nobody is registered: what was done, or why it is nothing for the team."""

    relevant = forms.ChoiceField(
        label=_("Hva ble det til?"), widget=forms.RadioSelect,
        choices=[("yes", _("Besvart, ingen skal registreres")), ("no", _("Gjelder ikke oss"))],
    )  # fmt: skip
    reason = forms.CharField(label=_("Skriv kort hva du gjorde, eller hvorfor"), max_length=500)
    field_order = ("relevant", "reason")
