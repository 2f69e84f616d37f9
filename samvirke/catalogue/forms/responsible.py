"""Who answers for services, a shorter limit for a while, and kinds of one's own."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samvirke.accounts.queries import Person
from samvirke.catalogue import labels, values
from samvirke.catalogue.desk_queries import Responsible
from samvirke.catalogue.forms.answers import DateField, LanguagesForm
from samvirke.catalogue.verifying import LONGEST
from samvirke.kit.hours import OSLO


class ResponsibleForm(forms.Form):
    """Which services, and to whom."""

    services = forms.MultipleChoiceField(required=False, label=gettext_lazy("Tjenester"))
    person_ = forms.ChoiceField(
        required=False,
        label=gettext_lazy("Hvem skal ha ansvaret?"),
        help_text=gettext_lazy("Den ansvarlige får en påminnelse når noe må bekreftes."),
    )

    def __init__(
        self, *args: Any, people: Sequence[Person], services: Sequence[Responsible], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        known = [(str(one.id), one.name) for one in people]
        self.fields["person_"].choices = [("", _("Kommunens felles ansvarlige")), *known]  # type: ignore[attr-defined]
        self.fields["services"].choices = [(one.id, one.name) for one in services]  # type: ignore[attr-defined]

    def clean_services(self) -> list[str]:
        """Something has to be ticked."""
        chosen: list[str] = self.cleaned_data["services"]
        if not chosen:
            raise ValidationError(_("Kryss av for minst én tjeneste."))
        return chosen

    def chosen(self) -> list[UUID]:
        """Return the services that were ticked."""
        return [UUID(one) for one in self.cleaned_data["services"]]

    def person(self) -> UUID | None:
        """Return who is to answer for them; None: whoever answers for all that name nobody."""
        found = self.cleaned_data["person_"]
        return UUID(found) if found else None


class ShorterForm(forms.Form):
    """A shorter limit for all confirmations, until a day."""

    days = forms.IntegerField(
        label=gettext_lazy("Hvor mange dager skal en bekreftelse gjelde?"),
        validators=[
            MinValueValidator(1, gettext_lazy("Skriv et antall dager fra 1 til 365.")),
            MaxValueValidator(LONGEST, gettext_lazy("Skriv et antall dager fra 1 til 365.")),
        ],
        error_messages={
            "required": gettext_lazy("Skriv et antall dager."),
            "invalid": gettext_lazy("Skriv et helt antall dager."),
        },
    )
    last = DateField(
        label=gettext_lazy("Siste dag med kortere frist"),
        error_messages={"required": gettext_lazy("Skriv den siste dagen med kortere frist.")},
    )
    reason = forms.CharField(
        label=gettext_lazy("Hvorfor?"),
        max_length=300,
        help_text=gettext_lazy("Bare de som jobber i kommunen, ser dette."),
        error_messages={"required": gettext_lazy("Skriv hvorfor.")},
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_last(self) -> date:
        """The limit counts at least today."""
        found: date = self.cleaned_data["last"]
        if found < self.today:
            raise ValidationError(_("Siste dag er allerede forbi."))
        return found

    def until(self) -> datetime:
        """Return the midnight after the last day."""
        return datetime.combine(self.cleaned_data["last"] + timedelta(days=1), time(), OSLO)


class OwnKindForm(LanguagesForm):
    """The names of a kind, and where it belongs."""

    said = gettext_lazy("Navn på typen")
    lacks = gettext_lazy("Skriv hva typen heter.")
    longest = values.LONGEST_NAME
    rows = 1

    level = forms.ChoiceField(label=gettext_lazy("Nivå"), choices=list(labels.LEVELS.items()))
