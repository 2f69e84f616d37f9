"""Who may do what where, through HTTP and in the rules."""

import pytest
from django.db import connection
from django.test import Client

from samvirke.access.scope import NATIONAL, opened, system_scope
from samvirke.messaging.models import Message
from tests.cast import HALDEN, OSLO, login

pytestmark = pytest.mark.django_db


def test_a_member_opens_their_own_municipality(client: Client, cast) -> None:
    login(client, cast["administrator"])
    assert client.get(f"/arbeid/{HALDEN}/medlemmer/").status_code == 200


def test_another_municipality_is_not_there(client: Client, cast) -> None:
    login(client, cast["administrator"])
    assert client.get(f"/arbeid/{OSLO}/medlemmer/").status_code == 404
    assert client.get("/arbeid/0000/medlemmer/").status_code == 404


def test_without_the_need_it_is_refused(client: Client, cast) -> None:
    login(client, cast["editor"])
    assert client.get(f"/arbeid/{HALDEN}/medlemmer/").status_code == 403


def test_nobody_logged_in_goes_to_the_login(client: Client, cast) -> None:
    answer = client.get(f"/arbeid/{HALDEN}/medlemmer/")
    assert answer.status_code == 302
    assert answer["Location"].startswith("/arbeid/konto/logg-inn/?next=%2Farbeid%2F3101")


def test_ones_own_scope_sees_ones_own_journal_and_no_letter_of_anybody(client: Client, cast) -> None:
    client.post("/arbeid/konto/glemt-passord/", {"email": cast["editor@oslo"].email})
    client.post("/arbeid/konto/glemt-passord/", {"email": cast["editor"].email})
    with opened(system_scope("prøve", NATIONAL)) as everything:
        assert Message.objects.visible_to(everything).count() == 2
    with opened(cast["editor"].own_scope()), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM messaging_message")
        assert cursor.fetchone() == (0,)
        cursor.execute("SELECT count(*) FROM catalogue_service")
        assert cursor.fetchone() == (0,)
        cursor.execute("SELECT account, code FROM access_journal")
        assert cursor.fetchall() == [(cast["editor"].id, "accounts.password.forgotten")]
