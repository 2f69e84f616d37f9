"""The preview of hours in the editor uses the very words of the badges on the public pages."""

from datetime import datetime
from typing import Any

import pytest
from django.utils import translation

from samvirke.catalogue.finnhjelp import times
from samvirke.kit.hours import OSLO, will_say


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
@pytest.mark.parametrize("kind", ["visit", "phone", "chat"])
def test_the_editor_says_what_the_page_says(language: str, kind: str) -> None:
    with translation.override(language):
        words: dict[str, Any] = dict(times._words(language))
    until, always, closed = words[kind]
    clock, tomorrow = words["clock"], words["day"].replace("{d}", words["tomorrow"])
    point = ":" if language == "en" else "."

    def said(text: str, hour: int) -> str:
        return will_say(text, datetime(2026, 12, 21, hour, tzinfo=OSLO), language, kind)

    assert said("Mo-Fr 08:00-15:30", 9) == until.replace("{t}", clock.replace("{c}", f"15{point}30"))
    assert said("24/7", 9) == always
    assert said("Mo-Fr 08:00-15:30", 16) == closed.replace("{t}", tomorrow.replace("{c}", f"08{point}00"))
    assert said("Mo 08:00-15:30,17:00-18:00", 16) == closed.replace(
        "{t}", clock.replace("{c}", f"17{point}00")
    )
    thursday = words["day"].replace("{d}", words["days"][3]).replace("{c}", f"08{point}00")
    assert said("Th 08:00-15:30", 16) == closed.replace("{t}", thursday)
