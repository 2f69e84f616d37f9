"""A message as a screen shows it: never an address, never the words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from samvirke.access.permissions import Need
from samvirke.access.scope import Scope
from samvirke.messaging import words
from samvirke.messaging.models import Message
from samvirke.messaging.rules import AGAIN, STOPPABLE, Reason, State

GROUPS: Mapping[str, tuple[Promise, frozenset[State]]] = {
    "": (_("Alle"), frozenset()),
    "se-paa": (_("Må sees på"), frozenset({State.UNSURE, State.FAILED, State.REFUSED})),
    "venter": (_("På vei"), frozenset({State.QUEUED, State.CLAIMED, State.HANDING_OVER})),
    "sendt": (_("Sendt"), frozenset({State.SENT})),
    "stoppet": (_("Stoppet"), frozenset({State.CANCELLED})),
}
"""What the list can be narrowed to: the word in the address, its name, and its states (none: all)."""


@dataclass(frozen=True)
class Shown:
    """One message on a screen."""

    id: UUID
    name: str
    recipient: str
    channel: str
    state: str
    color: str
    reason: str
    risk: str  # what sending again may lead to
    written: datetime
    ended: datetime | None
    next_try: datetime | None
    attempts: int
    parts: int | None
    reference: str
    may_send_again: bool
    may_stop: bool


def shown(scope: Scope, row: Message) -> Shown:
    """Return what somebody with this scope may see of a message and do with it."""
    state = State(row.state)
    decides = scope.may(Need.MESSAGE_SEND_AGAIN)
    reason = words.REASONS.get(Reason(row.reason)) if row.reason in set(Reason) else None
    return Shown(
        id=row.id,
        name=words.template(row.template),
        recipient=words.recipient(row.recipient_kind),
        channel=str(words.CHANNELS[row.channel]),
        state=str(words.STATES[state]),
        color=words.COLORS.get(state, "info"),
        reason=str(reason or ""),
        risk=str(words.UNSURE) if state is State.UNSURE else "",
        written=row.created_at,
        ended=row.ended_at,
        next_try=row.due_at if state is State.QUEUED and row.attempts else None,
        attempts=row.attempts,
        parts=row.parts,
        reference=row.reference,
        may_send_again=decides and state in AGAIN,
        may_stop=decides and state in STOPPABLE,
    )


@dataclass(frozen=True)
class Tab:
    """One of the list's filters."""

    name: str
    url: str
    current: bool
    count: int


def tabs(chosen: str, counted: Mapping[State, int], base: str) -> list[Tab]:
    """Return the list's filters with the number of messages behind each."""
    return [
        Tab(
            str(name),
            f"{base}?vis={word}" if word else base,
            word == chosen,
            sum(number for state, number in counted.items() if not states or state in states),
        )
        for word, (name, states) in GROUPS.items()
    ]
