"""Before a record opens: inhabilitet, staff the person has said no to, and named access to strengt fortrolig."""

import pytest

from samvirke.access.models import AccessLog, Journal
from samvirke.access.scope import opened
from samvirke.followup import actions
from samvirke.followup.rules.people import Protection
from samvirke.followup.tests.conftest import HALDEN, NOW, SOMEBODY
from samvirke.followup.tests.test_screens import BASE, as_, client

__all__ = ["client"]


def unasked(at_work):
    found = at_work.register().followup
    staff = at_work.member("contact-person"), at_work.member("health-professional")
    actions.assign(at_work.leader, HALDEN, [found], *staff, now=NOW)
    return found


def test_who_opens_somebody_for_the_first_time_is_asked_once(client, at_work):
    found = unasked(at_work)
    as_(client, at_work, "contact-person")
    asked = client.get(f"{BASE}{found}/", follow=True)
    assert asked.redirect_chain[-1][0].endswith("/kjenner-du/")
    assert "Første kontakt" not in asked.content.decode()
    assert client.post(f"{BASE}{found}/forsok/", {"outcome": "accepts"}).url.endswith("/kjenner-du/")
    assert client.post(f"{BASE}{found}/kjenner-du/", {"svar": "nei"}).url == f"{BASE}{found}/"
    assert client.get(f"{BASE}{found}/").status_code == 200


def test_who_is_inhabil_is_shut_out_and_the_person_stands_in_the_queue(client, at_work):
    found = unasked(at_work)
    as_(client, at_work, "contact-person")
    assert client.post(f"{BASE}{found}/kjenner-du/", {"svar": "ja"}).url == BASE
    assert client.get(f"{BASE}{found}/").status_code == 404
    one = at_work.row(found)
    assert (one.contact_id, one.queued_since is not None) == (None, True)
    with opened(at_work.leader) as scope:
        assert Journal.objects.visible_to(scope).filter(code="followup.inhabilitet.declared").exists()


def test_a_deputy_who_is_inhabil_is_replaced_by_a_leader(client, at_work):
    found = unasked(at_work)
    as_(client, at_work, "health-professional")
    client.post(f"{BASE}{found}/kjenner-du/", {"svar": "ja"})
    one = at_work.row(found)
    assert one.contact_id == at_work.member("contact-person")
    assert one.deputy_id == at_work.member("team-leader")


def test_the_person_may_keep_the_leader_out_and_take_it_back(client, at_work):
    found = at_work.assigned()
    as_(client, at_work, "contact-person")
    leader = str(at_work.people["team-leader"].id)
    assert client.post(f"{BASE}{found}/ansatte/", {"account": leader}).status_code == 302
    assert "Lars Berg" in client.get(f"{BASE}{found}/ansatte/").content.decode()
    as_(client, at_work, "team-leader")
    for url in ("", "ansatte/", "avslutt/", "overlever/", "kjenner-du/", "tilgang/"):
        assert client.get(f"{BASE}{found}/{url}").status_code == 404
    assert "Ida Marie" not in client.get(f"{BASE}?vis=alle").content.decode()
    as_(client, at_work, "contact-person")
    client.post(f"{BASE}{found}/ansatte/", {"godta": leader})
    assert as_(client, at_work, "team-leader").get(f"{BASE}{found}/").status_code == 200


def test_a_leader_who_is_not_named_sees_that_a_shielded_person_stands_there_and_no_more(client, at_work):
    done = at_work.register(protection=Protection.STRICTLY_CONFIDENTIAL)
    as_(client, at_work, "team-leader")
    for url in (f"{BASE}?vis=alle", f"{BASE}ko/", f"{BASE}leder/"):
        assert "Solbakken" not in client.get(url).content.decode()
    assert "Skjermet person" in client.get(f"{BASE}ko/").content.decode()
    assert client.get(f"{BASE}{done.followup}/").url.endswith("/tilgang/")
    assert client.get(f"{BASE}{done.followup}/avslutt/").url.endswith("/tilgang/")
    assert "Solbakken" not in client.get(f"{BASE}{done.followup}/tilgang/").content.decode()
    with opened(at_work.leader) as scope:
        assert not AccessLog.objects.visible_to(scope).exists()


def test_a_leader_gives_themselves_named_access_with_a_reason_and_it_is_written_down(client, at_work):
    done = at_work.register(protection=Protection.STRICTLY_CONFIDENTIAL)
    leader = str(at_work.people["team-leader"].id)
    url = f"{BASE}{done.followup}/tilgang/"
    as_(client, at_work, "team-leader")
    assert client.post(url, {"account": leader, "reason": ""}).status_code == 422
    assert client.post(url, {"account": leader, "reason": "Skal gi kontaktperson"}).status_code == 302
    client.post(f"{BASE}{done.followup}/kjenner-du/", {"svar": "nei"})
    assert "Solbakken" in client.get(f"{BASE}{done.followup}/").content.decode()
    with opened(at_work.leader) as scope:
        row = Journal.objects.visible_to(scope).get(code="followup.access.named")
        assert "kontaktperson" not in str(row.payload)
    client.post(url, {"avslutt": leader})
    assert client.get(f"{BASE}{done.followup}/").url.endswith("/tilgang/")


@pytest.mark.parametrize("who", ["registrar", "editor", "reviewer", "outsider", "team-leader@oslo"])
def test_others_come_through_no_door(client, at_work, who):
    found = at_work.assigned(SOMEBODY)
    as_(client, at_work, who)
    for url in ("kjenner-du/", "tilgang/", "ansatte/"):
        assert client.get(f"{BASE}{found}/{url}").status_code in {403, 404}
