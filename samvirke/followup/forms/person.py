"""What is known about one person, how they want contact, whom they belong with, and what they have said about sharing."""

from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import datetime, time
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from samvirke.followup import words
from samvirke.followup.cleaning import LOCATES
from samvirke.followup.forms.common import choices
from samvirke.followup.identity import Identity
from samvirke.followup.models import Person
from samvirke.followup.rules.people import Protection
from samvirke.kit.hours import OSLO

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
DAYS = ["%Y-%m-%d", "%d.%m.%Y"]


def _text(label: Any, longest: int = 200, hint: Any = "", rows: int = 0) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput()
    return forms.CharField(label=label, required=False, max_length=longest, help_text=hint, widget=widget)


class EditForm(forms.Form):
    """Who somebody is. Where they are is asked only of those without strengt fortrolig address."""

    protection = forms.ChoiceField(
        label=_("Adressesperre"),
        choices=choices(words.PROTECTIONS),
        help_text=_(
            "Velger du strengt fortrolig, slettes adresse, oppholdssted, skole, arbeid og fastlege når du lagrer."
        ),
    )
    safe_contact = _text(_("Slik er det trygt å ta kontakt"), 1000, _("Vises før telefonnummeret."), 2)
    avoid = _text(_("Hvem skal vi ikke kontakte?"), 1000, "", 2)
    first = _text(_("Fornavn"), 100)
    last = _text(_("Etternavn"), 100)
    birth = _text(_("Fødselsdato"), 20, _("24.12.2001, eller bare året"))
    nin = _text(_("Fødselsnummer"), 20)
    phones = _text(_("Telefon"), 100, _("Flere: skill med komma. Det beste først."))
    email = _text(_("E-post"))
    best_time = _text(_("Best tid"))
    language = forms.ChoiceField(label=_("Språk"), choices=choices(words.LANGUAGES))
    interpreter = forms.BooleanField(label=_("Trenger kvalifisert tolk"), required=False)
    guardian = _text(
        _("Foreldreansvar, verge eller barnevern"),
        1000,
        _("Hvem bestemmer for personen, og hvordan nås de?"),
        2,
    )
    needs = _text(_("Behov vi må ta hensyn til"), 1000, _("Ikke diagnoser."), 2)
    now_at = _text(_("Hvor er personen nå?"))
    together_with = _text(_("Hvem er personen sammen med?"), 200, _("Viktigst for barn"))
    street = _text(_("Adresse"))
    postal_code = _text(_("Postnummer"), 4)
    school_or_work = _text(_("Skole eller arbeid"))
    gp = _text(_("Fastlege"))
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, person: Person, known: Identity, **kwargs: Any) -> None:
        first = {**asdict(known), "phones": ", ".join(known.phones), "protection": person.protection}
        first |= {"language": person.language, "interpreter": person.interpreter, "version": person.version}
        super().__init__(*args, **{**kwargs, "initial": first})
        self.known = known
        if person.language not in words.LANGUAGES:
            self.fields["language"].choices += [(person.language, person.language)]  # type: ignore[attr-defined]
        if person.protection == Protection.STRICTLY_CONFIDENTIAL.value:
            for name in LOCATES:
                self.fields.pop(name, None)

    def identity(self) -> Identity:
        """Return who it is, as typed; where they are is left out for strengt fortrolig."""
        told = self.cleaned_data
        lines: dict[str, Any] = {name: told[name] for name in asdict(self.known) if name in told}
        lines["phones"] = tuple(one.strip() for one in told["phones"].split(",") if one.strip())
        if told["protection"] == Protection.STRICTLY_CONFIDENTIAL.value:
            lines |= dict.fromkeys(LOCATES, "")
        return replace(self.known, **lines)

    def facts(self) -> dict[str, Any]:
        """Return what else was told."""
        told = self.cleaned_data
        return {
            "protection": Protection(told["protection"]),
            "language": told["language"],
            "interpreter": told["interpreter"],
            "version": told["version"],
        }


class WishesForm(forms.Form):
    """How somebody wants to be contacted."""

    fewer = forms.BooleanField(
        label=_("Ønsker færre kontakter"), required=False,
        help_text=_("Planen beholder kontakter med minst 60 dager imellom, kartlegging og årsdagen."),
    )  # fmt: skip
    only = forms.ChoiceField(
        label=_("Hvordan vil personen kontaktes?"),
        choices=choices(words.ONLY),
        required=False,
        widget=forms.RadioSelect,
    )
    through_parents = forms.BooleanField(
        label=_("Barn: det er avklart at det er trygt å gå gjennom foreldrene"), required=False
    )


class ConsentForm(forms.Form):
    """What somebody has said about one purpose and one recipient."""

    state = forms.ChoiceField(
        label=_("Hva sier personen?"), choices=choices(words.CONSENT_STATES), widget=forms.RadioSelect
    )
    purpose = forms.ChoiceField(label=_("Hva gjelder det?"), choices=choices(words.PURPOSES))
    recipient = forms.ChoiceField(label=_("Hvem gjelder det?"), choices=choices(words.RECIPIENTS))
    given_by = forms.ChoiceField(
        label=_("Hvem sa det?"), choices=choices(words.GIVEN_BY), widget=forms.RadioSelect, initial="self"
    )
    how = forms.ChoiceField(
        label=_("Hvordan?"), choices=choices(words.HOW), widget=forms.RadioSelect, initial="oral"
    )
    said_on = forms.DateField(label=_("Når ble det sagt?"), widget=DAY, input_formats=DAYS)

    def said_at(self, now: datetime) -> datetime:
        """Return when it was said: now, if it was today."""
        day = self.cleaned_data["said_on"]
        today = now.astimezone(OSLO).date()
        return now if day == today else datetime.combine(day, time(12), OSLO)


class FindForm(forms.Form):
    """A search for somebody who is registered already."""

    name = forms.CharField(label=_("Navn"), max_length=200, help_text=_("Skriv for- og etternavn."))
    birth = _text(_("Fødselsår"), 20)

    def wanted(self) -> Identity:
        """Return what is looked for."""
        first, _space, last = self.cleaned_data["name"].strip().rpartition(" ")
        return Identity(first=first, last=last, birth=self.cleaned_data["birth"].strip())


class RelationForm(forms.Form):
    """What the other is to the person."""

    other = forms.ChoiceField(label=_("Hvem?"), widget=forms.RadioSelect)
    kind = forms.ChoiceField(label=_("Hva er den andre for personen?"), choices=choices(words.RELATIONS))
    custody = forms.BooleanField(label=_("Har foreldreansvar for personen"), required=False)
    household = forms.BooleanField(label=_("Bor sammen, og kan besøkes sammen"), required=False)
    apart = forms.BooleanField(
        label=_("Må holdes atskilt"), required=False,
        help_text=_("Får aldri samme kontaktperson, liste eller samling. Gjelder for eksempel familien til den som er drept og familien til den som drepte."),
    )  # fmt: skip

    def __init__(self, *args: Any, others: Sequence[tuple[UUID, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["other"].choices = [(str(id_), name) for id_, name in others]  # type: ignore[attr-defined]


class JournalForm(forms.Form):
    """Where health help is journalled."""

    system = forms.CharField(label=_("Journalsystem"), max_length=60)
    on = forms.DateField(label=_("Journalført dato"), widget=DAY, input_formats=DAYS)


MOMENT = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
MOMENTS = ["%Y-%m-%dT%H:%M", "%d.%m.%Y %H.%M", "%d.%m.%Y"]


class StepForm(forms.Form):
    """One more contact."""

    code = forms.ChoiceField(label=_("Hva gjelder kontakten?"))
    aim = forms.DateTimeField(label=_("Når?"), widget=MOMENT, input_formats=MOMENTS)
    reason = forms.CharField(label=_("Hvorfor?"), max_length=300)

    def __init__(self, *args: Any, codes: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].choices = [(code, words.STEPS[code]) for code in codes]  # type: ignore[attr-defined]


class PauseForm(forms.Form):
    """A rest for the plan."""

    until = forms.DateField(
        label=_("Til hvilken dag?"),
        widget=DAY,
        input_formats=DAYS,
        help_text=_("Inntil 180 dager. Da står personen i listen igjen."),
    )
    reason = forms.CharField(label=_("Hvorfor?"), max_length=300)

    def moment(self) -> datetime:
        """Return the morning of that day."""
        return datetime.combine(self.cleaned_data["until"], time(8), OSLO)
