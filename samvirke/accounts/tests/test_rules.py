"""The pure rules: what roles give where, and when a session ends."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from samvirke.access.permissions import ROLES, Level, Need, Role
from samvirke.accounts import rules
from samvirke.accounts.letters import day
from samvirke.accounts.rules import Held, Town
from samvirke.kit.visitor import network, visitor

TOWNS = [
    Town("3101", "31", "rvts-ost"), Town("3103", "31", "rvts-ost"), Town("0301", "03", "rvts-ost"),
    Town("4601", "46", "rvts-vest"), Town("9999", None, None, invented=True),
]  # fmt: skip
AT = datetime(2026, 11, 20, 11, 0, tzinfo=UTC)


def place(role: Role) -> st.SearchStrategy[Held]:
    level = ROLES[role].level
    if level is Level.COUNTY:
        return st.sampled_from(["31", "03", "46"]).map(lambda county: Held(role, county=county))
    if level is Level.REGION:
        return st.sampled_from(["rvts-ost", "rvts-vest"]).map(lambda region: Held(role, region=region))
    if level is Level.NATION:
        return st.sampled_from([Held(role), Held(role, municipality="9999")])
    return st.sampled_from([town.code for town in TOWNS]).map(lambda code: Held(role, municipality=code))


ROLES_HELD = st.lists(st.sampled_from(list(Role)).flatmap(place), max_size=6)


@given(ROLES_HELD)
def test_what_is_given_somewhere_comes_from_a_role_that_counts_there(held: list[Held]) -> None:
    for code, needs in rules.area(held, TOWNS).items():
        town = next((one for one in TOWNS if one.code == code), None)
        here = [one for one in held if (one.covers(town) if town else one.national)]
        assert here
        assert needs == frozenset().union(*(ROLES[one.role].needs for one in here))


@given(ROLES_HELD)
def test_in_the_whole_area_one_may_only_what_one_may_in_each_part(held: list[Held]) -> None:
    reached = rules.area(held, TOWNS)
    together = rules.everywhere_in(reached)
    assert all(together <= needs for needs in reached.values())
    assert bool(together) is bool(reached)


@given(ROLES_HELD)
def test_one_more_role_never_takes_anything_away_in_a_place(held: list[Held]) -> None:
    for number in range(len(held)):
        fewer = rules.area(held[:number] + held[number + 1 :], TOWNS)
        more = rules.area(held, TOWNS)
        assert all(needs <= more[code] for code, needs in fewer.items())


@given(ROLES_HELD)
def test_the_invented_municipality_is_reached_by_a_role_in_it_and_no_other(held: list[Held]) -> None:
    there = any(one.municipality == "9999" and one.role is not Role.OPERATOR for one in held)
    assert ("9999" in rules.area(held, TOWNS)) is there


@given(ROLES_HELD)
def test_the_operator_reaches_nothing(held: list[Held]) -> None:
    operators = [one for one in held if one.role is Role.OPERATOR]
    assert rules.area(operators, TOWNS) == {}


def test_levels_reach_as_far_as_they_say() -> None:
    def reached(held: Held) -> set[str | None]:
        return set(rules.area([held], TOWNS))

    assert reached(Held(Role.GOVERNOR, county="31")) == {"3101", "3103"}
    assert reached(Held(Role.RVTS_ADVISER, region="rvts-ost")) == {"3101", "3103", "0301"}
    assert reached(Held(Role.DIRECTORATE)) == {"3101", "3103", "0301", "4601", None}
    assert reached(Held(Role.GOVERNOR, municipality="9999")) == {"9999"}
    assert Need.SHARED_EDIT not in rules.area([Held(Role.EDITOR, municipality="3101")], TOWNS)["3101"]


@given(st.timedeltas(timedelta(), timedelta(hours=12)), st.booleans())
def test_a_session_ends_after_its_rest_and_never_later_than_ten_hours(used: timedelta, people: bool) -> None:  # noqa: FBT001
    rest = rules.idle(people=people)
    ends = rules.ends(AT, AT + used, rest)
    assert ends <= AT + rules.LONGEST_SESSION
    assert ends <= AT + used + rest
    assert rules.idle(people=True) < rules.idle(people=False)


def test_browsers_are_called_by_their_names() -> None:
    edge = "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Safari/537.36 Edg/130.0"
    phone = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1 Version/18.0 Mobile Safari/604.1"
    assert rules.browser(edge) == ("Edge", "Windows")
    assert rules.browser(phone) == ("Safari", "iPhone")
    assert rules.browser("") == ("", "")


def test_a_proxy_on_this_machine_is_believed_and_no_other() -> None:
    assert visitor("127.0.0.1", "203.0.113.9, 198.51.100.7") == "198.51.100.7"
    assert visitor("203.0.113.9", "198.51.100.7") == "203.0.113.9"
    assert visitor("127.0.0.1:5000", "") == "127.0.0.1"
    assert visitor("[::1]", "2001:db8::1") == "2001:db8::1"
    assert visitor("127.0.0.1", "nonsense") == "127.0.0.1"
    assert network("2001:db8:1:2:3::4") == "2001:db8:1:2::"
    assert [network(one) for one in ("203.0.113.9", "nonsense")] == ["203.0.113.9", "nonsense"]


@pytest.mark.parametrize(
    ("language", "said"), [("nb", "3. august 2026"), ("nn", "3. august 2026"), ("en", "3 August 2026")]
)
def test_a_day_is_written_as_its_language_writes_it(language: str, said: str) -> None:
    with translation.override(language):
        assert day(datetime(2026, 8, 3, 10, tzinfo=UTC)) == said
