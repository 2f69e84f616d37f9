"""The drill of a demonstration: an exercise with invented people in follow-up, half of them waiting for a contact person."""

from dataclasses import replace
from datetime import datetime, timedelta
from random import Random
from uuid import uuid4

from django.db import transaction

from samvirke.access.permissions import ROLES, Role
from samvirke.access.scope import Scope, opened, system_scope
from samvirke.accounts.queries import account_by_email, holders
from samvirke.demo.personas import EXAMPLE, PERSONAS
from samvirke.followup import actions
from samvirke.followup.actions.attempts import Tried
from samvirke.followup.rules.outcomes import Outcome
from samvirke.followup.rules.people import Part
from samvirke.followup.simulation.people import invent
from samvirke.incidents.models import Incident

SIZE = 24
REFERENCE = f"{EXAMPLE}-2026-01"
TRIED = (
    Outcome.ACCEPTS,
    Outcome.NO_ANSWER,
    Outcome.NO_THANKS,
    Outcome.ACCEPTS,
    Outcome.UNABLE,
    Outcome.NOT_NOW,
)


@transaction.atomic
def load_drill(now: datetime) -> int:
    """Make the drill unless it is there, or there is nobody to be; return how many people were registered.

    Everything goes through the actions, in the names of the invented leader and contact person.
    """
    with opened(system_scope("load-demo", EXAMPLE)) as scope:
        if not holders(scope, EXAMPLE, [Role.CONTACT_PERSON]):
            return 0
        if Incident.objects.visible_to(scope).filter(reference=REFERENCE).exists():
            return 0
        happened = now - timedelta(days=5)
        drill = Incident(
            id=uuid4(), municipality_id=EXAMPLE, reference=REFERENCE, kind="exercise", title="Øvelse: brann i et forsamlingslokale",
            happened_at=happened, reported_at=happened + timedelta(hours=1), state="active", exercise=True,
        )  # fmt: skip
        drill.save(force_insert=True)
        contact, deputy = (
            holders(scope, EXAMPLE, [role])[0] for role in (Role.CONTACT_PERSON, Role.HEALTH_PROFESSIONAL)
        )
    leader, helper = acting_as(Role.TEAM_LEADER), acting_as(Role.CONTACT_PERSON)
    random = Random(9999)  # noqa: S311  (the same drill every time, no secret)
    for number in range(SIZE):
        one = replace(
            invent(number, random), part=random.choice([Part.WITNESS, Part.INJURED, Part.CLOSE_TO_INJURED])
        )
        known = happened + timedelta(hours=2 + number * 4)
        done = actions.register(
            leader, drill.id, one.identity, municipality=EXAMPLE, part=one.part, source=one.source, now=known
        )
        if done.followup is None or number % 2:
            continue
        actions.assign(leader, EXAMPLE, [done.followup], contact, deputy, now=known)
        if number < 2 * len(TRIED):
            tried = Tried("phone", TRIED[number // 2], note="Oppdiktet samtale.", minutes=10)
            actions.record_attempt(helper, done.followup, tried, now=known + timedelta(hours=12))
    return SIZE


def acting_as(role: Role) -> Scope:
    """Return the scope of the invented person with a role."""
    persona = next(one for one in PERSONAS if one.role is role)
    account = account_by_email(persona.email)
    return Scope(account.pk if account else None, frozenset({EXAMPLE}), ROLES[role].needs, EXAMPLE)
