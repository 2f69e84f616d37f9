"""The statements that carry thousands of people at once. Only the acts and the search for doubles call them."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.db.models import Q

from samvirke.access.scope import Scope, require_opened
from samvirke.followup.models import Followup, Step
from samvirke.incidents.models import Incident, Participation
from samvirke.incidents.queries import newest

COLUMNS = (
    "code", "number", "opens", "aim", "closes", "owner", "channel", "health", "state", "reason", "source",
    "template", "settled_because",
)  # fmt: skip
TYPES = (
    "text", "int", "timestamptz", "timestamptz", "timestamptz", "text", "text", "bool", "text", "text", "text",
    "text", "text",
)  # fmt: skip
AT_ONCE = 500
"""So many follow-ups in one statement, each with a whole plan: none may take as long as statements are given."""
MOST_SHARED = 50
"""A sound of a name that more people share tells too little: who is found by it alone is not looked at."""


def add_steps(rows: Sequence[Followup], steps: Sequence[Step], first: int) -> None:
    """Write the same steps for several follow-ups of one municipality; `first`: the one they point at."""
    for place in range(0, len(rows), AT_ONCE):
        _add_steps(rows[place : place + AT_ONCE], steps, first)


def _add_steps(rows: Sequence[Followup], steps: Sequence[Step], first: int) -> None:
    names = ", ".join(COLUMNS)
    pattern = ", ".join(f"%s::{kind}[]" for kind in TYPES)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO followup_step (id, municipality_id, followup_id, {names}) "  # noqa: S608  (names of ours)
            f"SELECT CASE WHEN s.place = %s THEN f.next ELSE gen_random_uuid() END, %s, f.id, "
            f"{', '.join(f's.{name}' for name in COLUMNS)} "
            f"FROM unnest(%s::uuid[], %s::uuid[]) AS f(id, next) "
            f"CROSS JOIN unnest({pattern}) WITH ORDINALITY AS s({names}, place)",
            [
                first + 1,
                rows[0].municipality_id,
                [row.id for row in rows],
                [row.next_step_id for row in rows],
                *([getattr(step, name) for step in steps] for name in COLUMNS),
            ],
        )


def add_tokens(municipality: str, found: Sequence[tuple[UUID, str, bytes]]) -> None:
    """Write blind tokens: person, kind, token. Those that stand there already stay."""
    if not found:
        return
    people, kinds, tokens = zip(*found, strict=True)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO followup_token (person_id, municipality_id, kind, token) "
            "SELECT one.person, %s, one.kind, one.token "
            "FROM unnest(%s::uuid[], %s::text[], %s::bytea[]) AS one(person, kind, token) "
            "ON CONFLICT (kind, token, person_id) DO NOTHING",
            [municipality, list(people), list(kinds), list(tokens)],
        )


def people_by_token(
    scope: Scope, municipality: str, found: Collection[tuple[str, bytes]]
) -> dict[tuple[str, bytes], list[UUID]]:
    """Return who in a municipality has which of many tokens; one query. Tokens that very many share are left out."""
    require_opened(scope)
    if not found:
        return {}
    kinds, tokens = zip(*found, strict=True)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT t.kind, t.token, t.person_id FROM followup_token t "
            "JOIN unnest(%s::text[], %s::bytea[]) AS asked(kind, token) USING (kind, token) "
            "WHERE t.municipality_id = %s",
            [list(kinds), list(tokens), municipality],
        )
        there: dict[tuple[str, bytes], list[UUID]] = defaultdict(list)
        for kind, token, person in cursor.fetchall():
            there[kind, bytes(token)].append(person)
    return {known: people for known, people in there.items() if len(people) <= MOST_SHARED}


def incident_named(scope: Scope, reference: str) -> Incident | None:
    """Return an incident by its reference, for the system's own scope."""
    return Incident.objects.visible_to(scope).filter(reference=reference.strip()).first()


def takes_part(scope: Scope, event: Incident, now: datetime) -> set[str]:
    """Return the municipalities that lead an incident or take part in it now."""
    rows = Participation.objects.visible_to(scope).filter(incident=event.id)
    parts = rows.exclude(until__lte=now).values_list("municipality", flat=True)
    return {str(event.municipality_id), *map(str, parts)}


def open_forms(codes: Sequence[str] | None) -> dict[str, bool]:
    """Return which municipalities have a public form, and whether it is open. Tells nothing else, and needs no scope."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT municipality, open FROM samvirke_open_forms(%s)", [None if codes is None else list(codes)]
        )
        return dict(cursor.fetchall())


def incidents_here(scope: Scope, municipality: str, now: datetime) -> list[Incident]:
    """Return the incidents that go on and that a municipality leads or takes part in, the newest first."""
    mine = Participation.objects.visible_to(scope).filter(municipality=municipality).exclude(until__lte=now)
    here = Q(municipality=municipality) | Q(id__in=mine.values("incident"))
    return list(newest(scope).filter(here, state="active")[:20])
