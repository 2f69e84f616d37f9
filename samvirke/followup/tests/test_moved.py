"""Who has moved: nobody hands them over by silence. What the leader must do is told truly, has a deadline and is counted."""

import pytest
from django.test import Client
from django.utils import timezone

from samvirke.access.scope import opened, system_scope
from samvirke.followup import figures
from samvirke.followup.lists import board
from samvirke.followup.rules.outcomes import Outcome
from samvirke.followup.tests.conftest import DAY, HALDEN
from tests.cast import login

BASE = f"/arbeid/{HALDEN}/oppfolging/"
TELLS = "Følg opp personen som før. Kommunen har ansvaret til den nye kommunen har sagt ja."


@pytest.fixture
def moved(at_work):
    """Return somebody who told four days ago, in the first contact, that they have moved."""
    found = at_work.assigned(now=timezone.now() - 5 * DAY)
    at_work.attempt(found, Outcome.MOVED, timezone.now() - 4 * DAY)
    at_work.attempt(found, Outcome.ACCEPTS, timezone.now() - DAY)
    return found


def page(at_work, path, who="team-leader"):
    return login(Client(), at_work.people[who]).get(f"{BASE}{path}").content.decode()


def test_the_contact_person_is_told_what_to_do_and_stays(at_work, moved):
    shown = page(at_work, f"{moved}/", "contact-person")
    assert "Ring den nye kommunen" in shown
    assert TELLS in shown
    assert at_work.row(moved).contact_id == at_work.member("contact-person")
    assert at_work.row(moved).next_owner == "contact-person"
    (step,) = at_work.steps(moved, code="transfer")
    assert (step.state, step.owner) == ("open", "team-leader")


def test_what_the_leader_has_not_done_in_time_is_counted_and_shown(at_work, moved):
    now = timezone.now()
    with opened(at_work.leader) as scope:
        found = board.board(scope, HALDEN, now)
    assert [(one.followup, one.late) for one in found.decisions] == [(moved, True)]
    assert found.total["late"] == 1
    with opened(system_scope("prøve")):
        assert figures.counts(now)["overdue"] == 1
    shown = page(at_work, "?vis=over-fristen")
    assert "Lederen er over fristen: Ring den nye kommunen" in shown
    assert "Over fristen" in page(at_work, f"{moved}/").split("Ring den nye kommunen")[1][:400]
    assert "Ring den nye kommunen" in page(at_work, "leder/")


def test_it_is_settled_by_what_the_leader_has_agreed(at_work, moved):
    (step,) = at_work.steps(moved, code="transfer")
    client = login(Client(), at_work.people["team-leader"])
    told = {"decision": "Ringte Moss. De tar imot når personen vil."}
    assert client.post(f"{BASE}{moved}/steg/{step.id}/", told).status_code == 302
    with opened(system_scope("prøve")):
        assert figures.counts(timezone.now())["overdue"] == 0
        assert figures.lost() == []
