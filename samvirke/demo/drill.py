"""The drill of a demonstration: an exercise half a year ago, with invented people in follow-up by invented staff since.

Everything goes through the actions, in the names of invented people, with the simulation's moving clock that ends now.
"""

from datetime import datetime, timedelta
from random import Random
from uuid import UUID, uuid4

from django.db import transaction

from samvirke.access.permissions import ROLES, Role
from samvirke.access.scope import Scope, opened, system_scope
from samvirke.accounts.actions.personas import make_persona
from samvirke.accounts.queries import account_by_email, memberships
from samvirke.demo.personas import EXAMPLE, PERSONAS
from samvirke.followup import actions
from samvirke.followup.identity import Identity
from samvirke.followup.rules.people import Part, Protection, Source
from samvirke.followup.simulation.course import Course
from samvirke.followup.simulation.people import invent
from samvirke.incidents.models import Incident

SIZE = 120
REFERENCE = f"{EXAMPLE}-2026-01"
DAYS, QUIET_DAYS = 182, 14
"""Half a year, and how many days at its end nobody has had time to call: what was due then is over its deadline."""
PER_DAY = 12  # attempts that a contact person makes in a day
COLLEAGUES = ("Sunniva Øvingsdal", "Torgeir Prøvestad", "Samira Tenktlien", "Ola Diktmo")
"""Contact persons beside the one that can be chosen on the login page."""
NEW = (Part.WITNESS, Part.CLOSE_TO_INJURED, Part.WITNESS, Part.HELPER, Part.INJURED)
"""Those who were registered in the last hours and wait for a contact person."""
LAST = len(NEW) + 3


@transaction.atomic
def load_drill(now: datetime, size: int = SIZE) -> int:
    """Make the drill unless it is there, or there is nobody to be; return how many people were registered."""
    leader = acting_as(Role.TEAM_LEADER)
    with opened(system_scope("load-demo", EXAMPLE)) as scope:
        if leader.account is None or Incident.objects.visible_to(scope).filter(reference=REFERENCE).exists():
            return 0
    began = now - timedelta(days=DAYS)
    course = Course(
        Random(9999),  # noqa: S311  (the same drill every time, no secret)
        began, _nothing_to_check, places=(EXAMPLE,), tick=timedelta(days=1), per_shift=PER_DAY, leaves=0.0, falls_ill=0.001,
    )  # fmt: skip
    course.incidents[EXAMPLE] = _incident(began)
    _come_to_work(course, began)
    for day in course.run(size - LAST, DAYS):
        if day == DAYS - QUIET_DAYS:
            course.per_shift = 0
    course.now = now
    return len(course.people) + _last_hours(course, leader, now)


def acting_as(role: Role) -> Scope:
    """Return the scope of the invented person with a role."""
    persona = next(one for one in PERSONAS if one.role is role)
    return _scope_of(persona.email, role)


def _scope_of(email: str, role: Role) -> Scope:
    account = account_by_email(email)
    return Scope(account.pk if account else None, frozenset({EXAMPLE}), ROLES[role].needs, EXAMPLE)


def _nothing_to_check() -> list[dict[str, str]]:
    return []


def _incident(now: datetime) -> UUID:
    happened = now - timedelta(hours=3)
    drill = Incident(
        id=uuid4(), municipality_id=EXAMPLE, reference=REFERENCE, kind="exercise", title="Øvelse: brann i et forsamlingslokale",
        happened_at=happened, reported_at=now, state="active", exercise=True,
    )  # fmt: skip
    with opened(system_scope("load-demo", EXAMPLE)):
        drill.save(force_insert=True)
    return drill.id


def _come_to_work(course: Course, now: datetime) -> None:
    """Let the persona who leads, the one who is contact person, and the colleagues work in the course."""
    scope = system_scope("load-demo", EXAMPLE)
    emails = [f"kollega-{number}@eksempel.example" for number in range(1, len(COLLEAGUES) + 1)]
    for email, name in zip(emails, COLLEAGUES, strict=True):
        make_persona(scope, EXAMPLE, Role.CONTACT_PERSON, email, name, now=now)
    personas = {one.role: one.email for one in PERSONAS}
    _join(course, personas[Role.TEAM_LEADER], Role.TEAM_LEADER)
    for email in (personas[Role.CONTACT_PERSON], *emails):
        _join(course, email, Role.CONTACT_PERSON)


def _join(course: Course, email: str, role: Role) -> None:
    account = _scope_of(email, role).account
    if account is None:
        raise LookupError(email)
    with opened(system_scope("load-demo", EXAMPLE)) as scope:
        (membership, *_) = memberships(scope, account)
    course.join(account, membership, EXAMPLE, role)


def _last_hours(course: Course, leader: Scope, now: datetime) -> int:
    """Let some wait in the queue, a relative wait for the death message, and the dead and the protected be there."""
    random, incident = course.random, course.incidents[EXAMPLE]
    waiting = [(part, Protection.NONE) for part in NEW]
    waiting += [(Part.BEREAVED, Protection.NONE), (Part.WITNESS, Protection.CONFIDENTIAL)]
    waiting += [(Part.INJURED, Protection.STRICTLY_CONFIDENTIAL)]
    for number, (part, protection) in enumerate(waiting):
        one = invent(SIZE + number, random)
        actions.register(
            leader, incident, one.identity, municipality=EXAMPLE, part=part, source=one.source, protection=protection,
            now=now - timedelta(hours=2 + 3 * number),
        )  # fmt: skip
    dead = Identity(first="Aslak", last="Diktdal", birth="1958")
    actions.register(
        leader, incident, dead, municipality=EXAMPLE, part=Part.DEAD, source=Source.POLICE, now=now - timedelta(hours=30)
    )  # fmt: skip
    return len(waiting)
