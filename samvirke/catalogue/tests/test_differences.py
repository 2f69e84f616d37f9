"""Field by field and word by word; pure."""

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from samvirke.catalogue.differences import GONE, NEW, SAME, Run, compare, differences
from samvirke.catalogue.inputs import ChannelInput, PhoneInput, ServiceInput, TextInput

BEFORE = ServiceInput(
    kind="nav",
    texts={"nb": TextInput("Nav", "Hjelp med penger."), "en": TextInput("Nav")},
    phones=(PhoneInput("+4755553333", "Mo-Fr 09:00-15:00"),),
    age_min=18,
)
words = st.text(alphabet="ab .,", max_size=30)


@pytest.fixture(autouse=True)
def _bokmaal():
    with translation.override("nb"):
        yield


def test_a_change_is_shown_word_by_word():
    assert list(compare("Ring mandag kl. 9.", "Ring tirsdag kl. 9.")) == [
        Run(SAME, "Ring "),
        Run(GONE, "mandag"),
        Run(NEW, "tirsdag"),
        Run(SAME, " kl. 9."),
    ]


@given(words, words)
def test_both_texts_can_be_read_out_of_a_comparison(before, after):
    runs = list(compare(before, after))
    assert "".join(run.text for run in runs if run.kind != NEW) == before
    assert "".join(run.text for run in runs if run.kind != GONE) == after


def test_only_fields_that_differ_are_shown_and_in_words():
    after = ServiceInput(
        kind="nav",
        texts={"nb": TextInput("Nav", "Hjelp med penger og bolig."), "en": TextInput("Nav")},
        phones=(
            PhoneInput("+4755553333", "Mo-Fr 09:00-14:00"),
            PhoneInput("+4769174500", for_residents=False, label={"nb": "Vakt"}),
        ),
        channels=[ChannelInput("chat", "https://nav.no/chat", "Mo-Fr 09:00-15:00")],
        groups=["adults", "youth"],
        interpreter=True,
        access="referral",
        age_min=18,
    )
    found = {one.field: one for one in differences(BEFORE, after, "nb")}
    assert list(found) == ["texts.nb.description", "groups", "access", "interpreter", "phones", "channels"]
    assert found["texts.nb.description"].label == "Hva tjenesten gjør (bokmål)"
    assert found["phones"].before == "55 55 33 33, telefontid mandag–fredag kl. 09.00–15.00"
    assert found["phones"].after.splitlines()[1] == "69 17 45 00, Vakt, for fagfolk"
    assert found["access"].before == "Innbyggerne kan ta kontakt selv"
    assert found["interpreter"].after == "Ja"
    assert found["groups"].after == "Voksne og ungdom"
    assert found["channels"].after == "Chat: https://nav.no/chat, mandag–fredag kl. 09.00–15.00"


def test_a_text_in_a_new_language_is_a_difference_and_nothing_is_none():
    after = ServiceInput(
        kind="nav", texts={**BEFORE.texts, "nn": TextInput("Nav")}, phones=BEFORE.phones, age_min=18
    )
    assert [(one.field, one.before, one.after) for one in differences(BEFORE, after, "nb")] == [
        ("texts.nn.name", "", "Nav")
    ]
    assert differences(BEFORE, BEFORE, "nb") == []


def test_lists_and_tuples_are_the_same_content():
    one = ServiceInput(kind="nav", texts=BEFORE.texts, groups=("adults",))
    other = ServiceInput(kind="nav", texts=BEFORE.texts, groups=["adults"])
    assert differences(one, other, "nb") == []
