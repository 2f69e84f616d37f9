"""Logging an attempt, as the action does it, beside the very same statements as bare SQL in a transaction of its own."""

import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID, uuid4

import psycopg
from django.db import connection, transaction

from samvirke.access.permissions import ROLES, Role
from samvirke.access.scope import Scope, opened, system_scope
from samvirke.accounts.models import Account, Membership
from samvirke.followup import actions
from samvirke.followup.actions.attempts import Tried
from samvirke.followup.identity import Identity
from samvirke.followup.rules.outcomes import Outcome
from samvirke.followup.rules.people import Part, Source
from samvirke.incidents.models import Incident
from tests.bench.measure import Figure

PLACE = "3105"
NOW = datetime(2026, 11, 20, 11, 0, tzinfo=UTC)
PEOPLE, ROUNDS = 240, 4  # half of the people for the action, half for the bare statements
OUTCOMES = (Outcome.ACCEPTS, Outcome.NO_ANSWER, Outcome.NOT_NOW, Outcome.NO_THANKS)
Statement = tuple[str, Any]


def staff(place: str, role: Role, now: datetime = NOW) -> tuple[Scope, UUID]:
    """Make somebody with a role; return what they may do, and their membership."""
    account = Account(id=uuid4(), email=f"{uuid4().hex}@example.no", name="Oppdiktet", created_at=now)
    account.save(force_insert=True)
    row = Membership(account=account, role=role.value, municipality_id=place, since=now)
    with opened(system_scope("bench")):
        row.save(force_insert=True)
    return Scope(account.id, frozenset({place}), ROLES[role].needs, place), row.id


def incident(place: str, now: datetime = NOW) -> UUID:
    """Let something happen."""
    row = Incident(
        id=uuid4(), municipality_id=place, reference=f"{place}-{uuid4().hex[:8]}", kind="exercise", title="Øvelse",
        happened_at=now - timedelta(hours=3), reported_at=now, state="active", exercise=True,
    )  # fmt: skip
    with opened(system_scope("bench")):
        row.save(force_insert=True)
    return row.id


def figures() -> Iterator[Figure]:
    """Log attempts of four outcomes in turn, by the action and by the statements it made for somebody just alike."""
    leader, second = staff(PLACE, Role.TEAM_LEADER)
    helper, first = staff(PLACE, Role.CONTACT_PERSON)
    event = incident(PLACE)
    people = [_assigned(leader, event, number, first, second) for number in range(PEOPLE)]
    for one in people[:20]:
        _log(helper, one, 0)()
    mine, theirs = people[20::2], people[21::2]
    acted: list[float] = []
    bare: list[float] = []
    count = 0
    with closing(_bare_connection()) as other:
        size = len(mine) // ROUNDS
        for turn in range(ROUNDS):
            some = slice(turn * size, (turn + 1) * size)
            recorded = [_statements(_log(helper, one, n)) for n, one in enumerate(theirs[some])]
            acted += [_seconds(_log(helper, one, n)) for n, one in enumerate(mine[some])]
            bare += [_seconds(partial(_replay, other, run)) for run in recorded]
            count = len(recorded[0])
    action, plain = statistics.median(acted), statistics.median(bare)
    yield Figure("attempt_statements", count, "statements")
    yield Figure("attempt_action", 1 / action, "per s")
    yield Figure("attempt_bare_sql", 1 / plain, "per s")
    yield Figure("attempt_ratio", plain / action, "of the bare rate", "at least 0.4")


def _assigned(leader: Scope, event: UUID, number: int, first: UUID, second: UUID) -> UUID:
    who = Identity(first="Ane", last=f"Prøve{number}", birth="1990")
    done = actions.register(
        leader, event, who, municipality=PLACE, part=Part.INJURED, source=Source.EPS, now=NOW
    )
    if done.followup is None:
        raise RuntimeError("The bench's person has no follow-up")
    actions.assign(leader, PLACE, [done.followup], first, second, now=NOW, over_limit=True)
    return done.followup


def _log(helper: Scope, one: UUID, number: int) -> Callable[[], object]:
    tried = Tried("phone", OUTCOMES[number % len(OUTCOMES)], note="Avtalt samtale i neste uke.", minutes=10)
    return lambda: actions.record_attempt(helper, one, tried, now=NOW + timedelta(days=1))


def _statements(act: Callable[[], object]) -> list[Statement]:
    """Return what an act says to the database, and take it back."""
    said: list[Statement] = []

    def note(execute: Any, statement: str, values: Any, many: bool, context: Any) -> Any:
        if not statement.startswith(("SAVEPOINT", "RELEASE")):
            said.append((statement, values))
        return execute(statement, values, many, context)

    with transaction.atomic():
        with connection.execute_wrapper(note):
            act()
        transaction.set_rollback(True)
    return said


def _bare_connection() -> psycopg.Connection:
    settings = {key: value for key, value in connection.get_connection_params().items() if key != "context"}
    settings.pop("cursor_factory", None)
    return psycopg.connect(**settings)


def _replay(other: psycopg.Connection, statements: list[Statement]) -> None:
    with other.cursor() as cursor:
        for statement, values in statements:
            cursor.execute(statement, values)
            if cursor.description:
                cursor.fetchall()
    other.commit()


def _seconds(act: Callable[[], object]) -> float:
    begun = time.perf_counter()
    act()
    return time.perf_counter() - begun
