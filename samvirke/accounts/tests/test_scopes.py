"""Who may do what where, through HTTP and in the rules."""

import pytest
from django.test import Client

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
