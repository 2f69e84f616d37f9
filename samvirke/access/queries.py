"""What can be asked about the installation, its documents and its logs."""

import json
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection

from samvirke.access.models import Installation, Link, Readiness
from samvirke.access.scope import Scope
from samvirke.access.tenancy import seen_by
from samvirke.reference.models import Municipality

SEALER = 7_266_001  # the number of the advisory lock: one sealer at a time
TABLES = {"journal": "access_journal", "access": "access_accesslog"}


class Row(NamedTuple):
    """A log row as the chain sees it."""

    id: UUID
    transaction: int
    at: str  # as PostgreSQL writes it in UTC
    account: UUID | None
    municipality: str | None
    code: str
    target: str
    digest: bytes


class Added(NamedTuple):
    """A log row to be written."""

    id: UUID
    at: datetime
    account: UUID | None
    municipality: str | None
    code: str
    target: str
    payload: object
    salt: bytes
    digest: bytes


class Linked(NamedTuple):
    """A link of the chain, with the row it was made of; `row` None when that is gone."""

    number: int
    id: UUID
    hash: bytes
    row: Row | None
    salt: bytes | None
    payload: object


_COLUMNS = (
    "r.id, r.transaction, to_char(r.at AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US'), r.account, "
    "r.municipality_id, r.code, r.target, r.digest"
)


def is_demonstration() -> bool:
    """Say whether this installation is a demonstration. Decided once, when the database was made."""
    return Installation.objects.filter(kind="demo").exists()


def is_invented(municipality: str) -> bool:
    """Say whether a municipality is an invented one."""
    return Municipality.objects.filter(code=municipality, invented=True).exists()


def readiness_of(scope: Scope, municipality: str) -> list[Readiness]:
    """Return what a municipality has recorded of the documents it needs."""
    return list(Readiness.objects.visible_to(scope).filter(municipality=municipality).order_by("document"))


def wrapped_key(scope: Scope, municipality: str) -> bytes | None:
    """Return a municipality's key as it is kept, None before it has one."""
    mine, values = seen_by(scope, "municipality_id")
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT wrapped FROM access_municipalitykey WHERE municipality_id = %s AND {mine}",  # noqa: S608
            [municipality, *values],
        )
        row = cursor.fetchone()
    return bytes(row[0]) if row else None


def add_rows(log: str, rows: Sequence[Added]) -> None:
    """Write rows to one of the two logs, in one statement."""
    places = ", ".join(["(%s, %s, %s, %s, %s, %s, %s::jsonb, %s, %s)"] * len(rows))
    values: list[Any] = [value for row in rows for value in row._replace(payload=json.dumps(row.payload))]
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {TABLES[log]} (id, at, account, municipality_id, code, target, payload, salt, digest) "  # noqa: S608
            f"VALUES {places}",
            values,
        )


def last_link(log: str) -> Link | None:
    """Return the newest link of a log's chain."""
    return Link.objects.filter(log=log).order_by("-number").first()


def lock_sealer() -> None:
    """Wait until no other sealer works; the transaction's end lets the next in."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [SEALER])


def unsealed(log: str, at_most: int) -> list[Row]:
    """Return rows that no link holds and that no older transaction can come before, in order.

    A transaction older than the snapshot's xmin has ended: all its rows are seen. So no row can turn up
    behind one that is returned.
    """
    table = TABLES[log]
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {_COLUMNS} FROM {table} r "  # noqa: S608  (names from our own models)
            "WHERE r.transaction < pg_snapshot_xmin(pg_current_snapshot())::text::bigint "
            "AND r.transaction >= coalesce((SELECT transaction FROM access_link WHERE log = %s "
            "ORDER BY number DESC LIMIT 1), 0) "
            "AND NOT EXISTS (SELECT FROM access_link l WHERE l.log = %s AND l.row = r.id) "
            "ORDER BY r.transaction, r.id LIMIT %s",
            [log, log, at_most],
        )
        return [_row(found) for found in cursor.fetchall()]


def chain(log: str) -> Iterator[Linked]:
    """Go through a log's chain in order, each link with its row."""
    table = TABLES[log]
    with connection.chunked_cursor() as cursor:
        cursor.execute(
            f"SELECT l.number, l.row, l.hash, r.salt, r.payload::text, {_COLUMNS} "  # noqa: S608
            f"FROM access_link l LEFT JOIN {table} r ON r.id = l.row WHERE l.log = %s ORDER BY l.number",
            [log],
        )
        for number, row, hash_, salt, payload, *found in cursor:
            kept = _row(found) if found[0] else None
            yield Linked(number, row, bytes(hash_), kept, bytes(salt) if salt else None, payload)


def tail(log: str) -> tuple[int, int]:
    """Return how many rows a log has, and how many of them no link holds yet."""
    table = TABLES[log]
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT count(*), count(*) FILTER (WHERE NOT EXISTS (SELECT FROM access_link l "  # noqa: S608
            f"WHERE l.log = %s AND l.row = r.id)) FROM {table} r",
            [log],
        )
        everything, unlinked = cursor.fetchone()
        return everything, unlinked


def reads_everything() -> bool:
    """Say whether this role sees all rows of the logs, as only their owner does."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT bool_and(NOT row_security_active(name)) FROM unnest(%s::text[]) AS name",
            [list(TABLES.values())],
        )
        return bool(cursor.fetchone()[0])


def _row(found: Sequence[Any]) -> Row:
    return Row._make([*found[:-1], bytes(found[-1])])
