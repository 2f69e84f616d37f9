"""The emergency numbers are the right ones, said in three languages, and cannot be changed."""

import dataclasses

import pytest

from samvirke.reference import emergency
from samvirke.reference.models import Helpline


def test_the_numbers() -> None:
    assert [one.number for one in emergency.LIFE_IN_DANGER] == ["113", "112", "110"]
    assert [one.number for one in emergency.ALL] == ["113", "112", "110", "116117", "116123", "116111"]
    assert all(one.display.replace(" ", "") == one.number for one in emergency.ALL)


def test_every_text_stands_in_three_languages() -> None:
    for one in (*emergency.ALL, *emergency.CHANNELS):
        for text in (one.name, one.about):
            assert set(text) == {"nb", "nn", "en"}
            assert all(text.values())


def test_nothing_can_change_them() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        emergency.MEDICAL.number = "911"  # type: ignore[misc]
    with pytest.raises(TypeError):
        emergency.MEDICAL.name["nb"] = "Noe annet"  # type: ignore[index]


def test_the_text_telephones_number_is_not_given() -> None:
    assert "1412" not in str(emergency.TEXT_TELEPHONE)


@pytest.mark.django_db
def test_the_two_lines_for_someone_to_talk_to_agree_with_the_helplines() -> None:
    for one in emergency.SOMEONE_TO_TALK_TO:
        assert Helpline.objects.get(pk=one.key).number == one.number
