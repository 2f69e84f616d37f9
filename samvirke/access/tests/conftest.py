"""What the access tests share: a moment, two municipalities, and scopes in them."""

from datetime import UTC, datetime
from uuid import UUID

from samvirke.access.permissions import Need
from samvirke.access.scope import Scope

NOW = datetime(2026, 11, 20, 11, 0, tzinfo=UTC)
HALDEN, OSLO = "3101", "0301"
KARI = UUID("11111111-1111-4111-8111-111111111111")
OLA = UUID("22222222-2222-4222-8222-222222222222")


def in_(code: str, *needs: Need, account: UUID = KARI) -> Scope:
    return Scope(account, frozenset({code}), frozenset(needs or Need), municipality=code)
