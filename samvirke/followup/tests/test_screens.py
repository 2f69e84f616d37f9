"""The screens: who comes in, what they see, and what happens when something is wrong."""

import pytest
from django.test import Client
from django.utils import timezone

from samvirke.access.models import AccessLog
from samvirke.access.scope import opened
from samvirke.followup.models import Person
from samvirke.followup.rules.outcomes import Outcome
from samvirke.followup.tests.conftest import DAY, HALDEN, NOW
from tests.cast import login

BASE = f"/arbeid/{HALDEN}/oppfolging/"


@pytest.fixture
def client(settings, monkeypatch) -> Client:
    """A browser on a day when the plans of those registered at NOW have barely begun, whatever day it is outside."""
    monkeypatch.setattr(timezone, "now", lambda: NOW + 2 * DAY)
    settings.ALLOWED_HOSTS = ["localhost"]
    return Client(HTTP_HOST="localhost")


def as_(client, house, who):
    return login(client, house.people[who])


def test_a_contact_person_sees_their_own_and_opens_one(client, at_work):
    found = at_work.assigned()
    page = as_(client, at_work, "contact-person").get(BASE)
    assert page.status_code == 200
    assert "Ida Marie Solbakken" in page.content.decode()
    assert "Alle i kommunen" not in page.content.decode()
    one = client.get(f"{BASE}{found}/")
    assert one.status_code == 200
    assert "Første kontakt" in one.content.decode()
    with opened(at_work.leader) as scope:
        assert (
            AccessLog.objects.visible_to(scope).filter(account=at_work.people["contact-person"].id).count()
            == 2
        )


@pytest.mark.parametrize("who", ["editor", "administrator", "registrar", "reviewer", "governor", "outsider"])
def test_others_are_refused(client, at_work, who):
    found = at_work.assigned()
    for url in (BASE, f"{BASE}{found}/", f"{BASE}ko/", f"{BASE}leder/"):
        assert as_(client, at_work, who).get(url).status_code in {403, 404}


def test_a_neighbours_leader_finds_nothing(client, at_work):
    found = at_work.assigned()
    as_(client, at_work, "team-leader@oslo")
    assert client.get(f"{BASE}{found}/").status_code == 404
    assert client.get(f"/arbeid/0301/oppfolging/{found}/").status_code == 404
    assert (
        client.post(
            f"/arbeid/0301/oppfolging/{found}/forsok/", {"outcome": "accepts", "channel": "phone"}
        ).status_code
        == 404
    )


def test_an_attempt_is_written_and_the_next_person_comes(client, at_work):
    first = at_work.assigned()
    as_(client, at_work, "contact-person")
    sent = client.post(
        f"{BASE}{first}/forsok/",
        {"outcome": "accepts", "channel": "phone", "note": "Avtalt møte.", "neste": "1"},
    )
    assert sent.status_code == 302
    assert sent.url == BASE
    assert "Avtalt møte." in client.get(f"{BASE}{first}/").content.decode()


def test_what_is_wrong_is_said_at_the_field_and_nothing_typed_is_lost(client, at_work):
    found = at_work.assigned()
    as_(client, at_work, "contact-person")
    sent = client.post(
        f"{BASE}{found}/forsok/", {"outcome": "acute-danger", "channel": "phone", "note": "Ringte fra broen."}
    )
    page = sent.content.decode()
    assert sent.status_code == 422
    assert "Skriv hva som ble gjort." in page
    assert "Ringte fra broen." in page
    assert at_work.row(found).first_reached_at is None


def test_a_leader_registers_one_person_and_the_next(client, at_work):
    as_(client, at_work, "team-leader")
    url = f"{BASE}ny/{at_work.incident}/"
    told = {
        "protection": "none",
        "first": "Nora",
        "last": "Lie",
        "birth": "2014",
        "part": "witness",
        "source": "eps",
    }
    assert client.post(url, told).url == f"{url}?part=witness&source=eps"
    again = client.post(url, told)
    assert "samme person" in again.content.decode()
    assert client.post(url, {**told, "samme": "en-annen"}).status_code == 302
    with opened(at_work.leader) as scope:
        assert Person.objects.visible_to(scope).count() == 2


def test_a_registrar_registers_and_sees_no_list(client, at_work):
    as_(client, at_work, "registrar")
    told = {"protection": "none", "first": "Nora", "last": "Lie", "part": "witness", "source": "eps"}
    assert client.post(f"{BASE}ny/{at_work.incident}/", told).status_code == 302
    assert client.get(BASE).status_code == 403


def test_the_leader_hands_out_contact_persons(client, at_work):
    found = at_work.register().followup
    as_(client, at_work, "team-leader")
    assert "Ida Marie Solbakken" in client.get(f"{BASE}ko/").content.decode()
    staff = {"contact": at_work.member("contact-person"), "deputy": at_work.member("health-professional")}
    assert (
        client.post(f"{BASE}ko/", {**staff, "deputy": staff["contact"], "rammet": [found]}).status_code == 422
    )
    assert client.post(f"{BASE}ko/", {**staff, "rammet": [found]}).status_code == 302
    assert at_work.row(found).contact_id == staff["contact"]


def test_the_leaders_board_counts(client, at_work):
    found = at_work.assigned()
    at_work.attempt(found, Outcome.NEVER_AGAIN, NOW + DAY)
    page = as_(client, at_work, "team-leader").get(f"{BASE}leder/").content.decode()
    assert "Bekreft at personen ikke vil kontaktes" in page
    person = client.get(f"{BASE}{found}/").content.decode()
    assert "Ikke ta kontakt" in person
    assert "tel:+47" not in person
    assert client.post(f"{BASE}{found}/bekreft-stopp/", {"reason": "Sagt klart."}).status_code == 302
    assert at_work.row(found).state == "closed"


def test_the_leader_closes_and_takes_back(client, at_work):
    found = at_work.assigned()
    as_(client, at_work, "team-leader")
    refused = client.post(
        f"{BASE}{found}/avslutt/", {"ending": "offered-a-year", "reason": "Ferdig", "way_back_told": "on"}
    )
    assert refused.status_code == 422
    assert "tolv måneder" in refused.content.decode()
    closed = client.post(
        f"{BASE}{found}/avslutt/", {"ending": "not-affected", "reason": "Var ikke der", "way_back_told": "on"}
    )
    assert closed.status_code == 302
    assert client.post(f"{BASE}{found}/gjenoppta/", {"reason": "Ringte selv"}).status_code == 302
    assert at_work.row(found).queued_since
