"""An interpreter for one contact."""

from django import forms
from django.utils.translation import gettext_lazy as _

from samvirke.followup import words
from samvirke.followup.forms.common import choices
from samvirke.followup.forms.person import MOMENT, MOMENTS


class InterpreterForm(forms.Form):
    """What is booked. The language is the person's."""

    kind = forms.ChoiceField(label=_("Hva slags tolk?"), choices=choices(words.INTERPRETERS))
    at = forms.DateTimeField(label=_("Når er tolken bestilt til?"), widget=MOMENT, input_formats=MOMENTS)
    agency = forms.CharField(
        label=_("Tolketjeneste og referanse"), required=False, max_length=200,
        help_text=_("For eksempel navn på tolketjenesten og bestillingsnummer. Ikke noe om hva samtalen gjelder."),
    )  # fmt: skip
