"""What is wrong with hours, in the language of the screen."""

from django.utils.translation import get_language, gettext

from samvirke.kit.hours import HoursError


def language() -> str:
    """The language of the screen, as kit.hours names it."""
    return (get_language() or "nb")[:2]


def sentence(error: HoursError) -> str:
    """Say what is wrong, in one sentence for whoever wrote it."""
    return error.said(gettext, language())
