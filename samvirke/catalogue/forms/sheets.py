"""Files in and out: choosing a file, saying who stands for what it tells, choosing the form of an export."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samvirke.catalogue.actions.import_preview import LARGEST_UPLOAD, MOST_ROWS
from samvirke.catalogue.forms.answers import by_field
from samvirke.catalogue.importing.files import too_large
from samvirke.catalogue.importing.words import NORWEGIAN
from samvirke.kit.errors import BadInput

DRAFT, CONFIRMED = "utkast", "bekreftet"
CHOOSE = {
    "required": gettext_lazy("Velg en av mulighetene."),
    "invalid_choice": gettext_lazy("Velg en av mulighetene."),
}


class FileForm(forms.Form):
    """The file to read."""

    file = forms.FileField(
        label=gettext_lazy("Fil"),
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx,.json,.txt"}),
        error_messages={"required": gettext_lazy("Velg en fil.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].help_text = _(
            "CSV, Excel (.xlsx) eller HSDS (.json). Høyst {size} MB og {rows} rader."
        ).format(size=LARGEST_UPLOAD // 1_000_000, rows=f"{MOST_ROWS:,}".replace(",", " "))

    def clean_file(self) -> Any:
        """Refuse what is too large before it is read."""
        found = self.cleaned_data["file"]
        if found.size is not None and found.size > LARGEST_UPLOAD:
            raise forms.ValidationError(too_large("", LARGEST_UPLOAD).text)
        return found

    def refuse(self, error: BadInput) -> None:
        """Say what is wrong with the file as a whole, with the row and the column if it is known."""
        row = _("Rad {row}").format(row=error.row) if error.row else ""
        column = column_name(error.field) if error.field else ""
        where = ", ".join(filter(None, (row, column)))
        self.add_error("file", f"{where}: {error.text}" if where else error.text)


class CarryOutForm(forms.Form):
    """Are the services drafts, or does somebody stand for what the file tells?"""

    how = forms.ChoiceField(
        label=gettext_lazy("Er opplysningene bekreftet?"),
        widget=forms.RadioSelect,
        choices=[
            (DRAFT, gettext_lazy("Nei, lag utkast. Det som står på siden nå, blir stående")),
            (CONFIRMED, gettext_lazy("Ja, vis dem på siden med en gang")),
        ],
        initial=DRAFT,
        error_messages=CHOOSE,
    )
    by = by_field()
    also_same = forms.BooleanField(
        label=gettext_lazy("Bekreft også tjenestene som filen ikke endrer"), required=False
    )

    def __init__(self, *args: Any, may_confirm: bool, same: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["by"].required = False
        if not may_confirm:
            for name in ("how", "by", "also_same"):
                del self.fields[name]
        elif not same:
            del self.fields["also_same"]

    def clean(self) -> dict[str, Any]:
        """Ask who confirms, when somebody does."""
        found = super().clean() or self.cleaned_data
        if found.get("how") == CONFIRMED and not found.get("by", "").strip() and "by" not in self.errors:
            self.add_error("by", _("Skriv hvem som bekrefter: en rolle eller en enhet."))
        return found

    def confirmed_by(self) -> str:
        """Return who stands for what the file tells; "" when nobody does."""
        confirmed = self.cleaned_data.get("how") == CONFIRMED
        return str(self.cleaned_data.get("by", "")).strip() if confirmed else ""


class ExportForm(forms.Form):
    """What is to be exported, and as what."""

    form = forms.ChoiceField(
        label=gettext_lazy("Format"),
        widget=forms.RadioSelect,
        choices=[
            ("xlsx", gettext_lazy("Excel (.xlsx): til å lese og rette i")),
            ("csv", gettext_lazy("CSV: ren tekst, til andre systemer")),
            (
                "hsds",
                gettext_lazy("HSDS 3.1 (.json): alt som står på tjenestene, til andre tjenestekataloger"),
            ),
        ],
        initial="xlsx",
        error_messages=CHOOSE,
    )
    utkast = forms.BooleanField(label=gettext_lazy("Ta med utkast"), required=False)


def column_name(field: str) -> str:
    """Name a column as a person reads it: "Telefon (phone)"."""
    return f"{NORWEGIAN[field]} ({field})" if field in NORWEGIAN else field
