"""What a click on "still right" stands for: the pieces that were shown, as far as they are still there to be right."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from samvirke.access.scope import Scope, opened
from samvirke.catalogue import actions, queries, rules

Wanted = tuple[UUID, Collection[str]]


def confirm_many(scope: Scope, wanted: Sequence[Wanted], by: str, *, now: datetime) -> int:
    """Confirm pieces of several services, and renew answers "not applicable"; return of how many something was.

    A piece that has neither any more (somebody else has just changed it) is left alone. Raises BadInput; then
    nothing is done.
    """
    there: list[tuple[UUID, list[str]]] = []
    with opened(scope):
        for service_id, pieces in wanted:
            service = queries.service_for(scope, service_id)
            answered = {row.piece for row in service.verifications.all() if row.state == rules.NOT_APPLICABLE}
            known = queries.told(service) | answered
            if mine := [piece for piece in pieces if piece in known]:
                there.append((service_id, mine))
        if there:
            actions.confirm_many(scope, there, by, now=now)
    return len(there)
