"""One click, several acts: confirming what is told and renewing what does not apply, in one transaction."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from samvirke.access.scope import Scope, opened
from samvirke.catalogue import actions, queries, rules

Wanted = tuple[UUID, Collection[str]]


def confirm(scope: Scope, service_id: UUID, pieces: Collection[str], by: str, *, now: datetime) -> None:
    """Say that pieces of a service are right: what is told is confirmed, an answer "not applicable" is renewed.

    A piece that has neither any more (somebody else has just changed it) is left alone. Raises BadInput.
    """
    confirm_many(scope, [(service_id, pieces)], by, now=now)


def confirm_many(scope: Scope, wanted: Sequence[Wanted], by: str, *, now: datetime) -> int:
    """Say so of several services; return of how many something was confirmed. Raises BadInput, then nothing is."""
    told: list[tuple[UUID, list[str]]] = []
    with opened(scope):
        for service_id, pieces in wanted:
            service = queries.service_for(scope, service_id)
            filled = queries.told(service)
            if mine := [piece for piece in pieces if piece in filled]:
                told.append((service_id, mine))
            for row in service.verifications.all():
                if row.piece in pieces and row.piece not in filled and row.state == rules.NOT_APPLICABLE:
                    actions.answer_not_applicable(scope, service_id, row.piece, row.reason, by, now=now)
        if told:
            actions.confirm_many(scope, told, by, now=now)
    return len(wanted)
