"""Another municipality's people try every address, method and id: they find nothing, and no row is changed.

tests/matrix.py says who gets what; here it is attacked.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.apps import apps
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.urls import get_resolver, reverse

from samvirke.access.scope import opened, system_scope
from samvirke.accounts.models import Account
from tests.cast import CAST, HALDEN, OSLO, Player, login
from tests.matrix import ROWS
from tests.things import NOW, things_in

pytestmark = pytest.mark.django_db
METHODS = ("get", "head", "options", "post", "put", "patch", "delete")
NAMED = {
    "service", "draft", "run", "message", "invitation", "account",
    "incident", "entry", "decision", "meeting", "lesson", "guest", "teammate", "callout",
    "followup", "step", "attempt", "kept", "gone", "tip", "listing",
}  # fmt: skip
"""Parts of an address that name a municipality's rows."""


@dataclass(frozen=True)
class World:
    """What an address can name, by the name of its part: one of each in two municipalities, and what is nobody's."""

    of: Mapping[str, Mapping[str, Any]]
    elsewhere: Mapping[str, Any] = field(default_factory=dict)

    def address(self, name: str, municipality: str, ids_of: str = "") -> str:
        """Return an address in a municipality; `ids_of`: with the ids of another municipality's rows."""
        known = {**self.elsewhere, **self.of[ids_of or municipality], "municipality": municipality}
        parts = parts_of(name)
        lacking = parts - known.keys()
        assert not lacking, f"{name}: let tests/things.py make one of each: {lacking}"
        return reverse(name, kwargs={part: known[part] for part in parts})


def parts_of(name: str) -> set[str]:
    """Return the names of the parts that an address is put together of."""
    ((_possibility, _pattern, _defaults, _converters), *_rest) = get_resolver().reverse_dict.getlist(name)
    return {part for one in _possibility for part in one[1]}


@pytest.fixture
def world(cast: Mapping[str, Player]) -> World:  # noqa: ARG001  (the cast moves in)
    cache.clear()
    somebody = Account.objects.create(email="somebody@example.no", name="Somebody", created_at=NOW).pk
    passkey = Authenticator.objects.create(user_id=somebody, type=Authenticator.Type.WEBAUTHN, data={})
    session = UserSession.objects.create(user_id=somebody, session_key="x" * 40, ip="192.0.2.1")
    return World(
        {code: things_in(code) for code in (HALDEN, OSLO)},
        {
            "pk": passkey.pk, "session": session.pk, "token": "none", "uidb36": "1", "key": "none",
            "persona": "none", "provider_id": "none",
        },
    )  # fmt: skip


def screens() -> list[str]:
    """Return the addresses of municipalities that are not for anybody."""
    return [name for name, row in ROWS.items() if row.kind != "public" and "municipality" in parts_of(name)]


def test_the_neighbours_find_nothing_and_change_nothing(world: World) -> None:
    before = rows_of(HALDEN)
    for key in (one for one in CAST if one.endswith("@oslo")):
        client = login(Client(), CAST[key])
        for name in screens():
            answer = client.post(world.address(name, HALDEN), {"municipality": OSLO})
            assert answer.status_code == 404, (key, name)
    assert rows_of(HALDEN) == before


def test_no_method_opens_what_another_closes(world: World) -> None:
    client, before = login(Client(), CAST["administrator@oslo"]), rows_of(HALDEN)
    for name in screens():
        for method in METHODS:
            answer = getattr(client, method)(world.address(name, HALDEN))
            assert answer.status_code == 404, (method, name)
            assert answer["Cache-Control"] == "no-store"
    assert rows_of(HALDEN) == before


def test_ids_of_another_municipality_lead_nowhere(world: World) -> None:
    """In one's own municipality's addresses too, whatever one may do there."""
    before, tried = rows_of(OSLO), set[str]()
    for key in ("approver", "administrator", "team-leader"):
        client = login(Client(), CAST[key])
        for name in (one for one in screens() if NAMED & parts_of(one) and key in ROWS[one].may):
            answers = [
                getattr(client, method)(world.address(name, HALDEN, ids_of=OSLO)).status_code
                for method in ("get", "post", "put", "delete")
            ]
            assert set(answers) <= {404, 405}, name
            assert 404 in answers, name
            tried.add(name)
    assert tried == {name for name in screens() if NAMED & parts_of(name)}
    assert rows_of(OSLO) == before


def test_whoever_is_not_logged_in_is_led_to_the_login(world: World) -> None:
    before = rows_of(HALDEN)
    for name in (one for one, row in ROWS.items() if row.kind != "public"):
        for method in ("get", "post", "delete"):
            answer = getattr(Client(), method)(world.address(name, HALDEN))
            assert answer.status_code == 302, (method, name)
            assert answer["Location"].startswith(reverse("account_login")), (method, name)
            assert answer["Cache-Control"] == "no-store"
    assert rows_of(HALDEN) == before


@pytest.mark.parametrize("key", ["outsider", "editor", "administrator"])
def test_somebody_elses_passkeys_and_sessions_are_not_there(key: str, world: World) -> None:
    client = login(Client(), CAST[key])
    for name in (one for one, row in ROWS.items() if row.kind == "own" and {"pk", "session"} & parts_of(one)):
        for method in ("get", "post"):
            got = getattr(client, method)(world.address(name, HALDEN)).status_code
            assert got == 404 or (got == 405 and method == "get"), (method, name)
    assert Authenticator.objects.filter(pk=world.elsewhere["pk"]).exists()
    assert UserSession.objects.filter(pk=world.elsewhere["session"]).exists()


def test_public_addresses_ask_nobody_who_they_are_and_change_nothing(world: World) -> None:
    before = rows_of(HALDEN)
    for name in (one for one, row in ROWS.items() if row.kind == "public"):
        for method in METHODS:
            answer = getattr(Client(), method)(world.address(name, HALDEN))
            assert answer.status_code not in {403, 500}, (method, name)  # 503: the tests publish no pages
            assert "next=" not in answer.get("Location", ""), (method, name)
    assert rows_of(HALDEN) == before


def rows_of(code: str) -> Mapping[str, list[str]]:
    """Return a municipality's rows, whole, by table, but for the sessions that tests open themselves."""
    with opened(system_scope("prøve", code)):
        return {table: list(_rows(table)) for table in _tables()}


def _tables() -> Iterator[str]:
    for model in apps.get_models():
        if (
            getattr(model, "holds", "") in {"TENANT", "PERSONAL"}
            and model._meta.db_table != "accounts_account"
        ):
            yield model._meta.db_table


def _rows(table: str) -> Iterator[str]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT to_jsonb(t)::text FROM {table} t ORDER BY 1")  # noqa: S608 (our own tables)
        yield from (row for (row,) in cursor.fetchall())
