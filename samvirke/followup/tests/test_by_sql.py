"""What SQL as the application's role can make the owner's functions do, with any scope set: nothing but what they are for."""

from dataclasses import replace

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError

from samvirke.access.scope import opened, system_scope
from samvirke.followup import queries
from samvirke.followup.actions.registering import Ties
from samvirke.followup.identity import Identity
from samvirke.followup.models import Followup, Person, Reference
from samvirke.followup.rules.people import Part, Protection
from samvirke.followup.tests.conftest import HALDEN, NOW, OSLO, SOMEBODY, House, house
from samvirke.incidents import actions as incidents

EVERYWHERE = system_scope("prøve")
INTO_A_DRILL = {
    "call what is real a drill": "UPDATE incidents_incident SET exercise = true WHERE id = %(incident)s",
    "call a drill real": "UPDATE incidents_incident SET exercise = false WHERE id = %(drill)s",
    "move somebody into a drill": "UPDATE followup_followup SET incident_id = %(drill)s WHERE id = %(followup)s",
    "give the follow-up to another": "UPDATE followup_followup SET person_id = %(other)s WHERE id = %(followup)s",
    "call somebody invented": "UPDATE followup_person SET invented = true WHERE id = %(person)s",
}


@pytest.mark.parametrize("statement", INTO_A_DRILL.values(), ids=INTO_A_DRILL)
def test_nothing_real_becomes_a_drill_and_is_deleted_with_it(
    at_work: House, drill: House, statement: str
) -> None:
    found = at_work.register()
    assert found.followup
    ids = {
        "incident": at_work.incident, "drill": drill.incident, "followup": found.followup, "person": found.person,
        "other": drill.register(Identity("Ola", "Nes", "1990")).person,
    }  # fmt: skip
    with opened(EVERYWHERE), connection.cursor() as cursor:
        with pytest.raises(DatabaseError, match="cannot be changed"), transaction.atomic():
            cursor.execute(statement, ids)
        cursor.execute("SELECT samvirke_erase_exercise(%s)", [at_work.incident])
        assert cursor.fetchone() == (False,)
        assert Followup.objects.visible_to(EVERYWHERE).filter(id=found.followup).exists()


def test_somebody_of_a_drill_who_is_dead_in_something_real_stays(at_work: House, drill: House) -> None:
    invented = drill.register(SOMEBODY, part=Part.DEAD).person
    assert invented
    at_work.register(SOMEBODY, part=Part.DEAD, ties=Ties(same_as=invented))
    incidents.delete(at_work.leader, drill.incident, now=NOW)
    with opened(EVERYWHERE) as scope:
        assert Person.objects.visible_to(scope).filter(id=invented).exists()
        assert [row.incident_id for row in Reference.objects.visible_to(scope)] == [at_work.incident]


def test_the_owners_functions_look_at_no_table_of_the_sessions_own(at_work: House) -> None:
    at_work.register()
    with opened(EVERYWHERE), connection.cursor() as cursor:
        cursor.execute(
            "SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace "
            "AND (prosecdef OR proconfig IS NOT NULL) "
            "AND NOT coalesce(proconfig, '{}') @> ARRAY['search_path=public, pg_temp']"
        )
        assert cursor.fetchall() == [], "SET search_path = public, pg_temp"
        cursor.execute(
            "CREATE TEMP TABLE incidents_incident ON COMMIT DROP AS "
            "SELECT id, true AS exercise, municipality_id FROM public.incidents_incident"
        )
        cursor.execute("GRANT ALL ON pg_temp.incidents_incident TO PUBLIC")
        cursor.execute("SELECT samvirke_erase_exercise(%s)", [at_work.incident])
        assert cursor.fetchone() == (False,)


def test_no_neighbour_is_told_where_somebody_with_strengt_fortrolig_is(at_work: House) -> None:
    """The municipality that follows somebody up is where they live: it is told only of those who do not hide."""
    oslo = house(at_work.people, OSLO)
    hidden, known = replace(SOMEBODY, phones=("00 00 12 35",)), SOMEBODY
    oslo.register(hidden, protection=Protection.STRICTLY_CONFIDENTIAL)
    oslo.register(known, protection=Protection.CONFIDENTIAL)
    assert at_work.register(hidden).elsewhere == ()
    assert at_work.register(known).elsewhere == (OSLO,)
    with opened(at_work.leader):
        assert queries.elsewhere([("phone", b"x")], HALDEN) == []
