"""Login with a municipality's identity provider: a real one, and what ours may believe it."""

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.parse import quote, urlsplit
from urllib.request import HTTPCookieProcessor, HTTPRedirectHandler, build_opener

import pytest
from allauth.socialaccount.models import SocialAccount, SocialToken
from django.test import Client
from django.utils import timezone

from samvirke.access.permissions import Role
from samvirke.access.scope import system_scope
from samvirke.accounts.actions.invitations import invite
from samvirke.accounts.models import Account
from samvirke.accounts.rules import Held
from samvirke.accounts.tests.conftest import LOGIN, invitations, journal, letters, make, roles
from samvirke.ui.headers import POLICY
from tests.bench.measure import free_port
from tests.cast import HALDEN

PROJECT = Path(__file__).parents[3]
BACK = "http://localhost:8000/arbeid/konto/tjeneste/halden/svar/"
GO = "/arbeid/konto/tjeneste/halden/"
HOME: dict[str, Any] = {"HTTP_HOST": "localhost:8000"}
PEOPLE: dict[str, dict[str, Any]] = {
    "kari": {"email": "kari@halden.kommune.no", "email_verified": True, "name": "Kari Nordmann"},
    "capital": {"email": "Kari@Halden.kommune.no", "email_verified": True, "name": "Kari Nordmann"},
    "twofold": {
        "email": "kari@halden.kommune.no",
        "email_verified": True,
        "name": "Kari",
        "amr": ["pwd", "mfa"],
    },
    "unverified": {"email": "kari@halden.kommune.no", "email_verified": False, "name": "Kari"},
    "says-true": {"email": "kari@halden.kommune.no", "email_verified": "true", "name": "Kari"},
    "foreign": {"email": "ola@oslo.kommune.no", "email_verified": True, "name": "Ola"},
    "in-disguise": {"email": "kari@halden.kommune.no.evil.example", "email_verified": True, "name": "Kari"},
    "nobody": {"email": "", "email_verified": True, "name": "Ingen"},
    "nina": {"email": "nina@halden.kommune.no", "email_verified": True, "name": "Nina Ny"},
}


@pytest.fixture(scope="module")
def provider() -> Iterator[str]:
    """The oidc-provider of npm, on a port of its own."""
    node = shutil.which("node") or shutil.which("node", path=str(Path(sys.executable).parent))
    assert node, "node (20 or newer) is needed to run the provider"
    port = free_port()
    command = [node, str(Path(__file__).with_name("provider.mjs")), str(port), BACK, json.dumps(PEOPLE)]
    with subprocess.Popen(
        command, cwd=PROJECT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as running:
        assert running.stdout
        assert running.stdout.readline() == "ready\n"
        yield f"http://127.0.0.1:{port}"
        running.terminate()


def configure(settings: Any, address: str, **other: Any) -> None:
    """Configure the provider as config.identity does from a file."""
    told = {
        "server_url": address,
        "oauth_pkce_enabled": True,
        "domains": ["halden.kommune.no"],
        "origins": [address],
        "second_factor": ["mfa"],
        "verified_email": False,
    }
    app = {
        "provider_id": "halden",
        "name": "Halden kommune",
        "client_id": "samvirke",
        "secret": "a-secret-of-the-tests",
        "settings": told | other,
    }
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [app]}}


@pytest.fixture
def municipal(provider: str, settings: Any, db: None) -> str:
    configure(settings, provider)
    return provider


class Stay(HTTPRedirectHandler):
    """Follow redirects as long as they stay with the provider."""

    def redirect_request(  # noqa: PLR0917 (the library's signature)
        self, req: Any, fp: Any, code: int, msg: str, headers: Any, newurl: str
    ) -> Any:
        return (
            None
            if newurl.startswith("http://localhost")
            else super().redirect_request(req, fp, code, msg, headers, newurl)
        )


def through(client: Client, who: str) -> Any:
    """Go the whole way: our button, the provider, and back to us; return our last answer."""
    away = client.post(f"{GO}?auth_params={quote(f'login_hint={who}')}", **HOME)
    assert away.status_code == 302, away.content
    try:
        build_opener(HTTPCookieProcessor(CookieJar()), Stay).open(away["Location"], timeout=10)
    except HTTPError as stopped:
        back = urlsplit(stopped.headers["Location"])
    return client.get(f"{back.path}?{back.query}", **HOME)


def inside(client: Client) -> bool:
    return client.get("/arbeid/konto/", **HOME).status_code == 200


@pytest.mark.browser
@pytest.mark.parametrize("who", ["kari", "capital"])
def test_somebody_with_an_account_gets_in(client: Client, municipal: str, who: str) -> None:
    kari = make("kari@halden.kommune.no", Role.EDITOR)
    assert through(client, who)["Location"] == "/arbeid/"
    assert inside(client)
    [tied] = SocialAccount.objects.filter(user=kari)
    assert (tied.provider, tied.uid, tied.extra_data) == ("halden", who, {})
    assert not SocialToken.objects.exists()
    assert [one.about for one in letters()] == [{"what": "account-connected"}]
    assert journal(account=kari.pk) == [
        ("accounts.security.changed", kari.pk), ("accounts.session.started", kari.pk),
    ]  # fmt: skip
    again = Client()
    through(again, who)
    assert inside(again)
    assert len(letters()) == 1


@pytest.mark.browser
def test_somebody_who_is_invited_gets_the_account(client: Client, municipal: str) -> None:
    offers = [Held(Role.EDITOR, HALDEN), Held(Role.APPROVER, HALDEN)]
    for offer in offers:
        invite(system_scope("prøve"), offer, "Nina@halden.kommune.no", "N", now=timezone.now())
    assert through(client, "nina")["Location"] == "/arbeid/"
    account = Account.objects.get(email="nina@halden.kommune.no")
    assert (account.name, roles(account), account.has_usable_password()) == (
        "Nina Ny",
        {"editor", "approver"},
        False,
    )
    assert all(one.accepted_by == account.pk for one in invitations())


@pytest.mark.browser
@pytest.mark.parametrize(
    ("who", "why"),
    [
        ("nina", "Ingen konto her"), ("unverified", "ikke bekreftet"), ("says-true", "ikke bekreftet"), ("nobody", "ikke bekreftet"),
        ("foreign", "kan ikke bekrefte at adressen"), ("in-disguise", "kan ikke bekrefte at adressen"), ("refuses", "avbrutt"),
    ],
)  # fmt: skip
def test_nobody_else_gets_in(client: Client, municipal: str, who: str, why: str) -> None:
    make("kari@halden.kommune.no", Role.EDITOR)
    make("ola@oslo.kommune.no", Role.EDITOR, municipality="0301")
    answer = through(client, who)
    assert answer.status_code == 403
    assert why in answer.content.decode()
    assert not inside(client)
    assert not SocialAccount.objects.exists()
    assert Account.objects.count() == 2


@pytest.mark.browser
def test_a_closed_account_stays_closed(client: Client, municipal: str) -> None:
    kari = make("kari@halden.kommune.no", Role.EDITOR)
    through(Client(), "kari")
    Account.objects.filter(pk=kari.pk).update(is_active=False)
    assert "Ingen konto her" in through(client, "kari").content.decode()
    assert not inside(client)


@pytest.mark.browser
def test_a_tie_to_another_account_counts_for_nothing(client: Client, municipal: str) -> None:
    make("kari@halden.kommune.no", Role.EDITOR)
    ola = make("ola@halden.kommune.no", Role.ADMINISTRATOR)
    SocialAccount.objects.create(user=ola, provider="halden", uid="kari")
    assert "hører til en annen konto" in through(client, "kari").content.decode()
    assert not inside(client)


@pytest.mark.browser
@pytest.mark.parametrize(("who", "enough"), [("kari", False), ("twofold", True)])
def test_its_second_factor_counts_when_it_says_so(
    client: Client, municipal: str, who: str, enough: bool
) -> None:
    make("kari@halden.kommune.no", Role.TEAM_LEADER)
    through(client, who)
    answer = client.get(f"/arbeid/{HALDEN}/medlemmer/", **HOME)
    assert (answer.status_code == 200) is enough
    assert enough or answer["Location"].startswith("/arbeid/konto/to-trinn/")


@pytest.mark.browser
def test_it_does_not_count_unless_it_is_configured_to(
    client: Client, provider: str, settings: Any, db: None
) -> None:
    configure(settings, provider, second_factor=[])
    make("kari@halden.kommune.no", Role.TEAM_LEADER)
    through(client, "twofold")
    assert client.get(f"/arbeid/{HALDEN}/medlemmer/", **HOME).status_code == 302


@pytest.mark.browser
def test_a_provider_known_to_verify_need_not_say_so(
    client: Client, provider: str, settings: Any, db: None
) -> None:
    configure(settings, provider, verified_email=True)
    make("kari@halden.kommune.no", Role.EDITOR)
    through(client, "unverified")
    assert inside(client)


@pytest.mark.browser
def test_an_answer_that_was_not_asked_for_is_refused(client: Client, municipal: str) -> None:
    make("kari@halden.kommune.no", Role.EDITOR)
    for query in ("", "?code=x&state=y", "?error=x", "?code=x"):
        assert client.get(f"{GO}svar/{query}", **HOME).status_code == 403
    assert not inside(client)


@pytest.mark.browser
def test_anothers_answer_does_not_log_me_in(client: Client, municipal: str) -> None:
    """Login CSRF: an answer made for one browser is of no use in another."""
    make("kari@halden.kommune.no", Role.EDITOR)
    away = Client().post(f"{GO}?auth_params=login_hint%3Dkari", **HOME)
    try:
        build_opener(HTTPCookieProcessor(CookieJar()), Stay).open(away["Location"], timeout=10)
    except HTTPError as stopped:
        back = urlsplit(stopped.headers["Location"])
    assert client.get(f"{back.path}?{back.query}", **HOME).status_code == 403
    assert not inside(client)


@pytest.mark.django_db
def test_the_login_page_alone_lets_forms_lead_to_the_provider(
    client: Client, settings: Any, tmp_path: Path
) -> None:
    configure(
        settings, "https://login.example.no", origins=["https://id.example.com", "https://login.example.no"]
    )
    answer = client.get(LOGIN)
    assert "Halden kommune" in answer.content.decode()
    policy = answer["Content-Security-Policy"]
    assert "form-action 'self' https://id.example.com https://login.example.no;" in policy
    assert policy.replace(" https://id.example.com https://login.example.no", "") == POLICY
    assert client.get("/arbeid/konto/glemt-passord/")["Content-Security-Policy"] == POLICY


@pytest.mark.django_db
def test_without_providers_nothing_is_offered_and_no_policy_is_widened(client: Client) -> None:
    answer = client.get(LOGIN)
    assert answer["Content-Security-Policy"] == POLICY
    assert "egen innlogging" not in answer.content.decode()
    assert client.post(GO).status_code == 404
    assert client.get(f"{GO}svar/?code=x&state=y").status_code == 404


@pytest.mark.django_db
def test_going_away_takes_a_click(client: Client, settings: Any) -> None:
    configure(settings, "https://login.example.no")
    assert client.get(GO).status_code == 405
