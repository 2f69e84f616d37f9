"""The public page: opened by the leader, read by the desk, and it tells nobody who is registered."""

import json
import re
from io import BytesIO

import pytest
from django.core.management import call_command
from django.test import Client

from samvirke.access.models import AccessLog
from samvirke.access.scope import opened, system_scope
from samvirke.followup import actions, inbox, pages
from samvirke.followup.actions import tips
from samvirke.followup.models import Followup, Intake, Person, Tip
from samvirke.followup.tasks import tidy
from samvirke.followup.tests.conftest import DAY, HALDEN, NOW
from samvirke.followup.views import public
from samvirke.incidents.models import Incident
from samvirke.kit.errors import BadInput
from samvirke.publishing.render import body_of
from tests.cast import login

BASE = f"/arbeid/{HALDEN}/oppfolging/"
POST = f"/oppfolging/{HALDEN}/"
SENT = {
    "who": "self",
    "name": "Odd Dal",
    "phone": "00 00 12 99",
    "about": "",
    "best_time": "kveld",
    "spoken": "nb",
}


@pytest.fixture
def page(settings, at_work, monkeypatch):
    settings.ALLOWED_HOSTS = ["localhost"]
    monkeypatch.setattr(public, "SOONEST", 0)
    actions.open_form(at_work.leader, at_work.incident, HALDEN, now=NOW)
    return Client(HTTP_HOST="localhost")


def sent(client, **told):
    """Send both steps as a browser would, with what the first one gave back."""
    first = client.post(POST, {**SENT, **told})
    hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', first.content.decode()))
    return client.post(POST, hidden) if "token" in hidden else first


def html(site, number=0):
    return body_of(list(pages.pages(site, NOW))[number]).decode()


def test_the_page_says_what_it_is_and_asks_for_no_story(page):
    (site,) = pages.load([HALDEN])
    body = html(site)
    assert "Leses ikke døgnet rundt." in body
    assert 'href="tel:113"' in body
    assert 'href="tel:116123"' in body
    assert "<textarea" not in body
    assert body.index("Leses ikke") < body.index("<form")
    assert site.slug == "halden-oppfolging"
    assert [one.key for one in pages.load([site.key])] == [site.key]


def test_it_is_open_only_for_an_active_incident_that_is_no_exercise(drill):
    with pytest.raises(BadInput, match="øvelse"):
        actions.open_form(drill.leader, drill.incident, HALDEN, now=NOW)
    assert not pages.load([HALDEN])


def test_a_page_whose_incident_is_over_is_closed(page, at_work):
    with opened(at_work.leader) as scope:
        Incident.objects.visible_to(scope).update(state="closed")
    (site,) = pages.load([HALDEN])
    assert not site.open
    assert "<form" not in html(site)
    assert page.post(POST, SENT).status_code == 410
    tidy(NOW)
    with opened(at_work.leader) as scope:
        assert Intake.objects.visible_to(scope).get().closed_at == NOW


def test_what_is_sent_is_looked_over_first_and_kept_sealed(page, at_work):
    first = page.post(POST, SENT)
    assert "Se over" in first.content.decode()
    with opened(at_work.leader) as scope:
        assert not Tip.objects.visible_to(scope).exists()
    answer = sent(page)
    assert (answer.status_code, answer.url) == (303, "/halden-oppfolging/takk/")
    with opened(at_work.leader) as scope:
        tip = Tip.objects.visible_to(scope).get()
        assert b"Odd" not in bytes(tip.sealed)
        assert not Person.objects.visible_to(scope).exists()


def test_who_is_registered_gets_the_same_answer_as_who_is_not(page, at_work):
    at_work.register()
    known = sent(page, name="Ida Marie Solbakken", phone="00 00 12 34")
    unknown = sent(page, name="Ukjent Mann", phone="00 00 99 99")
    assert (known.status_code, known.url, known.content) == (
        unknown.status_code,
        unknown.url,
        unknown.content,
    )


@pytest.mark.parametrize(
    ("told", "text"),
    [
        ({"name": ""}, "Skriv navnet ditt."),
        ({"phone": "12"}, "Telefonnummeret finnes ikke"),
        ({"who": "other"}, "Skriv navnet på den du er bekymret for."),
    ],
)
def test_what_lacks_is_said_at_its_place(page, told, text):
    answer = page.post(POST, {**SENT, **told})
    assert answer.status_code == 422
    assert text in answer.content.decode()


def test_a_token_counts_for_what_was_shown_and_not_at_once(page, at_work, monkeypatch):
    first = page.post(POST, SENT).content.decode()
    token = re.search(r'name="token" value="([^"]+)"', first)[1]
    assert page.post(POST, {**SENT, "token": token, "name": "En annen"}).status_code == 200
    monkeypatch.setattr(public, "SOONEST", 2)
    assert sent(page).status_code == 200
    with opened(at_work.leader) as scope:
        assert not Tip.objects.visible_to(scope).exists()


def test_a_school_behind_one_address_is_let_in_and_so_is_a_teacher_with_one_phone(page, at_work):
    for number in range(60):
        assert sent(page, phone=f"00 00 20 {number:02}").status_code == 303
    for number in range(30):
        told = {"who": "other", "about": f"Elev nr. {number}", "phone": "00 00 30 01"}
        assert sent(page, **told).status_code == 303
    with opened(at_work.leader) as scope:
        assert Tip.objects.visible_to(scope).count() == 90


def test_the_same_sent_again_is_one_message_and_tells_nobody_that_it_was_there(page, at_work):
    """Also to a stranger with somebody's number: they would learn whether that person has asked for follow-up."""
    first, *again = [sent(page) for _ in range(8)]
    assert {(one.status_code, one.url, one.content) for one in again} == {
        (first.status_code, first.url, first.content)
    }
    assert sent(page, about="Per Nes", who="other").status_code == 303
    with opened(at_work.leader) as scope:
        assert Tip.objects.visible_to(scope).count() == 2
        tip = Tip.objects.visible_to(scope).earliest("at")
    actions.answer_tip(at_work.leader, tip.id, "Ringt.", relevant=True, now=NOW)
    sent(page)
    with opened(at_work.leader) as scope:
        assert Tip.objects.visible_to(scope).count() == 3, "who writes once more after an answer is heard"


@pytest.mark.parametrize("where", [{"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://annet.example"}])
def test_another_site_sends_nothing_in_its_visitors_names(page, at_work, where):
    """It could fetch a token itself, and let everybody who looks at it send from an address of their own."""
    first = page.post(POST, SENT).content.decode()
    token = re.search(r'name="token" value="([^"]+)"', first)[1]
    assert page.post(POST, {**SENT, "token": token}, headers=where).status_code == 403
    with opened(at_work.leader) as scope:
        assert not Tip.objects.visible_to(scope).exists()
    here = {"Sec-Fetch-Site": "same-origin"}
    assert page.post(POST, {**SENT, "token": token}, headers=here).status_code == 303


def test_when_too_many_have_written_everybody_hears_the_same(page, monkeypatch):
    monkeypatch.setattr(tips, "PER_MUNICIPALITY", 1)
    assert sent(page).status_code == 303
    assert sent(page, phone="00 00 30 01").status_code == 429


def test_the_desk_registers_whom_a_message_is_about(page, at_work):
    sent(page)
    client = login(Client(HTTP_HOST="localhost"), at_work.people["registrar"])
    with opened(at_work.leader) as scope:
        tip = Tip.objects.visible_to(scope).get()
    assert "Odd Dal" in client.get(f"{BASE}meldinger/").content.decode()
    url = f"{BASE}meldinger/{tip.id}/"
    begun = client.get(url).content.decode()
    assert 'value="Odd"' in begun
    told = {
        "protection": "none",
        "first": "Odd",
        "last": "Dal",
        "phones": "00001299",
        "part": "witness",
        "source": "self",
    }
    assert client.post(url, told).url == f"{BASE}meldinger/"
    with opened(at_work.leader) as scope:
        one = Followup.objects.visible_to(scope).get()
        tip = Tip.objects.visible_to(scope).get()
        assert (tip.became, tip.person_id) == ("registered", one.person_id)
        assert one.known_at == tip.at
        assert AccessLog.objects.visible_to(scope).filter(code="followup.tip:read").exists()
    assert client.get(url).status_code == 302


def test_a_message_about_somebody_on_the_list_makes_no_second_person(page, at_work):
    known = at_work.register().person
    sent(page, name="Ida Marie Solbakken", phone="00 00 12 34")
    client = login(Client(HTTP_HOST="localhost"), at_work.people["team-leader"])
    with opened(at_work.leader) as scope:
        tip = Tip.objects.visible_to(scope).get()
    told = {"protection": "none", "first": "Ida Marie", "last": "Solbakken", "phones": "00001234", "part": "witness",
            "source": "self"}  # fmt: skip
    url = f"{BASE}meldinger/{tip.id}/"
    assert "Kan dette være samme person?" in client.post(url, told).content.decode()
    assert client.post(url, {**told, "samme": str(known)}).status_code == 302
    with opened(at_work.leader) as scope:
        assert Tip.objects.visible_to(scope).get().became == "known"
        assert Person.objects.visible_to(scope).count() == 1


def test_what_is_nothing_for_the_team_needs_a_reason_and_counts_until_then(page, at_work, capsys):
    sent(page, who="other", about="Liv Moe")
    client = login(Client(HTTP_HOST="localhost"), at_work.people["team-leader"])
    with opened(at_work.leader) as scope:
        tip = Tip.objects.visible_to(scope).get()
        assert inbox.tips_waiting(scope, NOW).tips == 1
    url = f"{BASE}meldinger/{tip.id}/"
    assert "Noen er bekymret for Liv Moe" in client.get(url).content.decode()
    assert client.post(url, {"svar": "1", "svar-relevant": "no", "svar-reason": ""}).status_code == 422
    assert (
        client.post(url, {"svar": "1", "svar-relevant": "no", "svar-reason": "Feil kommune"}).status_code
        == 302
    )
    with opened(system_scope("prøve")) as scope:
        tip = Tip.objects.visible_to(scope).get()
        assert tip.became == "nothing"
        assert b"Feil" not in bytes(tip.reason)
        assert inbox.tips_waiting(scope, NOW).all == 0
        assert actions.erase_old(scope, tip.handled_at + 31 * DAY) == 1
        assert bytes(Tip.objects.visible_to(scope).get().sealed) == b""


def test_neighbours_find_no_message(page, at_work):
    sent(page)
    with opened(at_work.leader) as scope:
        tip = Tip.objects.visible_to(scope).get()
    client = login(Client(HTTP_HOST="localhost"), at_work.people["team-leader@oslo"])
    assert client.get(f"/arbeid/0301/oppfolging/meldinger/{tip.id}/").status_code == 404


def test_the_leader_opens_and_closes_the_page(settings, at_work):
    settings.ALLOWED_HOSTS = ["localhost"]
    client = login(Client(HTTP_HOST="localhost"), at_work.people["team-leader"])
    assert "Åpne siden" in client.get(f"{BASE}registrering/").content.decode()
    assert client.post(f"{BASE}side/{at_work.incident}/").status_code == 302
    shown = client.get(f"{BASE}registrering/").content.decode()
    assert "/halden-oppfolging/" in shown
    client.post(f"{BASE}side/{at_work.incident}/", {"steng": "1"})
    (site,) = pages.load([HALDEN])
    assert not site.open


def test_a_list_is_looked_over_on_the_screen(settings, at_work):
    settings.ALLOWED_HOSTS = ["localhost"]
    at_work.register()
    client = login(Client(HTTP_HOST="localhost"), at_work.people["team-leader"])
    rows = "fornavn;etternavn;født;telefon;rolle\nIda Marie;Solbaken;1991;00001234;skadd\nNora;Lie;2014;;vitne\nPer;;;;\n"
    wrong = client.post(f"{BASE}lister/{at_work.incident}/", {"file": _file("a\nb\n"), "source": "police"})
    assert wrong.status_code == 422
    made = client.post(f"{BASE}lister/{at_work.incident}/", {"file": _file(rows), "source": "police"})
    shown = client.get(made.url).content.decode()
    assert "Ida Marie Solbaken" in shown
    assert "Ida Marie Solbakken" in shown
    assert "Skriv rollen" in shown
    assert ">rolle</td>" in shown, "the column is called what the file calls it"
    answer = re.search(r'name="(rad-[^"]+)"', shown)[1]
    client.post(made.url, {answer: "same"})
    done = client.post(made.url, {answer: "same", "utfor": "1"}, follow=True).content.decode()
    assert "1 personer er registrert." in done
    with opened(at_work.leader) as scope:
        assert Followup.objects.visible_to(scope).count() == 2
    assert client.get(f"{BASE}lister/mal/?form=csv").content.startswith(b"\xef\xbb\xbf")


def _file(text: str):
    found = BytesIO(text.encode())
    found.name = "liste.csv"
    return found


def test_the_check_counts_what_waits(at_work, capsys, monkeypatch):
    monkeypatch.setattr("samvirke.followup.figures.sees_everybody", lambda: True)
    call_command("followup_check", "--json")
    assert json.loads(capsys.readouterr().out)["inbox"] == 0
