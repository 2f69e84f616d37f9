"""The night that was cut: what is asked about, and what is left alone."""

import pytest

from samvirke.kit.hours import cut_night, parse


def test_a_weekend_that_stops_at_midnight_before_an_open_night_is_asked_about():
    said = cut_night(parse("Mo-Fr 15:30-08:00; Sa,Su 00:00-24:00"))
    assert said is not None
    assert str(said) == (
        "«Su 00:00-24:00» slutter ved midnatt, men de andre nettene varer til 08:00: "
        "skriv «08:00-32:00» i stedet for «00:00-24:00»."
    )


@pytest.mark.parametrize(
    "text",
    [
        "24/7",
        "Mo-Fr 15:30-08:00; Sa,Su,PH 08:00-32:00",
        "Mo-Fr 08:00-16:00; Sa,Su 00:00-24:00",
        "Fr 22:00-06:00; Sa 00:00-24:00",
        "Mo-Fr 00:00-08:00,15:30-24:00; Sa,Su 00:00-24:00",
    ],
)
def test_what_means_what_it_says_is_left_alone(text):
    assert cut_night(parse(text)) is None
