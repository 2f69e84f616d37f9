"""The two public forms. They clean; a value that makes no sense becomes the nearest that does."""

from django import forms
from django.conf import settings


class _Public(forms.Form):
    sprak = forms.CharField(required=False, max_length=10)

    def clean_sprak(self) -> str:
        """Return a language that exists, bokmål for any other."""
        language = str(self.cleaned_data["sprak"])
        return language if language in settings.PUBLIC_LANGUAGES else "nb"


class SearchForm(_Public):
    """Words and the municipality they are asked in ("" for the whole country)."""

    q = forms.CharField(required=False, max_length=1000)
    kommune = forms.SlugField(required=False, max_length=80)


class PlaceForm(_Public):
    """A postal code, a place or the name of a municipality."""

    sted = forms.CharField(required=False, max_length=200)
