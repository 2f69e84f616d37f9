"""A forgotten password: a letter to whoever has an account, the same answer to everybody, a link that works once."""

import re
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone, translation

from samvirke.access.permissions import Role
from samvirke.accounts import letters as written
from samvirke.accounts.models import Account
from samvirke.accounts.recipients import account as recipient_of
from samvirke.accounts.tests.conftest import EMAIL, PASSWORD, app_of, journal, letters, make, sign_in

pytestmark = pytest.mark.django_db
FORGOT = "/arbeid/konto/glemt-passord/"
FRESH = "et helt nytt passord"


@pytest.fixture(autouse=True)
def no_limits_yet(db: None) -> None:
    cache.clear()


def link(person: Account) -> str:
    """Return the address in the letter as the worker writes it now."""
    recipient = recipient_of(str(person.pk))
    assert recipient
    letter = written.password_reset(recipient, {"account": str(person.pk)}, timezone.now())
    assert letter
    found = re.search(r"http\S+", letter.text)
    assert found
    return urlsplit(found[0]).path


def use(client: Client, address: str, password: str = FRESH) -> int:
    there = client.get(address)
    return (
        client.post(there["Location"], {"password1": password}).status_code if there.status_code == 302 else 0
    )


def test_everybody_gets_the_same_answer(client: Client, editor: Account) -> None:
    answers = [client.post(FORGOT, {"email": email}) for email in (EMAIL, EMAIL.upper(), "ukjent@kommune.no")]
    assert {answer["Location"] for answer in answers} == {f"{FORGOT}sendt/"}
    assert [(one.template, one.recipient_id) for one in letters()] == [
        ("accounts.password-reset", str(editor.pk))
    ] * 2
    assert journal(code="accounts.password.forgotten") == [("accounts.password.forgotten", editor.pk)] * 2


def test_a_closed_account_gets_no_letter(client: Client, editor: Account) -> None:
    Account.objects.filter(pk=editor.pk).update(is_active=False)
    client.post(FORGOT, {"email": EMAIL})
    assert letters() == []
    assert recipient_of(str(editor.pk)) is None
    assert written.password_reset(None, {"account": str(editor.pk)}, timezone.now()) is None  # type: ignore[arg-type]


def test_the_link_gives_a_new_password_once(client: Client, editor: Account) -> None:
    address = link(editor)
    assert use(client, address) == 302
    assert sign_in(Client(), password=FRESH)["Location"] == "/arbeid/"
    assert sign_in(Client(), password=PASSWORD).status_code == 200
    assert "Lenken er brukt eller for gammel" in Client().get(address).content.decode()
    assert letters()[-1].about == {"what": "password-reset"}


def test_the_link_is_too_old_after_four_hours(client: Client, editor: Account, settings) -> None:
    address = link(editor)
    settings.PASSWORD_RESET_TIMEOUT = -1
    assert "Lenken er brukt eller for gammel" in client.get(address).content.decode()
    assert use(Client(), address) == 0


@pytest.mark.parametrize(
    "spoil", [lambda x: x[:-3] + "00/", lambda x: x.replace("nytt-passord/", "nytt-passord/0")]
)
def test_a_spoilt_link_opens_nothing(client: Client, editor: Account, spoil) -> None:
    assert client.get(spoil(link(editor))).status_code == 200
    editor.refresh_from_db()
    assert editor.check_password(PASSWORD)


def test_a_new_password_does_not_lead_past_the_second_factor(client: Client) -> None:
    leader = make(EMAIL, Role.TEAM_LEADER)
    app_of(leader)
    use(client, link(leader))
    assert client.get("/arbeid/konto/").status_code == 302
    assert sign_in(client, password=FRESH)["Location"] == "/arbeid/konto/kode/"


def test_whoever_has_only_a_passkey_can_make_a_password(client: Client, editor: Account) -> None:
    editor.set_unusable_password()
    editor.save()
    client.post(FORGOT, {"email": EMAIL})
    assert use(client, link(editor)) == 302
    assert sign_in(Client(), password=FRESH)["Location"] == "/arbeid/"


def test_a_mailbox_is_not_filled(client: Client, editor: Account) -> None:
    answers = [client.post(FORGOT, {"email": EMAIL}).status_code for _ in range(5)]
    assert answers == [302, 302, 302, 429, 429]
    assert len(letters()) == 3


def test_the_link_of_one_logs_out_another(client: Client, editor: Account) -> None:
    make("ola@halden.kommune.no")
    sign_in(client, "ola@halden.kommune.no")
    use(client, link(editor))
    assert client.get("/arbeid/konto/").status_code == 302


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
@pytest.mark.parametrize("what", ["totp-activated", "password-changed", "account-connected", "something-new"])
def test_notices_say_what_happened_and_what_to_do(editor: Account, language: str, what: str) -> None:
    recipient = recipient_of(str(editor.pk))
    assert recipient
    with translation.override(language):
        letter = written.security_notice(recipient, {"what": what}, timezone.now() - timedelta(days=1))
    assert f"http://localhost:8000{FORGOT}" in letter.text
    assert EMAIL not in letter.text
