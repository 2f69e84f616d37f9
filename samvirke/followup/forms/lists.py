"""What lists are filtered by, and who follows whom up."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from samvirke.followup import words
from samvirke.followup.forms.common import choices
from samvirke.followup.lists import list_words
from samvirke.followup.lists.staff import option
from samvirke.followup.rules.people import REFERENCE
from samvirke.followup.rules.staffing import Worker, propose_deputy

ALL = ("", _("Alle"))
DAYS = ["%Y-%m-%d", "%d.%m.%Y"]


class ListFilterForm(forms.Form):
    """What a worklist is narrowed to. It stands in the address, so that it can be kept."""

    rolle = forms.ChoiceField(
        label=_("Rolle"), required=False,
        choices=[ALL, *choices({part: name for part, name in words.PARTS.items() if part not in REFERENCE})],
    )  # fmt: skip
    hendelse = forms.ChoiceField(label=_("Hendelse"), required=False)
    sprak = forms.ChoiceField(
        label=_("Språk"), required=False, choices=[ALL, *choices(list_words.FILTERED_BY_LANGUAGE)]
    )
    tolk = forms.BooleanField(
        label=_("Trenger tolk"), required=False, widget=forms.CheckboxInput(attrs={"value": "1"})
    )
    forsinket = forms.BooleanField(
        label=_("Over fristen"), required=False, widget=forms.CheckboxInput(attrs={"value": "1"})
    )

    def __init__(self, *args: Any, incidents: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["hendelse"].choices = [ALL, *incidents]  # type: ignore[attr-defined]


class KeepFilterForm(forms.Form):
    """What somebody calls a choice of their own."""

    name = forms.CharField(label=_("Navn på utvalget"), max_length=40)


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


class AssignForm(forms.Form):
    """A contact person for those who wait, and a deputy: proposed unless somebody is chosen."""

    contact = forms.ChoiceField(
        label=_("Kontaktperson"), error_messages={"required": _("Velg en kontaktperson.")}
    )
    deputy = forms.ChoiceField(
        label=_("Stedfortreder"), required=False,
        help_text=_("Velger du ingen, blir det den på jobb som har færrest personer."),
    )  # fmt: skip
    over_limit = forms.BooleanField(
        label=_("Det er meningen, selv om kontaktpersonen har mange eller er borte"), required=False
    )
    apart = forms.BooleanField(label=_("Familien skal ha hver sin kontaktperson"), required=False)

    def __init__(self, *args: Any, workers: Sequence[Worker], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.workers = workers
        options = [(str(one.membership), option(one)) for one in workers]
        self.fields["contact"].choices = [("", _("Velg")), *options]  # type: ignore[attr-defined]
        self.fields["deputy"].choices = [("", _("Foreslå for meg")), *options]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Propose a deputy where nobody is chosen."""
        told = super().clean() or self.cleaned_data
        if told.get("contact") and not told.get("deputy"):
            deputy = propose_deputy(UUID(told["contact"]), self.workers)
            if deputy is None:
                self.add_error(
                    "deputy", _("Ingen kan være stedfortreder. Gi en til rollen som kontaktperson.")
                )
            told["deputy"] = str(deputy or "")
        return told

    def pair(self) -> tuple[UUID, UUID]:
        """Return the two memberships."""
        return UUID(self.cleaned_data["contact"]), UUID(self.cleaned_data["deputy"])


class AbsenceForm(forms.Form):
    """From when to when somebody is away. Both days count."""

    who = forms.ChoiceField(label=_("Hvem er borte?"))
    first = forms.DateField(
        label=_("Første dag"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=DAYS,
    )
    last = forms.DateField(
        label=_("Siste dag"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=DAYS,
    )

    def __init__(self, *args: Any, workers: Sequence[Worker], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["who"].choices = [(str(one.membership), one.name) for one in workers]  # type: ignore[attr-defined]
        if len(workers) == 1:
            self.fields["who"].widget = forms.HiddenInput()
            self.fields["who"].initial = str(workers[0].membership)


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
            ("planned", _("Den nye kontaktpersonen forteller det innen tre dager")),
            ("not-possible", _("Ikke mulig")),
        ],
    )
