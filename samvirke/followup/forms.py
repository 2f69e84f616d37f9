"""The forms of follow-up. They clean what was typed; the actions decide."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from samvirke.followup import words
from samvirke.followup.actions.attempts import Tried
from samvirke.followup.identity import Identity
from samvirke.followup.rules.outcomes import Outcome
from samvirke.followup.rules.people import Part, Protection, Source


def choices(names: Mapping[Any, Any]) -> list[tuple[str, Any]]:
    return [(str(getattr(key, "value", key)), name) for key, name in names.items()]


class RegisterForm(forms.Form):
    """Somebody for the list: what is needed to find and reach them, and nothing about their life."""

    protection = forms.ChoiceField(
        label=_("Adressesperre"), choices=choices(words.PROTECTIONS), help_text=_("Spør om dette først.")
    )
    first = forms.CharField(label=_("Fornavn"), required=False, max_length=100)
    last = forms.CharField(label=_("Etternavn"), required=False, max_length=100)
    birth = forms.CharField(
        label=_("Fødselsdato"), required=False, help_text=_("24.12.2001, eller bare året"), max_length=20
    )
    phones = forms.CharField(
        label=_("Telefon"), required=False, help_text=_("Flere: skill med komma"), max_length=100
    )
    part = forms.ChoiceField(label=_("Rolle"), choices=choices(words.PARTS), initial=Part.WITNESS.value)
    source = forms.ChoiceField(
        label=_("Hvem ga opplysningene"), choices=choices(words.SOURCES), initial=Source.EPS.value
    )
    message_is_delivered = forms.BooleanField(
        label=_("Politiet har levert dødsbudskapet"),
        required=False,
        help_text=_("Gjelder etterlatte og pårørende til savnede"),
    )
    safe_contact = forms.CharField(
        label=_("Slik er det trygt å ta kontakt"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    interpreter = forms.BooleanField(label=_("Trenger tolk"), required=False)
    language = forms.CharField(label=_("Språk"), required=False, max_length=8, initial="nb")
    wristband = forms.CharField(label=_("Nummer på armbånd"), required=False, max_length=20)
    same = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def identity(self) -> Identity:
        """Return who it is, as typed."""
        told = self.cleaned_data
        phones = tuple(one.strip() for one in told["phones"].split(",") if one.strip())
        return Identity(
            first=told["first"], last=told["last"], birth=told["birth"], phones=phones,
            safe_contact=told["safe_contact"], wristband=told["wristband"],
        )  # fmt: skip

    def facts(self) -> dict[str, Any]:
        """Return what else was told."""
        told = self.cleaned_data
        return {
            "part": Part(told["part"]),
            "source": Source(told["source"]),
            "protection": Protection(told["protection"]),
            "language": told["language"] or "nb",
            "interpreter": told["interpreter"],
            "message_is_delivered": told["message_is_delivered"],
        }


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


class StaffPairForm(forms.Form):
    """A contact person and a deputy."""

    contact = forms.ChoiceField(label=_("Kontaktperson"))
    deputy = forms.ChoiceField(label=_("Stedfortreder"))
    over_limit = forms.BooleanField(
        label=_("Det er meningen at kontaktpersonen får så mange"), required=False
    )

    def __init__(self, *args: Any, staff: Iterable[tuple[UUID, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        options = [("", _("Velg")), *((str(one), name) for one, name in staff)]
        for name in ("contact", "deputy"):
            self.fields[name].choices = options  # type: ignore[attr-defined]

    def pair(self) -> tuple[UUID, UUID]:
        """Return the two memberships."""
        return UUID(self.cleaned_data["contact"]), UUID(self.cleaned_data["deputy"])


class HandOverForm(StaffPairForm):
    """A change of contact person: what the next one must know, and how the person was told."""

    note = forms.CharField(
        label=_("Hva må den nye kontaktpersonen vite?"), widget=forms.Textarea(attrs={"rows": 3})
    )
    person_told = forms.ChoiceField(
        label=_("Hvordan fikk personen vite om byttet?"),
        choices=[
            ("phone", _("Telefon")),
            ("meeting", _("Møte")),
            ("letter", _("Brev")),
            ("sms", _("SMS")),
            ("not-possible", _("Ikke mulig")),
        ],
    )


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


class CloseForm(ReasonForm):
    """The end of a follow-up."""

    ending = forms.ChoiceField(label=_("Hvordan avsluttes oppfølgingen?"), choices=choices(words.ENDINGS))
    way_back_told = forms.BooleanField(label=_("Personen vet hvordan de kommer tilbake"), required=False)
    field_order = ["ending", "reason", "way_back_told"]
