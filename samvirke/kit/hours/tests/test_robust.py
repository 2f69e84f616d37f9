"""Whatever is typed is read or refused in words; it never breaks and never takes long."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samvirke.kit.hours import HoursError, parse

PIECES = [
    "Mo", "Tu", "Fr", "Su", "PH", "SH", "off", "24/7", "easter", "Dec", "Jan", "Feb", "29", "24", "3", "2026", "2027",
    "08:00", "15:30", "24:00", "26:00", "00:00", "-3 days", "+1 day", "-", "-", "-", ",", ",", ";", ";", " ", " ", ":",
    ".", "kl", "man", "mai", "til", "og", "stengt", "8", "15", "–", "[1]", "/", "|", "\n", "«", "døgn", "²", "٣",
]  # fmt: skip


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.one_of(st.lists(st.sampled_from(PIECES), max_size=14).map("".join), st.text(max_size=40)))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        schedule = parse(text)
    except HoursError as error:
        sentence = str(error)
    else:
        sentence = "."
        assert parse(schedule.osm) == schedule
    assert sentence.endswith(".")
