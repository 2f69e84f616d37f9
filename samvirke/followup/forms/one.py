"""What is written about one person."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samvirke.followup import words
from samvirke.followup.actions.attempts import Tried
from samvirke.followup.forms.common import choices
from samvirke.followup.rules.outcomes import Outcome


class AttemptForm(forms.Form):
    """One screen: how it went, a short note, when next."""

    outcome = forms.ChoiceField(
        label=_("Hvordan gikk det?"), choices=choices(words.OUTCOMES), widget=forms.RadioSelect
    )
    channel = forms.ChoiceField(label=_("Hvordan prøvde du?"), choices=choices(words.CHANNELS))
    note = forms.CharField(
        label=_("Kort notat"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Skriv nøytralt. Helseopplysninger hører hjemme i journalsystemet."),
    )  # fmt: skip
    chosen = forms.DateTimeField(
        label=_("Når ønsker personen kontakt igjen?"), required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M", "%d.%m.%Y %H.%M", "%d.%m.%Y"],
    )  # fmt: skip
    minutes = forms.IntegerField(label=_("Minutter"), required=False, min_value=0, max_value=600)
    done_what = forms.CharField(label=_("Ved fare for liv: hva ble gjort?"), required=False, max_length=500)
    by_whom = forms.CharField(label=_("Ved fare for liv: hvem gjorde det?"), required=False, max_length=200)
    journal_system = forms.CharField(label=_("Journalført i (system)"), required=False, max_length=60)
    journal_date = forms.DateField(
        label=_("Journalført dato"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d", "%d.%m.%Y"],
    )  # fmt: skip

    def tried(self) -> Tried:
        """Return the attempt as the action wants it."""
        told = self.cleaned_data
        journalled = (told["journal_system"], told["journal_date"])
        return Tried(
            told["channel"], Outcome(told["outcome"]), note=told["note"], minutes=told["minutes"], chosen=told["chosen"],
            done_what=told["done_what"], by_whom=told["by_whom"], journalled=journalled if all(journalled) else None,
        )  # fmt: skip


class DecideForm(forms.Form):
    """What the leader decides."""

    decision = forms.CharField(label=_("Hva har du bestemt?"), max_length=300)
    contact_again = forms.DateTimeField(
        label=_("Når skal personen kontaktes igjen?"), required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M", "%d.%m.%Y %H.%M", "%d.%m.%Y"],
    )  # fmt: skip

    def moment(self) -> datetime | None:
        found: datetime | None = self.cleaned_data["contact_again"]
        return found


class ReasonForm(forms.Form):
    """Why, in a sentence."""

    reason = forms.CharField(label=_("Hvorfor?"), max_length=300)


class StopForm(ReasonForm):
    """The leader's confirmation that somebody never wants contact."""

    child_reviewed = forms.BooleanField(
        label=_("Jeg har vurdert barnet for seg, ikke bare det foreldrene svarte"), required=False
    )

    def __init__(self, *args: Any, child: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not child:
            del self.fields["child_reviewed"]


TAIL = "long-tail"


class CloseForm(StopForm):
    """The end of a follow-up."""

    ending = forms.ChoiceField(
        label=_("Hvordan avsluttes oppfølgingen?"),
        choices=[(TAIL, words.KEEP_TAIL), *choices(words.ENDINGS)],
        widget=forms.RadioSelect,
    )
    asked = forms.BooleanField(label=_("Personen har selv bedt om å avslutte"), required=False)
    way_back_told = forms.BooleanField(label=_("Personen vet hvordan de kommer tilbake"), required=False)
    field_order = ["ending", "asked", "child_reviewed", "reason", "way_back_told"]
