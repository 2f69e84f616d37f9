"""The cast: known people with known rights in two municipalities, one county, and an outsider who must always get 404.

    def test_foreign_municipality(client, cast):
        login(client, cast["editor"])                     # of Halden (3101)
        assert client.get("/arbeid/0301/medlemmer/").status_code == 404

`cast["<role>"]` works in Halden (3101), `cast["<role>@oslo"]` in Oslo (0301); governor, directorate, rvts-adviser and
operator stand above. `cast["outsider"]` has an account and no role. `cast["both"]` edits in Halden and leads in Oslo.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID, uuid5

from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.account.models import EmailAddress
from django.test import Client
from django.utils import timezone

from samvirke.access.permissions import ROLES, Level, Role
from samvirke.access.scope import Scope, opened, own_scope, system_scope
from samvirke.accounts import rules
from samvirke.accounts.models import Account, Membership
from samvirke.accounts.rules import Held

HALDEN, OSLO = "3101", "0301"
COUNTY, REGION = "31", "rvts-ost"
LONG_AGO = datetime(2026, 1, 5, 8, tzinfo=UTC)
NAMES = {
    Role.EDITOR: "Eli Rud",
    Role.APPROVER: "Gunnar Moe",
    Role.CONTACT_PERSON: "Kari Lunde",
    Role.TEAM_LEADER: "Lars Berg",
    Role.REGISTRAR: "Rita Haug",
    Role.HEALTH_PROFESSIONAL: "Helge Dahl",
    Role.REVIEWER: "Ingrid Strand",
    Role.PRIVACY_OFFICER: "Per Vik",
    Role.ADMINISTRATOR: "Anne Holm",
    Role.GOVERNOR: "Sverre Fossum",
    Role.DIRECTORATE: "Dina Sletten",
    Role.RVTS_ADVISER: "Ragnhild Aas",
    Role.OPERATOR: "Odd Nygård",
}


@dataclass(frozen=True)
class Player:
    """One of the cast. `scope(code)` is what they may do in a municipality."""

    id: UUID
    name: str
    email: str
    held: tuple[Held, ...]

    @property
    def account(self) -> Account:
        return Account.objects.get(pk=self.id)

    def scope(self, municipality: str) -> Scope:
        """Return the scope this person has in a municipality, for tests that call actions without HTTP."""
        here = [one for one in self.held if one.municipality in {municipality, None}]
        return Scope(self.id, frozenset({municipality}), rules.needs_of(here), municipality)

    def own_scope(self) -> Scope:
        """Return the scope for what this person does with their own account."""
        return own_scope(self.id)


def _player(key: str, name: str, *held: Held) -> Player:
    id_ = uuid5(UUID("6ba7b811-9dad-11d1-80b4-00c04fd430c8"), f"cast/{key}")
    return Player(id_, name, f"{key.replace('@', '.')}@example.no", held)


def _above(role: Role) -> Held:
    level = ROLES[role].level
    return Held(
        role,
        county=COUNTY if level is Level.COUNTY else None,
        region=REGION if level is Level.REGION else None,
    )


def _everybody() -> dict[str, Player]:
    people: dict[str, Player] = {}
    for role, name in NAMES.items():
        if ROLES[role].level is Level.MUNICIPALITY:
            people[role.value] = _player(role.value, name, Held(role, HALDEN))
            people[f"{role.value}@oslo"] = _player(f"{role.value}@oslo", f"{name} Oslo", Held(role, OSLO))
        else:
            people[role.value] = _player(role.value, name, _above(role))
    people["both"] = _player("both", "Bente Toverud", Held(Role.EDITOR, HALDEN), Held(Role.TEAM_LEADER, OSLO))
    people["outsider"] = _player("outsider", "Ulf Utenfor")
    return people


CAST: Mapping[str, Player] = _everybody()


def move_in() -> Mapping[str, Player]:
    """Write the cast to the database, in the transaction of the test, and return it."""
    people = list(CAST.values())
    Account.objects.bulk_create(
        [
            Account(pk=one.id, email=one.email, name=one.name, password="!", created_at=LONG_AGO)
            for one in people
        ]
    )
    EmailAddress.objects.bulk_create(
        [EmailAddress(user_id=one.id, email=one.email, verified=True, primary=True) for one in people]
    )
    with opened(system_scope("the tests' cast moves in")):
        Membership.objects.bulk_create(
            [
                Membership(
                    account_id=one.id, role=held.role, municipality_id=held.municipality, county_id=held.county,
                    region_id=held.region, since=LONG_AGO,
                )
                for one in people
                for held in one.held
            ]
        )  # fmt: skip
    return CAST


def login(client: Client, person: Player, *, factors: int = 2) -> Client:
    """Log a client in as one of the cast, with two factors, or with a password alone."""
    client.force_login(person.account)
    now, session = timezone.now().timestamp(), client.session
    records = [{"method": "password", "at": now, "reauthenticated": True}]
    if factors > 1:
        records.append({"method": "mfa", "type": "totp", "at": now, "reauthenticated": True})
    session[AUTHENTICATION_METHODS_SESSION_KEY] = records
    session["account_authentication_methods_user"] = str(person.id)
    session["started"] = now
    session.save()
    return client
