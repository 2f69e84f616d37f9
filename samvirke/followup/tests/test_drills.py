"""A drill learns nothing of anybody real, and leaves nothing behind that counts for them."""

from dataclasses import replace

from samvirke.access.scope import opened, system_scope
from samvirke.followup import actions
from samvirke.followup.actions.registering import Ties
from samvirke.followup.models import Block, Person
from samvirke.followup.rules.outcomes import Outcome
from samvirke.followup.tests.conftest import DAY, NOW, OSLO, SOMEBODY, House, house
from samvirke.incidents import actions as incidents


def never_again(work: House) -> None:
    found = work.assigned()
    work.attempt(found, Outcome.NEVER_AGAIN, NOW + DAY)
    actions.confirm_stop(work.leader, found, "Sagt klart.", now=NOW + 2 * DAY)


def test_who_plays_in_a_drill_is_contacted_when_something_happens_to_them(
    at_work: House, drill: House
) -> None:
    never_again(drill)
    incidents.delete(at_work.leader, drill.incident, now=NOW + 3 * DAY)
    with opened(system_scope("prøve")) as scope:
        assert not Block.objects.visible_to(scope).exists()
    assert not at_work.register().stopped


def test_a_drill_is_not_told_who_never_wants_contact(at_work: House, drill: House) -> None:
    never_again(at_work)
    assert not drill.register(replace(SOMEBODY, first="Ola")).stopped
    assert at_work.register(replace(SOMEBODY, first="Kari")).stopped


def test_a_drill_is_told_of_nobody_real_in_another_municipality_nor_the_other_way_round(
    at_work: House, drill: House
) -> None:
    house(at_work.people, OSLO).register()
    assert drill.register().elsewhere == ()
    here = at_work.register(replace(SOMEBODY, first="Kari", phones=("00 00 12 34",)))
    assert here.elsewhere == (OSLO,)


def test_somebody_of_a_drill_who_is_hit_is_real_from_then_on(at_work: House, drill: House) -> None:
    person = drill.register().person
    assert person
    at_work.register(ties=Ties(same_as=person))
    with opened(system_scope("prøve")) as scope:
        assert not Person.objects.visible_to(scope).get(id=person).invented
    assert house(at_work.people, OSLO).register().elsewhere == (at_work.code,)
