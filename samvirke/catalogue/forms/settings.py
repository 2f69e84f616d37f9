"""The municipality's own set-up."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samvirke.accounts.queries import Person
from samvirke.catalogue import labels, values
from samvirke.catalogue.finnhjelp.site import LANGUAGES
from samvirke.catalogue.models import Joined
from samvirke.catalogue.verifying import LONGEST, SHORTEST
from samvirke.reference.models import Municipality


class SettingsForm(forms.Form):
    """What a municipality decides for its own page."""

    languages = forms.MultipleChoiceField(
        label=gettext_lazy("Språk på siden"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=gettext_lazy("Kommunens eget språk er alltid med."),
    )
    error_email = forms.CharField(
        label=gettext_lazy("E-postadresse for feil"),
        help_text=gettext_lazy(
            "Hit skriver innbyggerne når de finner en feil på siden. Adressen står på siden."
        ),
        error_messages={"required": gettext_lazy("Skriv hvem innbyggerne kan melde feil til.")},
        widget=forms.EmailInput,
    )
    statement_url = forms.CharField(
        label=gettext_lazy("Tilgjengelighetserklæring"),
        required=False,
        help_text=gettext_lazy(
            "Adressen til erklæringen dere har laget på uustatus.no, hvis dere har en egen."
        ),
    )
    check_days = forms.IntegerField(
        label=gettext_lazy("Hvor mange dager gjelder en bekreftelse?"),
        validators=[
            MinValueValidator(SHORTEST, gettext_lazy("Skriv minst %(limit_value)s dager.")),
            MaxValueValidator(LONGEST, gettext_lazy("Skriv høyst %(limit_value)s dager.")),
        ],
        initial=90,
        help_text=gettext_lazy("Etter så mange dager må noen se på opplysningen igjen. 90 er vanlig."),
        error_messages={
            "required": gettext_lazy("Skriv et antall dager."),
            "invalid": gettext_lazy("Skriv et helt antall dager."),
        },
    )
    needs_approval = forms.BooleanField(
        label=gettext_lazy("To personer må se på endringer før de står på siden"),
        required=False,
        help_text=gettext_lazy("En annen enn den som skrev, godkjenner. Krever minst én godkjenner."),
    )

    verifier = forms.ChoiceField(
        label=gettext_lazy("Ansvarlig for tjenester uten egen ansvarlig"),
        required=False,
        help_text=gettext_lazy("Får påminnelsene om tjenester uten egen ansvarlig."),
    )

    def __init__(
        self, *args: Any, place: Municipality, joined: Joined | None, people: Sequence[Person], **kwargs: Any
    ) -> None:
        there = {name: getattr(joined, name) for name in self.base_fields} if joined else {}
        there["verifier"] = str(joined.verifier_id or "") if joined else ""
        initial = {"languages": [place.default_language], **there}
        super().__init__(*args, **{**kwargs, "initial": initial})
        self.fields["languages"].choices = [  # type: ignore[attr-defined]
            (code, str(labels.LANGUAGES[code]).capitalize()) for code in LANGUAGES
        ]
        known = [(str(one.id), one.name) for one in people]
        self.fields["verifier"].choices = [("", _("Ingen: alle redaktørene")), *known]  # type: ignore[attr-defined]
        if joined is None:
            del self.fields["verifier"]

    def clean_error_email(self) -> str:
        return _cleaned(values.email, self.cleaned_data["error_email"])

    def clean_statement_url(self) -> str:
        return _cleaned(values.url, self.cleaned_data["statement_url"])

    def given(self) -> dict[str, Any]:
        """Return what the action asks for; the one who answers for all is chosen by an act of its own."""
        return {name: value for name, value in self.cleaned_data.items() if name != "verifier"}

    def verifier_id(self) -> UUID | None:
        """Return who answers for the services that name nobody."""
        found = self.cleaned_data.get("verifier")
        return UUID(found) if found else None


def _cleaned(clean: Any, text: str) -> str:
    try:
        return str(clean(text))
    except values.Refused as error:
        raise ValidationError(str(error)) from error
