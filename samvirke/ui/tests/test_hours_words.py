"""What is wrong with hours is said in the language of the screen."""

from string import Formatter

import pytest
from django.utils import translation

from samvirke.kit.hours import HoursError
from samvirke.kit.hours.model import Dates, Easter
from samvirke.kit.hours.sentences import SENTENCES
from samvirke.ui.hours_words import sentence

THURSDAY = Dates(Easter(-3), Easter(-3))


def values(code: str) -> dict[str, str]:
    """A value of its own for everything that a sentence is filled with."""
    names = {name for _, name, _, _ in Formatter().parse(SENTENCES[code]) if name}
    return {name: f"<{name}>" for name in names}


@pytest.mark.parametrize("language", ["nn", "en"])
@pytest.mark.parametrize("code", SENTENCES)
def test_every_sentence_is_said_in_the_language_with_all_that_it_is_about(code: str, language: str) -> None:
    error = HoursError(code, **values(code))
    with translation.override("nb"):
        assert sentence(error) == str(error)
    with translation.override(language):
        said = sentence(error)
    assert said != str(error)
    assert said.endswith(".")
    assert all(value in said for value in values(code).values())


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("nb", "Skjærtorsdag står to ganger: fjern den ene."),
        ("nn", "Skjertorsdag står to gonger: fjern den eine."),
        ("en", "Maundy Thursday is listed twice: remove one of them."),
    ],
)
def test_dates_are_named_in_the_language(language: str, said: str) -> None:
    with translation.override(language):
        assert sentence(HoursError("twice", dates=THURSDAY)) == said
