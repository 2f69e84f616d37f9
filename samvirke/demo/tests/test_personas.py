"""The demonstration's one-click login, attacked: each condition alone must keep it shut."""

import os
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test import Client
from pytest_django import DjangoDbBlocker

from samvirke.access.permissions import ROLES, Role
from samvirke.access.scope import opened, system_scope
from samvirke.accounts.models import Account, Membership
from samvirke.demo import personas
from samvirke.demo.personas import PERSONAS
from tests.cast import HALDEN, LONG_AGO
from tests.postgres_plugin import databases

LOGIN = "/arbeid/konto/logg-inn/"
BECOME = "/arbeid/konto/demonstrasjon/team-leader/"
EXAMPLE = personas.EXAMPLE
AT_HOME: dict[str, Any] = {"REMOTE_ADDR": "127.0.0.1", "HTTP_HOST": "localhost:8000"}


def as_owner(*statements: str) -> None:
    with psycopg.connect(os.environ["DATABASE_OWNER_URL"], autocommit=True) as own:
        for statement in statements:
            own.execute(statement)


def make(kind: str) -> None:
    """Make this clone of the tests' database a demonstration or a real installation, past the triggers."""
    as_owner(
        "ALTER TABLE access_installation DISABLE TRIGGER USER",
        f"UPDATE access_installation SET kind = '{kind}'",
        "ALTER TABLE access_installation ENABLE TRIGGER USER",
    )


@pytest.fixture(scope="module")
def example(django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The invented municipality with its people, and nothing else of the demonstration."""
    as_owner(
        "INSERT INTO reference_municipality (code, name, name_unique, slug, name_official, language_form, sami_area, "
        "sami_category, centre, orgnr, website, website_status, name_se, name_sma, name_smj, name_fkv, invented) VALUES "
        f"('{EXAMPLE}', 'Eksempel', 'Eksempel', 'eksempel', 'Eksempel kommune', 'bokmal', false, "
        "'', '', '', '', '', '', '', '', '', true)"
    )
    make("demo")
    with django_db_blocker.unblock(), opened(system_scope("prøve", EXAMPLE)) as scope:
        assert personas.move_in(scope, LONG_AGO) == len(PERSONAS)
        assert personas.move_in(scope, LONG_AGO) == 0
    yield
    with django_db_blocker.unblock():
        connection.close()
    databases.clone()


@pytest.fixture
def demo(example: None, db: None) -> None:
    """A demonstration."""


def offered(**asked: Any) -> bool:
    return "demonstrasjon/" in Client().get(LOGIN, **(AT_HOME | asked)).content.decode()


def entered(**asked: Any) -> bool:
    client = Client()
    answer = client.post(BECOME, **(AT_HOME | asked))
    inside = client.get("/arbeid/konto/", **(AT_HOME | asked)).status_code == 200
    assert inside is (answer.status_code == 302)
    return inside


def test_at_home_in_a_demonstration_it_is_offered(demo: None) -> None:
    page = Client().get(LOGIN, **AT_HOME).content.decode()
    assert page.count('action="/arbeid/konto/demonstrasjon/') == len(PERSONAS) == len(Role)
    assert entered()


@pytest.mark.parametrize("persona", PERSONAS, ids=lambda one: one.key)
def test_each_persona_is_who_they_are(demo: None, persona: personas.Persona) -> None:
    client = Client()
    client.post(f"/arbeid/konto/demonstrasjon/{persona.key}/", **AT_HOME)
    page = client.get("/arbeid/konto/", **AT_HOME).content.decode()
    assert persona.name in page
    assert persona.title in page
    assert "Eksempel: alle personer er oppdiktet" in page
    there = client.get(f"/arbeid/{EXAMPLE}/", follow=True, **AT_HOME).status_code
    assert there == (404 if persona.role is Role.OPERATOR else 200)
    assert client.get(f"/arbeid/{HALDEN}/", **AT_HOME).status_code == 404


def test_personas_who_see_people_need_no_second_factor_here(demo: None) -> None:
    client = Client()
    client.post(BECOME, **AT_HOME)
    assert client.get(f"/arbeid/{EXAMPLE}/medlemmer/", **AT_HOME).status_code == 200


@pytest.mark.parametrize(
    "asked",
    [
        {"REMOTE_ADDR": "203.0.113.7"},
        {"REMOTE_ADDR": "10.0.0.4"},
        {"REMOTE_ADDR": "192.168.1.20"},
        {"REMOTE_ADDR": "2001:db8::1"},
        {"REMOTE_ADDR": "localhost"},
        {"REMOTE_ADDR": ""},
        {"HTTP_X_FORWARDED_FOR": "127.0.0.1"},
        {"HTTP_X_FORWARDED_FOR": ""},
        {"HTTP_FORWARDED": "for=127.0.0.1"},
        {"HTTP_X_REAL_IP": "127.0.0.1"},
        {"HTTP_VIA": "1.1 proxy"},
        {"HTTP_X_FORWARDED_HOST": "localhost"},
        {"HTTP_X_FORWARDED_PROTO": "https"},
        {"HTTP_X_FORWARDED_PORT": "443"},
        {"HTTP_CF_CONNECTING_IP": "203.0.113.7"},
        {"HTTP_TRUE_CLIENT_IP": "203.0.113.7"},
        {"HTTP_X_CLIENT_IP": "127.0.0.1"},
        {"HTTP_CDN_LOOP": "cloudflare"},
        {"SERVER_PROTOCOL": "HTTP/1"},  # so says our server
        {"SERVER_PROTOCOL": "HTTP/1.0"},  # how nginx asks when nobody has told it anything
        {"HTTP_HOST": "testserver"},
        {"HTTP_HOST": "testserver", "HTTP_X_FORWARDED_HOST": "localhost"},
    ],
)
def test_from_elsewhere_it_is_not_there(demo: None, asked: dict[str, str]) -> None:
    assert not offered(**asked)
    assert not entered(**asked)


def test_where_people_log_in_over_https_it_is_not_there(demo: None, settings) -> None:
    settings.ON_LOCALHOST = False
    assert not offered()
    assert not entered()


@pytest.fixture
def real(demo: None) -> Iterator[None]:
    """The same database, with the same people, and a row that says real."""
    make("real")
    yield
    make("demo")


def test_in_a_real_installation_it_is_not_there_whatever_else_is_true(real: None) -> None:
    assert Account.objects.filter(invented=True).count() == len(PERSONAS)
    assert not offered()
    assert not entered()


def test_a_persona_inside_is_out_when_the_row_says_real(
    demo: None, django_db_blocker: DjangoDbBlocker
) -> None:
    """Nobody can change the row; if somebody did, the persona's missing second factor would count at once."""
    client = Client()
    client.post(BECOME, **AT_HOME)
    assert client.get(f"/arbeid/{EXAMPLE}/medlemmer/", **AT_HOME).status_code == 200
    make("real")
    try:
        answer = client.get(f"/arbeid/{EXAMPLE}/medlemmer/", **AT_HOME)
        assert answer["Location"].startswith("/arbeid/konto/to-trinn/")
    finally:
        make("demo")


def test_no_personas_are_made_in_a_real_installation(real: None) -> None:
    with opened(system_scope("prøve", EXAMPLE)) as scope:
        assert personas.move_in(scope, LONG_AGO) == 0


@pytest.mark.parametrize("statement", [
    "UPDATE access_installation SET kind = 'demo'", "DELETE FROM access_installation", "TRUNCATE access_installation",
    "INSERT INTO access_installation (id, kind, made_at) VALUES (2, 'demo', now())",
])  # fmt: skip
def test_nobody_changes_what_the_installation_is(demo: None, statement: str) -> None:
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    with pytest.raises(psycopg.Error):
        as_owner(statement)


@pytest.mark.parametrize("invented", [True, False])
@pytest.mark.parametrize("persona", PERSONAS, ids=lambda one: one.key)
def test_no_persona_gets_into_a_real_municipality(
    demo: None, persona: personas.Persona, invented: bool
) -> None:
    account = Account.objects.get(email=persona.email)
    with pytest.raises(IntegrityError), transaction.atomic(), opened(system_scope("prøve")):
        Membership(
            account=account, role=persona.role, municipality_id=HALDEN, invented=invented, since=LONG_AGO
        ).save(force_insert=True)


@pytest.mark.parametrize("invented", [True, False])
def test_no_real_person_gets_into_the_invented_one(demo: None, cast, invented: bool) -> None:
    with pytest.raises(IntegrityError), transaction.atomic(), opened(system_scope("prøve")):
        Membership(
            account_id=cast["editor"].id,
            role=Role.EDITOR,
            municipality_id=EXAMPLE,
            invented=invented,
            since=LONG_AGO,
        ).save(force_insert=True)


@pytest.mark.parametrize("role", [role for role, facts in ROLES.items() if facts.sees_people])
def test_personas_have_no_password_to_guess(demo: None, role: Role) -> None:
    account = Account.objects.get(email=f"{role.value}@eksempel.example")
    assert not account.has_usable_password()
    for password in ("", "!", account.password, "demo", role.value):
        answer = Client().post(LOGIN, {"login": account.email, "password": password}, **AT_HOME)
        assert answer.status_code == 200


def test_it_takes_a_click_on_our_own_page(demo: None) -> None:
    assert Client().get(BECOME, **AT_HOME).status_code == 405
    assert Client(enforce_csrf_checks=True).post(BECOME, **AT_HOME).status_code == 403


def test_only_personas_are_entered_so(demo: None, cast) -> None:
    for name in ("editor@oslo", "outsider", "finnes-ikke"):
        assert Client().post(f"/arbeid/konto/demonstrasjon/{name}/", **AT_HOME).status_code == 404
    Account.objects.filter(email="team-leader@eksempel.example").update(is_active=False)
    assert not entered()
    assert page_without("team-leader")


def page_without(key: str) -> bool:
    return f"demonstrasjon/{key}/" not in Client().get(LOGIN, **AT_HOME).content.decode()


def test_becoming_another_leaves_nothing_of_the_first(demo: None) -> None:
    client = Client()
    client.post("/arbeid/konto/demonstrasjon/administrator/", **AT_HOME)
    first = client.session.session_key
    client.post("/arbeid/konto/demonstrasjon/editor/", **AT_HOME)
    assert client.session.session_key != first
    assert client.get(f"/arbeid/{EXAMPLE}/medlemmer/", **AT_HOME).status_code == 403
