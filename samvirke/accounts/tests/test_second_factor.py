"""A second factor: demanded of those who see people, before any screen opens; sealed in the database."""

import base64
import json
import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import generate_totp_secret
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import connection
from django.test import Client

from samvirke.access.permissions import ROLES, Level, Role
from samvirke.access.sealed import SealBroken
from samvirke.accounts.adapters import sealed_for
from samvirke.accounts.models import Account
from samvirke.accounts.tests.conftest import EMAIL, PASSWORD, app_of, code, journal, letters, make, sign_in
from tests.cast import HALDEN, login

pytestmark = pytest.mark.django_db
HERE = f"/arbeid/{HALDEN}/"
SET_UP = "/arbeid/konto/to-trinn/"
CODE = "/arbeid/konto/kode/"


@pytest.fixture(autouse=True)
def no_limits_yet(db: None) -> None:
    cache.clear()


@pytest.mark.parametrize("role", [role for role, facts in ROLES.items() if facts.level is Level.MUNICIPALITY])
def test_who_sees_people_gets_nowhere_without_it(client: Client, cast, role: Role) -> None:
    login(client, cast[role.value], factors=1)
    stopped = ROLES[role].sees_people
    for path in (HERE, "/arbeid/roller/"):
        answer = client.get(path)
        assert (answer.get("Location", "").startswith(SET_UP)) is stopped, (role, path)


def test_it_counts_for_all_places_of_somebody_who_sees_people_in_one(client: Client, cast) -> None:
    login(client, cast["both"], factors=1)
    assert client.get(HERE)["Location"].startswith(SET_UP)
    login(client, cast["both"])
    assert client.get("/arbeid/roller/").status_code == 200


def test_posting_is_stopped_too_and_leads_back_to_the_start(client: Client, cast) -> None:
    login(client, cast["team-leader"], factors=1)
    answer = client.post(f"{HERE}medlemmer/inviter/", {"email": "x@y.no"})
    assert answer["Location"] == f"{SET_UP}?next=%2Farbeid%2F"


def secret_on(page: str) -> str:
    found = re.search(r'<code class="ac-secret">([A-Z2-7]+)</code>', page)
    assert found
    return found[1]


def test_setting_up_an_app_opens_the_screens_at_once(
    client: Client, leader: Account, django_capture_on_commit_callbacks
) -> None:
    sign_in(client)
    page = client.get("/arbeid/konto/to-trinn/app/").content.decode()
    secret = secret_on(page)
    assert "data:image/svg+xml;base64," in page
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post("/arbeid/konto/to-trinn/app/", {"code": code(secret)})
    assert answer["Location"] == "/arbeid/konto/to-trinn/koder/"
    codes = re.findall(r"<code>(\d{8})</code>", client.get(answer["Location"]).content.decode())
    assert len(codes) == 10
    assert client.get("/arbeid/roller/").status_code == 200
    assert ("accounts.security.changed", leader.pk) in journal(account=leader.pk)
    assert [(one.template, one.about) for one in letters()] == [
        ("accounts.security-notice", {"what": "totp-activated"})
    ]


def test_a_wrong_code_sets_nothing_up(client: Client, leader: Account) -> None:
    sign_in(client)
    client.get("/arbeid/konto/to-trinn/app/")
    answer = client.post("/arbeid/konto/to-trinn/app/", {"code": "000000"})
    assert "Koden er feil" in answer.content.decode()
    assert not Authenticator.objects.exists()


def test_the_code_is_asked_for_after_the_password(client: Client, leader: Account) -> None:
    secret = app_of(leader)
    assert sign_in(client)["Location"] == CODE
    assert client.get("/arbeid/konto/").status_code == 302  # not inside yet
    assert client.post(CODE, {"code": "000000"}).status_code == 200
    assert client.post(CODE, {"code": code(secret)})["Location"] == "/arbeid/"
    assert client.get("/arbeid/roller/").status_code == 200


def test_it_is_asked_of_whoever_has_set_it_up_whatever_the_role(client: Client, editor: Account) -> None:
    app_of(editor)
    assert sign_in(client)["Location"] == CODE


def test_a_code_works_once(client: Client, leader: Account) -> None:
    secret, now = app_of(leader), None
    sign_in(client)
    now = code(secret)
    client.post(CODE, {"code": now})
    other = Client()
    sign_in(other)
    assert other.post(CODE, {"code": now}).status_code == 200


def test_guessing_codes_is_stopped(client: Client, leader: Account) -> None:
    secret = app_of(leader)
    sign_in(client)
    for _ in range(5):
        client.post(CODE, {"code": "000000"})
    answer = client.post(CODE, {"code": code(secret)})
    assert "For mange forsøk" in answer.content.decode()


def set_up(client: Client) -> tuple[str, list[str]]:
    sign_in(client)
    secret = secret_on(client.get("/arbeid/konto/to-trinn/app/").content.decode())
    client.post("/arbeid/konto/to-trinn/app/", {"code": code(secret)})
    page = client.get("/arbeid/konto/to-trinn/koder/").content.decode()
    return secret, re.findall(r"<code>(\d{8})</code>", page)


def test_a_recovery_code_works_once(client: Client, leader: Account) -> None:
    _secret, codes = set_up(client)
    for expected in (302, 200):
        other = Client()
        sign_in(other)
        assert other.post(CODE, {"code": codes[0]}).status_code == expected


def test_the_codes_can_be_had_as_a_file_and_made_anew(client: Client, leader: Account) -> None:
    _secret, codes = set_up(client)
    file = client.get("/arbeid/konto/to-trinn/koder/fil/").content.decode()
    assert all(one in file for one in codes)
    client.post("/arbeid/konto/to-trinn/koder/nye/")
    fresh = re.findall(r"<code>(\d{8})</code>", client.get("/arbeid/konto/to-trinn/koder/").content.decode())
    assert len(fresh) == 10
    assert not set(fresh) & set(codes)


def test_no_secret_stands_in_the_database(client: Client, leader: Account) -> None:
    """Neither the app's secret nor the codes, nor the secret while it waits in the session."""
    sign_in(client)
    waiting = secret_on(client.get("/arbeid/konto/to-trinn/app/").content.decode())
    assert not found_anywhere([waiting])
    secret, codes = set_up(client)
    rows = {row.type: row.data for row in Authenticator.objects.all()}
    assert rows["totp"]["secret"] != secret
    assert not found_anywhere([secret, *codes])
    with pytest.raises((SealBroken, ValueError)):  # the seed of the codes is no hexadecimal number any more
        bytes.fromhex(rows["recovery_codes"]["seed"])


def found_anywhere(secrets: list[str]) -> list[str]:
    """Look for secrets, plain or in base64, in everything that the application's role can read."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT data::text FROM mfa_authenticator UNION ALL SELECT session_data FROM django_session"
        )
        everything = " ".join(row[0] for row in cursor.fetchall())
    everything += "".join(_opened(one) for one in Session.objects.values_list("session_data", flat=True))
    return [
        one for one in secrets if one in everything or base64.b64encode(one.encode()).decode() in everything
    ]


def _opened(data: str) -> str:
    return base64.b64decode(data).decode("latin-1")


def test_anothers_secret_does_not_open_for_oneself(client: Client, leader: Account) -> None:
    """Whoever can write to the table but has no key cannot lay their own app under another's account."""
    thief = make("ola@halden.kommune.no")
    secret = generate_totp_secret()
    Authenticator.objects.create(
        user=leader, type=Authenticator.Type.TOTP, data={"secret": sealed_for(thief.pk, secret)}
    )
    sign_in(client)
    with pytest.raises(SealBroken):
        client.post(CODE, {"code": code(secret)})


def test_removing_the_app_demands_that_one_shows_who_one_is(client: Client, leader: Account) -> None:
    _secret, _codes = set_up(client)
    session = client.session
    for record in session["account_authentication_methods"]:
        record["at"] -= 3600
    session.save()
    answer = client.get("/arbeid/konto/to-trinn/app/fjern/")
    assert answer["Location"].startswith("/arbeid/konto/bekreft/")
    answer = client.post(answer["Location"], {"password": PASSWORD})
    assert answer["Location"] == "/arbeid/konto/to-trinn/app/fjern/"
    client.post(answer["Location"])
    assert not Authenticator.objects.exists()
    assert client.get(HERE)["Location"] != HERE


def test_a_session_from_before_the_factor_was_set_up_elsewhere_must_use_it(
    client: Client, leader: Account
) -> None:
    sign_in(client)
    app_of(leader)
    assert client.get(HERE)["Location"].startswith("/arbeid/konto/bekreft/kode/?next=")


def test_a_session_of_a_passkey_login_has_two_factors(client: Client, leader: Account) -> None:
    client.force_login(leader)
    session = client.session
    session["started"] = 4102444800.0
    session["account_authentication_methods"] = [
        {"method": "mfa", "type": "webauthn", "passwordless": True, "at": 0}
    ]
    session["account_authentication_methods_user"] = str(leader.pk)
    session.save()
    assert client.get("/arbeid/roller/").status_code == 200


def test_anothers_records_in_a_session_count_for_nothing(client: Client, leader: Account) -> None:
    client.force_login(leader)
    session = client.session
    session["started"] = 4102444800.0
    session["account_authentication_methods"] = [{"method": "mfa", "type": "totp", "at": 0}]
    session["account_authentication_methods_user"] = str(make("ola@halden.kommune.no").pk)
    session.save()
    assert client.get("/arbeid/roller/")["Location"].startswith(SET_UP)


def test_passkeys_are_bound_to_the_host_of_staff_url_and_demand_the_holder(
    client: Client, editor: Account
) -> None:
    sign_in(client)
    page = client.get("/arbeid/konto/passnokler/ny/").content.decode()
    found = re.search(r'<script id="onsket" type="application/json">(.*?)</script>', page)
    assert found
    options = json.loads(found[1])["publicKey"]
    assert options["rp"]["id"] == "localhost"
    assert options["authenticatorSelection"] | {"requireResidentKey": True} == {
        "residentKey": "required", "requireResidentKey": True, "userVerification": "required",
    }  # fmt: skip


def test_a_forged_passkey_is_refused(client: Client, editor: Account) -> None:
    sign_in(client)
    client.get("/arbeid/konto/passnokler/ny/")
    for credential in ("{}", "[]", "x", '{"id": "a", "rawId": "a", "type": "public-key", "response": {}}'):
        answer = client.post("/arbeid/konto/passnokler/ny/", {"name": "x", "credential": credential})
        assert answer.status_code == 200
    answer = client.post("/arbeid/konto/passnokkel/", {"credential": '{"id": "x"}'})
    assert answer["Location"] in {"/arbeid/konto/logg-inn/", "/arbeid/"}
    assert not Authenticator.objects.exists()


def test_the_password_alone_is_not_what_a_session_of_two_factors_says(
    client: Client, leader: Account
) -> None:
    assert sign_in(client, EMAIL)["Location"] == "/arbeid/"
    assert client.get("/arbeid/roller/")["Location"] == f"{SET_UP}?next=%2Farbeid%2Froller%2F"
