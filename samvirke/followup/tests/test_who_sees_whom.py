"""The row that an act works on, and the lists: two statements of one rule, held together here."""

from dataclasses import replace

import pytest

from samvirke.access.permissions import Need
from samvirke.access.scope import EVERYWHERE, NATIONAL, NotOpened, NotYours, Scope, opened, system_scope
from samvirke.followup import actions, queries
from samvirke.followup.tests.conftest import NOW, SOMEBODY, house
from tests.cast import HALDEN, OSLO

LEADER, HELPER, DEPUTY = "team-leader", "contact-person", "health-professional"


@pytest.fixture
def some(at_work):
    """One who waits, one who is followed up, one whom the leader is barred from, and one in another municipality."""
    waits = at_work.register(replace(SOMEBODY, last="Venteli", phones=())).followup
    followed, barred = at_work.assigned(), at_work.assigned(replace(SOMEBODY, last="Stengeli", phones=()))
    actions.bar(at_work.contact, barred, at_work.player(LEADER).id, now=NOW)
    return {
        "waits": waits,
        "followed": followed,
        "barred": barred,
        "elsewhere": house(at_work.people, OSLO).assigned(),
    }


def alone(scope: Scope, followup, *, lock: bool) -> bool:
    try:
        return queries.followup(scope, followup, lock=lock).id == followup
    except NotYours:
        return False


def seen(scope: Scope, some) -> set[str]:
    """Return whom a scope sees, after both statements have said the same."""
    with opened(scope):
        listed = set(queries.followups(scope).values_list("id", flat=True))
        for lock in (False, True):
            assert {name for name, id_ in some.items() if alone(scope, id_, lock=lock)} == {
                name for name, id_ in some.items() if id_ in listed
            }
    return {name for name, id_ in some.items() if id_ in listed}


@pytest.mark.parametrize(
    ("who", "whom"),
    [
        (LEADER, {"waits", "followed"}),
        (HELPER, {"followed", "barred"}),
        (DEPUTY, {"followed", "barred"}),
        ("administrator", set()),
        ("outsider", set()),
    ],
)
def test_everybody_sees_their_own_and_the_leader_all_but_those_they_are_barred_from(at_work, some, who, whom):
    assert seen(at_work.scope(who, HALDEN), some) == whom


def test_a_scope_of_two_municipalities_sees_both_and_the_system_everybody(at_work, some):
    both = replace(at_work.leader, municipalities=frozenset({HALDEN, OSLO, NATIONAL}))
    assert seen(both, some) == {"waits", "followed", "elsewhere"}
    assert seen(system_scope("prøve"), some) == set(some)
    assert seen(system_scope("prøve", HALDEN), some) == {"waits", "followed", "barred"}
    named = Scope(at_work.player(LEADER).id, frozenset({EVERYWHERE}), frozenset(Need))
    assert seen(named, some) == {"waits", "followed", "elsewhere"}


def test_nobody_is_seen_before_the_scope_is_opened(at_work, some):
    with pytest.raises(NotOpened):
        queries.followup(at_work.leader, some["followed"])
