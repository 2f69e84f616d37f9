"""The queue as it is shown: who waits, for how long and why, families together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from samvirke.access.scope import Scope
from samvirke.accounts.queries import member_names
from samvirke.followup.lists import list_words, listing, worklists
from samvirke.followup.lists.listing import Line
from samvirke.followup.models import Followup


@dataclass(frozen=True)
class Waiting:
    """Somebody who waits for a contact person, since when, and why."""

    line: Line
    since: datetime
    waited: str
    why: object


@dataclass(frozen=True)
class Family:
    """Those of one household who wait, or one person alone. `has`: who follows up the others of the family."""

    members: Sequence[Waiting]
    has: str = ""
    apart: bool = False


AT_ONCE = 100
"""How many of the queue are shown, and can be given a contact person at once."""


def families(scope: Scope, now: datetime) -> list[Family]:
    """Return who waits, families together, and note whom it names; the first hundred. Six queries."""
    rows = worklists.queue(scope, now, size=AT_ONCE)
    who = listing.opened(scope, rows, now, (), why="queue")
    others = _others(scope, rows)
    staff = member_names(scope, set(others.values()))
    found: dict[UUID, list[Waiting]] = {}
    home: dict[UUID, UUID | None] = {}
    apart: set[UUID] = set()
    for row in rows:
        together = row.household_id if row.household and not row.household.closed_view else None
        found.setdefault(together or row.id, []).append(
            _waiting(row, listing.line(row, who.get(row.id), {}, now), now)
        )
        home[together or row.id] = row.household_id
        if row.household and not together:
            apart.add(row.id)
    return [
        Family(some, staff.get(others.get(home[key] or key, key), ""), key in apart)
        for key, some in found.items()
    ]


def _waiting(row: Followup, line: Line, now: datetime) -> Waiting:
    since = row.queued_since or now
    left = row.left  # type: ignore[attr-defined]
    known = {"left": "left", "barred": "barred", "apart": "apart"}
    why = list_words.QUEUED[known.get(left, "again" if left else "new")]
    return Waiting(line, since, list_words.waited(since, now), why)


def _others(scope: Scope, rows: Sequence[Followup]) -> Mapping[UUID, UUID]:
    """Return who follows up somebody else of the households, by household."""
    homes = {row.household_id for row in rows if row.household and not row.household.closed_view}
    if not homes:
        return {}
    theirs = Followup.objects.visible_to(scope).filter(
        household__in=homes, live=True, contact_id__isnull=False
    )
    return {
        home: contact
        for home, contact in theirs.values_list("household_id", "contact_id")
        if home and contact
    }
