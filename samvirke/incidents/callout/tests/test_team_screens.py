"""The screens of the team and its alerts: who comes in, what they see, what is logged."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from samvirke.access.models import AccessLog
from samvirke.access.scope import opened, system_scope
from samvirke.accounts.actions import members
from samvirke.incidents.callout import running
from samvirke.incidents.callout.tests.conftest import NOW, PEOPLE
from samvirke.incidents.models import Callout, TeamMember
from samvirke.messaging.models import Message
from tests.cast import HALDEN, login

BASE = f"/arbeid/{HALDEN}/kriseteam/"
NEW = {
    "function": "doctor", "name": "Even Strøm", "phones": "412 34 567, 00 00 22 22", "email": "even@example.no",
    "position": "1", "language": "nn",
}  # fmt: skip


@pytest.fixture
def client(settings) -> Client:
    settings.ALLOWED_HOSTS = ["localhost"]
    return Client(HTTP_HOST="localhost")


def reads() -> list[str]:
    with opened(system_scope("prøve")) as scope:
        rows = AccessLog.objects.visible_to(scope).filter(code="incidents.team-member:read").order_by("at")
        return [(row.payload or {})["why"] for row in rows]


def test_an_empty_register_says_what_to_do_and_takes_the_first(client, small):
    login(client, small.people["team-leader"])
    assert "Legg til den første" in client.get(BASE).content.decode()
    assert client.post(f"{BASE}ny/", NEW).status_code == 302
    page = client.get(BASE).content.decode()
    assert "Even Strøm" in page
    assert "412 34 567" not in page
    assert "legevakten" in page  # is missing in the list, and it is said
    assert reads() == []


def test_what_is_wrong_is_said_at_the_field_and_nothing_typed_is_lost(client, small):
    login(client, small.people["administrator"])
    page = client.post(f"{BASE}ny/", {**NEW, "phones": "12"})
    assert page.status_code == 422
    assert "Telefonnummeret finnes ikke" in page.content.decode()
    assert "Even Strøm" in page.content.decode()
    page = client.post(f"{BASE}ny/", {**NEW, "phones": "", "email": ""}).content.decode()
    assert "Skriv et telefonnummer eller en e-postadresse." in page


def test_opening_somebody_shows_their_phones_and_is_logged(client, crew):
    login(client, crew.people["team-leader"])
    page = client.get(f"{BASE}person/{crew.ids['lege']}/").content.decode()
    assert "00 00 11 03" in page
    assert reads() == ["team-member"]


def test_a_change_is_saved_and_a_second_writer_is_told(client, crew):
    login(client, crew.people["team-leader"])
    link = f"{BASE}person/{crew.ids['lege']}/"
    changed = {**NEW, "version": "1", "deputy": str(crew.ids["prest"]), "away_from": "2026-12-20"}
    assert client.post(link, changed).status_code == 302
    row = crew.member("lege")
    assert (row.deputy_id, str(row.away_from), row.version) == (crew.ids["prest"], "2026-12-20", 2)
    again = client.post(link, {**changed, "name": "En annen"})
    assert again.status_code == 422
    assert "Noen andre har endret dette" in again.content.decode()


def test_overdue_is_shown_and_confirmed_with_one_press(client, crew):
    with opened(system_scope("prøve")) as scope:
        TeamMember.objects.visible_to(scope).update(verified_at=timezone.now())
        TeamMember.objects.visible_to(scope).filter(id=crew.ids["prest"]).update(
            verified_at=timezone.now() - timedelta(days=100)
        )
    login(client, crew.people["team-leader"])
    assert "1 må bekreftes på nytt" in client.get(BASE).content.decode()
    assert client.post(f"{BASE}person/{crew.ids['prest']}/bekreft/").status_code == 302
    assert "må bekreftes på nytt" not in client.get(BASE).content.decode()
    assert crew.member("prest").verified_by == crew.people["team-leader"].id


def test_who_has_no_role_here_any_more_is_pointed_out(client, small):
    account = small.people["contact-person"].id
    small.add("lege", account=account)
    login(client, small.people["team-leader"])
    assert "Har ikke lenger rolle" not in client.get(BASE).content.decode()
    members.end_membership(small.people["administrator"].scope(HALDEN), HALDEN, account, now=timezone.now())
    assert "Har ikke lenger rolle" in client.get(BASE).content.decode()


def test_an_alert_that_runs_is_the_first_thing_one_sees(client, crew):
    callout = crew.begin()
    login(client, crew.people["contact-person"])
    page = client.get(BASE).content.decode()
    assert page.index("Et varsel pågår") < page.index(">Listen<")
    assert f"{BASE}varsel/{callout}/" in page


def test_who_leaves_is_erased_but_for_the_name(client, crew):
    callout = crew.begin()
    login(client, crew.people["team-leader"])
    assert client.post(f"{BASE}person/{crew.ids['lege']}/ut/").status_code == 302
    assert "Yngvild" not in client.get(BASE).content.decode()
    assert "Yngvild" in client.get(f"{BASE}varsel/{callout}/").content.decode()
    assert client.get(f"{BASE}person/{crew.ids['lege']}/").status_code == 404


def test_a_leader_calls_the_team_out_and_sees_who_comes(client, crew):
    login(client, crew.people["team-leader"])
    form = {"incident": str(crew.incident), "who": "all", "text": "meet", "place": "Rådhuset"}
    sent = client.post(f"{BASE}varsle/", form)
    assert sent.status_code == 302
    board = sent.url
    page = client.get(board).content.decode()
    assert 'hx-trigger="every 4s"' in page
    assert "Last på nytt" in page
    assert all(name in page for key, (_f, name, _p) in PEOPLE.items() if key not in {"legevakt", "ledelse"})
    assert "00 00 11" not in page
    with opened(system_scope("prøve")) as scope:
        callout = Callout.objects.visible_to(scope).get().id
    Client(HTTP_HOST="localhost").post(crew.link(callout, "prest"), {"answer": "coming", "minutes": "30"})
    part = client.get(board, headers={"HX-Request": "true"}).content.decode()
    assert part.startswith("<div")
    assert part.index("Sunniva Aasen") < part.index("Har ikke svart</h2>")
    assert "kl." in part


def test_only_functions_without_any_is_refused(client, crew):
    login(client, crew.people["team-leader"])
    page = client.post(f"{BASE}prove/", {"who": "functions", "text": "meet"})
    assert page.status_code == 422
    assert "Velg minst én funksjon." in page.content.decode()


def test_a_test_is_marked_and_its_result_stays(client, crew):
    login(client, crew.people["team-leader"])
    sent = client.post(f"{BASE}prove/", {"who": "all", "text": "ready"})
    page = client.get(sent.url).content.decode()
    assert "PRØVE. Dette er ikke en hendelse." in page
    client.post(f"{sent.url}avslutt/")
    page = client.get(sent.url).content.decode()
    assert "hx-get" not in page
    assert "Avsluttet" in page
    assert "0 av 5 svarte" in client.get(BASE).content.decode()


def test_nobody_comes_and_the_board_is_red(client, crew):
    then = timezone.now() - timedelta(minutes=16)
    callout = crew.begin(now=then)
    running.escalate_due(timezone.now())
    login(client, crew.people["team-leader"])
    page = client.get(f"{BASE}varsel/{callout}/").content.decode()
    assert "Ingen har sagt at de kommer" in page
    assert "til: legevakten, kommunens kriseledelse." in page


def test_the_board_names_only_those_who_were_told(client, small):
    small.add("lege")
    small.add("legevakt")
    callout = small.begin(now=timezone.now() - timedelta(minutes=16))
    running.escalate_due(timezone.now())
    login(client, small.people["team-leader"])
    page = client.get(f"{BASE}varsel/{callout}/").content.decode()
    assert "til: legevakten." in page


def test_the_board_says_when_there_was_nobody_to_tell(client, small):
    small.add("lege")
    callout = small.begin(now=timezone.now() - timedelta(minutes=16))
    running.escalate_due(timezone.now())
    login(client, small.people["team-leader"])
    page = client.get(f"{BASE}varsel/{callout}/").content.decode()
    assert "Ingen andre er varslet" in page


def test_a_message_that_did_not_arrive_is_said(client, crew):
    callout = crew.begin()
    with opened(system_scope("prøve")) as scope:
        mine = Message.objects.visible_to(scope).filter(recipient_id=str(crew.ids["lege"]))
        mine.update(state="failed", ended_at=NOW)
    login(client, crew.people["team-leader"])
    page = client.get(f"{BASE}varsel/{callout}/").content.decode()
    assert page.count("Meldingen kom ikke fram. Ring.") == 1


def test_the_printed_list_has_phones_boxes_and_a_date_and_is_logged(client, crew):
    login(client, crew.people["team-leader"])
    page = client.get(f"{BASE}ringeliste/").content.decode()
    assert all(phone in page for _f, _n, phone in PEOPLE.values())
    assert page.count('<td class="co-box"></td>') == 2 * len(PEOPLE)
    assert "Skrevet ut" in page
    assert reads() == ["call-list"]


def test_calls_by_hand_are_written_down_one_after_the_other(client, crew):
    login(client, crew.people["team-leader"])
    then = timezone.localtime() - timedelta(hours=2)
    form = {"incident": str(crew.incident), "begun_at": then.strftime("%Y-%m-%dT%H:%M")}
    sent = client.post(f"{BASE}papir/", form)
    assert sent.status_code == 302
    at = (then + timedelta(minutes=5)).strftime("%Y-%m-%dT%H:%M")
    row = {"member": str(crew.ids["lege"]), "at": at, "answer": "coming", "minutes": "25"}
    assert client.post(sent.url, row).url == sent.url
    assert "1 kommer, 0 kan ikke" in client.get(sent.url).content.decode()
    assert crew.sent() == []


@pytest.mark.parametrize("who", ["contact-person", "registrar", "health-professional"])
def test_the_rest_of_the_team_sees_the_board_and_no_phone(client, crew, who):
    callout = crew.begin()
    login(client, crew.people[who])
    assert client.get(BASE).status_code == 200
    assert client.get(f"{BASE}varsel/{callout}/").status_code == 200
    for path in ("ringeliste/", f"person/{crew.ids['lege']}/", "varsle/", "prove/", "frister/", "ny/"):
        assert client.get(BASE + path).status_code == 403


def test_another_municipalitys_leader_gets_404_everywhere(client, crew):
    callout = crew.begin()
    login(client, crew.people["team-leader@oslo"])
    member = crew.ids["lege"]
    looks = ("", "ny/", "frister/", "ringeliste/", "varsle/", "prove/", "papir/", f"varsel/{callout}/",
             f"varsel/{callout}/for/", f"person/{member}/", f"person/{member}/ut/")  # fmt: skip
    acts = (f"varsel/{callout}/avslutt/", f"person/{member}/bekreft/", f"person/{member}/spor/")
    for path in looks:
        assert client.get(BASE + path).status_code == 404, path
    for path in acts:
        assert client.post(BASE + path).status_code == 404, path
    own = "/arbeid/0301/kriseteam/"
    for path in looks[7:]:
        assert client.get(own + path).status_code == 404, path
    for path in acts:
        assert client.post(own + path).status_code == 404, path
    assert (
        client.post(
            own + "varsle/", {"incident": str(crew.incident), "who": "all", "text": "meet"}
        ).status_code
        == 422
    )
    assert crew.row(callout).ended_at is None


def test_the_board_costs_the_same_however_many_are_called(client, crew, django_assert_max_num_queries):
    callout = crew.begin()
    login(client, crew.people["team-leader"])
    client.get(f"{BASE}varsel/{callout}/")
    with django_assert_max_num_queries(40):
        client.get(f"{BASE}varsel/{callout}/")
