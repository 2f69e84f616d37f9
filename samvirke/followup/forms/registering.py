"""Somebody for the list."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samvirke.followup import words
from samvirke.followup.forms.common import choices
from samvirke.followup.identity import Identity
from samvirke.followup.rules.people import Part, Protection, Source


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
