"""A visit to a household."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samvirke.followup import words
from samvirke.followup.actions.attempts import Tried
from samvirke.followup.forms.common import choices
from samvirke.followup.rules.outcomes import Outcome


class VisitForm(forms.Form):
    """What the visit was, for all."""

    channel = forms.ChoiceField(
        label=_("Hvordan møttes dere?"), choices=choices(words.CHANNELS), initial="visit"
    )
    minutes = forms.IntegerField(label=_("Minutter"), required=False, min_value=0, max_value=600)


class MemberForm(forms.Form):
    """How it went for one member. Empty: the member was not tried."""

    outcome = forms.ChoiceField(
        label=_("Hvordan gikk det?"), required=False, choices=[("", _("Ikke med")), *choices(words.OUTCOMES)]
    )
    note = forms.CharField(
        label=_("Kort notat"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Skriv nøytralt, og bare om denne personen."),
    )  # fmt: skip
    done_what = forms.CharField(
        label=_("Ved fare for liv: hva ble gjort, og hvem gjorde det?"), required=False, max_length=500
    )

    def clean(self) -> None:
        told = self.cleaned_data
        if told.get("outcome") == Outcome.ACUTE_DANGER.value and not told.get("done_what", "").strip():
            self.add_error("done_what", gettext("Skriv hva som ble gjort, og hvem som gjorde det."))
        if told.get("outcome") == Outcome.NEVER_AGAIN.value and not told.get("note", "").strip():
            self.add_error(
                "note", gettext("Skriv hva personen sa. Lederen bekrefter ut fra notatet, uten å ringe.")
            )

    def tried(self, visit: VisitForm) -> Tried:
        """Return the member's attempt."""
        told = self.cleaned_data
        return Tried(
            visit.cleaned_data["channel"], Outcome(told["outcome"]), note=told["note"],
            minutes=visit.cleaned_data["minutes"], done_what=told["done_what"], by_whom=told["done_what"],
        )  # fmt: skip
