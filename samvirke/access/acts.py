"""@action: one act, one permission, one transaction, one journal row.

    @action("catalogue.service.withdrawn", needs=Need.SERVICE_EDIT, says=gettext_lazy("tok bort en tjeneste"))
    def withdraw(scope: Scope, service_id: UUID, *, now: datetime) -> Done:
        …
        return Done(municipality, service_id, {"state": ("confirmed", "withdrawn")})

The journal row comes from what the function returns, so it cannot be forgotten.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar, cast
from uuid import UUID

from django.db import DatabaseError, connection
from django.utils.functional import Promise
from psycopg import errors

from samvirke.access import log
from samvirke.access.permissions import Need
from samvirke.access.scope import Scope, opened

Given = ParamSpec("Given")
Said = str | Promise


@dataclass(frozen=True)
class Done:
    """What an action did. Values are written to the journal: ids and public texts, never what is sealed.

    `municipality` None: it belongs to no municipality. `fields`: name → (before, after). `about`: ids and counts.
    `code` replaces the action's own where one function does two things ("joined" or "changed").
    `nothing`: all was so already, and the journal says nothing.
    """

    municipality: str | None
    target: UUID | str | None = None
    fields: Mapping[str, tuple[object, object]] = field(default_factory=dict)
    about: Mapping[str, object] = field(default_factory=dict)
    code: str = ""
    nothing: bool = False


Result = TypeVar("Result", bound=Done | Sequence[Done])


@dataclass(frozen=True)
class Act:
    """A kind of act: its code, what it needs, and the words of its journal row ("Kari … tok bort en tjeneste")."""

    code: str
    needs: Need
    says: Said


ACTS: dict[str, Act] = {}
LOST_RACES = (errors.DeadlockDetected, errors.SerializationFailure, errors.ForeignKeyViolation)
TRIES = 5
_inside: ContextVar[bool] = ContextVar("samvirke_act", default=False)


def act(code: str, *, needs: Need, says: Said) -> str:
    """Register a code for the journal that an action gives in `Done.code`; return it."""
    if code in ACTS and str(ACTS[code].says) != str(says):
        raise ValueError(f"Two acts are called {code}. Give one of them another code.")
    ACTS[code] = Act(code, needs, says)
    return code


def action(
    code: str, *, needs: Need, says: Said, shared: Need | None = None
) -> Callable[[Callable[Concatenate[Scope, Given], Result]], Callable[Concatenate[Scope, Given], Result]]:
    """Make a function an act. Its first argument is the scope, `now` (aware) is one of its keywords.

    `shared`: the need that counts instead where what was done belongs to no municipality.

    The act raises Denied without the need, NotYours when what was done lies outside the scope; then nothing is
    done. Constraints that wait for the end of the transaction are looked at before the act returns. An outermost act
    that loses a race is taken back and done again on what is true then, so it must not change what it is given.
    """
    act(code, needs=needs, says=says)

    def decorate(
        function: Callable[Concatenate[Scope, Given], Result],
    ) -> Callable[Concatenate[Scope, Given], Result]:
        @wraps(function)
        def done_in_one(scope: Scope, *args: Given.args, **kwargs: Given.kwargs) -> Result:
            if shared is None or not scope.may(shared):
                scope.require(needs)
            now: Any = kwargs["now"]

            def once() -> Result:
                with opened(scope), _acting() as outermost:
                    done = function(scope, *args, **kwargs)
                    if outermost:
                        connection.check_constraints()
                    rows = [done] if isinstance(done, Done) else done
                    for one in rows:
                        scope.require(shared if shared and one.municipality is None else needs)
                        if not _about_oneself(scope, one):
                            scope.require_sight(one.municipality)
                    log.write(
                        scope, [(ACTS[one.code or code].code, one) for one in rows if not one.nothing], now
                    )
                return done

            return once() if _inside.get() else _again_after_a_race(once)

        return cast(Callable[Concatenate[Scope, Given], Result], done_in_one)

    return decorate


def _again_after_a_race(once: Callable[[], Result]) -> Result:
    """Do an act; after a lost race do it again. Two who wait for each other: PostgreSQL stops one, who then comes after.

    A foreign key that no longer holds: what the act had looked at was changed meanwhile, and the act itself knows
    better what to say about it. The savepoint's locks are gone when it begins anew, also inside a larger transaction.
    """
    for _ in range(TRIES - 1):
        try:
            return once()
        except DatabaseError as error:
            if not isinstance(error.__cause__, LOST_RACES):
                raise
    return once()


def _about_oneself(scope: Scope, done: Done) -> bool:
    """Acts on one's own account belong to no municipality, and every person may see them."""
    return done.municipality is None and scope.account is not None and done.target == scope.account


@contextmanager
def _acting() -> Iterator[bool]:
    """Say whether this act is the outermost. Only then deferred constraints speak: an act inside may leave the rest to it."""
    outermost = not _inside.get()
    token = _inside.set(True)
    try:
        yield outermost
    finally:
        _inside.reset(token)
