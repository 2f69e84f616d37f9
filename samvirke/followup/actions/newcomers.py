"""Writing new people: one or thousands at once, each with key, tokens, plan and a pointer at the next step.

The rows of a whole list go in with a handful of statements. What is written is the same for one as for many.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple
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


@dataclass(frozen=True)
class Entered:
    """What became of a newcomer. `followup` None: the dead and the missing are never contacted."""

    person: UUID
    followup: UUID | None
    stopped: bool
    tokens: frozenset[tuple[str, bytes]]


class _Row(NamedTuple):
    newcomer: Newcomer
    person: UUID
    followup: UUID
    stopped: bool


def enter(
    scope: Scope, event: Incident, municipality: str, newcomers: Sequence[Newcomer], now: datetime
) -> list[Entered]:
    """Write newcomers to an incident's list, in the queue, each with a whole plan. In the order they were given.

    The caller has cleaned them, has looked for who may be the same, and stands in an act's transaction.
    """
    with without_collection():
        tokens = [one.identity.tokens for one in newcomers]
        people = _people(scope, event, municipality, newcomers, now)
        blocked = [False] * len(tokens) if event.exercise else _blocked(tokens)
        rows = [_Row(*row) for row in zip(newcomers, people, (uuid4() for _ in people), blocked, strict=True)]
        contacted = [row for row in rows if row.newcomer.part not in REFERENCE]
        _begin(scope, event, municipality, contacted, now)
        followups = {row.person: row.followup for row in contacted}
    return [
        Entered(person, followups.get(person), stopped and person in followups, known)
        for person, stopped, known in zip(people, blocked, tokens, strict=True)
    ]


def _people(
    scope: Scope, event: Incident, municipality: str, newcomers: Sequence[Newcomer], now: datetime
) -> list[UUID]:
    """Write those who are new; return everybody's id."""
    rows = [(one, one.person or uuid4()) for one in newcomers]
    fresh = [(one, id_) for one, id_ in rows if not one.person]
    under, own = keys.municipality_key(scope, municipality, now), [sealed.new_key() for _ in fresh]
    person = Person(
        municipality_id=municipality, invented=event.exercise, registered_at=now, registered_by=scope.account
    )
    people = [(one, id_, key) for (one, id_), key in zip(fresh, own, strict=True)]
    ids = [id_ for _one, id_ in fresh]
    written.add_like(
        person,
        {
            "id": ids,
            "sealed": [identity.close(one.identity, key, id_) for one, id_, key in people],
            "protection": [one.protection.value for one, _id in fresh],
            "language": [one.language for one, _id in fresh],
            "interpreter": [one.interpreter for one, _id in fresh],
            "reference": [one.part in REFERENCE for one, _id in fresh],
        },
    )
    wrapped = [sealed.wrap(key, under, str(id_)) for _one, id_, key in people]
    written.add_like(PersonKey(municipality_id=municipality), {"person_id": ids, "wrapped": wrapped})
    written.add_tokens(municipality, [(id_, one.identity.tokens) for one, id_ in fresh])
    mentioned = [
        Reference(
            person_id=id_, municipality_id=municipality, incident_id=event.id, part=one.part.value, at=now
        )
        for one, id_ in rows
        if one.part in REFERENCE
    ]
    Reference.objects.bulk_create(mentioned, ignore_conflicts=True)
    return [id_ for _one, id_ in rows]


def _blocked(tokens: Sequence[frozenset[tuple[str, bytes]]]) -> list[bool]:
    """Say of each whether they never want to be contacted. Asked once for all; one by one only when somebody is."""
    if not queries.is_blocked({token for some in tokens for token in some}):
        return [False] * len(tokens)
    return [queries.is_blocked(some) for some in tokens]


def _begin(scope: Scope, event: Incident, municipality: str, rows: Sequence[_Row], now: datetime) -> None:
    """Write the follow-ups with their plans. The pointer is set before a row is written: it is never without.

    Those whose plans are alike, day for day, share one pattern: a follow-up with its steps, unsaved.
    """
    alike: dict[tuple[object, ...], list[_Row]] = {}
    for row in rows:
        one = row.newcomer
        sort = (one.part, _as_child(one), one.known_at, row.stopped, one.message_is_delivered, one.found)
        alike.setdefault(sort, []).append(row)
    patterns = []
    for some in alike.values():
        pattern = _followup(event, municipality, some[0], now)
        steps = _steps(scope, pattern, now, found=some[0].newcomer.found)
        ready = [step for step in steps if step.state == OPEN]
        following = min(ready, key=lambda step: (step.owner != Owner.CONTACT, step.closes, step.aim))
        pointing.set_pointer(pattern, following)
        _write(pattern, some, steps.index(following) + 1, now)
        patterns.append((some, steps))
    for some, steps in patterns:
        written.add_steps(municipality, [row.followup for row in some], steps)


def _write(pattern: Followup, rows: Sequence[_Row], following: int, now: datetime) -> None:
    today = now.astimezone(OSLO).date()
    written.add_like(
        pattern,
        {
            "id": [row.followup for row in rows],
            "person_id": [row.person for row in rows],
            "household_id": [row.newcomer.household for row in rows],
            "source": [row.newcomer.source.value for row in rows],
            "priority": [_priority(row.newcomer, today) for row in rows],
            "next_step_id": [written.step_id(row.followup, following) for row in rows],
        },
    )


def _priority(one: Newcomer, today: date) -> int:
    return 1 if one.wants_now or is_child(one.identity.born, today) else PRIORITY[one.part]


def _as_child(one: Newcomer) -> bool:
    return is_child(one.identity.born, one.known_at.astimezone(OSLO).date())


def _followup(event: Incident, municipality: str, row: _Row, now: datetime) -> Followup:
    one = row.newcomer
    return Followup(
        municipality_id=municipality,
        incident_id=event.id,
        part=one.part.value,
        event_at=event.happened_at,
        known_at=one.known_at,
        as_child=_as_child(one),
        queued_since=now,
        stopped=row.stopped,
        waits_for_message=one.part in WAITS_FOR_DEATH_MESSAGE and not one.message_is_delivered,
    )


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
