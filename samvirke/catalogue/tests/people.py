"""Two municipalities, and people with different roles in them."""

from typing import Any
from uuid import UUID

from samvirke.access.models import Journal
from samvirke.access.permissions import ROLES, Role
from samvirke.access.scope import NATIONAL, Scope, opened
from samvirke.catalogue.tests.conftest import HALDEN, SYSTEM

SARPSBORG = "3105"
KARI = UUID("11111111-1111-4111-8111-111111111111")
OLA = UUID("22222222-2222-4222-8222-222222222222")
LIV = UUID("33333333-3333-4333-8333-333333333333")


def as_(role: Role, account: UUID = KARI, code: str = HALDEN) -> Scope:
    """Return what somebody with a role may do."""
    return Scope(
        account, frozenset({code}), ROLES[role].needs, municipality=None if code == NATIONAL else code
    )


EDITOR = as_(Role.EDITOR)
ANOTHER_EDITOR = as_(Role.EDITOR, OLA)
APPROVER = as_(Role.APPROVER, LIV)
WRITING_APPROVER = as_(Role.APPROVER, KARI)
ADMINISTRATOR = as_(Role.ADMINISTRATOR, OLA)
TEAM_LEADER = as_(Role.TEAM_LEADER, OLA)
NEIGHBOUR = as_(Role.APPROVER, OLA, SARPSBORG)


def journal() -> list[Any]:
    """Return every journal row, in the order they were written."""
    with opened(SYSTEM):
        return list(Journal.objects.visible_to(SYSTEM).order_by("written_at"))
