"""Putting somebody on the list, and changing what is known about them."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samvirke.access import keys, readiness, sealed
from samvirke.access.acts import Done, action
from samvirke.access.permissions import Need
from samvirke.access.scope import Scope
from samvirke.followup import identity, plans, queries
from samvirke.followup.actions import pointing
from samvirke.followup.cleaning import clean
from samvirke.followup.identity import Identity
from samvirke.followup.models import Followup, Person, PersonKey, Step, Token
from samvirke.followup.models.contact import OPEN, PAUSED
from samvirke.followup.rules.outcomes import Added
from samvirke.followup.rules.people import (
    PRIORITY,
    REFERENCE,
    WAITS_FOR_DEATH_MESSAGE,
    Part,
    Protection,
    Source,
    is_child,
)
from samvirke.followup.rules.plan import DAY, HOUR, Owner, Window
from samvirke.kit.errors import BadInput

DEATH_MESSAGE = "death-message"


@dataclass(frozen=True)
class Registered(Done):
    """Whom an act put on the list. `followup` None: a person whom others relate to, never contacted.

    `elsewhere`: municipalities that may have the same person; ring them.
    """

    person: UUID | None = None
    followup: UUID | None = None
    elsewhere: tuple[str, ...] = ()
    stopped: bool = False


@action("followup.person.registered", needs=Need.PERSON_REGISTER, says=_("registrerte en person"))
def register(
    scope: Scope,
    incident_id: UUID,
    given: Identity,
    *,
    municipality: str,
    part: Part,
    source: Source,
    now: datetime,
    known_at: datetime | None = None,
    protection: Protection = Protection.NONE,
    language: str = "nb",
    interpreter: bool = False,
    message_is_delivered: bool = False,
    household: UUID | None = None,
) -> Registered:
    """Put a person on an incident's list, in the unassigned queue, with a whole plan from the day they became known.

    For relatives of the dead and missing, contact is blocked until the police have confirmed that the message is
    delivered. Somebody who never wants contact is registered as such. Raises BadInput naming the field, and when
    the municipality lacks the documents it needs.
    """
    scope.require_sight(municipality)
    event = queries.incident(scope, incident_id)
    if not event.exercise:
        readiness.require_readiness(scope, municipality, now.date())
    cleaned = clean(given, protection, now)
    person, key = _person(scope, municipality, cleaned, now)
    person.protection, person.language, person.interpreter = protection.value, language, interpreter
    person.reference, person.invented = part in REFERENCE, event.exercise
    tokens = identity.tokens(cleaned)
    _write(scope, person, key, tokens, now)
    if part in REFERENCE:
        return Registered(municipality, person.id, about={"part": part.value}, person=person.id)
    one = Followup(
        id=uuid4(),
        municipality_id=municipality,
        person_id=person.id,
        incident_id=incident_id,
        household_id=household,
        part=part.value,
        source=source.value,
        priority=1 if is_child(cleaned.born, now.date()) else PRIORITY[part],
        event_at=event.happened_at,
        known_at=known_at or now,
        queued_since=now,
        stopped=queries.is_blocked(tokens),
        waits_for_message=part in WAITS_FOR_DEATH_MESSAGE and not message_is_delivered,
    )
    _begin(scope, one, now)
    return Registered(
        municipality,
        one.id,
        about={"person": person.id, "incident": incident_id, "part": part.value},
        person=person.id,
        followup=one.id,
        elsewhere=tuple(queries.elsewhere(tokens, municipality)),
        stopped=one.stopped,
    )


@action(
    "followup.message.delivered",
    needs=Need.FOLLOWUP_ASSIGN,
    says=_("skrev at politiet har levert dødsbudskapet"),
)
def message_delivered(scope: Scope, followup_id: UUID, told_by: str, *, now: datetime) -> Done:
    """Open contact with a relative: the police have confirmed that the message is delivered. The plan counts from now."""
    one = queries.followup(scope, followup_id, lock=True)
    if not one.waits_for_message:
        raise BadInput(gettext("Dødsbudskapet er allerede levert."))
    if not told_by.strip():
        raise BadInput(gettext("Skriv hvem i politiet som har bekreftet det."), field="told_by")
    one.waits_for_message, one.known_at = False, now
    waiting = Step.objects.visible_to(scope).filter(followup=one.id, code=DEATH_MESSAGE, state=OPEN)
    pointing.finish(scope, one, now, list(waiting), "message-delivered", own=told_by)
    anew = {step.code: step for step in pointing.planned(one, plans.template_of(scope, one))}
    resting = list(Step.objects.visible_to(scope).filter(followup=one.id, state=PAUSED))
    for step in resting:
        step.state, step.settled_because = OPEN, ""
        if step.code in anew:
            step.opens, step.aim, step.closes = (
                anew[step.code].opens,
                anew[step.code].aim,
                anew[step.code].closes,
            )
        step.save(update_fields=["state", "settled_because", "opens", "aim", "closes"])
    pointing.point(scope, one, now)
    return Done(one.municipality_id, one.id, {"waits_for_message": (True, False)})


@action("followup.person.edited", needs=Need.PERSON_EDIT, says=_("endret opplysninger om en person"))
def edit_person(
    scope: Scope,
    person_id: UUID,
    given: Identity,
    *,
    version: int,
    now: datetime,
    protection: Protection,
    language: str,
    interpreter: bool,
) -> Done:
    """Change what is known about somebody. The journal tells which fields were changed, never their values.

    Raises BadInput, also when somebody else has changed the person meanwhile.
    """
    person = queries.person(scope, person_id)
    before = queries.seen(scope, person_id, why="edit", now=now)
    if person.version != version:
        raise BadInput(gettext("Noen andre har endret opplysningene. Last siden på nytt."), field="version")
    after = clean(given, protection, now)
    person.sealed = identity.close(after, before.key, person_id)
    person.protection, person.version = protection.value, version + 1
    person.language, person.interpreter = language, interpreter
    person.save(update_fields=["sealed", "protection", "language", "interpreter", "version"])
    _tokens(scope, person, identity.tokens(after))
    changed = [name for name in identity.FIELDS if getattr(before.identity, name) != getattr(after, name)]
    return Done(person.municipality_id, person_id, about={"changed": changed})


def _person(scope: Scope, municipality: str, given: Identity, now: datetime) -> tuple[Person, sealed.Key]:
    key, id_ = sealed.new_key(), uuid4()
    person = Person(
        id=id_,
        municipality_id=municipality,
        sealed=identity.close(given, key, id_),
        registered_at=now,
        registered_by=scope.account,
    )
    return person, key


def _write(
    scope: Scope, person: Person, key: sealed.Key, tokens: set[tuple[str, bytes]], now: datetime
) -> None:
    person.save(force_insert=True)
    under = keys.municipality_key(scope, person.municipality_id, now)
    wrapped = sealed.wrap(key, under, str(person.id))
    PersonKey.objects.bulk_create(
        [PersonKey(person_id=person.id, municipality_id=person.municipality_id, wrapped=wrapped)]
    )
    _tokens(scope, person, tokens)


def _tokens(scope: Scope, person: Person, tokens: set[tuple[str, bytes]]) -> None:
    there = Token.objects.visible_to(scope).filter(person=person.id)
    kept = {(row.kind, bytes(row.token)) for row in there}
    there.filter(id__in=[row.id for row in there if (row.kind, bytes(row.token)) not in tokens]).delete()
    Token.objects.bulk_create(
        [
            Token(person_id=person.id, municipality_id=person.municipality_id, kind=kind, token=token)
            for kind, token in sorted(tokens - kept)
        ]
    )


def _begin(scope: Scope, one: Followup, now: datetime) -> None:
    """Write the follow-up with its plan. The pointer is set before the row is written: it is never without."""
    steps = pointing.planned(one, plans.template_of(scope, one))
    blocked = None
    if one.stopped:
        window = Window(now, now + DAY, now + 3 * DAY)
        reason = "known-block"
        blocked = Added("confirm-stop", window, Owner.LEADER, reason)
    elif one.waits_for_message:
        window = Window(now, now + 2 * HOUR, now + 6 * HOUR)
        reason = "ask-the-police"
        blocked = Added(DEATH_MESSAGE, window, Owner.LEADER, reason)
    if blocked:
        for step in steps:
            step.state, step.settled_because = PAUSED, blocked.reason
        steps.append(pointing.fresh(one, blocked))
    ready = [step for step in steps if step.state == OPEN]
    pointing.set_pointer(
        one, min(ready, key=lambda step: (step.owner != Owner.CONTACT, step.closes, step.aim))
    )
    one.save(force_insert=True)
    Step.objects.bulk_create(steps)
