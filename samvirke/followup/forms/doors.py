"""Who may come near a person."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _


class StaffForm(forms.Form):
    """A member of staff."""

    account = forms.ChoiceField(label=_("Hvem vil personen ikke ha i saken sin?"))

    def __init__(self, *args: Any, staff: Sequence[tuple[UUID, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["account"].choices = [("", _("Velg")), *((str(id_), name) for id_, name in staff)]  # type: ignore[attr-defined]


class NameForm(forms.Form):
    """A leader who gets access, and why."""

    account = forms.ChoiceField(label=_("Hvilken leder skal ha tilgang?"))
    reason = forms.CharField(label=_("Hvorfor trengs tilgangen?"), max_length=300)

    def __init__(
        self, *args: Any, leaders: Sequence[tuple[UUID, str]], me: UUID | None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["account"].choices = [(str(id_), name) for id_, name in leaders]  # type: ignore[attr-defined]
        self.fields["account"].initial = str(me)
