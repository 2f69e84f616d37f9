"""Somebody for the list: what is needed to find and reach them, and nothing about their life."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samvirke.followup import words
from samvirke.followup.actions.registering import Ties
from samvirke.followup.forms.common import choices
from samvirke.followup.identity import Identity
from samvirke.followup.rules.people import Part, Protection, Source
from samvirke.reference.queries import municipalities

FIRST_OF_ALL = ("protection", "first", "last", "birth", "phones", "part", "source", "message_is_delivered")
CLOSE_TO = {
    "other": _("Annet"), "spouse": _("Ektefelle eller samboer"), "parent": _("Forelder"), "child": _("Barn"),
    "sibling": _("Søsken"), "grandparent": _("Besteforelder"), "friend": _("Venn"), "colleague": _("Kollega eller medelev"),
}  # fmt: skip
PASS_ON = {"": _("Ikke spurt"), "yes": _("Ja"), "no": _("Nei")}


def line(label: Any, length: int = 200, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, required=False, max_length=length, **more)


class RegisterForm(forms.Form):
    """One person. Address protection first; then only what stands on the first lines is typed for most."""

    protection = forms.ChoiceField(
        label=_("Har personen adressesperre?"),
        choices=choices(words.PROTECTIONS),
        widget=forms.RadioSelect(attrs={"autofocus": True}),
    )
    first = line(_("Fornavn"), 100)
    last = line(_("Etternavn"), 100)
    birth = line(_("Fødselsdato"), 20, help_text=_("24.12.2001, eller bare året"))
    phones = line(_("Telefon"), 100, help_text=_("Flere: skill med komma"))
    part = forms.ChoiceField(label=_("Rolle"), choices=choices(words.PARTS), initial=Part.WITNESS.value)
    source = forms.ChoiceField(
        label=_("Hvem ga opplysningene"), choices=choices(words.SOURCES), initial=Source.EPS.value
    )
    message_is_delivered = forms.BooleanField(
        label=_("Politiet har levert dødsbudskapet"), required=False,
        help_text=_("Gjelder etterlatte og pårørende til savnede. Uten dette tar ingen kontakt."),
    )  # fmt: skip
    not_found = forms.BooleanField(label=_("Kjent, men ikke funnet"), required=False)
    wants_now = forms.BooleanField(label=_("Ønsker kontakt med en gang"), required=False)
    relates_to = forms.ChoiceField(label=_("Hører sammen med den døde eller savnede"), required=False)
    relation = forms.ChoiceField(
        label=_("Den døde eller savnede er personens"),
        choices=choices(CLOSE_TO),
        required=False,
        initial="other",
    )
    interpreter = forms.BooleanField(label=_("Trenger tolk"), required=False)
    language = forms.ChoiceField(
        label=_("Språk"), choices=choices(words.LANGUAGES), required=False, initial="nb"
    )
    now_at = line(_("Hvor er personen nå?"))
    together_with = line(_("Hvem er personen sammen med?"), help_text=_("Viktigst for barn: hvem de dro med"))
    safe_contact = line(_("Slik er det trygt å ta kontakt"), 1000, widget=forms.Textarea(attrs={"rows": 2}))
    best_time = line(_("Når passer det best?"))
    email = line(_("E-post"))
    street = line(_("Adresse"))
    postal_code = line(_("Postnummer"), 4)
    home = line(_("Hjemkommune"), 60)
    pass_on = forms.ChoiceField(
        label=_("Kan vi si fra til hjemkommunen?"), choices=choices(PASS_ON), required=False
    )
    school_or_work = line(_("Skole eller arbeidsplass"))
    needs = line(
        _("Behov det må legges til rette for"), help_text=_("For eksempel rullestol eller barn å passe på")
    )
    wristband = line(_("Nummer på armbånd"), 20)
    nin = line(_("Fødselsnummer"), 14, help_text=_("Bare når det trengs for å skille to personer"))
    family = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, references: Sequence[tuple[str, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["relates_to"].choices = [("", _("Ingen")), *references]  # type: ignore[attr-defined]
        self.has_references = bool(references)
        if (other := str(self.initial.get("language", "nb"))) not in words.LANGUAGES:
            self.fields["language"].choices += [(other, other)]  # type: ignore[attr-defined]

    def clean_home(self) -> str:
        """Return the number of a municipality that was written by number or name."""
        told: str = self.cleaned_data["home"].strip()
        if not told:
            return ""
        numbers = {one.name.casefold(): one.code for one in municipalities()}
        if told in numbers.values():
            return told
        if told.casefold() not in numbers:
            raise forms.ValidationError(gettext("Ingen kommune heter dette. Skriv navnet eller nummeret."))
        return numbers[told.casefold()]

    def leading(self) -> list[Any]:
        """Return the fields that stand open."""
        return [self[name] for name in FIRST_OF_ALL]

    def further(self) -> list[Any]:
        """Return the fields under "more"."""
        hidden = {*FIRST_OF_ALL, "family"} | (set() if self.has_references else {"relates_to", "relation"})
        return [field for field in self if field.name not in hidden]

    def told_more(self) -> bool:
        """Say whether a field under "more" holds something or is wrong: then they stand open."""
        usual = {"language": "nb", "relation": "other"}
        return any(
            field.errors or (field.value() and field.value() != usual.get(field.name))
            for field in self.further()
        )

    def identity(self) -> Identity:
        """Return who it is, as typed."""
        told = self.cleaned_data
        phones = tuple(one.strip() for one in told["phones"].split(",") if one.strip())
        names = ("first", "last", "birth", "nin", "email", "street", "postal_code", "home", "safe_contact", "best_time",
                 "school_or_work", "needs", "wristband", "now_at", "together_with")  # fmt: skip
        return Identity(phones=phones, **{name: told[name] for name in names})

    def facts(self, same_as: UUID | None = None) -> dict[str, Any]:
        """Return what else was told."""
        told: Mapping[str, Any] = self.cleaned_data
        other = UUID(told["relates_to"]) if told["relates_to"] else None
        pass_on = {"yes": True, "no": False}.get(told["pass_on"])
        return {
            "part": Part(told["part"]),
            "source": Source(told["source"]),
            "protection": Protection(told["protection"]),
            "language": told["language"] or "nb",
            "interpreter": told["interpreter"],
            "message_is_delivered": told["message_is_delivered"],
            "found": not told["not_found"],
            "wants_now": told["wants_now"],
            "ties": Ties(told["family"], other, told["relation"] or "other", same_as, pass_on),
        }
