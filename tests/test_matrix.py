"""Every address × every role, as tests/matrix.py says; an address without a row fails."""

from collections.abc import Mapping

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client
from django.urls import reverse

from samvirke.access.guard import mark_of, views
from tests.cast import HALDEN, Player, login
from tests.matrix import EVERYBODY, ROWS, Row, expected
from tests.things import things_in

NUMBERS = {"session", "pk"}


@pytest.fixture
def things(cast: Mapping[str, Player]) -> dict[str, str]:  # noqa: ARG001  (the cast moves in)
    return {name: str(thing) for name, thing in things_in(HALDEN).items()}


def ask(client: Client, name: str, row: Row, things: dict[str, str]) -> int:
    """Ask for an address, and take back whatever it did."""
    args = {key: things.get(value, value) for key, value in row.args.items()}
    address = reverse(
        name, kwargs={key: int(value) if key in NUMBERS else value for key, value in args.items()}
    )
    with transaction.atomic():
        answer = client.post(address) if row.post else client.get(address)
        transaction.set_rollback(True)
    return answer.status_code


def test_every_address_has_a_row_and_every_row_an_address():
    names = {name for name, _pattern, _view in views()}
    assert names == set(ROWS), {"without a row": names - set(ROWS), "gone": set(ROWS) - names}


def test_the_kind_of_each_row_is_that_of_the_door():
    doors = {name: mark_of(view) for name, _pattern, view in views()}
    kinds = {name: mark if mark in {"own", "public"} else "needs" for name, mark in doors.items()}
    assert kinds == {name: row.kind for name, row in ROWS.items()}


@pytest.mark.parametrize("person", EVERYBODY)
def test_everybody_gets_what_the_matrix_says_and_nothing_else(person, cast, things):
    wrong, client = {}, Client()
    for name, row in ROWS.items():
        if row.kind == "public" and person not in {"anybody", "editor", "outsider"}:
            continue  # a public door does not look at who comes
        if person != "anybody" and settings.SESSION_COOKIE_NAME not in client.cookies:
            login(client, cast[person])
        status = ask(client, name, row, things)
        if status not in expected(row, person):
            wrong[name] = (status, expected(row, person))
    assert not wrong


@pytest.mark.parametrize(
    "person",
    ["contact-person", "team-leader", "registrar", "health-professional", "reviewer", "privacy-officer"],
)
def test_who_may_see_people_opens_nothing_without_the_second_factor(person, cast, things):
    client = login(Client(), cast[person], factors=1)
    for name, row in ROWS.items():
        if row.kind == "needs":
            assert ask(client, name, row, things) == 302, name
