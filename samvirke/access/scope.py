"""Whose rows one may see and what one may do with them: made once per request or job, passed as the first argument.

The scope is also told to PostgreSQL, inside the transaction, for the row-level security under every tenant table.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from uuid import UUID

from django.db import connection, transaction

from samvirke.access.permissions import Need

NATIONAL = "national"
"""Stands in a scope for rows without a municipality: shared services, acts on the installation."""
EVERYWHERE = "*"
"""Stands in a scope of the system itself, for sweeps and whole-database commands."""


class Denied(Exception):
    """The person is known here, but not allowed to do this: 403."""


class NotYours(Exception):
    """There is nothing here for this person, whether it exists or not: 404."""


class NotOpened(RuntimeError):
    """Rows were asked for outside `opened(scope)`: the database would have answered that there are none."""


@dataclass(frozen=True)
class Scope:
    """Who asks, which municipalities' rows they may see, and what they may do there.

    `account` None: the system itself, and `why` says for what. `municipality`: the one in the address. `needs`
    count for all of `municipalities`: whoever has different roles in two municipalities gets one scope in each.
    """

    account: UUID | None
    municipalities: frozenset[str]
    needs: frozenset[Need]
    municipality: str | None = None
    why: str = ""

    def may(self, need: Need) -> bool:
        """Say whether the person may do this."""
        return need in self.needs

    def sees(self, municipality: str | None) -> bool:
        """Say whether rows of a municipality are within the scope. None: rows that belong to no municipality."""
        return bool({municipality or NATIONAL, EVERYWHERE} & self.municipalities)

    def require(self, need: Need) -> None:
        """Raise Denied unless the person may do this."""
        if need not in self.needs:
            raise Denied(need)

    def require_sight(self, municipality: str | None) -> None:
        """Raise NotYours unless rows of the municipality are within the scope."""
        if not self.sees(municipality):
            raise NotYours(municipality or NATIONAL)


_current: ContextVar[Scope | None] = ContextVar("samvirke_scope", default=None)


def system_scope(why: str, *municipalities: str) -> Scope:
    """Return the scope of a job or a command, which may do everything. Without municipalities: everywhere.

    `why` stands in the journal. A test counts who calls this.
    """
    return Scope(None, frozenset(municipalities or {EVERYWHERE}), frozenset(Need), why=why)


def own_scope(account: UUID) -> Scope:
    """Return the scope of acts on one's own account: no municipality's rows, one's own journal."""
    return Scope(account, frozenset(), frozenset({Need.WORK}))


def current() -> Scope | None:
    """Return the scope that is open in this thread, if any."""
    return _current.get()


@contextmanager
def opened(scope: Scope) -> Iterator[Scope]:
    """Open a transaction (or a savepoint in the one that runs) in which the scope's rows can be read and written.

    When the block raises, the rollback takes back what PostgreSQL was told; else it is told what counted before.
    """
    before, nested = _current.get(), connection.in_atomic_block
    with transaction.atomic():
        if before is not scope:
            _tell(scope)
        token = _current.set(scope)
        try:
            yield scope
        finally:
            _current.reset(token)
        if nested and before is not scope and not connection.needs_rollback:
            _tell(before)


def require_opened(scope: Scope) -> None:
    """Raise NotOpened unless PostgreSQL has been told of the scope's municipalities."""
    now = _current.get()
    known: Iterable[str] = now.municipalities if now and connection.in_atomic_block else ()
    if EVERYWHERE not in known and not scope.municipalities <= set(known):
        raise NotOpened("Open the scope first: `with opened(scope):` (views have @needs, actions @action).")


def _tell(scope: Scope | None) -> None:
    codes = ",".join(sorted(scope.municipalities)) if scope else ""
    account = str(scope.account) if scope and scope.account else ""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('samvirke.scope', %s, true), set_config('samvirke.account', %s, true)",
            [codes, account],
        )
