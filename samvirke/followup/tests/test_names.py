"""How two registrations are weighed: alike whichever is first, and near people stay people of their own."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from samvirke.followup.rules import names
from samvirke.followup.rules.names import SAME, Known

WORDS = st.sampled_from(
    "Anne Hanne Ola Ole Tor Tore Kristian Christian Åse Aase Solbakken Solbak Lie Li Dahl Dal".split()
)
NAMES = st.lists(WORDS, max_size=3).map(" ".join)
BIRTHS = st.one_of(
    st.just(""),
    st.integers(1930, 2025).map(str),
    st.dates(min_value=date(1930, 1, 1), max_value=date(2025, 12, 31)).map(str),
)
PHONES = st.frozensets(st.sampled_from(["+4700000001", "+4700000002", "+4700000003"]), max_size=2)
KNOWN = st.builds(Known, NAMES, NAMES, BIRTHS, PHONES)
KARI = Known("Kari Marie", "Solbakken", "1991-03-14", frozenset({"+4700001234"}))
HERS, ANOTHER = frozenset({"+4700001234"}), frozenset({"+4700009999"})


@given(KNOWN, KNOWN)
def test_it_is_all_the_same_who_is_compared_with_whom(one, other):
    assert names.weight(one, other) == pytest.approx(names.weight(other, one))


@given(KNOWN, KNOWN)
@example(KARI, KARI)
def test_whom_the_short_cut_leaves_out_would_not_have_weighed_enough(one, other):
    whole, short = names.weight(one, other), names.weight(one, other, SAME)
    assert short in {whole, 0.0}
    assert short == whole or whole < SAME


@given(KNOWN)
def test_who_is_written_twice_alike_is_one_person(one):
    assume(one.first and one.last)
    assert names.weight(one, one) >= SAME or not one.birth
    assert names.keys(one.first, one.last, one.birth)


@given(NAMES, NAMES, BIRTHS)
def test_who_gave_no_birth_still_shares_a_key(first, last, birth):
    assert names.keys(first, last, "") <= names.keys(first, last, birth)


@pytest.mark.parametrize(
    "written",
    [
        {"birth": "1991-03-15"}, {"birth": "1991-04-13"}, {"birth": "1919-03-14"}, {"birth": "1991"}, {"birth": ""},
        {"phones": frozenset()}, {"phones": ANOTHER}, {"first": "Kari"}, {"first": "Kari Mari"}, {"last": "Solbaken"},
        {"first": "Solbakken", "last": "Kari Marie"}, {"birth": "1991", "last": "Solbakk"},
    ],
)  # fmt: skip
def test_somebody_written_another_way_waits_for_an_answer(written):
    assert names.weight(KARI, replace(KARI, **written)) >= SAME


@pytest.mark.parametrize(
    "near",
    [
        {"first": "Elisabeth"},  # a twin, with their mother's phone
        {"first": "Silje", "birth": "1993-08-02"},  # a sister
        {"birth": "1962-11-02"},  # called as her mother, and has her phone
        {"birth": "1962-11-02", "phones": ANOTHER},  # called the same
        {"birth": "", "phones": ANOTHER},  # called the same
        {"first": "Per", "birth": ""},  # her husband, with her phone
    ],
)
def test_near_people_are_people_of_their_own(near):
    assert names.weight(KARI, replace(KARI, **near)) < SAME


@pytest.mark.parametrize("birth", ["1991", "1991-03-15"])
def test_many_share_a_first_and_a_last_name_and_few_share_three(birth):
    other = {"birth": birth, "phones": ANOTHER}
    short = replace(KARI, first="Kari")
    assert names.weight(short, replace(short, **other)) < SAME
    assert names.weight(KARI, replace(KARI, **other)) >= SAME


def test_another_identity_number_is_another_person():
    assert names.weight(replace(KARI, nin="1"), replace(KARI, nin="2")) == 0.0
    assert names.weight(replace(KARI, nin="1"), Known("Ukjent", "Ukjent", nin="1")) == 2.0
