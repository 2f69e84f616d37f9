"""Everything that was done for somebody, the newest first: attempts, hand-overs, consents, steps, edits, messages.

attempts, hand-overs, closings: their own rows, with what was written
the rest: the journal's rows about the follow-up and the person, with a step's own words beside
messages: those that this follow-up made the system send
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.text import capfirst

from samvirke.access.acts import ACTS
from samvirke.access.models import Journal
from samvirke.access.scope import Scope
from samvirke.accounts.queries import people
from samvirke.followup import identity, queries, words
from samvirke.followup.identity import Seen
from samvirke.followup.models import (
    Attempt,
    Closing,
    Consent,
    ContactChange,
    Followup,
    Journalled,
    Step,
)
from samvirke.followup.rules.outcomes import Outcome
from samvirke.messaging.models import Message

TOLD_ELSEWHERE = (
    "followup.attempt.recorded",
    "followup.contact.",
    "followup.followup.closed",
    "followup.stop.confirmed",
    "followup.consent.",
)
MESSAGES = {"followup.alert": words.ALERTED}


@dataclass(frozen=True)
class Event:
    """One line of the timeline. `detail`: how, and where it was journalled. `lacks`: the attempt without a journal note."""

    at: datetime
    what: object
    text: str = ""
    who: str = ""
    detail: tuple[object, ...] = ()
    lacks: UUID | None = None


def timeline(scope: Scope, one: Followup, seen: Seen) -> list[Event]:
    """Return everything that was done for somebody whose record is open; nine queries however much it is."""
    told = queries.history(scope, one)
    rows = _journal(scope, one)
    consents = list(Consent.objects.visible_to(scope).filter(person=one.person_id))
    accounts = {row.account for row in told.attempts} | {row.account for row in told.changes}
    accounts |= {row.account for row in rows}
    accounts |= {row.signed_by for row in told.closings} | {row.recorded_by for row in consents}
    names = {id_: person.name for id_, person in people({id_ for id_ in accounts if id_}).items()}
    found = [
        *_attempts(scope, told.attempts, seen, names),
        *(
            Event(row.at, words.CHANGES.get(row.why, words.CHANGES["changed"]), _text(row, seen, "contactchange"), _who(row.account, names))
            for row in told.changes
        ),
        *(
            Event(row.at, words.CLOSED, _text(row, seen, "closing"), _who(row.signed_by, names), (words.ALL_ENDINGS[row.ending],))
            for row in told.closings
        ),
        *(
            Event(row.said_at, words.CONSENT_STATES[row.state], "", _who(row.recorded_by, names), _consent(row))
            for row in consents
        ),
        *_acts(scope, rows, seen, names),
        *_messages(scope, one),
    ]  # fmt: skip
    return sorted(found, key=lambda event: event.at, reverse=True)


def _attempts(scope: Scope, rows: Iterable[Attempt], seen: Seen, names: Mapping[UUID, str]) -> list[Event]:
    rows = list(rows)
    noted = {
        row.attempt_id: row
        for row in Journalled.objects.visible_to(scope).filter(attempt__in=[row.id for row in rows])
    }
    found = []
    for row in rows:
        note = noted.get(row.id)
        detail: list[object] = [words.CHANNELS[row.channel]]
        if row.minutes:
            detail.append(words.minutes(row.minutes))
        if note and note.on:
            detail.append(words.journalled(note.system, note.on))
        lacks = row.id if note and note.on is None else None
        what = words.OUTCOMES[Outcome(row.outcome)]
        text = identity.open_text(row.sealed, seen.key, "attempt", row.id)
        found.append(Event(row.at, what, text, _who(row.account, names), tuple(detail), lacks))
    return found


def refusal(scope: Scope, one: Followup, now: datetime) -> Event | None:
    """Return the newest attempt at which somebody said that they never want contact, with its note; the reading is logged."""
    rows = Attempt.objects.visible_to(scope).filter(followup=one.id, outcome=Outcome.NEVER_AGAIN.value)
    row = rows.order_by("-at", "-id").first()
    if row is None:
        return None
    seen = queries.seen(scope, one.person_id, why="act", now=now)
    names = {id_: person.name for id_, person in people({row.account} if row.account else set()).items()}
    return _attempts(scope, [row], seen, names)[0]


def _journal(scope: Scope, one: Followup) -> list[Journal]:
    rows = Journal.objects.visible_to(scope).filter(target__in=[str(one.id), str(one.person_id)])
    return [row for row in rows.order_by("-at") if not row.code.startswith(TOLD_ELSEWHERE)]


def _acts(scope: Scope, rows: list[Journal], seen: Seen, names: Mapping[UUID, str]) -> list[Event]:
    about = [(row, (row.payload or {}).get("about", {}).get("step")) for row in rows]
    steps = {
        str(step.id): step
        for step in Step.objects.visible_to(scope).filter(id__in=[step for _, step in about if step])
    }
    found = []
    for row, id_ in about:
        step = steps.get(str(id_))
        said = capfirst(str(ACTS[row.code].says)) if row.code in ACTS else row.code
        detail = (words.step_name(step.code),) if step else ()
        found.append(
            Event(
                row.at,
                said,
                own_words(step, seen) if step and _wrote(row) else "",
                _who(row.account, names),
                detail,
            )
        )
    return found


def _wrote(row: Journal) -> bool:
    """Say whether an act about a step wrote its words; booking an interpreter writes none of these."""
    return not row.code.startswith("followup.interpreter.")


def own_words(step: Step, seen: Seen) -> str:
    """Return what somebody wrote about why a step is planned or how it ended."""
    ending = identity.open_text(step.own_ending, seen.key, "step-ending", step.id)
    return ending or identity.open_text(step.own_reason, seen.key, "step-reason", step.id)


def _messages(scope: Scope, one: Followup) -> list[Event]:
    rows = Message.objects.visible_to(scope).filter(
        municipality=one.municipality_id, template__startswith="followup.", about__followup=str(one.id)
    )
    return [Event(row.created_at, MESSAGES.get(row.template, words.MESSAGE)) for row in rows]


def _consent(row: Consent) -> tuple[object, ...]:
    return words.PURPOSES.get(row.purpose, row.purpose), words.RECIPIENTS.get(row.recipient, row.recipient)


def _text(row: ContactChange | Closing, seen: Seen, table: str) -> str:
    return identity.open_text(row.sealed, seen.key, table, row.id)


def _who(account: UUID | None, names: Mapping[UUID, str]) -> str:
    return names.get(account, "") if account else ""
