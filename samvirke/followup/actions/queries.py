"""What nearly every act says to the database about one follow-up's steps, in SQL: Django builds it five times as long."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import DatabaseError, connection

from samvirke.access.scope import Scope
from samvirke.access.tenancy import seen_by
from samvirke.followup.models import Followup


def next_number(scope: Scope, one: Followup, code: str) -> int:
    """Return the number of the next step of a code in a follow-up."""
    mine, values = seen_by(scope, "municipality_id")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce(max(number), 0) + 1 FROM followup_step "  # noqa: S608
            f"WHERE followup_id = %s AND code = %s AND {mine}",
            [one.id, code, *values],
        )
        return int(cursor.fetchone()[0])


def settle(
    scope: Scope, one: Followup, ids: Sequence[UUID], state: str, *, now: datetime, because: str
) -> None:
    """Settle those of a follow-up's steps that are open or rest."""
    mine, values = seen_by(scope, "municipality_id")
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE followup_step SET state = %s, settled_at = %s, settled_because = %s "  # noqa: S608
            f"WHERE followup_id = %s AND id = ANY(%s) AND state IN ('open', 'paused') AND {mine}",
            [state, now, because, one.id, list(ids), *values],
        )


def save(scope: Scope, one: Followup, fields: Sequence[str]) -> None:
    """Save fields of a follow-up, as its own `save` would. Raises DatabaseError when it is no longer there."""
    mine, values = seen_by(scope, "municipality_id")
    given = ", ".join(f"{name} = %s" for name in fields)
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE followup_followup SET {given} WHERE id = %s AND {mine}",  # noqa: S608  (names of our own)
            [*(getattr(one, name) for name in fields), one.id, *values],
        )
        if cursor.rowcount != 1:
            raise DatabaseError("The follow-up is no longer there")
