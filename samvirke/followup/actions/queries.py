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


APART = """
WITH related AS NOT MATERIALIZED (
    SELECT person_id AS one, other_id AS other, no_contact FROM followup_relation r WHERE ended_at IS NULL AND {r}
    UNION ALL
    SELECT other_id, person_id, no_contact FROM followup_relation r WHERE ended_at IS NULL AND {r}
), lives AS NOT MATERIALIZED (
    SELECT f.person_id AS one, g.person_id AS other FROM followup_followup f
    JOIN followup_followup g ON g.household_id = f.household_id WHERE {f} AND {g}
), ours AS (
    SELECT %s::uuid AS person
    UNION SELECT other FROM lives WHERE one = %s
    UNION SELECT other FROM related WHERE one = %s AND NOT no_contact
), theirs AS (
    SELECT other AS person FROM related WHERE one IN (SELECT person FROM ours) AND no_contact
    EXCEPT SELECT person FROM ours
), apart AS (
    SELECT other AS person FROM related WHERE one = %s AND no_contact
    UNION (
        (SELECT person FROM theirs
         UNION SELECT other FROM lives WHERE one IN (SELECT person FROM theirs)
         UNION SELECT other FROM related WHERE one IN (SELECT person FROM theirs) AND NOT no_contact)
        EXCEPT SELECT person FROM ours
    )
)
SELECT f.contact_id, f.deputy_id FROM followup_followup f WHERE f.person_id IN (SELECT person FROM apart) AND f.live AND {f}
"""


def staff_of_the_other_side(scope: Scope, person: UUID) -> set[UUID]:
    """Return who follows up those that a person and their family must be kept apart from, families included.

    The families of victim and perpetrator never share contact person (PRODUCT.md § 4.5): who lives with or belongs
    to somebody on one side counts with them. One query.
    """
    said = {name: seen_by(scope, f"{name}.municipality_id") for name in ("r", "f", "g")}
    here = said["f"][1]
    statement = APART.format(**{name: condition for name, (condition, _) in said.items()})
    with connection.cursor() as cursor:
        cursor.execute(statement, [*here * 4, person, person, person, person, *here])
        return {staff for row in cursor.fetchall() for staff in row if staff}
