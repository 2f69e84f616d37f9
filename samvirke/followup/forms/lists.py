"""Who follows whom up."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _


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
