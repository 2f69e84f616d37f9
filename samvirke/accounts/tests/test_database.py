"""What the database itself holds: who sees which rows, invented people among themselves, nobody deleted."""

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from samvirke.access.permissions import ROLES, Level, Role
from samvirke.access.scope import Scope, opened, system_scope
from samvirke.access.tenancy import ScopeMissing
from samvirke.accounts.models import Account, Invitation, Membership
from samvirke.accounts.tests.conftest import NOW, make
from tests.cast import HALDEN, OSLO

pytestmark = pytest.mark.django_db


def seen() -> set[str]:
    """Which accounts' roles the application's role sees in the scope that is open."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT a.email FROM accounts_membership m JOIN accounts_account a ON a.id = m.account_id"
        )
        return {row[0] for row in cursor.fetchall()}


def test_without_a_scope_nobody_has_a_role(cast) -> None:
    assert seen() == set()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM accounts_invitation")
        assert cursor.fetchone()[0] == 0
    with pytest.raises(ScopeMissing):
        Membership.objects.count()
    with pytest.raises(ScopeMissing):
        Invitation.objects.exists()


def test_a_municipality_sees_its_own_and_everybody_themselves(cast) -> None:
    with opened(Scope(None, frozenset({HALDEN}), frozenset())):
        halden = seen()
    assert cast["editor"].email in halden
    assert not {cast["editor@oslo"].email, cast["governor"].email, cast["operator"].email} & halden
    with opened(Scope(cast["governor"].id, frozenset(), frozenset())):
        assert seen() == {cast["governor"].email}


def test_one_sees_but_does_not_change_ones_own_roles(cast) -> None:
    with opened(Scope(cast["editor"].id, frozenset(), frozenset())), connection.cursor() as cursor:
        cursor.execute("UPDATE accounts_membership SET role = 'administrator'")
        assert cursor.rowcount == 0
    with (
        pytest.raises(DatabaseError, match="row-level security"),
        transaction.atomic(),
        opened(Scope(cast["editor"].id, frozenset({OSLO}), frozenset())),
    ):
        Membership(account_id=cast["editor"].id, role=Role.EDITOR, municipality_id=HALDEN, since=NOW).save(
            force_insert=True
        )


@pytest.mark.parametrize("table", ["accounts_account", "accounts_membership", "accounts_invitation"])
def test_the_application_deletes_nobody(cast, table: str) -> None:
    for statement in (f"DELETE FROM {table}", f"TRUNCATE {table} CASCADE"):
        with (
            pytest.raises(DatabaseError, match="permission denied"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)


def member(account: Account, role: Role, **place: object) -> None:
    with transaction.atomic(), opened(system_scope("prøve")):
        Membership(account=account, role=role, since=NOW, **place).save(force_insert=True)
        connection.check_constraints()


def invented_person() -> Account:
    account = Account(
        email="oppdiktet@eksempel.example", name="Oppdiktet Person", invented=True, created_at=NOW
    )
    account.set_unusable_password()
    account.save()
    return account


@pytest.mark.parametrize("invented", [True, False])
def test_an_invented_person_has_no_role_in_a_real_municipality(db: None, invented: bool) -> None:
    """Whatever the row says of itself, one of the two foreign keys refuses."""
    with pytest.raises(IntegrityError):
        member(invented_person(), Role.EDITOR, municipality_id=HALDEN, invented=invented)


@pytest.mark.parametrize("place", [{"county_id": "31"}, {"region_id": "rvts-ost"}, {}])
@pytest.mark.parametrize(
    "role", [role for role, facts in ROLES.items() if facts.level is not Level.MUNICIPALITY]
)
def test_an_invented_person_has_no_role_above_municipalities(
    db: None, role: Role, place: dict[str, str]
) -> None:
    with pytest.raises(IntegrityError):
        member(invented_person(), role, invented=True, **place)
    with pytest.raises(IntegrityError):
        member(invented_person_again(), role, invented=False, **place)


def invented_person_again() -> Account:
    return Account.objects.get(email="oppdiktet@eksempel.example")


def test_a_real_person_does_not_become_invented_while_they_have_a_role(db: None) -> None:
    account = make("ola@halden.kommune.no", Role.EDITOR)
    with pytest.raises(IntegrityError), transaction.atomic():
        Account.objects.filter(pk=account.pk).update(invented=True)


@pytest.mark.parametrize(
    ("role", "place"),
    [
        (Role.EDITOR, {}), (Role.EDITOR, {"county_id": "31"}), (Role.GOVERNOR, {}), (Role.GOVERNOR, {"municipality_id": HALDEN}),
        (Role.GOVERNOR, {"county_id": "31", "municipality_id": HALDEN}), (Role.RVTS_ADVISER, {"county_id": "31"}),
        (Role.DIRECTORATE, {"municipality_id": HALDEN}), (Role.OPERATOR, {"county_id": "31"}),
    ],
)  # fmt: skip
def test_a_role_stands_where_its_level_says(db: None, role: Role, place: dict[str, str]) -> None:
    with pytest.raises(IntegrityError):
        member(make(), role, **place)


def test_a_role_is_held_once(db: None) -> None:
    account = make("ola@halden.kommune.no", Role.EDITOR)
    with pytest.raises(IntegrityError):
        member(account, Role.EDITOR, municipality_id=HALDEN)
    boss = make("sf@example.no")
    member(boss, Role.DIRECTORATE)
    with pytest.raises(IntegrityError):
        member(boss, Role.DIRECTORATE)


def test_addresses_are_unique_whatever_the_letters(db: None) -> None:
    make("ola@halden.kommune.no")
    with pytest.raises(IntegrityError), transaction.atomic():
        Account(email="Ola@halden.kommune.no", name="O", created_at=NOW).save()
