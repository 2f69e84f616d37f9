"""Roles: shown, given, taken, ended, with all that hangs on them."""

from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.sessions.models import Session
from django.test import Client

from samvirke.access.permissions import ROLES, Level, Role
from samvirke.access.scope import Denied, NotYours, Scope, opened, system_scope
from samvirke.accounts import queries, rules
from samvirke.accounts.actions import members as actions
from samvirke.accounts.models import Account
from samvirke.accounts.tests.conftest import app_of, journal, letters, roles
from samvirke.kit.errors import BadInput
from tests.cast import HALDEN, OSLO, login

pytestmark = pytest.mark.django_db
MEMBERS = f"/arbeid/{HALDEN}/medlemmer/"
NOW = datetime(2026, 11, 20, 11, 0, tzinfo=UTC)
QUERIES = 17  # the session, who, their roles, the scope, the frame, and three for the list
LEFT: list[tuple[UUID, str, datetime]] = []


def remember(_scope: Scope, account: UUID, municipality: str, now: datetime) -> None:
    """A room's hook."""
    LEFT.append((account, municipality, now))


def refuse(*_: object) -> None:
    raise BadInput("Personen er kontaktperson for noen. Finn en annen først.")


@pytest.fixture(autouse=True)
def hooks(settings) -> None:
    LEFT.clear()
    settings.LEAVING = [f"{__name__}.remember"]


@pytest.fixture
def administrator(client: Client, cast) -> Client:
    return login(client, cast["administrator"])


def page(administrator: Client, person: str, cast, more: str = "") -> str:
    return f"{MEMBERS}{cast[person].id}/{more}"


def test_the_list_shows_who_has_which_role_and_nobody_elses(administrator: Client, cast) -> None:
    text = administrator.get(MEMBERS).content.decode()
    for person in ("editor", "team-leader", "administrator"):
        assert cast[person].name in text
    assert "Oslo" not in text
    assert "Leder av kriseteamet" in text
    assert cast["governor"].name not in text


def test_who_may_read_but_not_manage_sees_no_buttons(client: Client, cast) -> None:
    login(client, cast["reviewer"])
    text = client.get(MEMBERS).content.decode()
    assert cast["editor"].name in text
    assert "/inviter/" not in text
    one = client.get(page(client, "editor", cast)).content.decode()
    assert "Avslutt" not in one


def test_a_role_is_given_and_told(administrator: Client, cast) -> None:
    administrator.post(page(administrator, "editor", cast, "gi/"), {"role": "approver"})
    assert roles(cast["editor"].id) == {"editor", "approver"}
    assert [(one.template, one.recipient_id, one.about) for one in letters()] == [
        ("accounts.role-given", str(cast["editor"].id), {"role": "approver"})
    ]
    assert journal(code="accounts.role.given") == [("accounts.role.given", cast["administrator"].id)]


def test_the_same_role_is_not_given_twice(administrator: Client, cast) -> None:
    administrator.post(page(administrator, "editor", cast, "gi/"), {"role": "editor"})
    with pytest.raises(BadInput, match="har rollen allerede"):
        actions.give_role(
            cast["administrator"].scope(HALDEN), HALDEN, cast["editor"].id, Role.EDITOR, now=NOW
        )


@pytest.mark.parametrize("role", [role for role, facts in ROLES.items() if facts.level is Level.MUNICIPALITY])
def test_nobody_gives_themselves_sight_of_people(administrator: Client, cast, role: Role) -> None:
    administrator.post(page(administrator, "administrator", cast, "gi/"), {"role": role.value})
    gained = roles(cast["administrator"].id) - {"administrator"}
    assert gained == (set() if ROLES[role].sees_people or role is Role.ADMINISTRATOR else {role.value})


@pytest.mark.parametrize(
    "role", [role for role, facts in ROLES.items() if facts.level is not Level.MUNICIPALITY]
)
def test_roles_above_the_municipality_are_not_given_here(cast, role: Role) -> None:
    with pytest.raises(Denied):
        actions.give_role(cast["administrator"].scope(HALDEN), HALDEN, cast["editor"].id, role, now=NOW)


def test_a_stranger_is_given_nothing(administrator: Client, cast) -> None:
    for stranger in (cast["editor@oslo"].id, cast["outsider"].id, uuid4()):
        for act in ("", "gi/", "ta/editor/", "avslutt/", "andre-trinn/"):
            assert administrator.post(f"{MEMBERS}{stranger}/{act}", {"role": "approver"}).status_code == 404
    with pytest.raises(NotYours):
        actions.give_role(
            cast["administrator"].scope(HALDEN), HALDEN, cast["editor@oslo"].id, Role.EDITOR, now=NOW
        )
    with pytest.raises(NotYours):
        actions.end_membership(cast["administrator"].scope(HALDEN), OSLO, cast["editor@oslo"].id, now=NOW)


def test_ending_asks_first(administrator: Client, cast) -> None:
    text = administrator.get(page(administrator, "editor", cast, "avslutt/")).content.decode()
    assert "data-confirm" in text
    assert roles(cast["editor"].id) == {"editor"}


@pytest.mark.parametrize("act", ["gi/", "ta/contact-person/", "avslutt/", "andre-trinn/"])
def test_a_session_left_open_is_not_enough_to_change_who_may_what(
    administrator: Client, cast, act: str
) -> None:
    """Whoever finds an administrator's machine could else let all of a team's people go with one POST each."""
    app_of(cast["administrator"].account)
    session = administrator.session
    for record in session["account_authentication_methods"]:
        record["at"] -= 3600
    session.save()
    for ask in (administrator.get, administrator.post):
        answer = ask(page(administrator, "contact-person", cast, act))
        assert answer.headers.get("Location", "").startswith("/arbeid/konto/bekreft/kode/")
    assert roles(cast["contact-person"].id) == {"contact-person"}


def test_the_last_role_ended_closes_the_account_and_its_sessions(administrator: Client, cast) -> None:
    there = login(Client(), cast["editor"])
    assert there.get("/arbeid/konto/").status_code == 200
    before = Session.objects.count()
    administrator.post(page(administrator, "editor", cast, "ta/editor/"))
    assert roles(cast["editor"].id) == set()
    assert not Account.objects.get(pk=cast["editor"].id).is_active
    assert there.get("/arbeid/konto/").status_code == 302
    assert Session.objects.count() <= before
    assert journal(municipality=HALDEN) == [
        ("accounts.role.taken", cast["administrator"].id), ("accounts.account.closed", cast["administrator"].id),
    ]  # fmt: skip


def test_somebody_with_a_role_elsewhere_keeps_the_account(administrator: Client, cast) -> None:
    administrator.post(page(administrator, "both", cast, "avslutt/"))
    assert roles(cast["both"].id) == {"team-leader"}
    assert Account.objects.get(pk=cast["both"].id).is_active
    there = login(Client(), cast["both"])
    assert there.get(f"/arbeid/{HALDEN}/").status_code == 404
    assert there.get(f"/arbeid/{OSLO}/medlemmer/").status_code == 200


def test_rooms_let_go_in_the_same_transaction(administrator: Client, cast) -> None:
    administrator.post(page(administrator, "contact-person", cast, "avslutt/"))
    assert [one[:2] for one in LEFT] == [(cast["contact-person"].id, HALDEN)]


def test_a_room_that_cannot_let_go_stops_it_all(administrator: Client, cast, settings) -> None:
    settings.LEAVING = [f"{__name__}.remember", f"{__name__}.refuse"]
    answer = administrator.post(page(administrator, "contact-person", cast, "avslutt/"), follow=True)
    assert "Finn en annen først" in answer.content.decode()
    assert roles(cast["contact-person"].id) == {"contact-person"}
    assert journal(municipality=HALDEN) == []


def test_the_last_administrator_stays(administrator: Client, cast) -> None:
    for act in ("avslutt/", "ta/administrator/"):
        answer = administrator.post(page(administrator, "administrator", cast, act), follow=True)
        assert "minst én administrator" in answer.content.decode()
    assert roles(cast["administrator"].id) == {"administrator"}
    administrator.post(page(administrator, "editor", cast, "gi/"), {"role": "administrator"})
    administrator.post(page(administrator, "administrator", cast, "avslutt/"))
    assert roles(cast["administrator"].id) == set()


def test_a_lost_second_factor_is_removed_and_told(administrator: Client, cast) -> None:
    leader = cast["team-leader"].account
    app_of(leader)
    assert (
        "Har mistet telefon" in administrator.get(page(administrator, "team-leader", cast)).content.decode()
    )
    administrator.post(page(administrator, "team-leader", cast, "andre-trinn/"))
    assert not Authenticator.objects.filter(user=leader).exists()
    assert journal(code="accounts.second-factor.removed") == [
        ("accounts.second-factor.removed", cast["administrator"].id)
    ]
    assert [one.about for one in letters()] == [{"what": "removed-by-administrator"}]


def test_not_ones_own_and_not_of_somebody_who_works_elsewhere_too(cast) -> None:
    scope = cast["administrator"].scope(HALDEN)
    with pytest.raises(BadInput, match="Min konto"):
        actions.remove_second_factor(scope, HALDEN, cast["administrator"].id, now=NOW)
    with pytest.raises(BadInput, match="utenfor kommunen"):
        actions.remove_second_factor(scope, HALDEN, cast["both"].id, now=NOW)


@pytest.mark.parametrize("who", ["editor", "team-leader", "reviewer"])
def test_others_do_not_manage(client: Client, cast, who: str) -> None:
    login(client, cast[who])
    for act in ("gi/", "ta/editor/", "avslutt/", "andre-trinn/"):
        assert client.post(page(client, "editor", cast, act), {"role": "approver"}).status_code == 403
    assert roles(cast["editor"].id) == {"editor"}


def test_a_list_of_many_asks_as_few_questions(
    administrator: Client, cast, django_assert_max_num_queries
) -> None:
    administrator.get(MEMBERS)
    with django_assert_max_num_queries(QUERIES):
        administrator.get(MEMBERS)


def test_names_are_in_norwegian_order(cast) -> None:
    names = [rules.by_name(name) for name in ("Åse", "Øyvind", "Ærlend", "Zara", "anna")]
    assert sorted(names) == [rules.by_name(name) for name in ("anna", "Zara", "Ærlend", "Øyvind", "Åse")]


def test_members_with_a_role_are_found_for_letters(cast) -> None:
    with opened(system_scope("prøve", HALDEN)) as scope:
        found = queries.members_with(scope, HALDEN, {Role.EDITOR, Role.APPROVER})
    assert {one.name for one in found} == {cast["editor"].name, cast["approver"].name, cast["both"].name}
