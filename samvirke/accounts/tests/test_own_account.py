"""One's own account: who one is where, the menu and the first screen, and where one is logged in."""

import pytest
from allauth.usersessions.models import UserSession
from django.core.cache import cache
from django.test import Client

from samvirke.access.permissions import Role
from samvirke.accounts.models import Account
from samvirke.accounts.tests.conftest import PASSWORD, journal, sign_in
from tests.cast import HALDEN, OSLO, login

pytestmark = pytest.mark.django_db
HERE = f"/arbeid/{HALDEN}/"


@pytest.fixture(autouse=True)
def no_limits_yet(db: None) -> None:
    cache.clear()


def test_ones_own_account_says_who_one_is_where(client: Client, cast) -> None:
    login(client, cast["both"])
    text = client.get("/arbeid/konto/").content.decode()
    for words in ("Bente Toverud", "Redaktør", "Halden", "Leder av kriseteamet", "Oslo"):
        assert words in text
    login(client, cast["governor"])
    assert "Østfold" in client.get("/arbeid/konto/").content.decode()


def test_name_and_language_are_changed(client: Client, cast) -> None:
    login(client, cast["editor"])
    answer = client.post("/arbeid/konto/endre/", {"name": "Eli Rud Hansen", "language": "nn"}, follow=True)
    account = Account.objects.get(pk=cast["editor"].id)
    assert (account.name, account.language) == ("Eli Rud Hansen", "nn")
    assert '<html lang="nn"' in answer.content.decode()
    assert journal(account=account.pk) == [("accounts.account.changed", account.pk)]
    assert (
        "Skriv namnet ditt"
        in client.post("/arbeid/konto/endre/", {"name": " ", "language": "nn"}).content.decode()
    )


def test_the_menu_and_the_switcher_are_ones_own(client: Client, cast) -> None:
    login(client, cast["both"])
    text = client.get(f"/arbeid/{OSLO}/medlemmer/").content.decode()
    assert "Bytt kommune" in text
    assert f'href="/arbeid/{HALDEN}/"' in text
    assert f"/arbeid/{OSLO}/journal/" not in text
    login(client, cast["administrator"])
    text = client.get(f"{HERE}medlemmer/").content.decode()
    assert "Bytt kommune" not in text
    assert f"/arbeid/{HALDEN}/journal/" in text
    assert "/innsyn/" not in text


@pytest.mark.parametrize(("who", "leads"), [
    ("administrator", f"/arbeid/{HALDEN}/"), ("both", ""), ("governor", ""), ("operator", ""), ("outsider", ""),
])  # fmt: skip
def test_the_first_screen_leads_to_the_only_place_or_shows_them(
    client: Client, cast, who: str, leads: str
) -> None:
    login(client, cast[who])
    answer = client.get("/arbeid/")
    assert answer.get("Location", "") == leads
    text = answer.content.decode()
    shown = {
        "both": "Halden",
        "governor": "Fredrikstad",
        "operator": "ikke innsyn",
        "outsider": "ingen rolle",
    }
    assert shown.get(who, "") in text


def test_the_directorate_reaches_every_real_municipality_and_no_invented(client: Client, cast) -> None:
    login(client, cast["directorate"])
    text = client.get("/arbeid/").content.decode()
    assert text.partition('"ac-towns"')[2].partition("</ul>")[0].count("<a href") == 357
    assert "Eksempel" not in text
    found = client.get("/arbeid/?navn=råd").content.decode()
    assert "Råde" in found
    assert "Moss" not in found
    assert "Ingen kommune" in client.get("/arbeid/?navn=qqq").content.decode()
    assert client.get("/arbeid/5501/").status_code in {200, 302}


def test_sessions_are_listed_and_ended_one_by_one_or_all_others(client: Client, cast) -> None:
    account = cast["editor"].account
    account.set_password(PASSWORD)
    account.save()
    browsers = [Client(HTTP_USER_AGENT=f"Prøve/{n} Firefox Linux") for n in range(4)]
    for browser in browsers:
        assert sign_in(browser, account.email).status_code == 302
    text = browsers[0].get("/arbeid/konto/okter/").content.decode()
    assert text.count("Firefox på Linux") == 4
    second = UserSession.objects.get(user_agent="Prøve/1 Firefox Linux")
    browsers[0].post(f"/arbeid/konto/okter/{second.pk}/avslutt/")
    assert browsers[1].get("/arbeid/konto/").status_code == 302
    assert browsers[2].get("/arbeid/konto/").status_code == 200
    browsers[0].post("/arbeid/konto/okter/")
    assert [one.get("/arbeid/konto/").status_code for one in browsers] == [200, 302, 302, 302]


def test_anothers_session_cannot_be_ended(client: Client, cast) -> None:
    account = cast["editor"].account
    account.set_password(PASSWORD)
    account.save()
    other = Client()
    sign_in(other, account.email)
    login(client, cast["approver"])
    assert client.post(f"/arbeid/konto/okter/{UserSession.objects.get().pk}/avslutt/").status_code == 404
    assert other.get("/arbeid/konto/").status_code == 200


def test_ending_the_session_in_use_logs_out(client: Client, cast) -> None:
    account = cast["editor"].account
    account.set_password(PASSWORD)
    account.save()
    sign_in(client, account.email)
    client.post(f"/arbeid/konto/okter/{UserSession.objects.get().pk}/avslutt/")
    assert client.get("/arbeid/konto/").status_code == 302


def test_every_role_reaches_something_or_is_told_so(cast) -> None:
    for role in Role:
        client = login(Client(), cast[role.value])
        assert client.get("/arbeid/", follow=True).status_code == 200, role


def test_a_name_cannot_hide_what_it_says(client: Client, cast) -> None:
    login(client, cast["editor"])
    client.post("/arbeid/konto/endre/", {"name": "Eli\u202e \u200bRud\r\n", "language": "nb"})
    assert cast["editor"].account.name == "Eli Rud"
