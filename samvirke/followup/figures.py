"""Counts without people. The promise over the whole database stands here as SQL that does not trust the constraints."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.utils.translation import ngettext

from samvirke.access.scope import Scope, require_opened

LOST = {
    "no-contact-and-not-in-the-queue": "f.contact_id IS NULL AND f.queued_since IS NULL",
    "contact-without-deputy": "f.contact_id IS NOT NULL AND f.deputy_id IS NULL",
    "contact-is-no-longer-here": (
        "f.contact_id IS NOT NULL AND NOT EXISTS (SELECT FROM accounts_membership m "
        "WHERE m.id = f.contact_id AND m.active AND m.municipality_id = f.municipality_id)"
    ),
    "deputy-is-no-longer-here": (
        "f.deputy_id IS NOT NULL AND NOT EXISTS (SELECT FROM accounts_membership m "
        "WHERE m.id = f.deputy_id AND m.active AND m.municipality_id = f.municipality_id)"
    ),
    "no-next-step": (
        "NOT EXISTS (SELECT FROM followup_step s WHERE s.id = f.next_step_id AND s.followup_id = f.id "
        "AND s.state = 'open' AND s.closes IS NOT NULL)"
    ),
    "municipality-differs-from-the-persons": (
        "NOT EXISTS (SELECT FROM followup_person p WHERE p.id = f.person_id AND p.municipality_id = f.municipality_id)"
    ),
}
"""What must never be true of an active follow-up f."""


def lost() -> list[dict[str, str]]:
    """Return every broken promise, as the owner: kind and id."""
    found = []
    with connection.cursor() as cursor:
        for kind, condition in LOST.items():
            cursor.execute(
                f"SELECT f.id::text FROM followup_followup f WHERE f.state = 'active' AND {condition}"  # noqa: S608
            )
            found += [{"kind": kind, "followup": row[0]} for row in cursor.fetchall()]
        cursor.execute(
            "SELECT f.id::text FROM followup_followup f WHERE f.state <> 'active' AND NOT EXISTS "
            "(SELECT FROM followup_closing c WHERE c.id = f.closing_id AND c.followup_id = f.id)"
        )
        found += [{"kind": "closed-without-signature", "followup": row[0]} for row in cursor.fetchall()]
        cursor.execute(
            "SELECT f.id::text FROM followup_followup f JOIN followup_closing c ON c.id = f.closing_id "
            "WHERE c.ending = 'same-person' AND NOT EXISTS (SELECT FROM followup_merge m JOIN followup_followup k "
            "ON k.person_id = m.kept_id AND k.incident_id = f.incident_id "
            "WHERE m.gone_id = f.person_id AND m.undone_at IS NULL)"
        )
        found += [{"kind": "merged-into-nobody", "followup": row[0]} for row in cursor.fetchall()]
        cursor.execute(
            "SELECT p.id::text FROM followup_person p WHERE NOT p.reference "
            "AND NOT EXISTS (SELECT FROM followup_followup f WHERE f.person_id = p.id)"
        )
        found += [{"kind": "registered-without-follow-up", "person": row[0]} for row in cursor.fetchall()]
    return found


def counts(now: datetime) -> Mapping[str, int]:
    """Return how many are in active follow-up, over their deadline, and without a contact person; and tips that wait."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*), count(*) FILTER (WHERE next_closes < %s OR id IN (SELECT followup_id FROM followup_step "
            "WHERE state = 'open' AND owner = 'team-leader' AND closes < %s)), "
            "count(*) FILTER (WHERE queued_since IS NOT NULL) FROM followup_followup WHERE state = 'active'",
            [now, now],
        )
        active, overdue, unassigned = cursor.fetchone()
        cursor.execute("SELECT count(*) FROM followup_tip WHERE handled_at IS NULL")
        (tips,) = cursor.fetchone()
        cursor.execute("SELECT count(*) FROM followup_listrow WHERE state = 'alike'")
        (rows,) = cursor.fetchone()
    inbox = tips + rows
    return {"active": active, "overdue": overdue, "unassigned": unassigned, "tips": tips, "inbox": inbox}


def sees_everybody() -> bool:
    """Say whether this role sees every row, as only the owner does. A check that is blind has not passed."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT bool_and(NOT row_security_active(c.oid)) FROM pg_class c "
            "WHERE c.relrowsecurity AND c.relname LIKE 'followup%%'"
        )
        return bool(cursor.fetchone()[0])


def holds_open(scope: Scope, incident_id: UUID) -> list[str]:
    """Say why an incident cannot be closed: somebody in it is followed up, in whichever municipality (INCIDENT_HOLDS).

    Counted by a function of the database's owner: whoever leads is told numbers, never a person.
    """
    require_opened(scope)
    with connection.cursor() as cursor:
        cursor.execute("SELECT COALESCE(sum(people), 0) FROM samvirke_followed_up(%s)", [incident_id])
        people = int(cursor.fetchone()[0])
    if not people:
        return []
    text = ngettext(
        "{n} person i hendelsen følges opp ennå. Avslutt oppfølgingen først.",
        "{n} personer i hendelsen følges opp ennå. Avslutt oppfølgingen først.",
        people,
    )
    return [text.format(n=people)]


def erase_exercise(scope: Scope, incident_id: UUID) -> None:
    """Delete the invented people of a drill, with all that is written about them (EXERCISE_ERASERS).

    The database does it only for a drill that the scope's municipality leads.
    """
    require_opened(scope)
    with connection.cursor() as cursor:
        cursor.execute("SELECT samvirke_erase_exercise_people(%s)", [incident_id])
