"""What workers do with messages: take one, get it ready, hand it over at most once, and write down what is known.

No transaction is open while a mail server or a gateway is waited for. Whose try it is stands in `claim`: a worker
that was thought dead and comes back can settle its own try, and never one that began after it.
"""

import logging
import time
import traceback
from collections.abc import Callable, Collection
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.db import OperationalError, connection
from django.db.models import F, Q
from django.utils import translation

from samvirke import jobs
from samvirke.access.scope import NATIONAL, Scope, opened, system_scope
from samvirke.messaging import packing, transports
from samvirke.messaging.models import Message, Recorded
from samvirke.messaging.rules import (
    ASKED_LASTS,
    CLAIM_LASTS,
    ENDED,
    HANDING_OVER_LASTS,
    KEPT,
    MOVES,
    RECORDED_KEPT,
    Kind,
    Next,
    Outcome,
    Reason,
    State,
    after,
    after_silence,
)
from samvirke.messaging.transports import Parcel, Trouble

log = logging.getLogger(__name__)
AT_MOST = 500  # rows that one look takes
PAUSES = (0.5, 1, 2, 4, 8)  # seconds between tries to write down how it went
DUE = Q(attempts=0)  # a first try is due at once, whatever two machines' clocks say
Clock = Callable[[], datetime]


def deliver(message: UUID, now: datetime) -> None:
    """Try to send a message, if it waits and is due. Safe to run any number of times, anywhere, at once."""
    clock = _ticking(now)
    row = _claim(message, clock())
    if row is None:
        return
    outcome = _tried(row, clock)
    if outcome is not None:
        _write_down(row, outcome, clock())


def _write_down(row: Message, outcome: Outcome, now: datetime) -> None:
    """Settle a try. The database may have gone while a mail server was waited for: what is known must not be lost."""
    then = after(outcome, attempts=row.attempts, now=now, give_up=row.give_up_at)
    for pause in PAUSES:
        try:
            return _settle(row, then, outcome, now)
        except OperationalError:
            log.warning("Melding %s: databasen svarer ikke, prøver igjen", row.id)
            connection.close()
            time.sleep(pause)
    return _settle(row, then, outcome, now)


def _tried(row: Message, clock: Clock) -> Outcome | None:
    """Make one try and return how it ended; None when somebody else has the message by now."""
    known: Outcome | None = None
    try:
        parcel = _packed(row, clock())
        with transports.of(row.channel, exercise=row.exercise).ready(parcel) as hand_over:
            if not _say_handing_over(row, clock()):
                return None
            known = Outcome(Kind.UNSURE, Reason.LOST_ANSWER)  # until the answer is here
            known = hand_over()
    except Trouble as trouble:
        if known is None or known.kind is Kind.UNSURE:
            known = trouble.outcome
    except Exception as error:  # noqa: BLE001  (a bug in a letter must not stop the worker)
        log.error("Melding %s: %s", row.id, _without_words(error))  # noqa: TRY400  (an error's text may hold an address)
        known = known or Outcome(Kind.TEMPORARY, Reason.LETTER_FAILED)
    return known


def _claim(message: UUID, now: datetime) -> Message | None:
    scope = _everywhere()
    with opened(scope):
        mine = uuid4()
        taken = (
            Message.objects.visible_to(scope)
            .filter(DUE | Q(due_at__lte=now), id=message, state=State.QUEUED.value)
            .update(state=State.CLAIMED.value, claim=mine, claimed_at=now, attempts=F("attempts") + 1)
        )
        return Message.objects.visible_to(scope).get(id=message) if taken else None


def _packed(row: Message, now: datetime) -> Parcel:
    """Ask who the recipient is and what the letter says, in the scope of the message's municipality."""
    scope = system_scope("sender en melding", row.municipality_id or NATIONAL)
    with opened(scope):
        recipient = packing.resolved(row)
        packing.require_permission(scope, row, recipient, now)
        with translation.override(recipient.language):
            letter = packing.letter(row, recipient, now)
        parcel = packing.parcel(row, recipient, letter, now)
        row.language, row.parts = recipient.language, packing.parts(parcel)
        return parcel


def _say_handing_over(row: Message, now: datetime) -> bool:
    """Write, before the message leaves, that it is leaving. False: the claim is no longer ours."""
    scope = _everywhere()
    with opened(scope):
        changed = (
            Message.objects.visible_to(scope)
            .filter(id=row.id, state=State.CLAIMED.value, claim=row.claim)
            .update(state=State.HANDING_OVER.value, claimed_at=now, language=row.language, parts=row.parts)
        )
        return bool(changed)


def _settle(
    row: Message, then: Next, outcome: Outcome, now: datetime, *, only_from: Collection[State] = tuple(State)
) -> None:
    """Write what is known after a try, unless a newer try or a person has taken over."""
    scope = _everywhere()
    before = [one.value for one in only_from if then.state in MOVES[one]]
    with opened(scope):
        changed = (
            Message.objects.visible_to(scope)
            .filter(id=row.id, claim=row.claim, state__in=before)
            .update(
                state=then.state.value,
                reason=then.reason.value,
                due_at=then.due or F("due_at"),
                asked_at=None,
                claim=row.claim if then.state is State.UNSURE else None,
                claimed_at=F("claimed_at") if then.state is State.UNSURE else None,
                ended_at=now if then.state in ENDED else None,
                reference=outcome.reference,
            )
        )
    if changed and then.state is not State.SENT:
        log.info("Melding %s: %s %s", row.id, then.state, then.reason)


def mend(now: datetime) -> None:
    """Find messages whose worker is gone, and those that are due and have no job."""
    _free_the_held(State.CLAIMED, CLAIM_LASTS, now)
    _free_the_held(State.HANDING_OVER, HANDING_OVER_LASTS, now)
    _ask_for_jobs(now)


def _free_the_held(state: State, lasts: timedelta, now: datetime) -> None:
    scope = _everywhere()
    with opened(scope):
        rows = list(
            Message.objects.visible_to(scope)
            .filter(state=state.value, claimed_at__lte=now - lasts)
            .order_by("claimed_at")[:AT_MOST]
        )
    for row in rows:
        log.warning("Melding %s: den som hadde den, svarer ikke (%s)", row.id, row.state)
        then = after_silence(state, attempts=row.attempts, now=now, give_up=row.give_up_at)
        # only from the state that was seen: the worker may have come back since and be handing over
        _settle(row, then, Outcome(Kind.UNSURE, then.reason), now, only_from={state})


def _ask_for_jobs(now: datetime) -> None:
    """Write a job for each message that is due. One row at a time is locked, so that two sweeps do not ask twice."""
    scope = _everywhere()
    with opened(scope):
        due = (
            Message.objects.visible_to(scope)
            .filter(state=State.QUEUED.value, due_at__lte=now)
            .filter(Q(asked_at=None) | Q(asked_at__lte=now - ASKED_LASTS))
        )
        ids = list(
            due.select_for_update(skip_locked=True, of=("self",))
            .order_by("due_at")
            .values_list("id", flat=True)[:AT_MOST]
        )
        Message.objects.visible_to(scope).filter(id__in=ids).update(asked_at=now)
        for id_ in ids:
            jobs.later("messaging.send", message=str(id_))


def purge(now: datetime) -> int:
    """Delete messages that have been kept long enough; return how many."""
    scope, deleted = _everywhere(), 0
    for state, kept in KEPT.items():
        with opened(scope):
            old = Message.objects.visible_to(scope).filter(state=state.value, created_at__lt=now - kept)
            ids = list(old.order_by("created_at").values_list("id", flat=True)[:AT_MOST])
            if ids:
                Message.objects.visible_to(scope).filter(id__in=ids, state=state.value).delete()
            deleted += len(ids)
    with opened(scope):  # what Django's own mail would have said has no message to go with
        Recorded.objects.visible_to(scope).filter(message=None, at__lt=now - RECORDED_KEPT).delete()
    return deleted


def _everywhere() -> Scope:
    return system_scope("leverer meldinger")


def _ticking(now: datetime) -> Clock:
    """Return a clock that starts at `now` and goes on at the pace of time."""
    started = time.monotonic()
    return lambda: now + timedelta(seconds=time.monotonic() - started)


def _without_words(error: Exception) -> str:
    """Say what went wrong and where, without the error's own text: it may quote an address or a letter."""
    frames = traceback.extract_tb(error.__traceback__)
    return (
        f"{type(error).__name__} ({frames[-1].filename}:{frames[-1].lineno})"
        if frames
        else type(error).__name__
    )
