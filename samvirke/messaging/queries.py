"""What can be asked about messages."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Min, Q

from samvirke.access.models import Installation
from samvirke.access.scope import NotYours, Scope
from samvirke.messaging.models import Message, Recorded
from samvirke.messaging.rules import State

PAGE = 50


@dataclass(frozen=True)
class Place:
    """Where a page of the list begins: after this message."""

    created_at: datetime
    id: UUID


def may_leave_the_house() -> bool:
    """Say whether the database itself says that this installation is a real one."""
    return Installation.objects.filter(kind="real").exists()


def messages(
    scope: Scope, municipality: str, states: Collection[State] = (), after: Place | None = None
) -> tuple[list[Message], Place | None]:
    """Return a page of a municipality's messages, newest first, and where the next page begins (None: it was the last)."""
    found = Message.objects.visible_to(scope).filter(municipality=municipality)
    if states:
        found = found.filter(state__in=[state.value for state in states])
    if after:
        found = found.filter(
            Q(created_at__lt=after.created_at) | Q(created_at=after.created_at, id__lt=after.id)
        )
    rows = list(found.order_by("-created_at", "-id")[: PAGE + 1])
    more = rows[PAGE - 1] if len(rows) > PAGE else None
    return rows[:PAGE], Place(more.created_at, more.id) if more else None


def counts(scope: Scope, municipality: str) -> dict[State, int]:
    """Return how many messages of a municipality are in each state."""
    found = (
        Message.objects.visible_to(scope)
        .filter(municipality=municipality)
        .values_list("state")
        .annotate(number=Count("id"))
        .order_by()
    )
    return {State(state): number for state, number in found}


@dataclass(frozen=True)
class Health:
    """How messages fare in all municipalities together: numbers, and since when the oldest waits."""

    states: dict[str, int]
    waiting_since: datetime | None
    reasons: dict[str, int]  # of those that wait or did not arrive


def health(scope: Scope) -> Health:
    """Return how messages fare, for whoever runs the installation. Says nothing of whom they are to."""
    found = Message.objects.visible_to(scope)
    states = found.values_list("state").annotate(number=Count("id")).order_by("state")
    troubled = found.exclude(reason="").exclude(state__in=[State.SENT.value, State.CANCELLED.value])
    reasons = troubled.values_list("reason").annotate(number=Count("id")).order_by("reason")
    waits = found.filter(state=State.QUEUED.value).aggregate(since=Min("created_at"))
    return Health(dict(states), waits["since"], dict(reasons))


def message(scope: Scope, id_: UUID) -> Message:
    """Return one message. Raises NotYours when there is none within the scope."""
    found = Message.objects.visible_to(scope).filter(id=id_).first()
    if found is None:
        raise NotYours(id_)
    return found


def recorded(scope: Scope, id_: UUID) -> Recorded | None:
    """Return what a demonstration would have sent, if it has come so far."""
    return Recorded.objects.visible_to(scope).filter(message=id_).first()


def states(scope: Scope, ids: Collection[UUID]) -> dict[UUID, str]:
    """Return how far several messages have come; what is erased by now is not among them."""
    return dict(Message.objects.visible_to(scope).filter(id__in=ids).values_list("id", "state"))
