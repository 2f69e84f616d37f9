"""Writing the journal (what was changed) and the access log (who read personal data). Rows are only ever added."""

import hashlib
import json
import secrets
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Protocol
from uuid import UUID

from django.utils.functional import Promise

from samvirke.access import queries
from samvirke.access.scope import Scope


class Written(Protocol):
    """What the journal needs to know of an act; acts.Done is one."""

    @property
    def municipality(self) -> str | None: ...
    @property
    def target(self) -> UUID | str | None: ...
    @property
    def fields(self) -> Mapping[str, tuple[object, object]]: ...
    @property
    def about(self) -> Mapping[str, object]: ...


def write(scope: Scope, acts: Iterable[tuple[str, Written]], now: datetime) -> None:
    """Add journal rows (code, what was done) in the caller's transaction. `now` is aware."""
    rows = []
    for code, done in acts:
        payload = {"fields": done.fields, "about": done.about} | ({"why": scope.why} if scope.why else {})
        rows.append(_row(scope, done.municipality, code, str(done.target or ""), plainly(payload), now=now))
    if rows:
        queries.add_rows("journal", rows)


def note_read(
    scope: Scope, municipality: str | None, kind: str, ids: Sequence[UUID | str], *, why: str, now: datetime
) -> None:
    """Add one access-log row: these persons' data (`kind`, `ids`) were read, for the purpose `why`."""
    if not ids:
        return
    payload = {"kind": kind, "ids": sorted(map(str, ids)), "why": why}
    queries.add_rows("access", [_row(scope, municipality, f"{kind}:read", "", payload, now=now)])


def _row(
    scope: Scope, municipality: str | None, code: str, target: str, payload: object, *, now: datetime
) -> queries.Added:
    salt = secrets.token_bytes(16)
    return queries.Added(
        uuid.uuid4(), now, scope.account, municipality, code, target, payload, salt, digest(salt, payload)
    )


def digest(salt: bytes, payload: object) -> bytes:
    """Return the salted digest of a payload: the chain holds on to this, so that a payload can be erased later."""
    text = json.dumps(payload, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(salt + text.encode()).digest()


def plainly(value: object) -> Any:
    """Return a value as JSON can hold it: dataclasses as objects, moments as ISO 8601, sets in order."""
    if value is None or type(value) in {str, int, float, bool}:  # first, because most are
        return value
    if isinstance(value, Mapping):
        return {str(key): plainly(one) for key, one in value.items()}
    if is_dataclass(value) and not isinstance(value, type):
        return plainly(asdict(value))
    if isinstance(value, set | frozenset):
        return sorted(plainly(one) for one in value)
    if isinstance(value, list | tuple):
        return [plainly(one) for one in value]
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, UUID | Promise):
        return str(value)
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, str | int | float | bool):
        return value
    raise TypeError(f"{type(value).__name__} cannot stand in the journal")
