"""Who gets onto the list, how, and who does not."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection

from samvirke.access.scope import opened, system_scope
from samvirke.followup import actions, queries
from samvirke.followup.identity import Identity
from samvirke.followup.models import Person
from samvirke.followup.rules.people import Part, Protection
from samvirke.followup.tests.conftest import HALDEN, NOW, OSLO, SOMEBODY, promise
from samvirke.incidents.models import Incident
from samvirke.kit.errors import BadInput


def test_relatives_of_the_dead_are_not_contacted_before_the_message_is_delivered(at_work):
    found = at_work.assigned(part=Part.BEREAVED)
    one = at_work.row(found)
    assert one.waits_for_message
    assert (one.next_owner, [step.code for step in at_work.steps(found, state="open")]) == (
        "team-leader",
        ["death-message"],
    )
    later = NOW + timedelta(hours=9)
    actions.message_delivered(at_work.leader, found, "Operasjonsleder Moe", now=later)
    first = at_work.steps(found, code="first")[0]
    assert (first.state, first.opens, first.closes) == ("open", later, later + timedelta(hours=48))
    assert not promise()


def test_the_dead_and_the_missing_are_never_followed_up(at_work):
    found = at_work.register(Identity(first="Per", last="Vik"), part=Part.DEAD)
    assert found.followup is None
    assert not promise()


def test_strictly_confidential_people_have_no_address_here(at_work):
    with pytest.raises(BadInput, match="strengt fortrolig") as refused:
        at_work.register(replace(SOMEBODY, street="Storgata 1"), protection=Protection.STRICTLY_CONFIDENTIAL)
    assert refused.value.field == "street"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"first": "", "last": ""}, "first"), ({"birth": "31.02.1991"}, "birth"), ({"birth": "1.1.2031"}, "birth"),
        ({"nin": "12345678901"}, "nin"), ({"phones": ("12",)}, "phones"), ({"email": "x"}, "email"),
        ({"postal_code": "12"}, "postal_code"), ({"safe_contact": "x" * 1001}, "safe_contact"),
    ],
)  # fmt: skip
def test_what_cannot_be_used_is_said_by_field_and_nothing_is_written(at_work, change, field):
    with pytest.raises(BadInput) as refused:
        at_work.register(replace(SOMEBODY, **change))
    assert refused.value.field == field
    with opened(at_work.leader) as scope:
        assert not Person.objects.visible_to(scope).exists()


def test_a_municipality_without_its_documents_may_not_register(at_work):
    with opened(system_scope("prøve")), connection.cursor() as cursor:
        cursor.execute("DELETE FROM access_readiness WHERE document = 'dpia'")
    with pytest.raises(BadInput, match="personvernkonsekvenser"):
        at_work.register()


@pytest.mark.parametrize(
    "heard",
    [
        {"first": "Ida", "last": "Solbakken"}, {"first": "Ida Mari", "last": "Solbakken"},
        {"first": "Ida-Marie", "last": "Solbakk"}, {"first": "Solbakken", "last": "Ida Marie"},
        {"first": "Iida Marie", "last": "Soolbakken"}, {"birth": "1991"}, {"birth": ""}, {"birth": "13.04.1991"},
    ],
)  # fmt: skip
def test_the_same_person_is_found_though_somebody_heard_another_name(at_work, heard):
    found = at_work.register()
    with opened(at_work.leader) as scope:
        given = replace(SOMEBODY, **{"phones": (), **heard})
        names = queries.candidates(scope, replace(given, birth=_iso(given.birth)), NOW)
        assert [one.person for one in names] == [found.person]


def _iso(text):
    parts = text.split(".")
    return f"{parts[2]}-{int(parts[1]):02}-{int(parts[0]):02}" if len(parts) == 3 else text


def test_other_people_are_not_taken_for_the_same(at_work):
    at_work.register()
    with opened(at_work.leader) as scope:
        for other in (
            Identity("Ida", "Solheim", "1991-03-14"),
            Identity("Ida Marie", "Solbakken", "1962-11-02"),
        ):
            assert not queries.candidates(scope, other, NOW)


def test_another_municipality_is_told_whom_to_ring_and_nothing_else(at_work):
    at_work.register()
    with opened(at_work.scope("team-leader@oslo", OSLO)):
        tokens = Identity("Ida Marie", "Solbakken", "1991-03-14", phones=("+4700001234",)).tokens
        assert queries.elsewhere(tokens, OSLO) == [HALDEN]


@pytest.mark.parametrize("state", ["refused", "closed"])
def test_nobody_is_put_on_the_list_of_an_incident_that_is_over(at_work, state):
    with opened(system_scope("prøve")) as scope:
        Incident.objects.visible_to(scope).filter(id=at_work.incident).update(state=state)
    with pytest.raises(BadInput, match="ikke i gang"):
        at_work.register()
