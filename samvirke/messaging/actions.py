"""What can be done with messages: send, send again, stop. What a worker does with them is in delivery.py."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Protocol, cast
from uuid import UUID, uuid4

from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samvirke import jobs
from samvirke.access.acts import Done, action
from samvirke.access.permissions import Need
from samvirke.access.scope import Scope, opened
from samvirke.kit.errors import BadInput
from samvirke.messaging import queries
from samvirke.messaging.models import Message
from samvirke.messaging.rules import AGAIN, CHANNELS, STOPPABLE, TRIES_FOR, State

Ids = str | int | UUID


class ExerciseOf(Protocol):
    """settings.EXERCISE_OF: whether one of these ids is a drill, or belongs to one."""

    def __call__(self, scope: Scope, ids: Sequence[UUID], /) -> bool: ...


_NAME = re.compile(r"[a-z][a-z0-9_-]*")
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:-]{0,63}")


def send(
    scope: Scope,
    *,
    to: tuple[str, Ids],
    template: str,
    channel: str,
    municipality: str | None,
    now: datetime,
    about: Mapping[str, Ids] | None = None,
    exercise: bool = False,
) -> UUID:
    """Write a message and its job in the caller's transaction, and return the message's id. No commit, no message.

    `to`: a kind of settings.MESSAGE_RECIPIENTS and an id. `about`: ids that the template needs; never names, numbers
    or addresses. Address and words are asked for when it is sent. `exercise`: it is written down, and never leaves
    the house; so is a message with an id that settings.EXERCISE_OF knows as a drill's, whatever the caller said.
    Call it from an action that has its own need.
    """
    kind, who = to[0], str(to[1])
    if kind not in settings.MESSAGE_RECIPIENTS:
        raise LookupError(f"No kind of recipient is called {kind}. Name its resolver in MESSAGE_RECIPIENTS.")
    if template not in settings.MESSAGE_TEMPLATES:
        raise LookupError(f"No template is called {template}. Name its function in MESSAGE_TEMPLATES.")
    if channel not in CHANNELS:
        raise LookupError(f"No channel is called {channel}. There are {', '.join(CHANNELS)}.")
    scope.require_sight(municipality)
    row = Message(
        id=uuid4(),
        municipality_id=municipality,
        channel=channel,
        recipient_kind=kind,
        recipient_id=_an_id("to", who),
        template=template,
        about=_ids(about or {}),
        exercise=exercise or _in_exercise(scope, [to[1], *(about or {}).values()]),
        state=State.QUEUED.value,
        created_at=now,
        due_at=now,
        give_up_at=now + TRIES_FOR,
        asked_at=now,
    )
    with opened(scope):
        Message.objects.bulk_create([row])
        jobs.later("messaging.send", message=str(row.id))
    return row.id


@action("messaging.message.sent-again", needs=Need.MESSAGE_SEND_AGAIN, says=_("sendte en melding på nytt"))
def send_again(scope: Scope, message: UUID, *, now: datetime) -> Done:
    """Queue a message that failed, was refused, or may have been lost. Raises BadInput when it is none of these."""
    row = queries.message(scope, message)
    changed = (
        Message.objects.visible_to(scope)
        .filter(id=message, state__in=[state.value for state in AGAIN])
        .update(
            state=State.QUEUED.value, reason="", attempts=0, claim=None, claimed_at=None, ended_at=None,
            due_at=now, give_up_at=now + TRIES_FOR, asked_at=now,
        )
    )  # fmt: skip
    if not changed:
        raise BadInput(gettext("Meldingen er sendt, eller den venter på å bli sendt. Last siden på nytt."))
    jobs.later("messaging.send", message=str(message))
    return Done(row.municipality_id, message, {"state": (row.state, State.QUEUED.value)})


@action("messaging.message.stopped", needs=Need.MESSAGE_SEND_AGAIN, says=_("stoppet en melding"))
def stop(scope: Scope, message: UUID, *, now: datetime) -> Done:
    """Let a message that waits, or that may have been lost, not be sent (again). Raises BadInput when it is too late."""
    row = queries.message(scope, message)
    changed = (
        Message.objects.visible_to(scope)
        .filter(id=message, state__in=[state.value for state in STOPPABLE])
        .update(state=State.CANCELLED.value, claim=None, claimed_at=None, ended_at=now)
    )
    if not changed:
        raise BadInput(gettext("Meldingen er på vei, eller den er avsluttet. Last siden på nytt."))
    return Done(row.municipality_id, message, {"state": (row.state, State.CANCELLED.value)})


def _in_exercise(scope: Scope, ids: Iterable[Ids]) -> bool:
    """Ask the rooms above whether one of the ids belongs to a drill."""
    known = [found for one in ids if (found := _uuid(one))]
    with opened(scope):
        return any(cast(ExerciseOf, import_string(path))(scope, known) for path in settings.EXERCISE_OF)


def _uuid(given: Ids) -> UUID | None:
    try:
        return UUID(str(given))
    except ValueError:
        return None


def _ids(about: Mapping[str, Ids]) -> dict[str, str | int]:
    """Return ids as JSON can hold them; refuse what could be a name, a number or an address."""
    found: dict[str, str | int] = {}
    for name, value in about.items():
        if not _NAME.fullmatch(name):
            raise ValueError(f"«{name}» is not a name for an id")
        found[name] = value if isinstance(value, int) else _an_id(name, str(value))
    return found


def _an_id(name: str, value: str) -> str:
    if not _ID.fullmatch(value):
        raise ValueError(f"{name}: only ids go with a message, and this is none")
    return value
