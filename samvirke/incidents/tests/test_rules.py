"""The pure rules: criteria, whom to tell, references, where a decision leads."""

from hypothesis import given
from hypothesis import strategies as st

from samvirke.incidents import rules, words
from samvirke.incidents.rules import CRITERIA, MOVES, State, Weight
from samvirke.reference.files import DATA, actor_texts

NUMBER = st.one_of(st.none(), st.integers(0, 50))


@given(st.frozensets(st.sampled_from(sorted(CRITERIA))))
def test_the_strongest_criterion_speaks(ticked: frozenset[str]) -> None:
    said = rules.advice(ticked)
    assert (said is None) == (not ticked)
    assert all(list(Weight).index(said) <= list(Weight).index(CRITERIA[one]) for one in ticked if said)


@given(st.tuples(NUMBER, NUMBER, NUMBER), NUMBER)
def test_unknown_numbers_never_shorten_the_list(
    numbers: tuple[int | None, int | None, int | None], children: int | None
) -> None:
    told = {one.key for one in rules.to_inform(numbers, children)}
    unknown = {one.key for one in rules.to_inform((None, None, None), None)}
    nobody = {one.key for one in rules.to_inform((0, 0, 0), 0)}
    assert nobody <= told <= unknown
    assert ("barnevern" in told) == (children != 0)


@given(st.integers(1000, 9999), st.integers(2020, 2099), st.integers(1, 500), st.booleans())
def test_a_number_is_found_again_in_its_reference(code: int, year: int, number: int, exercise: bool) -> None:
    assert rules.number_in(rules.reference(str(code), year, number, exercise=exercise)) == number


def test_every_key_has_words_and_every_decision_a_way() -> None:
    assert set(words.CRITERIA) == set(CRITERIA)
    assert set(words.ENTRIES) == set(rules.KINDS_OF_ENTRY)
    assert set(words.HOW) == set(rules.HOW)
    assert set(words.QUESTIONS) == set(rules.QUESTIONS)
    for answer in rules.ANSWERS:
        assert rules.after_decision(answer) in MOVES[State.REPORTED] & MOVES[State.REFUSED]


def test_whom_to_tell_stands_in_the_guidelines_catalogue_or_is_ones_own() -> None:
    known = {one["key"] for one in actor_texts(DATA)} | set(words.OWN_LEADERS)
    assert {one.key for one in rules.TO_INFORM} <= known
