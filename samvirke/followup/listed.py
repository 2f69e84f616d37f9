"""What the screen of a list shows: rows beside whom they may be. What is opened is noted in the access log."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext

from samvirke.access.log import note_read
from samvirke.access.scope import Scope
from samvirke.followup import desk, opening, queries
from samvirke.followup.actions.importing import opened_rows
from samvirke.followup.identity import Identity
from samvirke.followup.importing.columns import COLUMNS
from samvirke.followup.models import ListRow, ListRun, Person
from samvirke.incidents.models import Incident
from samvirke.kit.phones import say_number

KIND = "followup.list-row"
PAGE = 25


@dataclass(frozen=True)
class Side:
    """One side of a comparison."""

    name: str
    birth: str
    phones: str
    where: str


@dataclass(frozen=True)
class Pair:
    """A row and whom it may be. `other` None: somebody who may not be opened."""

    id: UUID
    number: int
    percent: int
    state: str
    mine: Side
    other: Side | None


def runs(scope: Scope, event: Incident) -> list[ListRun]:
    """Return the lists of an incident, the newest first."""
    rows = ListRun.objects.visible_to(scope).filter(incident=event.id, municipality=scope.municipality)
    return list(rows.exclude(state="dropped").order_by("-at")[:PAGE])


def shown(scope: Scope, run: ListRun, now: datetime) -> dict[str, Any]:
    """Return what the screen of one list needs: counts, the first pairs that lack an answer, what is wrong."""
    rows = ListRow.objects.visible_to(scope).filter(run=run.id)
    counts = Counter(rows.values_list("state", flat=True))
    asked = list(rows.filter(state__in=("alike", "same", "another")).order_by("state", "number")[:PAGE])
    return {
        "run": run,
        "counts": dict(counts),
        "new": counts["new"] + counts["another"],
        "waiting": counts["alike"],
        "answered": counts["same"] + counts["another"],
        "registered": counts["registered"],
        "added": counts["added"],
        "pairs": pairs(scope, run, asked, now),
        "rejected": [{**one, "field": COLUMNS.get(one["field"], (one["field"],))[0]} for one in run.rejected],
    }


def pairs(scope: Scope, run: ListRun, asked: list[ListRow], now: datetime) -> list[Pair]:
    """Return rows side by side with whom they may be, and note that those were shown."""
    above = {row.like_row for row in asked if row.like_row}
    others = ListRow.objects.visible_to(scope).filter(run=run.id, number__in=above, sealed__isnull=False)
    rows = [*asked, *others.exclude(id__in=[row.id for row in asked])]
    mine = opened_rows(scope, run, rows, now)
    note_read(scope, run.municipality_id, KIND, [row.id for row in rows], why="list", now=now)
    people = list(
        Person.objects.visible_to(scope).filter(id__in=[row.like_id for row in asked if row.like_id])
    )
    allowed = opening.openable(scope, people)
    seen = queries.opened_people(scope, [one for one in people if one.id in allowed], why="same?", now=now)
    on_list = gettext("På listen fra før")
    found = []
    for row in asked:
        other = None
        if row.like_id in seen:
            other = side(seen[row.like_id].identity, on_list)
        elif row.like_row in mine:
            other = side(mine[row.like_row].identity, gettext("Rad {n} i filen").format(n=row.like_row))
        here = side(mine[row.number].identity, gettext("Rad {n} i filen").format(n=row.number))
        found.append(Pair(row.id, row.number, round(100 * (row.likeness or 0)), row.state, here, other))
    return found


def side(who: Identity, where: str) -> Side:
    """Return what is compared of somebody."""
    return Side(who.name, desk.birth_shown(who.birth), ", ".join(map(say_number, who.phones)), where)
