"""The sentences of mistakes: each is one sentence, each is told by somebody, and each holds what was written."""

import re
from pathlib import Path

import pytest

from samvirke.kit.hours import HoursError
from samvirke.kit.hours.mistakes import MISTAKES
from samvirke.kit.hours.model import Dates, Fixed
from samvirke.kit.hours.sentences import SENTENCES

ROOM = Path(__file__).parents[1]
CHRISTMAS = Dates(Fixed(12, 24), Fixed(12, 26))


def told() -> set[str]:
    """The codes that the package raises."""
    source = "".join(path.read_text(encoding="utf-8") for path in ROOM.glob("*.py"))
    return set(re.findall(r'HoursError\(\s*"([a-z-]+)"', source)) | {code for code, _ in MISTAKES}


def test_every_code_has_a_sentence_and_every_sentence_is_told() -> None:
    assert told() == set(SENTENCES)


@pytest.mark.parametrize("code", SENTENCES)
def test_every_sentence_is_one_sentence(code: str) -> None:
    assert SENTENCES[code].endswith(".")
    assert ". " not in SENTENCES[code].replace("2. påskedag", "")


def test_a_code_without_a_sentence_cannot_be_raised() -> None:
    with pytest.raises(KeyError):
        HoursError("unknown")


def test_an_error_says_what_was_written_also_in_another_language() -> None:
    error = HoursError("no-time", written="25{}")
    assert str(error) == "«25{}» er ikke et klokkeslett."
    assert error.said(lambda _: "“{written}” is not a time.", "en") == "“25{}” is not a time."


def test_dates_are_said_in_the_language_of_the_sentence() -> None:
    error = HoursError("twice", dates=CHRISTMAS)
    assert str(error) == "24.–26. desember står to ganger: fjern den ene."
    assert error.said(lambda _: "{dates}: twice.", "en") == "24–26 December: twice."
