"""What can be asked about people who log in. Other rooms reach accounts only through here."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.core.signing import BadSignature, Signer
from django.db import connection
from django.db.models import QuerySet
from django.utils.translation import gettext

from samvirke.access.permissions import Role
from samvirke.access.scope import NATIONAL, Scope, opened, system_scope
from samvirke.access.tenancy import seen_by
from samvirke.access.words import ROLE_NAMES
from samvirke.accounts.models import Account, Invitation, Membership
from samvirke.accounts.rules import Held, Town, by_name
from samvirke.reference.models import County, Municipality, Rvts

_SIGNER = Signer(salt="accounts.invitation")


@dataclass(frozen=True)
class Person:
    """Somebody who can log in, as other rooms may know them."""

    id: UUID
    name: str
    email: str
    language: str
    active: bool = True


@dataclass(frozen=True)
class Member:
    """Somebody with their roles in one municipality. `second_factor`: whether they have set one up."""

    person: Person
    roles: tuple[Role, ...]
    since: datetime
    last_login: datetime | None
    second_factor: bool

    @property
    def titles(self) -> list[str]:
        """Return the roles' names in the reader's language."""
        return [title for _key, title in self.named]

    @property
    def named(self) -> list[tuple[str, str]]:
        """Return each role's key and name."""
        return [(role.value, str(ROLE_NAMES[role])) for role in self.roles]


def town(code: str) -> Town | None:
    """Return where a municipality lies, or None if there is no such municipality."""
    found = _towns(Municipality.objects.filter(code=code))
    return found[0] if found else None


def towns() -> list[Town]:
    """Return all municipalities; one query."""
    return _towns(Municipality.objects.order_by("code"))


def _towns(found: QuerySet[Municipality]) -> list[Town]:
    return [Town(*row) for row in found.values_list("code", "county_id", "county__rvts_id", "invented")]


def is_county(code: str) -> bool:
    """Say whether there is such a county."""
    return County.objects.filter(code=code).exists()


def is_region(key: str) -> bool:
    """Say whether there is such an RVTS."""
    return Rvts.objects.filter(key=key).exists()


def held(account: UUID) -> list[Held]:
    """Return the roles somebody has now, wherever. Opens their own scope: it is asked before any other is known."""
    with opened(Scope(account, frozenset(), frozenset())):
        rows = (
            Membership.objects.across_tenants(why="somebody's own roles")
            .filter(account=account, active=True)
            .order_by("since", "role")
            .values_list("role", "municipality_id", "county_id", "region_id")
        )
        return [Held(Role(role), *place) for role, *place in rows]


def person(account: UUID) -> Person | None:
    """Return somebody by id."""
    return people([account]).get(account)


def people(accounts: Collection[UUID]) -> dict[UUID, Person]:
    """Return several people by id; one query. Also those who have left: the journal names them."""
    return {one.pk: _person(one) for one in Account.objects.filter(pk__in=accounts)}


def account_by_email(email: str) -> Account | None:
    """Return the account with an e-mail address, active or not."""
    return Account.objects.filter(email=email.strip().lower()).first()


def members(scope: Scope, municipality: str | None) -> list[Member]:
    """Return those who have a role in a municipality now, by name; two queries. None: a role that is in none."""
    rows = list(
        Membership.objects.visible_to(scope)
        .filter(municipality=municipality, active=True)
        .select_related("account")
        .order_by("since")
    )
    secured = set(
        Authenticator.objects.filter(user__in={row.account_id for row in rows}).values_list(
            "user_id", flat=True
        )
    )
    by_account: dict[UUID, list[Membership]] = {}
    for row in rows:
        by_account.setdefault(row.account_id, []).append(row)
    found = [
        Member(
            _person(mine[0].account),
            tuple(Role(row.role) for row in mine),
            mine[0].since,
            mine[0].account.last_login,
            account in secured,
        )
        for account, mine in by_account.items()
    ]
    return sorted(found, key=lambda one: by_name(one.person.name))


def member(scope: Scope, municipality: str, account: UUID) -> Member | None:
    """Return somebody's roles in a municipality, or None when they have none there."""
    return next((one for one in members(scope, municipality) if one.person.id == account), None)


def members_with(scope: Scope, municipality: str, roles: Collection[Role]) -> list[Person]:
    """Return those who have one of these roles in a municipality now; for letters to them."""
    return [one.person for one in members(scope, municipality) if set(roles) & set(one.roles)]


def open_invitations(scope: Scope, municipality: str) -> list[Invitation]:
    """Return a municipality's invitations that are neither used nor withdrawn, newest first."""
    return list(
        Invitation.objects.visible_to(scope)
        .filter(municipality=municipality, accepted_at__isnull=True, withdrawn_at__isnull=True)
        .order_by("-invited_at")
    )


def invitation(scope: Scope, id_: UUID) -> Invitation | None:
    """Return an invitation by id."""
    return Invitation.objects.visible_to(scope).filter(pk=id_).first()


def link_token(found: Invitation) -> str:
    """Return what stands in an invitation's link. It is signed anew each time, and stored nowhere."""
    return _SIGNER.sign_object([found.pk.hex, found.nonce])


def invitation_by_token(token: str, now: datetime) -> Invitation | None:
    """Return the invitation that a link is for, if it can still be accepted."""
    try:
        id_, nonce = _SIGNER.unsign_object(token)
    except (BadSignature, ValueError, TypeError):
        return None
    with opened(system_scope("åpne en invitasjon")) as scope:
        return open_for(scope, now).filter(pk=id_, nonce=nonce).first()


def invitations_for(email: str, now: datetime) -> list[Invitation]:
    """Return the invitations to an address that can still be accepted."""
    with opened(system_scope("finn invitasjonene til den som logger inn med identitetstjeneste")) as scope:
        return list(open_for(scope, now).filter(email=email.strip().lower()).order_by("invited_at"))


def open_for(scope: Scope, now: datetime) -> QuerySet[Invitation]:
    """Return the invitations that can be accepted at a moment."""
    return Invitation.objects.visible_to(scope).filter(
        accepted_at__isnull=True, withdrawn_at__isnull=True, expires_at__gt=now
    )


def place_names(codes: Collection[str]) -> Mapping[str, str]:
    """Return the names of municipalities by code."""
    return dict(
        Municipality.objects.filter(code__in=set(codes) - {NATIONAL}).values_list("code", "name_unique")
    )


def _person(one: Account) -> Person:
    return Person(one.pk, one.name, one.email, one.language, one.is_active)


@dataclass(frozen=True)
class Named:
    """One of somebody's roles, with the name of where it counts."""

    role: Role
    place: str

    @property
    def name(self) -> str:
        """Return the role's name in the reader's language."""
        return str(ROLE_NAMES[self.role])


def named(roles: Collection[Held]) -> list[Named]:
    """Return roles with the names of their places, for their owner."""
    towns_ = place_names({one.municipality for one in roles if one.municipality})
    counties = dict(
        County.objects.filter(pk__in={one.county for one in roles if one.county}).values_list("pk", "name")
    )
    regions = dict(
        Rvts.objects.filter(pk__in={one.region for one in roles if one.region}).values_list(
            "pk", "name_short"
        )
    )
    return [
        Named(
            one.role,
            towns_.get(one.municipality or "")
            or counties.get(one.county or "")
            or regions.get(one.region or "")
            or gettext("hele landet"),
        )
        for one in roles
    ]


def forget_spent_limits(now: datetime) -> int:
    """Remove limits to attempts that have run out, and return how many."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM samvirke_cache WHERE expires < %s", [now])
        return int(cursor.rowcount)


def memberships(scope: Scope, account: UUID, *, active: bool = True) -> list[UUID]:
    """Return the ids of somebody's memberships in the scope's municipalities, those that count now or the ended ones."""
    mine, values = seen_by(scope, "municipality_id")
    with (
        connection.cursor() as cursor
    ):  # asked in nearly every act: built by Django it takes five times as long
        cursor.execute(
            f"SELECT id FROM accounts_membership WHERE account_id = %s AND active = %s AND {mine} ORDER BY id",  # noqa: S608
            [account, active, *values],
        )
        return [row[0] for row in cursor.fetchall()]


def holders(scope: Scope, municipality: str, roles: Collection[Role]) -> list[UUID]:
    """Return the memberships that give one of these roles in a municipality now."""
    rows = Membership.objects.visible_to(scope).filter(
        municipality=municipality, role__in=[role.value for role in roles], active=True
    )
    return list(rows.order_by("since", "id").values_list("id", flat=True))


def owners_of(scope: Scope, ids: Collection[UUID]) -> dict[UUID, UUID]:
    """Return whose memberships these are, by membership."""
    rows = Membership.objects.visible_to(scope).filter(id__in=ids)
    return dict(rows.values_list("id", "account"))


def member_names(scope: Scope, ids: Collection[UUID]) -> dict[UUID, str]:
    """Return the names of those who hold these memberships, by membership; one query, none for nobody."""
    if not ids:
        return {}
    rows = Membership.objects.visible_to(scope).filter(id__in=ids)
    return dict(rows.values_list("id", "account__name"))


def staff_with(scope: Scope, municipality: str, roles: Collection[Role]) -> list[tuple[UUID, UUID, str]]:
    """Return who has one of these roles in a municipality now: membership, account, name; one query."""
    rows = Membership.objects.visible_to(scope).filter(
        municipality=municipality, role__in=[role.value for role in roles], active=True
    )
    return list(rows.order_by("since", "id").values_list("id", "account", "account__name"))
