"""Whoever is shown a person's name leaves a row in the access log: every screen of the matrix, by everybody who opens it."""

from collections.abc import Mapping

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from samvirke.access.models import AccessLog
from samvirke.access.scope import opened, system_scope
from tests.cast import HALDEN, Player, login
from tests.matrix import HERE, ROWS
from tests.things import things_in

PERSONS = ("Solbakken", "00001234", "00 00 12 34", "Odd Dal", "Jens", "Ada Nes")
"""Of tests/things.py: somebody followed up, who wrote to the public page, who reported, who stands on a list."""
PHONES = ("00 00 11 03", "00001103")
"""Of the team's register. Names of staff are no secret among staff; phones are noted."""


@pytest.fixture
def things(cast: Mapping[str, Player]) -> dict[str, str]:  # noqa: ARG001  (the cast moves in)
    return {name: str(thing) for name, thing in things_in(HALDEN).items()}


def noted() -> int:
    """Return how many rows the access log has."""
    with opened(system_scope("prøve")) as scope:
        return AccessLog.objects.visible_to(scope).count()


@pytest.mark.parametrize("person", HERE)
def test_no_screen_names_anybody_without_a_row(person, cast, things):
    client, told, silent = login(Client(), cast[person]), set(), []
    for name, row in ROWS.items():
        if row.kind != "needs" or person not in row.may or row.post:
            continue
        args = {key: things.get(value, value) for key, value in row.args.items()}
        with transaction.atomic():
            before = noted()
            page = client.get(reverse(name, kwargs=args)).content.decode(errors="replace")
            if any(one in page for one in (*PERSONS, *PHONES)):
                told.add(name)
                if noted() == before:
                    silent.append(name)
            transaction.set_rollback(True)
    assert not silent
    if person == "team-leader":
        assert {"followup-person", "followup-message", "incidents-reporter", "callout-call-list"} <= told
