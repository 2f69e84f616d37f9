"""What a person's record is made of besides the plan: staff kept away, named access, consents, family, what lacks."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from samvirke.access.permissions import Role
from samvirke.access.scope import Scope
from samvirke.accounts.queries import members, members_with, people
from samvirke.followup.models import Barred, Named


@dataclass(frozen=True)
class Employee:
    """A member of staff in a list about one person."""

    account: UUID
    name: str
    at: datetime
    by_person: bool = True


def leaders(scope: Scope, municipality: str) -> list[tuple[UUID, str]]:
    """Return a municipality's team leaders."""
    return [(one.id, one.name) for one in members_with(scope, municipality, [Role.TEAM_LEADER])]


def staff(scope: Scope, municipality: str) -> list[tuple[UUID, str]]:
    """Return all who have a role in a municipality, by name."""
    return [(one.person.id, one.person.name) for one in members(scope, municipality)]


def named(scope: Scope, person_id: UUID) -> list[Employee]:
    """Return who is named for somebody with strengt fortrolig address."""
    rows = list(
        Named.objects.visible_to(scope).filter(person=person_id, ended_at__isnull=True).order_by("at")
    )
    names = people({row.account for row in rows})
    return [Employee(row.account, names[row.account].name, row.at) for row in rows if row.account in names]


def barred(scope: Scope, person_id: UUID) -> list[Employee]:
    """Return who is kept away from somebody: because the person said so, or because they are inhabil."""
    rows = list(
        Barred.objects.visible_to(scope).filter(person=person_id, ended_at__isnull=True).order_by("at")
    )
    names = people({row.account for row in rows})
    return [
        Employee(row.account, names[row.account].name, row.at, row.by_person)
        for row in rows
        if row.account in names
    ]
