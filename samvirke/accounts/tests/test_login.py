"""Logging in and out with e-mail and password: cookies, limits, where it leads, how it ends."""

from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.utils import timezone

from samvirke.accounts.models import Account
from samvirke.accounts.tests.conftest import EMAIL, LOGIN, PASSWORD, app_of, code, journal, make, sign_in
from tests.cast import HALDEN

pytestmark = pytest.mark.django_db
HOME = "/arbeid/"


@pytest.fixture(autouse=True)
def no_limits_yet(db: None) -> None:
    cache.clear()


def inside(client: Client) -> bool:
    return client.get("/arbeid/konto/").status_code == 200


def test_the_right_password_leads_in(client: Client, editor: Account) -> None:
    answer = sign_in(client)
    assert answer.status_code == 302
    assert answer["Location"] == HOME
    assert inside(client)
    assert journal(account=editor.pk) == [("accounts.session.started", editor.pk)]


def test_capital_letters_in_the_address_do_not_matter(client: Client, editor: Account) -> None:
    assert sign_in(client, EMAIL.upper())["Location"] == HOME


@pytest.mark.parametrize(
    ("email", "password"), [(EMAIL, "feil passord her"), ("ukjent@kommune.no", PASSWORD)]
)
def test_what_is_wrong_is_said_in_one_sentence_that_tells_nothing(
    client: Client, editor: Account, email: str, password: str
) -> None:
    answer = sign_in(client, email, password)
    assert answer.status_code == 200
    assert answer.content.decode().count("E-postadressen eller passordet er feil.") == 1
    assert not inside(client)


def test_five_wrong_passwords_lock_the_account_for_everybody(client: Client, editor: Account) -> None:
    for _ in range(5):
        sign_in(client, password="feil passord her")
    other = Client(REMOTE_ADDR="203.0.113.9")
    answer = sign_in(other)
    assert "For mange forsøk" in answer.content.decode()
    assert not inside(other)


def test_limits_lie_in_the_database_so_that_all_processes_share_them(client: Client, editor: Account) -> None:
    sign_in(client, password="feil passord her")
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM samvirke_cache WHERE cache_key LIKE '%login_failed%'")
        assert cursor.fetchone()[0] >= 2  # for the address it came from, and for the account


def test_new_addresses_of_the_same_network_are_no_new_tries(editor: Account) -> None:
    """One machine has 2^64 addresses of IPv6. It tries many accounts, so that none of them is locked."""
    for number in range(30):
        sign_in(
            Client(REMOTE_ADDR=f"2001:db8:1:2::{number:x}"), f"nummer{number}@kommune.no", "feil passord her"
        )
    assert "For mange forsøk" in sign_in(Client(REMOTE_ADDR="2001:db8:1:2::ffff")).content.decode()
    assert inside_after(Client(REMOTE_ADDR="2001:db8:1:3::1"))


def test_a_claimed_address_is_no_new_try(editor: Account) -> None:
    for number in range(30):
        spoofed = Client(REMOTE_ADDR="203.0.113.9", headers={"X-Forwarded-For": f"198.51.100.{number}"})
        sign_in(spoofed, f"nummer{number}@kommune.no", "feil passord her")
    late = Client(REMOTE_ADDR="203.0.113.9", headers={"X-Forwarded-For": "192.0.2.1"})
    assert "For mange forsøk" in sign_in(late).content.decode()


def inside_after(client: Client) -> bool:
    sign_in(client)
    return inside(client)


def test_cookies_stay_in_the_work_area_and_out_of_scripts(client: Client, editor: Account) -> None:
    sign_in(client)
    client.get(LOGIN)
    for name in ("samvirke", "samvirke_csrf"):
        if name in client.cookies:
            cookie = client.cookies[name]
            assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == ("/arbeid/", True, "Lax")
    assert client.cookies["samvirke"]["expires"] == ""  # ends with the browser


def test_https_makes_cookies_secure(client: Client, editor: Account, settings) -> None:
    settings.SESSION_COOKIE_SECURE = True
    sign_in(client)
    assert client.cookies["samvirke"]["secure"]


@pytest.mark.parametrize("path", ["/sok/", "/finn/", "/helse/"])
def test_public_addresses_set_no_cookie(client: Client, path: str) -> None:
    assert not client.get(path).cookies


def test_answers_are_not_kept_and_do_not_say_where_one_came_from(client: Client, editor: Account) -> None:
    for answer in (
        client.get(LOGIN),
        sign_in(client),
        client.get("/arbeid/konto/"),
        client.get("/arbeid/finnes-ikke/x/"),
    ):
        assert answer["Cache-Control"] == "no-store"
        assert answer["Referrer-Policy"] == "same-origin"


def test_numbers_for_a_host_lead_to_the_name(client: Client) -> None:
    answer = client.get(LOGIN + "?next=/arbeid/konto/", HTTP_HOST="127.0.0.1:8123")
    assert answer["Location"] == f"http://localhost:8123{LOGIN}?next=/arbeid/konto/"
    assert client.get(LOGIN, HTTP_HOST="127.0.0.1")["Location"] == f"http://localhost{LOGIN}"
    assert client.get(LOGIN, HTTP_HOST="[::1]:8000")["Location"] == f"http://localhost:8000{LOGIN}"


def test_in_production_the_host_is_left_alone(client: Client, settings) -> None:
    settings.ON_LOCALHOST = False
    assert client.get(LOGIN, HTTP_HOST="127.0.0.1").status_code == 200


def test_it_leads_back_to_where_one_was_going(client: Client, editor: Account) -> None:
    assert sign_in(client, next="/arbeid/konto/okter/")["Location"] == "/arbeid/konto/okter/"


@pytest.mark.parametrize(
    "evil", ["https://evil.example/arbeid/", "//evil.example/", "/utenfor/", "javascript:alert(1)"]
)
def test_it_leads_nowhere_else(client: Client, editor: Account, evil: str) -> None:
    assert sign_in(client, next=evil)["Location"] == HOME


def test_forms_from_other_sites_are_refused(editor: Account) -> None:
    client = Client(enforce_csrf_checks=True)
    assert sign_in(client).status_code == 403


def test_nobody_signs_up(client: Client) -> None:
    for path in ("/arbeid/konto/registrer/", "/arbeid/konto/signup/", "/accounts/signup/"):
        assert client.post(path, {"email": "a@b.no"}).status_code == 404


def test_logging_out_ends_the_session(client: Client, editor: Account) -> None:
    sign_in(client)
    answer = client.post("/arbeid/konto/logg-ut/")
    assert answer["Location"] == f"{LOGIN}?ut=1"
    assert not inside(client)
    assert not Session.objects.exists()
    assert "Du er logget ut." in client.get(answer["Location"]).content.decode()


def test_logging_out_takes_a_click(client: Client, editor: Account) -> None:
    sign_in(client)
    assert "Vil du logge ut?" in client.get("/arbeid/konto/logg-ut/").content.decode()
    assert inside(client)


def moved(client: Client, **back: timedelta) -> None:
    """Make it as if the session had begun, and was last used, earlier."""
    session = client.session
    for name, ago in back.items():
        session[name] -= ago.total_seconds()
    session.save()


@pytest.mark.parametrize(("minutes", "stays"), [(59, True), (61, False)])
def test_an_editor_may_rest_for_an_hour(client: Client, editor: Account, minutes: int, stays: bool) -> None:
    sign_in(client)
    inside(client)
    moved(client, seen=timedelta(minutes=minutes))
    answer = client.get(f"/arbeid/{HALDEN}/medlemmer/")
    assert (answer.status_code == 403) is stays  # an editor sees no members: that is the answer inside
    if not stays:
        assert answer["Location"] == f"{LOGIN}?tid=ute&next=%2Farbeid%2F3101%2Fmedlemmer%2F"
        assert "ikke hadde gjort noe på en stund" in client.get(answer["Location"]).content.decode()
        assert not inside(client)


@pytest.mark.parametrize(("minutes", "stays"), [(29, True), (31, False)])
def test_who_sees_people_may_rest_for_half_an_hour(
    client: Client, leader: Account, minutes: int, stays: bool
) -> None:
    secret = app_of(leader)
    sign_in(client)
    client.post("/arbeid/konto/kode/", {"code": code(secret)})
    assert inside(client)
    moved(client, seen=timedelta(minutes=minutes))
    assert inside(client) is stays


def test_after_ten_hours_it_ends_however_busy_one_was(client: Client, editor: Account) -> None:
    sign_in(client)
    inside(client)
    moved(client, started=timedelta(hours=9, minutes=59))
    assert inside(client)
    moved(client, started=timedelta(minutes=2))
    assert not inside(client)


def test_every_answer_says_when_the_session_ends(client: Client, editor: Account) -> None:
    sign_in(client)
    before = timezone.now()
    ends = int(client.post("/arbeid/konto/fortsett/")["X-Session-Ends"])
    assert 3590 < ends - before.timestamp() < 3610


def test_a_closed_account_is_out_at_once(client: Client, editor: Account) -> None:
    sign_in(client)
    assert inside(client)
    Account.objects.filter(pk=editor.pk).update(is_active=False)
    assert not inside(client)
    answer = sign_in(client)
    assert answer["Location"] == "/arbeid/konto/stengt/"
    assert "stengt" in client.get(answer["Location"]).content.decode()


def test_a_new_password_ends_the_sessions_in_other_browsers(client: Client, editor: Account) -> None:
    other = Client()
    sign_in(client)
    sign_in(other)
    answer = client.post(
        "/arbeid/konto/passord/", {"oldpassword": PASSWORD, "password1": "nytt passord som er langt"}
    )
    assert answer.status_code == 302
    assert inside(client)
    assert not inside(other)
    assert UserSession.objects.filter(user=editor).count() >= 1


@pytest.mark.parametrize("password", ["kort", EMAIL, "123456789012", "password1234"])
def test_poor_passwords_are_refused(client: Client, editor: Account, password: str) -> None:
    sign_in(client)
    answer = client.post("/arbeid/konto/passord/", {"oldpassword": PASSWORD, "password1": password})
    assert answer.status_code == 200
    assert 'aria-invalid="true"' in answer.content.decode()
    editor.refresh_from_db()
    assert editor.check_password(PASSWORD)


def test_sessions_cannot_be_read_from_the_database(client: Client, editor: Account) -> None:
    sign_in(client)
    row = Session.objects.get()
    assert str(editor.pk) not in row.session_data
    assert client.session["_auth_user_id"] == str(editor.pk)


def test_a_session_opens_under_its_own_key_only(client: Client, editor: Account) -> None:
    sign_in(client)
    stolen = Session.objects.get()
    other = Client()
    make("ola@halden.kommune.no")
    sign_in(other, "ola@halden.kommune.no")
    Session.objects.filter(session_key=other.session.session_key).update(session_data=stolen.session_data)
    assert not inside(other)


def test_screens_ask_few_questions(client: Client, editor: Account, django_assert_max_num_queries) -> None:
    sign_in(client)
    inside(client)
    with django_assert_max_num_queries(14):
        inside(client)
