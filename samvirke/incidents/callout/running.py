"""The sweeps: calls that nobody answered, alerts that nobody answered, numbers that nobody has confirmed."""

import logging
from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from samvirke.access.scope import Scope, opened, system_scope
from samvirke.incidents.callout import actions, queries

log = logging.getLogger(__name__)


def escalate_due(now: datetime) -> int:
    """Do what is due in every alert, each in a transaction of its own; return in how many.

    What fails in one alert holds up no other; the first error is raised at the end, so that the sweep tries again.
    """
    with opened(system_scope("finner varsler som noe skal skje i")) as scope:
        due = queries.due(scope, now)

    def one(own: Scope, code: str, id_: UUID) -> object:
        return actions.escalate(own, code, id_, now=now)

    return _each(due, "følger opp et varsel til kriseteamet", one)


def ask_due(now: datetime) -> int:
    """Ask those whose numbers have not been confirmed for three months; return how many."""
    with opened(system_scope("finner telefonnumre som skal bekreftes")) as scope:
        due = queries.to_ask(scope, now)

    def one(own: Scope, code: str, id_: UUID) -> object:
        return actions.ask(own, code, id_, now=now, only_due=True)

    return _each(due, "ber kriseteamet bekrefte telefonnumre", one)


def _each(due: list[tuple[str, UUID]], why: str, act: Callable[[Scope, str, UUID], object]) -> int:
    errors: list[Exception] = []
    for code, id_ in due:
        try:
            act(system_scope(why, code), code, id_)
        except Exception as error:
            log.exception("%s: %s", why, id_)
            errors.append(error)
    if errors:
        raise errors[0]
    return len(due)
