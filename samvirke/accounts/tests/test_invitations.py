"""Invitations: sent by those who may, accepted once, by the right person."""

from datetime import timedelta
from urllib.parse import urlsplit
from uuid import UUID

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone, translation

from samvirke.access.permissions import ROLES, Level, Role
from samvirke.access.scope import Denied, NotYours, opened, system_scope
from samvirke.accounts import letters as written
from samvirke.accounts import queries, recipients
from samvirke.accounts.actions import invitations as actions
from samvirke.accounts.actions.tidying import tidy
from samvirke.accounts.models import Account, Invitation, Membership
from samvirke.accounts.rules import Held
from samvirke.accounts.tests.conftest import (
    PASSWORD,
    app_of,
    invitations,
    journal,
    letters,
    make,
    roles,
    sign_in,
)
from samvirke.kit.errors import BadInput
from tests.cast import HALDEN, OSLO, login

pytestmark = pytest.mark.django_db
INVITE = f"/arbeid/{HALDEN}/medlemmer/inviter/"
GIVEN = {"email": "Ny@Halden.kommune.no", "name": "Nina Ny", "role": "editor", "language": "nb"}
TAKE = {"name": "Nina Ny", "language": "nb", "password1": PASSWORD}


@pytest.fixture(autouse=True)
def no_limits_yet(db: None) -> None:
    cache.clear()


@pytest.fixture
def administrator(client: Client, cast) -> Client:
    return login(client, cast["administrator"])


def invited(administrator: Client, **other: str) -> Invitation:
    assert administrator.post(INVITE, GIVEN | other).status_code == 302
    return invitations()[-1]


def link(found: Invitation) -> str:
    return f"/arbeid/konto/invitasjon/{queries.link_token(found)}/"


def test_an_invitation_is_a_row_a_letter_and_a_line_in_the_journal(administrator: Client, cast) -> None:
    found = invited(administrator)
    assert (found.email, found.role, found.municipality_id) == ("ny@halden.kommune.no", "editor", HALDEN)
    assert found.invited_by == cast["administrator"].id
    [letter] = letters()
    assert (letter.recipient_kind, letter.recipient_id, letter.about) == (
        "invitation", str(found.pk), {"invitation": str(found.pk)},
    )  # fmt: skip
    assert journal(code="accounts.invitation.sent") == [
        ("accounts.invitation.sent", cast["administrator"].id)
    ]


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
@pytest.mark.parametrize("role", [Role.EDITOR, Role.CONTACT_PERSON])
def test_the_letter_has_the_way_in_and_no_more_than_it_needs(
    administrator: Client, language: str, role: Role
) -> None:
    found = invited(administrator, language=language, role=role.value)
    now = timezone.now()
    with opened(system_scope("prøve")), translation.override(language):
        recipient = recipients.invitation(str(found.pk))
        assert recipient
        letter = written.invitation(recipient, {"invitation": str(found.pk)}, now)
    assert (recipient.email, recipient.language) == ("ny@halden.kommune.no", language)
    assert letter
    [way] = [line for line in letter.text.splitlines() if line.startswith("http")]
    assert way == f"http://localhost:8000{link(found)}"
    assert "Halden" in letter.text
    assert written.invitation(recipient, {"invitation": str(found.pk)}, now + timedelta(days=15)) is None


def test_a_newcomer_makes_an_account_and_is_inside(administrator: Client) -> None:
    found, newcomer = invited(administrator), Client()
    page = newcomer.get(link(found)).content.decode()
    assert "Halden" in page
    assert "redaktør" in page.lower()
    assert newcomer.post(link(found), TAKE)["Location"] == "/arbeid/"
    account = Account.objects.get(email="ny@halden.kommune.no")
    assert (account.pk, account.name, roles(account)) == (found.account, "Nina Ny", {"editor"})
    assert newcomer.get("/arbeid/roller/").status_code == 200
    assert journal(account=account.pk) == [
        ("accounts.invitation.accepted", account.pk), ("accounts.session.started", account.pk),
    ]  # fmt: skip
    assert sign_in(Client(), account.email)["Location"] == "/arbeid/"


def test_whoever_will_see_people_sets_up_a_second_factor_first(administrator: Client) -> None:
    found, newcomer = invited(administrator, role="team-leader"), Client()
    assert "andre trinn" in newcomer.get(link(found)).content.decode()
    assert newcomer.post(link(found), TAKE)["Location"] == "/arbeid/konto/to-trinn/"
    assert newcomer.get(f"/arbeid/{HALDEN}/medlemmer/")["Location"].startswith("/arbeid/konto/to-trinn/")


def test_a_link_works_once(administrator: Client) -> None:
    found = invited(administrator)
    Client().post(link(found), TAKE)
    again = Client().post(link(found), TAKE | {"name": "En annen"})
    assert again.status_code == 410
    assert "Lenken virker ikke lenger" in again.content.decode()
    assert not Account.objects.filter(name="En annen").exists()


@pytest.mark.parametrize("how", ["expired", "withdrawn", "sent again", "tampered", "nonsense"])
def test_a_link_that_no_longer_counts_opens_nothing(administrator: Client, how: str) -> None:
    found = invited(administrator)
    way = link(found)
    base = f"/arbeid/{HALDEN}/invitasjoner/{found.pk}/"
    if how == "expired":
        change(found, expires_at=timezone.now(), invited_at=timezone.now() - timedelta(days=14))
    elif how == "withdrawn":
        administrator.post(f"{base}trekk/")
    elif how == "sent again":
        administrator.post(f"{base}send/")
        assert Client().get(link(invitations()[-1])).status_code == 200
    elif how == "tampered":
        way = way[:-3] + ("a" if way[-3] != "a" else "b") + way[-2:]
    else:
        way = "/arbeid/konto/invitasjon/abc/"
    assert Client().get(way).status_code == 410
    assert Client().post(way, TAKE).status_code == 410
    assert not Account.objects.filter(email=found.email).exists()


def change(found: Invitation, **values: object) -> None:
    with opened(system_scope("prøve")) as scope:
        Invitation.objects.visible_to(scope).filter(pk=found.pk).update(**values)


def test_two_at_once_make_one_account(administrator: Client) -> None:
    """The second finds the invitation taken, even when it had seen it open."""
    found = invited(administrator)
    scope = actions.scope_to_accept(found, found.account)
    newcomer = actions.Newcomer("Nina Ny", "nb", PASSWORD)
    actions.accept(scope, found.pk, now=timezone.now(), newcomer=newcomer)
    with pytest.raises(BadInput, match="brukt eller for gammel"):
        actions.accept(scope, found.pk, now=timezone.now(), newcomer=newcomer)


def test_a_poor_password_or_no_name_is_said_at_the_field(administrator: Client) -> None:
    found = invited(administrator)
    page = Client().post(link(found), {"name": "", "language": "nb", "password1": "kort"}).content.decode()
    assert "Skriv navnet ditt" in page
    assert "12 tegn" in page
    assert not Account.objects.filter(email=found.email).exists()


@pytest.mark.parametrize(
    "role", [role for role, facts in ROLES.items() if facts.level is not Level.MUNICIPALITY]
)
def test_an_administrator_gives_no_role_above_the_municipality(
    administrator: Client, cast, role: Role
) -> None:
    assert (
        "Velg" in administrator.post(INVITE, GIVEN | {"role": role.value}).content.decode()
        or not invitations()
    )
    with pytest.raises(Denied):
        actions.invite(
            cast["administrator"].scope(HALDEN),
            Held(role, municipality=HALDEN),
            "x@y.no",
            "X",
            now=timezone.now(),
        )
    with pytest.raises(NotYours):
        actions.invite(cast["administrator"].scope(HALDEN), Held(role), "x@y.no", "X", now=timezone.now())
    assert not invitations()


def test_an_administrator_invites_to_no_other_municipality(administrator: Client, cast) -> None:
    assert administrator.post(f"/arbeid/{OSLO}/medlemmer/inviter/", GIVEN).status_code == 404
    with pytest.raises(NotYours):
        actions.invite(
            cast["administrator"].scope(HALDEN),
            Held(Role.EDITOR, municipality=OSLO),
            "x@y.no",
            "X",
            now=timezone.now(),
        )


@pytest.mark.parametrize("who", ["editor", "team-leader", "reviewer", "privacy-officer"])
def test_others_do_not_invite(client: Client, cast, who: str) -> None:
    login(client, cast[who])
    assert client.post(INVITE, GIVEN).status_code == 403
    assert not invitations()


def test_an_invitation_of_another_municipality_cannot_be_touched(
    client: Client, administrator: Client, cast
) -> None:
    found = invited(administrator)
    other = login(Client(), cast["administrator@oslo"])
    for act in ("trekk", "send"):
        assert other.post(f"/arbeid/{OSLO}/invitasjoner/{found.pk}/{act}/").status_code == 404
        assert other.post(f"/arbeid/{HALDEN}/invitasjoner/{found.pk}/{act}/").status_code == 404
    assert invitations()[-1].withdrawn_at is None


@pytest.mark.parametrize(("field", "value", "why"), [
    ("email", "kari", "ikke en e-postadresse"), ("email", "", "Skriv e-postadressen"), ("name", "", "Skriv navnet"),
    ("role", "", "Velg en rolle"),
])  # fmt: skip
def test_what_is_wrong_is_said(administrator: Client, field: str, value: str, why: str) -> None:
    assert why in administrator.post(INVITE, GIVEN | {field: value}).content.decode()
    assert not invitations()


def test_a_member_is_given_roles_on_their_own_page(administrator: Client, cast) -> None:
    page = administrator.post(INVITE, GIVEN | {"email": cast["editor"].email}).content.decode()
    assert "Personen er medlem her allerede" in page


def test_inviting_again_withdraws_the_earlier(administrator: Client) -> None:
    first = link(invited(administrator))
    second = link(invited(administrator))
    assert Client().get(first).status_code == 410
    assert Client().get(second).status_code == 200


def test_somebody_with_an_account_logs_in_and_takes_the_role(administrator: Client, cast) -> None:
    ola = make("ny@halden.kommune.no", Role.EDITOR, municipality=OSLO)
    found, client = invited(administrator), Client()
    page = client.get(link(found)).content.decode()
    assert "Du har allerede en konto" in page
    assert roles(ola) == {"editor"}
    assert sign_in(client, ola.email, next=link(found))["Location"] == link(found)
    assert "Ta imot rollen" in client.get(link(found)).content.decode()
    assert roles(ola) == {"editor"}
    client.post(link(found))
    with opened(system_scope("prøve")) as scope:
        held = Membership.objects.visible_to(scope).filter(account=ola, active=True)
        assert set(held.values_list("municipality", flat=True)) == {HALDEN, OSLO}


def test_anothers_invitation_cannot_be_taken(administrator: Client, cast) -> None:
    make("ny@halden.kommune.no", Role.EDITOR, municipality=OSLO)
    found = invited(administrator)
    other = login(Client(), cast["editor@oslo"])
    other.post(link(found))
    assert invitations()[-1].accepted_at is None
    thief = cast["editor@oslo"].id
    with pytest.raises(Denied):
        actions.accept(actions.scope_to_accept(found, thief), found.pk, now=timezone.now())
    newcomer = actions.Newcomer("Tyv", "nb", PASSWORD)
    with pytest.raises(BadInput):
        actions.accept(
            actions.scope_to_accept(found, found.account), found.pk, now=timezone.now(), newcomer=newcomer
        )


def test_somebody_who_left_and_comes_back_gets_the_same_account(administrator: Client, cast) -> None:
    gone = make("ny@halden.kommune.no", Role.REGISTRAR)
    administrator.post(f"/arbeid/{HALDEN}/medlemmer/{gone.pk}/avslutt/")
    found, client = invited(administrator), Client()
    assert client.post(link(found), TAKE | {"password1": "et helt nytt passord"})["Location"] == "/arbeid/"
    gone.refresh_from_db()
    assert (gone.is_active, roles(gone)) == (True, {"editor"})
    assert gone.check_password("et helt nytt passord")


def test_a_link_names_nobody(administrator: Client) -> None:
    way = urlsplit(link(invited(administrator))).path
    assert "halden" not in way
    assert "ny" not in way.removeprefix("/arbeid/konto/invitasjon/").split(":")[0][:3]


def test_sensitive_things_demand_a_recent_login(administrator: Client, cast) -> None:
    app_of(cast["administrator"].account)
    session = administrator.session
    for record in session["account_authentication_methods"]:
        record["at"] -= 3600
    session.save()
    answer = administrator.post(INVITE, GIVEN)
    assert answer["Location"] == "/arbeid/konto/bekreft/kode/?next=%2Farbeid%2F3101%2Fmedlemmer%2Finviter%2F"
    assert not invitations()


def test_old_invitations_forget_whom_they_were_to(administrator: Client) -> None:
    found = invited(administrator)
    Client().post(link(found), TAKE)
    later = timezone.now() + timedelta(days=184)
    assert tidy(later)["invitations"] == 1
    assert (invitations()[-1].email, invitations()[-1].name) == ("", "")
    assert isinstance(invitations()[-1].accepted_by, UUID)
