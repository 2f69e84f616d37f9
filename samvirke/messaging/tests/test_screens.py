"""The status screen through HTTP: who sees what, no address ever, one click to send again."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from samvirke.messaging import delivery
from samvirke.messaging.queries import PAGE
from samvirke.messaging.tests import people
from samvirke.messaging.tests.conftest import HALDEN, NOW, OSLO, change, delivered, row, write
from tests.cast import CAST, login

LIST = f"/arbeid/{HALDEN}/meldinger/"
WRITTEN = "20.11.2026 12.00"
SEES, DECIDES = ("team-leader", "administrator"), ("administrator",)


@pytest.fixture
def enter(client, cast, settings):
    """Log in as one of the cast, on the host where people log in."""

    def as_(who: str):
        login(client, cast[who])
        return client

    return as_


def ids_on(response) -> list[str]:
    return [str(one.id) for one in response.context["rows"]]


def unsure(**more):
    id_ = write(**more)
    change(id_, state="unsure", reason="lost-answer", attempts=1, claim=uuid4(), claimed_at=NOW)
    return id_


def test_the_list_says_what_to_whom_and_how_far(enter):
    sent, lost = delivered(), unsure()
    shown = enter("administrator").get(LIST)
    assert shown.status_code == 200
    assert shown["Cache-Control"] == "no-store"
    html = shown.content.decode()
    for text in (
        "Påminnelse",
        "Medarbeider",
        "E-post",
        "Sendt",
        "Usikkert",
        WRITTEN,
        "få den to ganger",
        "Vi fikk ikke svar",
    ):
        assert text in html
    assert set(ids_on(shown)) == {str(sent.id), str(lost)}
    assert html.count("Send på nytt") == 1


def test_no_address_and_no_word_of_it_is_shown(enter):
    one = delivered()
    unsure(to="ola", channel="sms")
    browser = enter("administrator")
    pages = browser.get(LIST).content.decode()
    for secret in (people.PEOPLE["kari"].email, "41234567", people.SECRET, "99999999", ">kari<"):
        assert secret not in pages
    assert str(one.id) in browser.get(f"{LIST}{one.id}/").content.decode()


def test_in_a_demonstration_the_message_can_be_read(enter):
    one = delivered()
    html = enter("team-leader").get(f"{LIST}{one.id}/").content.decode()
    assert "Demonstrasjonen sender ingenting ut." in html
    assert people.SECRET in html


def test_the_list_can_be_narrowed(enter):
    sent, lost, waiting = delivered().id, unsure(), write()
    browser = enter("team-leader")
    for word, found in (("se-paa", lost), ("sendt", sent), ("venter", waiting)):
        assert ids_on(browser.get(LIST, {"vis": word})) == [str(found)]
    assert ids_on(browser.get(LIST, {"vis": "stoppet"})) == []
    assert "Ingen meldinger" in browser.get(LIST, {"vis": "stoppet"}).content.decode()
    assert len(ids_on(browser.get(LIST, {"vis": "'; DROP TABLE"}))) == 3
    counts = {tab.name: tab.count for tab in browser.get(LIST).context["tabs"]}
    assert counts == {"Alle": 3, "Må sees på": 1, "På vei": 1, "Sendt": 1, "Stoppet": 0}


def test_pages_follow_each_other_and_lose_nobody(enter):
    all_of_them = {str(write(now=NOW + timedelta(minutes=number // 3))) for number in range(PAGE + 7)}
    browser = enter("team-leader")
    first = browser.get(LIST)
    assert len(ids_on(first)) == PAGE
    second = browser.get(first.context["further"])
    assert set(ids_on(first)) | set(ids_on(second)) == all_of_them
    assert len(ids_on(second)) == 7
    assert second.context["further"] == ""
    assert second.context["beginning"]
    for nonsense in (
        "x",
        "2026",
        "2026-01-01T00:00:00+00:00_x",
        "9999-99-99T00:00:00Z_",
        "2026-01-01T00:00_" + str(uuid4()),
    ):
        assert len(ids_on(browser.get(LIST, {"etter": nonsense}))) == PAGE


def test_the_number_of_queries_does_not_grow(enter, django_assert_max_num_queries):
    browser = enter("team-leader")
    for _ in range(2):
        write()
    with django_assert_max_num_queries(60) as few:
        browser.get(LIST)
    for _ in range(30):
        write()
    with django_assert_max_num_queries(len(few)):
        browser.get(LIST)


def test_one_click_sends_it_again(enter):
    id_ = unsure()
    browser = enter("administrator")
    answer = browser.post(reverse("messaging-send-again", args=[HALDEN, id_]), follow=True)
    assert answer.redirect_chain == [(LIST, 302)]
    assert "Meldingen sendes på nytt." in answer.content.decode()
    assert row(id_).state == "queued"
    again = browser.post(reverse("messaging-send-again", args=[HALDEN, id_]), follow=True)
    assert "venter på å bli sendt" in again.content.decode()
    delivery.deliver(id_, NOW)
    assert row(id_).state == "sent"


def test_one_click_stops_it(enter):
    id_ = write()
    answer = enter("administrator").post(reverse("messaging-stop", args=[HALDEN, id_]), follow=True)
    assert "Meldingen er stoppet." in answer.content.decode()
    assert row(id_).state == "cancelled"
    answer = enter("administrator").post(reverse("messaging-stop", args=[HALDEN, id_]), follow=True)
    assert "avsluttet" in answer.content.decode()


@pytest.mark.parametrize("name", ["messaging-send-again", "messaging-stop"])
def test_a_link_cannot_change_anything(enter, name):
    id_ = unsure()
    assert enter("administrator").get(reverse(name, args=[HALDEN, id_])).status_code == 405
    assert row(id_).state == "unsure"


def test_a_form_from_elsewhere_changes_nothing(cast, db):
    id_ = unsure()
    strict = login(Client(enforce_csrf_checks=True), cast["administrator"])
    assert strict.post(reverse("messaging-send-again", args=[HALDEN, id_])).status_code == 403
    assert row(id_).state == "unsure"


@pytest.mark.parametrize("who", CAST)
def test_who_may_see_and_who_may_decide(enter, who):
    """Halden's screen, for everybody: 200, 403 for those who are known there, 404 for the others."""
    id_ = unsure()
    browser = enter(who)
    here = any(held.municipality == HALDEN or (held.municipality is None) for held in CAST[who].held)
    role = who.partition("@")[0]
    sees, decides = (role in SEES and "@" not in who), (role in DECIDES and "@" not in who)
    for address in (LIST, f"{LIST}{id_}/"):
        assert browser.get(address).status_code in ({200} if sees else {403, 404} if here else {404}), address
    answer = browser.post(reverse("messaging-send-again", args=[HALDEN, id_]))
    assert answer.status_code in ({302} if decides else {403, 404} if here else {404})
    assert row(id_).state == ("queued" if decides else "unsure")


def test_another_municipalitys_message_is_not_there_by_any_address(enter):
    id_ = unsure(municipality=OSLO)
    national = write(municipality=None)
    browser = enter("administrator")
    assert ids_on(browser.get(LIST)) == []
    for found in (id_, national, uuid4()):
        assert browser.get(f"{LIST}{found}/").status_code == 404
        for name in ("messaging-send-again", "messaging-stop"):
            assert browser.post(reverse(name, args=[HALDEN, found])).status_code == 404
            assert browser.post(reverse(name, args=[OSLO, found])).status_code == 404
    assert row(id_).state == "unsure"


def test_a_stranger_is_sent_to_the_login(client, db):
    assert client.get(LIST).status_code == 302
