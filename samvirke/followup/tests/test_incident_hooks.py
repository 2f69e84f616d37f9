"""What follow-up says when an incident is closed, and what goes with a drill."""

from dataclasses import replace

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from samvirke.access.scope import opened, system_scope
from samvirke.followup.identity import Identity
from samvirke.followup.models import Followup, Person, Step
from samvirke.followup.rules.people import Part
from samvirke.followup.tests.conftest import HALDEN, NOW, House
from samvirke.incidents import actions as incidents
from samvirke.incidents.models import Incident
from samvirke.kit.errors import BadInput
from tests.cast import login

SYSTEM = system_scope("prøve")


def test_an_incident_stays_open_while_somebody_is_followed_up(at_work: House) -> None:
    at_work.assigned()
    with pytest.raises(BadInput, match="1 person i hendelsen følges opp ennå"):
        incidents.close(at_work.leader, at_work.incident, "Ferdig", now=NOW)
    with opened(system_scope("prøve", "0301")), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM samvirke_followed_up(%s)", [at_work.incident])
        assert cursor.fetchone() == (0,), "only the lead is told how many there are"


def test_screens_about_somebody_in_a_drill_carry_its_watermark(at_work: House) -> None:
    real, client = at_work.assigned(), login(Client(), at_work.people["team-leader"])
    with opened(SYSTEM):
        drill = Incident(
            municipality_id=HALDEN, reference="3101-2026-ov-02", kind="exercise", title="Øvelse", happened_at=NOW,
            reported_at=NOW, state="active", exercise=True,
        )  # fmt: skip
        drill.save(force_insert=True)
    invented = replace(at_work, incident=drill.id).assigned(Identity("Ola", "Nes", "1990"))
    for followup, marked in ((invented, True), (real, False)):
        page = client.get(reverse("followup-person", args=[HALDEN, followup])).content.decode()
        assert ("st-exercise" in page) == marked
    for incident, marked in ((drill.id, True), (at_work.incident, False)):
        page = client.get(reverse("followup-register", args=[HALDEN, incident])).content.decode()
        assert ("st-exercise" in page) == marked


def test_the_people_of_a_drill_go_with_it_and_nobody_elses(at_work: House) -> None:
    real = at_work.assigned()
    with opened(SYSTEM):
        drill = Incident(
            municipality_id=HALDEN, reference="3101-2026-ov-01", kind="exercise", title="Øvelse", happened_at=NOW,
            reported_at=NOW, state="active", exercise=True,
        )  # fmt: skip
        drill.save(force_insert=True)
    there = replace(at_work, incident=drill.id)
    there.assigned(Identity("Ola", "Nes", "1990"))
    there.register(Identity("Liv", "Moe", "1991"), part=Part.DEAD)
    incidents.delete(at_work.leader, drill.id, now=NOW)
    with opened(SYSTEM) as scope:
        assert [one.id for one in Followup.objects.visible_to(scope)] == [real]
        assert Person.objects.visible_to(scope).count() == 1
        assert set(Step.objects.visible_to(scope).values_list("followup", flat=True)) == {real}
    with opened(SYSTEM), connection.cursor() as cursor:
        cursor.execute("SELECT samvirke_erase_exercise_people(%s)", [at_work.incident])
        assert cursor.fetchone() == (0,), "a real incident keeps its people"
