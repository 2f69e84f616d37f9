"""Registering: one person fast, the next at once, families, the dead and missing, and who may be the same."""

import re
from datetime import UTC, datetime

import pytest
from django.test import Client

from samvirke.access.models import AccessLog
from samvirke.access.scope import opened
from samvirke.followup import queries
from samvirke.followup.identity import Identity
from samvirke.followup.models import Consent, Followup, Person, Relation, Step
from samvirke.followup.rules.people import Protection
from samvirke.followup.tests.conftest import HALDEN, NOW, OSLO, house
from tests.cast import login

BASE = f"/arbeid/{HALDEN}/oppfolging/"
TOLD = {
    "protection": "none",
    "first": "Nora",
    "last": "Lie",
    "birth": "2014",
    "part": "witness",
    "source": "eps",
}


@pytest.fixture
def desk(settings, at_work):
    settings.ALLOWED_HOSTS = ["localhost"]
    client = login(Client(HTTP_HOST="localhost"), at_work.people["registrar"])
    return client, f"{BASE}ny/{at_work.incident}/"


def text(answer) -> str:
    return re.sub(r"<[^>]+>", " ", answer.content.decode())


def test_nothing_is_registered_before_somebody_has_asked_about_address_protection(desk, at_work):
    client, url = desk
    answer = client.post(url, {**TOLD, "protection": ""})
    assert answer.status_code == 422
    with opened(at_work.leader) as scope:
        assert not Person.objects.visible_to(scope).exists()


def test_the_desk_counts_and_keeps_role_and_source_for_the_next(desk):
    client, url = desk
    after = client.post(url, {**TOLD, "part": "bereaved", "source": "police", "phones": "90000001"})
    assert "Nora" not in after.url
    page = client.get(after.url).content.decode()
    assert "1 person er registrert" in page
    assert '<option value="bereaved" selected>' in page
    assert '<option value="police" selected>' in page
    assert "autofocus" in page


def test_the_same_person_gets_what_is_new_and_no_second_row(desk, at_work):
    known = at_work.register().person
    client, url = desk
    told = {**TOLD, "first": "Ida Marie", "last": "Solbakken", "birth": "1991", "phones": "90 00 00 05"}
    shown = client.post(url, told)
    assert "telefon slutter på 34" in text(shown)
    assert str(known) in shown.content.decode()
    assert "Det nye er lagt til" in text(client.post(url, {**told, "samme": str(known)}, follow=True))
    with opened(at_work.leader) as scope:
        assert Person.objects.visible_to(scope).count() == 1
        found = queries.seen(scope, known, why="prøve", now=NOW).identity
        assert found.phones == ("+4700001234", "+4790000005")
        assert found.birth == "1991-03-14"


@pytest.mark.parametrize(
    "typed",
    [
        {"first": "Ida", "last": "Solbakk", "birth": "", "phones": "0000 1234"},
        {"first": "Ida", "last": "Solbaken", "birth": "14.03.1991", "phones": ""},
        {"first": "Ida M", "last": "Sollbakken", "birth": "140391", "phones": "+47 90 00 00 05"},
    ],
)
def test_who_may_be_the_same_is_found_however_numbers_and_dates_are_typed(desk, at_work, typed):
    at_work.register()
    client, url = desk
    shown = client.post(url, TOLD | typed)
    assert "telefon slutter på 34" in text(shown)
    with opened(at_work.leader) as scope:
        assert Person.objects.visible_to(scope).count() == 1


def test_nobody_is_reached_by_naming_them_as_the_same(desk, at_work):
    known = at_work.register().person
    client, url = desk
    assert client.post(url, {**TOLD, "samme": str(known)}).status_code == 404
    with opened(at_work.leader) as scope:
        assert Person.objects.visible_to(scope).count() == 1


def test_somebody_shielded_is_not_shown_to_the_desk(desk, at_work):
    at_work.register(protection=Protection.STRICTLY_CONFIDENTIAL)
    client, url = desk
    told = {**TOLD, "first": "Ida Marie", "last": "Solbaken", "birth": "1991", "phones": "00 00 12 34"}
    page = text(client.post(url, told))
    assert "Spør lederen" in page
    assert "Solbakken" not in page
    assert "14.03.1991" not in page


def test_where_somebody_with_strengt_fortrolig_is_cannot_be_written(desk, at_work):
    client, url = desk
    answer = client.post(url, {**TOLD, "protection": "strengt-fortrolig", "now_at": "Hotellet"})
    assert answer.status_code == 422
    assert "strengt fortrolig" in text(answer)
    with opened(at_work.leader) as scope:
        assert not Person.objects.visible_to(scope).exists()


def test_the_next_in_the_family_lives_where_the_first_one_does(desk, at_work):
    client, url = desk
    told = {**TOLD, "phones": "90000001", "street": "Storgata 1", "postal_code": "1771", "home": "Halden"}
    after = client.post(url, {**told, "familie": "1"})
    assert after.url.startswith(f"{url}?familie=")
    page = client.get(after.url).content.decode()
    assert 'value="Storgata 1"' in page
    assert 'value="Lie"' in page
    family = after.url.rpartition("=")[2]
    second = {**told, "first": "Ola", "birth": "1980", "phones": "90000002", "family": family}
    assert client.post(url, second).status_code == 302
    with opened(at_work.leader) as scope:
        houses = set(Followup.objects.visible_to(scope).values_list("household", flat=True))
        assert len(houses) == 1
        assert None not in houses
        assert AccessLog.objects.visible_to(scope).filter(payload__why="family").exists()


def test_another_desk_does_not_read_a_family_that_it_did_not_begin(desk, at_work):
    followup = at_work.register().followup
    client, url = desk
    assert client.get(f"{url}?familie={followup}").status_code == 404


def test_somebody_who_is_known_but_not_found_is_to_be_found_first(desk, at_work):
    client, url = desk
    client.post(url, {**TOLD, "not_found": "on"})
    with opened(at_work.leader) as scope:
        one = Followup.objects.visible_to(scope).get()
        assert Step.objects.visible_to(scope).get(id=one.next_step_id).code == "find-person"


def test_the_dead_are_related_to_and_never_contacted(desk, at_work):
    client, url = desk
    client.post(url, {**TOLD, "first": "Kari", "part": "dead"})
    with opened(at_work.leader) as scope:
        dead = Person.objects.visible_to(scope).get(reference=True)
        assert not Followup.objects.visible_to(scope).exists()
    assert "Kari Lie (Død" in client.get(url).content.decode()
    told = {**TOLD, "part": "bereaved", "relates_to": str(dead.id), "relation": "parent", "pass_on": "no"}
    assert client.post(url, told).status_code == 302
    with opened(at_work.leader) as scope:
        one = Followup.objects.visible_to(scope).get()
        assert one.waits_for_message
        assert one.next_owner == "team-leader"
        tied = Relation.objects.visible_to(scope).get()
        assert (tied.person_id, tied.other_id, tied.kind) == (one.person_id, dead.id, "parent")
        assert Consent.objects.visible_to(scope).get().state == "objected"


def test_another_municipality_is_named_and_nobody_in_it(desk, at_work):
    house(at_work.people, OSLO).register(Identity("Annen", "Skrivemåte", "1980", phones=("90000007",)))
    client, url = desk
    page = text(client.post(url, {**TOLD, "phones": "90000007"}, follow=True))
    assert "Kan være samme person. Ring kommune 0301." in page
    assert "Skrivemåte" not in page


def test_whoever_is_born_today_can_be_registered_right_after_midnight(at_work):
    after_midnight = datetime(2026, 11, 20, 23, 30, tzinfo=UTC)  # half past midnight on the 21st in Norway
    child = Identity(first="Lykke", last="Nyfødt", birth="21.11.2026")
    assert at_work.register(child, now=after_midnight).followup
