"""Writing new people: one or thousands at once, each with key, tokens, plan and a pointer at the next step.

The rows of a whole list go in with a handful of statements. What is written is the same for one as for many.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from samvirke.access import keys, sealed
from samvirke.access.scope import Scope
from samvirke.followup import identity, plans, queries
from samvirke.followup.actions import pointing
from samvirke.followup.importing import queries as written
from samvirke.followup.models import Followup, Person, PersonKey, Reference, Step
from samvirke.followup.models.contact import OPEN, PAUSED
from samvirke.followup.newcomer import Newcomer
from samvirke.followup.rules.outcomes import Added
from samvirke.followup.rules.people import (
    PRIORITY,
    REFERENCE,
    WAITS_FOR_DEATH_MESSAGE,
    is_child,
)
from samvirke.followup.rules.plan import DAY, HOUR, Owner, Window
from samvirke.incidents.models import Incident
from samvirke.kit.garbage import without_collection
from samvirke.kit.hours import OSLO

DEATH_MESSAGE, FIND = "death-message", "find-person"
AT_ONCE = 500
"""So many rows in one statement."""


@dataclass(frozen=True)
class Entered:
    """What became of a newcomer. `followup` None: the dead and the missing are never contacted."""

    person: UUID
    followup: UUID | None
    stopped: bool
    tokens: frozenset[tuple[str, bytes]]


def enter(
    scope: Scope, event: Incident, municipality: str, newcomers: Sequence[Newcomer], now: datetime
) -> list[Entered]:
    """Write newcomers to an incident's list, in the queue, each with a whole plan. In the order they were given.

    The caller has cleaned them, has looked for who may be the same, and stands in an act's transaction.
    """
    with without_collection():
        tokens = [one.identity.tokens for one in newcomers]
        people = _people(scope, event, municipality, newcomers, tokens, now)
        blocked = _blocked(tokens)
        followups = [
            _followup(event, municipality, one, person, now, stopped=stopped)
            for one, person, stopped in zip(newcomers, people, blocked, strict=True)
        ]
        _begin(scope, [(one, row) for one, row in zip(newcomers, followups, strict=True) if row], now)
    return [
        Entered(person, row.id if row else None, bool(row and row.stopped), known)
        for person, row, known in zip(people, followups, tokens, strict=True)
    ]


def _people(  # noqa: PLR0917  (rows of the same length, side by side)
    scope: Scope,
    event: Incident,
    municipality: str,
    newcomers: Sequence[Newcomer],
    tokens: Sequence[frozenset[tuple[str, bytes]]],
    now: datetime,
) -> list[UUID]:
    """Write those who are new; return everybody's id."""
    under = keys.municipality_key(scope, municipality, now)
    ids, people, wrapped, found = [], [], [], []
    for one, known in zip(newcomers, tokens, strict=True):
        id_, key = one.person or uuid4(), sealed.new_key()
        ids.append(id_)
        if one.person:
            continue
        people.append(_person(scope, event, municipality, one, id_, key, now))
        closed = sealed.wrap(key, under, str(id_))
        wrapped.append(PersonKey(person_id=id_, municipality_id=municipality, wrapped=closed))
        found += [(id_, kind, token) for kind, token in sorted(known)]
    Person.objects.bulk_create(people, AT_ONCE)
    PersonKey.objects.bulk_create(wrapped, AT_ONCE)
    written.add_tokens(municipality, found)
    mentioned = [
        Reference(
            person_id=id_, municipality_id=municipality, incident_id=event.id, part=one.part.value, at=now
        )
        for id_, one in zip(ids, newcomers, strict=True)
        if one.part in REFERENCE
    ]
    Reference.objects.bulk_create(mentioned, ignore_conflicts=True)
    return ids


def _person(  # noqa: PLR0917  (the columns of one row)
    scope: Scope, event: Incident, municipality: str, one: Newcomer, id_: UUID, key: sealed.Key, now: datetime
) -> Person:
    return Person(
        id=id_,
        municipality_id=municipality,
        sealed=identity.close(one.identity, key, id_),
        protection=one.protection.value,
        language=one.language,
        interpreter=one.interpreter,
        reference=one.part in REFERENCE,
        invented=event.exercise,
        registered_at=now,
        registered_by=scope.account,
    )


def _blocked(tokens: Sequence[frozenset[tuple[str, bytes]]]) -> list[bool]:
    """Say of each whether they never want to be contacted. Asked once for all; one by one only when somebody is."""
    if not queries.is_blocked({token for some in tokens for token in some}):
        return [False] * len(tokens)
    return [queries.is_blocked(some) for some in tokens]


def _followup(  # noqa: PLR0917  (the columns of one row)
    event: Incident, municipality: str, one: Newcomer, person: UUID, now: datetime, *, stopped: bool
) -> Followup | None:
    if one.part in REFERENCE:
        return None
    first = one.wants_now or is_child(one.identity.born, now.astimezone(OSLO).date())
    return Followup(
        id=uuid4(),
        municipality_id=municipality,
        person_id=person,
        incident_id=event.id,
        household_id=one.household,
        part=one.part.value,
        source=one.source.value,
        priority=1 if first else PRIORITY[one.part],
        event_at=event.happened_at,
        known_at=one.known_at,
        queued_since=now,
        stopped=stopped,
        waits_for_message=one.part in WAITS_FOR_DEATH_MESSAGE and not one.message_is_delivered,
    )


def _begin(scope: Scope, rows: Sequence[tuple[Newcomer, Followup]], now: datetime) -> None:
    """Write the follow-ups with their plans. The pointer is set before a row is written: it is never without.

    Those whose plans are alike, day for day, share one pattern of steps.
    """
    alike: dict[tuple[object, ...], list[Followup]] = {}
    for one, row in rows:
        sort: tuple[object, ...] = (
            row.part,
            row.known_at,
            row.event_at,
            row.stopped,
            row.waits_for_message,
            one.found,
        )
        alike.setdefault(sort, []).append(row)
    patterns = []
    for pattern, some in alike.items():
        steps = _steps(scope, some[0], now, found=bool(pattern[-1]))
        ready = [step for step in steps if step.state == OPEN]
        following = min(ready, key=lambda step: (step.owner != Owner.CONTACT, step.closes, step.aim))
        for row in some:
            pointing.set_pointer(row, following)
            row.next_step_id = uuid4()
        patterns.append((some, steps, following))
    Followup.objects.bulk_create([row for _one, row in rows], AT_ONCE)
    for some, steps, following in patterns:
        written.add_steps(some, steps, steps.index(following))


def _steps(scope: Scope, one: Followup, now: datetime, *, found: bool) -> list[Step]:
    """Return the plan of a follow-up, unsaved: resting where nobody may make contact, with what is to be done first."""
    steps = pointing.planned(one, plans.template_of(scope, one))
    if blocked := first_of_all(one, now):
        for step in steps:
            step.state, step.settled_because = PAUSED, blocked.reason
        steps.append(pointing.fresh(one, blocked))
    elif not found:
        soon = Window(now, now + 4 * HOUR, now + DAY)
        steps.append(pointing.fresh(one, Added(FIND, soon, Owner.CONTACT, "find-person"), channel="other"))
    return steps


def first_of_all(one: Followup, now: datetime) -> Added | None:
    """Return what the leader must settle before anybody may make contact, or None."""
    if one.stopped:
        window = Window(now, now + DAY, now + 3 * DAY)
        return Added("confirm-stop", window, Owner.LEADER, "known-block")
    if one.waits_for_message:
        window = Window(now, now + 2 * HOUR, now + 6 * HOUR)
        return Added(DEATH_MESSAGE, window, Owner.LEADER, "ask-the-police")
    return None
