"""The first administrator, those above municipalities, and the table of roles, from the command line."""

import json
from io import StringIO
from urllib.parse import urlsplit

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from samvirke.access.permissions import ROLES, Level, Role
from samvirke.accounts import queries
from samvirke.accounts.models import Account
from samvirke.accounts.rules import Held
from samvirke.accounts.tests.conftest import PASSWORD, invitations, journal, roles
from tests.cast import HALDEN

pytestmark = pytest.mark.django_db
ANNE = ("--email", "Anne@Halden.kommune.no", "--name", "Anne Holm")


def run(*arguments: str) -> str:
    out = StringIO()
    call_command(*arguments, stdout=out)
    return out.getvalue()


def test_the_first_administrator_comes_in_by_the_printed_link() -> None:
    text = run("create_administrator", *ANNE, "--municipality", HALDEN)
    link = text.splitlines()[-1]
    assert link.startswith("http://localhost:8000/arbeid/konto/invitasjon/")
    assert journal() == [("accounts.invitation.sent", None)]
    client = Client()
    client.post(urlsplit(link).path, {"name": "Anne Holm", "language": "nb", "password1": PASSWORD})
    account = Account.objects.get(email="anne@halden.kommune.no")
    assert roles(account) == {"administrator"}
    assert client.get(f"/arbeid/{HALDEN}/medlemmer/inviter/").status_code == 200


def test_the_operator_sees_no_municipality() -> None:
    told = json.loads(run("create_administrator", *ANNE, "--operator", "--json"))
    client = Client()
    client.post(urlsplit(told["link"]).path, {"name": "Anne Holm", "language": "nb", "password1": PASSWORD})
    account = Account.objects.get(email="anne@halden.kommune.no")
    assert queries.held(account.pk) == [Held(Role.OPERATOR)]
    assert client.get(f"/arbeid/{HALDEN}/").status_code == 404
    assert "ikke innsyn i noen kommune" in client.get("/arbeid/").content.decode()


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (("--municipality", "0000"), "ingen kommune"), (("--municipality", "Halden"), "ingen kommune"),
        (("--email", "anne"), "ikke en e-postadresse"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_said_in_one_line(arguments: tuple[str, ...], why: str) -> None:
    given = ("--municipality", HALDEN) if "--email" in arguments else ()
    with pytest.raises(CommandError, match=why) as stopped:
        run("create_administrator", *ANNE, *given, *arguments)
    assert stopped.value.returncode == 2
    assert not invitations()


@pytest.mark.parametrize(
    ("role", "place", "held"),
    [
        ("governor", ("--county", "31"), Held(Role.GOVERNOR, county="31")),
        ("rvts-adviser", ("--region", "rvts-ost"), Held(Role.RVTS_ADVISER, region="rvts-ost")),
        ("directorate", (), Held(Role.DIRECTORATE)),
        ("operator", (), Held(Role.OPERATOR)),
    ],
)
def test_those_above_municipalities_are_invited(role: str, place: tuple[str, ...], held: Held) -> None:
    told = json.loads(run("invite", *ANNE, "--role", role, *place, "--json"))
    client = Client()
    client.post(urlsplit(told["link"]).path, {"name": "Anne Holm", "language": "nb", "password1": PASSWORD})
    assert queries.held(Account.objects.get(email="anne@halden.kommune.no").pk) == [held]
    assert client.get("/arbeid/").status_code == 200


@pytest.mark.parametrize(
    "arguments",
    [
        ("governor",), ("governor", "--county", "99"), ("governor", "--region", "rvts-ost"), ("directorate", "--county", "31"),
        ("rvts-adviser",), ("rvts-adviser", "--region", "x"), ("editor",),
    ],
)  # fmt: skip
def test_a_role_is_told_where_it_belongs(arguments: tuple[str, ...]) -> None:
    with pytest.raises(CommandError):
        run("invite", *ANNE, "--role", *arguments)
    assert not invitations()


def test_the_table_of_roles_is_written() -> None:
    text = run("roles")
    above = [role for role, facts in ROLES.items() if facts.level is not Level.MUNICIPALITY]
    assert text.count("\n## ") == len(ROLES) + 1
    assert above
