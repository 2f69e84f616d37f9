"""Children have a plan of their own: the same times, with talks that nobody else's talk settles."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.test import Client

from samvirke.access.scope import opened
from samvirke.followup import actions, queries
from samvirke.followup.actions.templating import touched
from samvirke.followup.identity import Identity
from samvirke.followup.models import Person
from samvirke.followup.rules.outcomes import Outcome
from samvirke.followup.rules.people import Part, Protection
from samvirke.followup.rules.plan import CHILDREN, DEFAULTS, ON_THEIR_OWN
from samvirke.followup.tests.conftest import DAY, HALDEN, NOW, promise
from tests.cast import login

CHILD = Identity(first="Nora", last="Lie", birth="2017")
OF_CHILDREN = next(one for one in DEFAULTS if one.name == CHILDREN)


def codes(at_work, one, **wanted):
    return {step.code for step in at_work.steps(one, **wanted)}


def learn(at_work, one, birth):
    with opened(at_work.leader) as scope:
        person = Person.objects.visible_to(scope).get(id=at_work.row(one).person_id)
        seen = queries.seen(scope, person.id, why="edit", now=NOW).identity
    actions.edit_person(
        at_work.leader, person.id, replace(seen, birth=birth), version=person.version, now=NOW + DAY,
        protection=Protection.NONE, language="nb", interpreter=False,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("birth", "part", "own"),
    [
        ("2017", Part.INJURED, True),
        ("", Part.INJURED, False),
        ("1980", Part.INJURED, False),
        ("2017", Part.OTHER, False),
        (f"{NOW.day + 1}.{NOW.month}.{NOW.year - 18}", Part.WITNESS, True),
        (f"{NOW.day}.{NOW.month}.{NOW.year - 18}", Part.WITNESS, False),
    ],
)
def test_who_is_under_18_when_they_become_known_gets_the_plan_for_children(at_work, birth, part, own):
    one = at_work.assigned(replace(CHILD, birth=birth), part=part)
    assert (codes(at_work, one) >= ON_THEIR_OWN) is own
    assert {step.template for step in at_work.steps(one)} == {
        "child 1" if own else "other 1" if part is Part.OTHER else "direct 1"
    }


def test_a_talk_with_the_parents_is_no_talk_with_the_child(at_work):
    one = at_work.assigned(CHILD)
    at_work.attempt(one, Outcome.ACCEPTS, NOW + timedelta(hours=20))
    at_work.attempt(one, Outcome.ACCEPTS, NOW + 7 * DAY)
    assert "day-7" in codes(at_work, one, state="done")
    assert codes(at_work, one, state="open") >= ON_THEIR_OWN
    talk = at_work.row(one).next_step_id
    assert at_work.steps(one, id=talk)[0].code == "child-talk"
    at_work.attempt(one, Outcome.ACCEPTS, NOW + 8 * DAY)
    assert "child-talk" in codes(at_work, one, state="done")
    assert "school" in codes(at_work, one, state="open")
    assert not promise()


def test_the_plan_follows_when_one_learns_that_somebody_is_a_child_or_is_not(at_work):
    one = at_work.assigned(replace(CHILD, birth=""))
    learn(at_work, one, "2017")
    assert codes(at_work, one, state="open") >= ON_THEIR_OWN
    learn(at_work, one, "1977")
    assert not codes(at_work, one, state="open") & ON_THEIR_OWN
    learn(at_work, one, "2017")
    assert codes(at_work, one, state="open") >= ON_THEIR_OWN
    assert not promise()


def test_a_change_of_the_childrens_plan_touches_children_alone(at_work):
    child, grown = at_work.assigned(CHILD), at_work.assigned()
    steps = [step for step in OF_CHILDREN.steps if step.code != "school"]
    less = replace(OF_CHILDREN, version=2, steps=tuple(steps))
    with opened(at_work.leader) as scope:
        assert [one.followup.id for one in touched(scope, HALDEN, less, NOW)] == [child]
    actions.change_plan(at_work.leader, HALDEN, CHILDREN, steps, OF_CHILDREN.parts, version=1, now=NOW)
    assert "school" not in codes(at_work, child, state="open")
    fresh = at_work.assigned(replace(CHILD, first="Ola"))
    assert "school" not in codes(at_work, fresh)
    actions.undo_plan(at_work.leader, HALDEN, CHILDREN, version=2, now=NOW)
    assert "school" in codes(at_work, child, state="open")
    assert {step.template for step in at_work.steps(grown)} == {"direct 1"}


def test_the_leader_sees_the_plan_for_children_and_may_give_a_part_its_own_too(at_work):
    client = login(Client(), at_work.people["team-leader"])
    url = f"/arbeid/{HALDEN}/oppfolging/planer/"
    page = client.get(url).content.decode()
    assert "Barn (under 18 år)" in page
    assert 'value="witness"' in page
    shown = client.get(f"{url}child/").content.decode()
    assert "Snakk med barnet selv, ikke bare med foreldrene" in shown
    assert "helsekompetanse.no" in shown
