"""A list from a file."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samvirke.catalogue.importing.files import LARGEST_FILE, File
from samvirke.followup import words
from samvirke.followup.forms.common import choices
from samvirke.followup.importing.reading import Defaults
from samvirke.followup.rules.people import Part, Source
from samvirke.reference.queries import municipalities


class ListForm(forms.Form):
    """The file, and what counts for rows that say nothing themselves."""

    file = forms.FileField(label=_("Fil"), help_text=_("Excel (.xlsx) eller CSV"))
    part = forms.ChoiceField(
        label=_("Rolle for rader uten rolle"), required=False,
        choices=[("", _("Ingen: da avvises raden")), *choices(words.PARTS)],
    )  # fmt: skip
    source = forms.ChoiceField(
        label=_("Hvem ga listen"), choices=choices(words.SOURCES), initial=Source.POLICE.value
    )

    def clean_file(self) -> File:
        """Return the file, unless it is too large."""
        given = self.cleaned_data["file"]
        if given.size > LARGEST_FILE:
            raise forms.ValidationError(
                gettext("Filen er større enn {n} MB.").format(n=LARGEST_FILE // 1_000_000)
            )
        return File("liste", given.read())

    def defaults(self) -> Defaults:
        """Return what counts where the file says nothing."""
        part, source = self.cleaned_data["part"], self.cleaned_data["source"]
        homes = {one.name.casefold(): one.code for one in municipalities()}
        return Defaults(Part(part) if part else None, Source(source), homes)
