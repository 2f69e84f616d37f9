"""The screens: what somebody sees and does with a browser, tired and in the night."""

import re
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from samvirke.access.scope import opened
from samvirke.incidents import actions, feeds, queries, showing
from samvirke.incidents.actions import Planned
from samvirke.incidents.tests.conftest import HALDEN, HOUR, NOW, OSLO, Night
from samvirke.incidents.urls import urlpatterns
from tests.cast import login

REPORT: dict[str, Any] = {
    "kind": "fire", "place": "Storgata", "happened_at": f"{timezone.localtime(NOW - HOUR):%Y-%m-%dT%H:%M}",
    "danger": "yes", "dead": "1", "source": "politi", "reporter": "Jens Politimann", "phone": "00 00 12 34", "what": "Brann",
}  # fmt: skip


@pytest.fixture
def leader(night: Night) -> Client:
    return login(Client(), night.cast["team-leader"])


def at(name: str, incident: UUID, code: str = HALDEN, **more: Any) -> str:
    return reverse(f"incidents-{name}", kwargs={"municipality": code, "incident": incident, **more})


def text(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, address
    return answer.content.decode()


def test_a_report_is_made_and_waits_with_a_clock(leader: Client) -> None:
    answer = leader.post(reverse("incidents-report", args=[HALDEN]), REPORT)
    assert answer.status_code == 302
    page = text(leader, answer["Location"])
    assert "Venter på avgjørelse" in page
    assert "Har ventet i 0 minutter" in page
    assert "Avgjør om teamet skal i gang." in page
    assert "Jens" not in page
    assert "Jens Politimann" in text(leader, answer["Location"] + "melder/")


def test_a_report_without_the_kind_says_so_and_keeps_the_rest(leader: Client) -> None:
    answer = leader.post(reverse("incidents-report", args=[HALDEN]), REPORT | {"kind": "", "dead": "mange"})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Velg her." in page
    assert "Storgata" in page


def test_a_no_needs_its_reason_on_the_screen(leader: Client, night: Night) -> None:
    incident = night.report()
    address = at("decide", incident)
    assert "Noen er døde i en ulykke" in text(leader, address)
    answer = leader.post(address, {"answer": "no", "criteria": ["illness"]})
    assert answer.status_code == 422
    assert "Skriv hvorfor." in answer.content.decode()
    answer = leader.post(
        address, {"answer": "no", "criteria": ["illness"], "reason": "Få rammede", "offered": "Fastlegen"}
    )
    page = text(leader, answer["Location"])
    assert "Tilbud i stedet: Fastlegen" in page
    assert "Vurder på nytt" not in page  # it was this leader who said no
    listed = text(leader, reverse("incidents", args=[HALDEN]))
    assert "Hvor ofte ble svaret nei?" in listed


def test_another_leader_looks_at_the_no_anew(night: Night) -> None:
    incident = night.report()
    actions.decide(night.scope(), incident, "no", reason="Få", offered="Fastlegen", now=NOW)
    other = login(Client(), night.cast["administrator"])
    page = text(other, at("incident", incident))
    (address,) = re.findall(r'href="([^"]+/ny-vurdering/[^"]+)"', page)
    assert other.post(address, {"answer": "yes"}).status_code == 302
    assert night.row(incident).state == "active"


def test_the_list_has_the_active_first_and_says_what_to_do_when_it_is_empty(
    leader: Client, night: Night
) -> None:
    address = reverse("incidents", args=[HALDEN])
    assert "Ingen hendelser" in text(leader, address)
    night.active(title="Den aktive")
    night.report(title="Den nye")
    page = text(leader, address)
    assert page.index("Den aktive") < page.index("Den nye")


def test_the_log_is_written_on_the_screen_and_printed(leader: Client, night: Night) -> None:
    incident = night.active()
    told = {
        "kind": "task",
        "text": "Ring skolen",
        "owner": "Kari",
        "deadline": f"{timezone.localtime(NOW + HOUR):%Y-%m-%dT%H:%M}",
    }
    assert leader.post(at("log", incident), told).status_code == 302
    page = text(leader, at("log", incident))
    assert page.index("Ring skolen") < page.index("Brann i et hus.")
    (address,) = re.findall(r'href="([^"]+/utfort/)"', page)
    assert leader.post(address, {"text": ""}).status_code == 302
    printed = text(leader, at("log-print", incident))
    assert printed.index("Brann i et hus.") < printed.index("Ring skolen")
    assert "<form" not in printed.partition("<main")[2].partition("</main>")[0]


def test_an_entry_of_another_incident_cannot_be_corrected_from_here(leader: Client, night: Night) -> None:
    one, other = night.active(), night.active()
    entry = night.log(other)[0].row.id
    assert leader.post(at("correct", one, entry=entry), {"text": "Feil"}).status_code == 404


def test_who_is_lacking_is_on_top(leader: Client, night: Night) -> None:
    incident = night.active()
    page = text(leader, at("informed", incident))
    assert page.index("Politiet") < page.index("Gjort (0)")
    leader.post(at("tell", incident, actor="politi"), {"how": "phone", "whom": "Operasjonslederen"})
    page = text(leader, at("informed", incident))
    assert page.index("Gjort (1)") < page.index("Politiet")
    assert leader.post(at("tell", incident, actor="politi"), {"how": "phone", "whom": ""}).status_code == 422


def test_nobody_is_told_to_call_out_the_team_half_a_year_after(night: Night) -> None:
    event = night.row(night.active())
    with opened(night.scope()) as scope:
        first = showing.page(scope, event, HALDEN, NOW)
        later = showing.page(scope, event, HALDEN, NOW + 180 * 24 * HOUR)
    assert first.next
    assert first.next.urgent
    assert later.next
    assert not later.next.urgent
    assert later.next.url == reverse("followup-leader", args=[HALDEN])


def test_the_threat_is_for_leaders_and_shown_as_expired(leader: Client, night: Night) -> None:
    incident, until = night.active(), timezone.localtime(timezone.now() + 2 * HOUR)
    told = {
        "text": "Ingen fare lenger",
        "source": "Operasjonssentralen",
        "valid_until": f"{until:%Y-%m-%dT%H:%M}",
    }
    assert leader.post(at("threats", incident), told).status_code == 422
    assert leader.post(at("threats", incident), told | {"approved": "on"}).status_code == 302
    assert "Ingen fare lenger" in text(leader, at("threats", incident))
    helper = login(Client(), night.cast["contact-person"])
    text(helper, at("threats", incident), 403)
    assert "Ingen fare lenger" not in text(helper, at("incident", incident))
    past = night.active()
    actions.assess(night.scope(), past, "Lav", "Politiet", NOW - HOUR, approved=True, now=NOW - 2 * HOUR)
    assert "Utløpt" in text(leader, at("threats", past))


def test_a_drill_has_its_watermark_everywhere_and_is_deleted_after_one_question(
    leader: Client, night: Night
) -> None:
    drill, real = night.active(exercise=True), night.active()
    for name in (
        "incident",
        "log",
        "log-print",
        "informed",
        "meetings",
        "cooperation",
        "threats",
        "evaluation",
    ):
        assert "st-exercise" in text(leader, at(name, drill)), name
        assert "st-exercise" not in text(leader, at(name, real)), name
    assert "Slette øvelsen" in text(leader, at("delete", drill))
    assert leader.post(at("delete", drill)).status_code == 302
    text(leader, at("incident", drill), 404)
    leader.post(at("delete", real))
    text(leader, at("incident", real))


def test_another_municipality_takes_over_by_answering(leader: Client, night: Night) -> None:
    incident = night.active()
    oslo = login(Client(), night.cast["team-leader@oslo"])
    text(oslo, at("incident", incident, OSLO), 404)
    leader.post(at("offer-lead", incident), {"municipality": OSLO, "reason": "Flere er rammet hos dere"})
    assert "Dere er bedt om å overta" in text(oslo, reverse("incidents", args=[OSLO]))
    assert "Dere er bedt om å overta" not in text(leader, reverse("incidents", args=[HALDEN]))
    page = text(oslo, at("incident", incident, OSLO))
    assert "Halden ber dere overta ledelsen." in page
    assert "Overta ledelsen" in text(oslo, at("cooperation", incident, OSLO))
    assert oslo.post(at("accept-lead", incident, OSLO)).status_code == 302
    assert night.row(incident).municipality_id == OSLO
    assert "Oslo leder" in text(leader, at("incident", incident))
    text(leader, at("close", incident), 404)


def test_closing_says_what_holds_it(leader: Client, night: Night, settings: Any) -> None:
    settings.INCIDENT_HOLDS = ["samvirke.incidents.tests.test_acts.holding"]
    incident = night.active()
    assert "To følges opp." in text(leader, at("close", incident))
    assert leader.post(at("close", incident), {"reason": "Ferdig"}).status_code == 422


# --- the calendar ----------------------------------------------------------------------------------------------------


def calendar_of(client: Client) -> str:
    page = client.post(reverse("incidents-calendar", args=[HALDEN])).content.decode()
    (token,) = re.findall(r"/kalender/([\w-]+)\.ics", page)
    return str(token)


def read(token: str) -> tuple[int, str]:
    answer = Client().get(reverse("incidents-feed", args=[token]))
    return answer.status_code, answer.content.decode()


def test_the_calendar_holds_meetings_and_no_words_about_what_happened(leader: Client, night: Night) -> None:
    incident = night.active(title="Brann i sentrum")
    told = Planned("Samordning om Ola", NOW, NOW + HOUR, "Rådhuset, rom 2; 3. etasje", "Kriseledelsen")
    actions.plan(night.scope(), incident, told, now=NOW)
    status, calendar = read(calendar_of(leader))
    assert status == 200
    assert f"SUMMARY:Møte {night.row(incident).reference}\r\n" in calendar
    assert "LOCATION:Rådhuset\\, rom 2\\; 3. etasje\r\n" in calendar
    assert "Brann" not in calendar
    assert "Ola" not in calendar
    assert calendar.startswith("BEGIN:VCALENDAR\r\n")
    assert calendar.endswith("END:VCALENDAR\r\n")
    assert calendar.count("BEGIN:VTIMEZONE") == 1


def test_a_calendar_made_anew_shuts_the_old_and_who_has_left_gets_nothing(
    leader: Client, night: Night
) -> None:
    night.active()
    old, fresh = calendar_of(leader), calendar_of(leader)
    assert (read(old)[0], read(fresh)[0]) == (404, 200)
    leader.post(reverse("incidents-calendar-end", args=[HALDEN]))
    assert read(fresh)[0] == 404
    assert read("ingenting")[0] == 404


@pytest.mark.parametrize("line", ["kort", "æ" * 200, "x" * 75, "x" * 76, "SUMMARY:" + "🕯" * 60])
def test_lines_are_folded_at_75_octets_and_unfold_to_what_they_were(line: str) -> None:
    parts = list(feeds.folded(line))
    assert all(len(part.encode()) <= 75 for part in parts)
    assert parts[0] + "".join(part[1:] for part in parts[1:]) == line


def test_a_meeting_in_the_night_the_clocks_change_is_told_in_oslo_time(night: Night) -> None:
    incident = night.active()
    starts = datetime(2026, 10, 25, 1, 30, tzinfo=UTC)  # 02.30 in winter time
    actions.plan(night.scope(), incident, Planned("M", starts, starts + HOUR, "Her", "Alle"), now=NOW)
    with opened(night.scope()) as scope:
        calendar = feeds.calendar(queries.meetings_of(scope, starts), HALDEN, NOW)
    assert "DTSTART;TZID=Europe/Oslo:20261025T023000" in calendar


def test_an_incidents_page_asks_little(
    leader: Client, night: Night, django_assert_max_num_queries: Any
) -> None:
    incident = night.active()
    for number in range(20):
        actions.write(night.scope(), incident, "task", f"Oppgave {number}", owner="Kari", now=NOW)
    text(leader, at("incident", incident))
    with django_assert_max_num_queries(40):
        text(leader, at("incident", incident))
    with django_assert_max_num_queries(22):
        text(leader, at("log", incident))


def test_a_neighbours_ids_open_nothing_at_ones_own_address(night: Night) -> None:
    incident = night.active()
    actions.plan(night.scope(), incident, Planned("M", NOW, NOW + HOUR, "Her", "Alle"), now=NOW)
    actions.learn(night.scope(), incident, "better", "x", to_do="y", owner="z", deadline=NOW.date(), now=NOW)
    with opened(night.scope()) as scope:
        parts = {
            "incident": incident,
            "entry": queries.log(scope, incident)[0].row.id,
            "decision": queries.decisions(scope, incident)[0].row.id,
            "meeting": queries.meetings(scope, incident)[0].id,
            "lesson": queries.lessons(scope, incident)[0].row.id,
            "guest": incident, "code": "5001", "actor": "politi", "municipality": OSLO,
        }  # fmt: skip
    oslo, wrong = login(Client(), night.cast["team-leader@oslo"]), []
    for one in urlpatterns:
        names = set(one.pattern.converters)
        if "incident" in names:
            address = reverse(str(one.name), kwargs={name: parts[name] for name in names})
            wrong += [
                (one.name, act)
                for act in ("get", "post")
                if getattr(oslo, act)(address).status_code not in {404, 405}
            ]
    assert wrong == []
