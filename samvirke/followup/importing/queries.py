"""The statements that carry thousands of people at once. Only the acts and the search for doubles call them.

What is sealed, and tokens, go over as hexadecimal text: psycopg writes an array of bytes a hundred times slower.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.db.models import Model, Q

from samvirke.access.scope import Scope, require_opened
from samvirke.followup.models import Step
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
"""So many people in one statement, each with a whole plan: none may take as long as statements are given."""
MOST_SHARED = 50
"""A sound of a name that more people share tells too little: who is found by it alone is not looked at."""
BYTES = "bytea"


def add_like(first: Model, varied: Mapping[str, Sequence[object]]) -> None:
    """Write rows that are like one, but for some columns: each a value per row. `first` itself is not written."""
    count = len(next(iter(varied.values())))
    for place in range(0, count, AT_ONCE):
        _add_like(first, {name: values[place : place + AT_ONCE] for name, values in varied.items()})


def _add_like(first: Model, varied: Mapping[str, Sequence[object]]) -> None:
    names, shown, common, types, values = [], [], [], [], []
    model = first._meta  # noqa: SLF001  (Django's own door to a model's columns)
    for field in model.concrete_fields:
        if field.generated:
            continue
        names.append(f'"{field.column}"')
        if field.attname in varied:
            kind, given = field.db_type(connection), varied[field.attname]
            shown.append(f"decode({names[-1]}, 'hex')" if kind == BYTES else names[-1])
            types.append((names[-1], "text" if kind == BYTES else kind))
            values.append([_hex(one) for one in given] if kind == BYTES else list(given))
        else:
            shown.append("%s")
            common.append(field.get_db_prep_save(getattr(first, field.attname), connection))
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {model.db_table} ({', '.join(names)}) SELECT {', '.join(shown)} "  # noqa: S608  (ours)
            f"FROM unnest({', '.join(f'%s::{kind}[]' for _name, kind in types)}) "
            f"AS one({', '.join(name for name, _kind in types)})",
            [*common, *values],
        )


def add_steps(municipality: str, followups: Sequence[UUID], steps: Sequence[Step]) -> None:
    """Write the same steps for several follow-ups of one municipality, each under the id that `step_id` tells."""
    names = ", ".join(COLUMNS)
    pattern = ", ".join(f"%s::{kind}[]" for kind in TYPES)
    for place in range(0, len(followups), AT_ONCE):
        with connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO followup_step (id, municipality_id, followup_id, {names}) "  # noqa: S608  (names of ours)
                f"SELECT (left(f.id::text, 34) || lpad(to_hex(s.place), 2, '0'))::uuid, %s, f.id, "
                f"{', '.join(f's.{name}' for name in COLUMNS)} FROM unnest(%s::uuid[]) AS f(id) "
                f"CROSS JOIN LATERAL unnest({pattern}) WITH ORDINALITY AS s({names}, place)",
                [
                    municipality,
                    list(followups[place : place + AT_ONCE]),
                    *([getattr(step, name) for step in steps] for name in COLUMNS),
                ],
            )


def step_id(followup: UUID, place: int) -> UUID:
    """Return the id of a step of a follow-up's first plan, by its place in it, from 1.

    The follow-up's own but for the last byte: steps of one plan lie side by side in the indexes, and no random number
    has to be drawn for each. The id alone opens nothing.
    """
    return UUID(bytes=followup.bytes[:15] + bytes([place]))


def add_tokens(municipality: str, found: Sequence[tuple[UUID, Collection[tuple[str, bytes]]]]) -> None:
    """Write people's blind tokens, (kind, token). Those that stand there already stay."""
    for place in range(0, len(found), AT_ONCE):
        by_kind: dict[tuple[UUID, str], list[str]] = defaultdict(list)
        for person, some in found[place : place + AT_ONCE]:
            for kind, token in sorted(some):
                by_kind[person, kind].append(token.hex())
        if not by_kind:
            continue
        people, kinds = zip(*by_kind, strict=True)
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO followup_token (person_id, municipality_id, kind, token) "
                "SELECT one.person, %s, one.kind, decode(each.token, 'hex') "
                "FROM unnest(%s::uuid[], %s::text[], %s::text[]) AS one(person, kind, tokens) "
                "CROSS JOIN string_to_table(one.tokens, ' ') AS each(token) "
                "ON CONFLICT (kind, token, person_id) DO NOTHING",
                [municipality, list(people), list(kinds), [" ".join(some) for some in by_kind.values()]],
            )


def people_by_token(
    scope: Scope, municipality: str, found: Collection[tuple[str, bytes]]
) -> dict[tuple[str, bytes], list[UUID]]:
    """Return who in a municipality has which of many tokens; one query. Tokens that very many share are left out."""
    require_opened(scope)
    if not found:
        return {}
    by_kind: dict[str, list[str]] = defaultdict(list)
    for kind, token in found:
        by_kind[kind].append(token.hex())
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT t.kind, t.token, t.person_id FROM unnest(%s::text[], %s::text[]) AS asked(kind, tokens) "
            "CROSS JOIN string_to_table(asked.tokens, ' ') AS each(token) "
            "JOIN followup_token t ON t.kind = asked.kind AND t.token = decode(each.token, 'hex') "
            "WHERE t.municipality_id = %s",
            [list(by_kind), [" ".join(some) for some in by_kind.values()], municipality],
        )
        there: dict[tuple[str, bytes], list[UUID]] = defaultdict(list)
        for kind, token, person in cursor.fetchall():
            there[kind, bytes(token)].append(person)
    return {known: people for known, people in there.items() if len(people) <= MOST_SHARED}


def _hex(value: object) -> str:
    return value.hex() if isinstance(value, bytes) else str(value)


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
