"""Who on an incident's list may be the same person twice, and who was merged. What is shown is noted as read."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from samvirke.access.scope import Scope
from samvirke.followup import identity, opening, queries
from samvirke.followup.importing import alike
from samvirke.followup.listed import Side, side
from samvirke.followup.models import Followup, Merge, Person
from samvirke.incidents.models import Incident

MOST_SHOWN = 25


@dataclass(frozen=True)
class Double:
    """Two registrations side by side. `id`: of the merge, when they are merged."""

    kept: UUID
    gone: UUID
    left: Side
    right: Side
    id: UUID | None = None


def doubles(scope: Scope, event: Incident, now: datetime) -> list[Double]:
    """Return pairs on the list who may be one person, the first registered to the left; at most 25."""
    merged = Merge.objects.visible_to(scope).filter(undone_at__isnull=True).values("gone")
    there = Followup.objects.visible_to(scope).filter(incident=event.id, municipality=scope.municipality)
    rows = Person.objects.visible_to(scope).filter(id__in=there.values("person")).exclude(id__in=merged)
    people = list(rows.order_by("registered_at", "id"))
    allowed = opening.openable(scope, people)
    people = [one for one in people if one.id in allowed]
    known = queries.unsealed(scope, people, now)
    found = alike.among([known[one.id].identity for one in people])
    shown = [(people[first], people[place]) for place, first in found.items()][:MOST_SHOWN]
    queries.opened_people(
        scope, list({one.id: one for pair in shown for one in pair}.values()), why="same?", now=now
    )
    return [
        Double(one.id, other.id, side(known[one.id].identity, ""), side(known[other.id].identity, ""))
        for one, other in shown
    ]


@dataclass(frozen=True)
class Joined:
    """A registration that was merged into somebody's. `name` empty: not for the asking person to see."""

    id: UUID
    at: datetime
    name: str


def joined(scope: Scope, one: Followup, now: datetime) -> list[Joined]:
    """Return the registrations merged into that of somebody whose record is open, the newest first; names are noted as read."""
    rows = list(
        Merge.objects.visible_to(scope).filter(kept=one.person_id, undone_at__isnull=True).order_by("-at")
    )
    if not rows:
        return []
    gone = {row.gone_id for row in rows}
    mine = set(queries.followups(scope).filter(person__in=gone).values_list("person", flat=True))
    people = list(Person.objects.visible_to(scope).filter(id__in=mine))
    seen = queries.opened_people(scope, people, why="person", now=now)
    return [
        Joined(row.id, row.at, seen[row.gone_id].identity.name if row.gone_id in seen else "") for row in rows
    ]


def merged(scope: Scope, now: datetime) -> Sequence[Double]:
    """Return who was merged, the newest first, and note that they were shown."""
    rows = Merge.objects.visible_to(scope).filter(undone_at__isnull=True, municipality=scope.municipality)
    found = list(rows.order_by("-at")[:MOST_SHOWN])
    people = list(
        Person.objects.visible_to(scope).filter(
            id__in=[id_ for row in found for id_ in (row.kept_id, row.gone_id)]
        )
    )
    allowed = opening.openable(scope, people)
    seen = queries.opened_people(scope, [one for one in people if one.id in allowed], why="same?", now=now)
    nobody = identity.Identity()

    def shown(person: UUID) -> Side:
        return side(seen[person].identity if person in seen else nobody, "")

    return [Double(row.kept_id, row.gone_id, shown(row.kept_id), shown(row.gone_id), row.id) for row in found]
