"""What the badge of a public page will say at a moment that somebody picks."""

from datetime import UTC, datetime

import pytest

from samvirke.kit.hours import OSLO, HoursError
from samvirke.kit.hours.badge import will_say

OFFICE = "Mo-Fr 08:00-15:30; PH off; Dec 24 Mo-Fr 08:00-12:00"


@pytest.mark.parametrize(
    ("text", "moment", "said"),
    [
        (OFFICE, "2026-12-24 19:00", "Stengt – åpner mandag kl. 08.00"),
        (OFFICE, "2026-12-24 11:59", "Åpen nå til kl. 12.00"),
        (OFFICE, "2026-12-23 16:00", "Stengt – åpner i morgen kl. 08.00"),
        (OFFICE, "2026-12-23 07:00", "Stengt – åpner kl. 08.00"),
        ("Mo 08:00-15:30", "2026-12-21 16:00", ""),
        ("Mo 08:00-15:30", "2026-12-22 16:00", "Stengt – åpner mandag kl. 08.00"),
        ("24/7", "2026-12-24 19:00", "Åpen nå"),
        ("24/7; 2026 Dec 26 off", "2026-12-24 19:00", "Åpen nå"),
        ("24/7; 2026 Dec 26 off", "2026-12-25 19:00", "Åpen nå til kl. 24.00"),
        ("24/7; 2026 Dec 25 off", "2026-12-24 10:00", "Åpen nå til kl. 24.00"),
        ("Mo-Su 18:00-02:00", "2026-12-24 19:00", "Åpen nå til kl. 02.00"),
        ("Mo-Su 08:00-06:00", "2026-12-24 09:00", "Åpen nå til i morgen kl. 06.00"),
        ("Mo-Su 08:00-16:00; 2026 Dec 20-2027 Jan 05 off", "2026-12-24 19:00", ""),
        ("off", "2026-12-24 19:00", ""),
    ],
)
def test_what_the_badge_says(text: str, moment: str, said: str) -> None:
    assert will_say(text, datetime.fromisoformat(moment).replace(tzinfo=OSLO), "nb") == said


def test_it_speaks_three_languages_of_visits_phones_and_chats() -> None:
    evening = datetime(2026, 12, 24, 18, 0, tzinfo=UTC)
    assert will_say(OFFICE, evening, "nn") == "Stengt – opnar måndag kl. 08.00"
    assert will_say(OFFICE, evening, "en") == "Closed – opens Monday 08:00"
    assert will_say(OFFICE, evening, "nb", "phone") == "Telefontid igjen mandag kl. 08.00"
    assert will_say("24/7", evening, "en", "chat") == "The chat is open"
    assert will_say("24/7", evening, "pl") == "Åpen nå"


def test_a_text_that_cannot_be_read_is_refused() -> None:
    with pytest.raises(HoursError):
        will_say("etter avtale", datetime(2026, 12, 24, tzinfo=UTC), "nb")
