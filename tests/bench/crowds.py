"""Crowds for the follow-up figures: people who are really sealed in one municipality, and rows of history in others."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db import connection

from samvirke.access.permissions import Role
from samvirke.access.scope import Scope, opened, system_scope
from samvirke.followup import actions
from samvirke.followup.identity import Identity
from samvirke.followup.importing.reading import Sheet
from samvirke.followup.models import Followup
from samvirke.followup.newcomer import Newcomer
from samvirke.followup.rules.people import Part, Source
from samvirke.followup.simulation.people import FIRST, LAST
from tests.bench.attempts import incident, staff

PLACE = "3107"
ELSEWHERE = ("3110", "3112", "3114", "3116", "3118", "3120", "3122", "3124")
NOW = datetime(2026, 11, 20, 11, 0, tzinfo=UTC)
PARTS = (Part.WITNESS, Part.INJURED, Part.CLOSE_TO_INJURED, Part.OTHER)
AT_A_TIME = 30


def newcomer(number: int) -> Newcomer:
    """Return somebody invented whom no other of the crowd is like."""
    first, last = FIRST[number % len(FIRST)], LAST[number // len(FIRST) % len(LAST)]
    year, day = 1940 + number % 70, 1 + number % 28
    who = Identity(
        first=first,
        last=f"{last}{number // 2000}",
        birth=f"{year}-05-{day:02}",
        phones=(f"+4700{number:06}",),
    )
    return Newcomer(who, PARTS[number % 4], Source.EPS, NOW)


def here(people: int, place: str = PLACE) -> tuple[Scope, Scope, UUID]:
    """Register people in one municipality; return a leader, a contact person with 30 of them, and the incident."""
    leader, second = staff(place, Role.TEAM_LEADER, NOW)
    helper, first = staff(place, Role.CONTACT_PERSON, NOW)
    event = incident(place, NOW)
    sheet = Sheet(read=people, people={number: newcomer(number) for number in range(people)})
    done = actions.import_list(leader, event, place, sheet, now=NOW)
    if done.created != people:
        raise RuntimeError(f"{done.created} of {people} were registered")
    with opened(leader):
        some = list(
            Followup.objects.visible_to(leader).order_by("id").values_list("id", flat=True)[:AT_A_TIME]
        )
    actions.assign(leader, place, some, first, second, now=NOW)
    return leader, helper, event


def elsewhere(steps: int) -> int:
    """Copy one person's rows, sealed and never opened, to other municipalities until there are so many steps in all."""
    with opened(system_scope("bench")), connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 0")
        cursor.execute("SELECT count(*) FROM followup_step")
        (there,) = cursor.fetchone()
        cursor.execute(
            "SELECT f.person_id, f.id, (SELECT count(*) FROM followup_step s WHERE s.followup_id = f.id) "
            "FROM followup_followup f WHERE f.queued_since IS NOT NULL ORDER BY 3 DESC, f.id LIMIT 1"
        )
        person, followup, each = cursor.fetchone()
        count, salt = max((steps - there) // each, 0), uuid4().hex
        own = {"followup_person": ("p", "id", person), "followup_followup": ("f", "id", followup),
               "followup_step": ("s", "followup_id", followup)}  # fmt: skip
        for table, (mark, column, value) in own.items():
            cursor.execute(
                _copies(table, mark, column, _columns(cursor, table), salt), [list(ELSEWHERE), count, value]
            )
        cursor.execute("SELECT count(*) FROM followup_step")
        return int(cursor.fetchone()[0])


def _columns(cursor: Any, table: str) -> Sequence[str]:
    cursor.execute(
        "SELECT column_name FROM information_schema.columns WHERE table_name = %s AND is_generated = 'NEVER' "
        "ORDER BY ordinal_position",
        [table],
    )
    return [row[0] for row in cursor.fetchall()]


def _copies(table: str, mark: str, column: str, names: Sequence[str], salt: str) -> str:
    """Return the statement that copies rows under new ids made of their number, spread over the municipalities."""
    fresh = {
        "id": f"md5('{mark}{salt}' || n || t.id)::uuid",
        "municipality_id": "places[1 + n %% 8]",
        "person_id": f"md5('p{salt}' || n || t.person_id)::uuid",
        "followup_id": f"md5('f{salt}' || n || t.followup_id)::uuid",
        "next_step_id": f"md5('s{salt}' || n || t.next_step_id)::uuid",
    }
    values = ", ".join(fresh.get(name, f't."{name}"') for name in names)
    quoted = ", ".join(f'"{name}"' for name in names)
    return (
        f"INSERT INTO {table} ({quoted}) "  # noqa: S608  (names of tables and columns, none from outside)
        f"SELECT {values} FROM {table} t, (SELECT %s::text[] AS places) p, generate_series(1, %s) n WHERE t.{column} = %s"
    )


LATER = timedelta(days=30)
"""How long after the incident the lists are asked for: much is over its deadline."""
