"""What the actions share: steps from templates, and the pointer at the next one. The promise rests on these."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import uuid4

from samvirke.access.scope import Scope
from samvirke.followup import identity, queries
from samvirke.followup.actions.queries import next_number, save, settle
from samvirke.followup.models import Followup, Step
from samvirke.followup.models.contact import CANCELLED, DONE, OPEN, PAUSED
from samvirke.followup.rules.outcomes import Added
from samvirke.followup.rules.plan import DAY, Owner, Template, Window, window

POINTER = ["next_step_id", "next_opens", "next_closes", "next_owner"]
SAVED = (*POINTER, "version", "first_reached_at", "stopped", "waits_for_message", "priority", "known_at")


def planned(one: Followup, template: Template) -> list[Step]:
    """Return the template's steps for a follow-up, unsaved, with windows from when the person became known."""
    return [
        Step(
            id=uuid4(),
            municipality_id=one.municipality_id,
            followup_id=one.id,
            code=step.code,
            owner=step.owner.value,
            channel=one.only or step.channel,
            health=step.health,
            reason=step.reason,
            source=step.source,
            template=f"{template.name} {template.version}",
            **_times(window(step, known=one.known_at, event=one.event_at)),
        )
        for step in template.steps
    ]


def fresh(one: Followup, added: Added, *, number: int = 1, channel: str = "phone") -> Step:
    """Return one step that an outcome or the leader asks for, unsaved."""
    return Step(
        id=uuid4(),
        municipality_id=one.municipality_id,
        followup_id=one.id,
        code=added.code,
        number=number,
        owner=added.owner.value,
        channel=one.only or channel,
        reason=added.reason,
        **_times(added.window),
    )


def add(
    scope: Scope, one: Followup, added: Added, *, now: datetime, own: str = "", channel: str = "phone"
) -> Step:
    """Write a step, numbered after those of the same code. `own`: somebody's own words about why; they are sealed."""
    step = fresh(one, added, number=next_number(scope, one, added.code), channel=channel)
    if own.strip():
        key = queries.key_of(scope, one.person_id, one.municipality_id, now)
        step.own_reason = identity.close_text(own.strip(), key, "step-reason", step.id)
    step.save(force_insert=True)
    return step


def point(scope: Scope, one: Followup, now: datetime) -> Followup:
    """Let an active follow-up point at its next open step, and save it. Without one the leader gets a step to decide.

    Whatever an act planned: who must not be contacted has no contact that is open.
    """
    if one.stopped:
        cancel(scope, one, now, "stopped", owner=Owner.CONTACT)
    elif one.waits_for_message:
        rest(scope, one, "waits-for-message", template_only=False)
    found = queries.next_of(scope, one)
    if found is None:
        soon = Window(now, now + 3 * DAY, now + timedelta(days=7))
        found = add(
            scope,
            one,
            Added("review-closing", soon, Owner.LEADER, "nothing-planned"),
            now=now,
        )
    set_pointer(one, found)
    one.version += 1
    save(scope, one, SAVED)
    return one


def set_pointer(one: Followup, step: Step) -> None:
    """Point at a step, unsaved."""
    one.next_step_id, one.next_owner = step.id, step.owner
    one.next_opens, one.next_closes = step.opens, step.closes


def finish(
    scope: Scope, one: Followup, now: datetime, steps: Sequence[Step], because: str, *, own: str = ""
) -> None:
    """Settle steps as done. `because`: a code of words.REASONS; `own`: somebody's own words, sealed."""
    settle(scope, one, [step.id for step in steps], DONE, now=now, because=because)
    for step in steps:
        _own_ending(scope, one, step, own, now)


def skip_one(scope: Scope, one: Followup, now: datetime, step: Step, because: str, *, own: str = "") -> None:
    """Cancel one step, with the reason (a code) and somebody's own words about it, sealed."""
    settle(scope, one, [step.id], CANCELLED, now=now, because=because)
    _own_ending(scope, one, step, own, now)


def cancel_offers(scope: Scope, one: Followup, now: datetime) -> None:
    """Cancel open contact steps that no template planned: a new no replaces what was agreed before it."""
    Step.objects.visible_to(scope).filter(
        followup=one.id, state=OPEN, owner=Owner.CONTACT.value, template=""
    ).update(state=CANCELLED, settled_at=now, settled_because="said-no")


def cancel(scope: Scope, one: Followup, now: datetime, because: str, *, owner: Owner | None = None) -> None:
    """Cancel open and resting steps, all or one owner's, with the reason."""
    rows = Step.objects.visible_to(scope).filter(followup=one.id, state__in=(OPEN, PAUSED))
    if owner:
        rows = rows.filter(owner=owner.value)
    rows.update(state=CANCELLED, settled_at=now, settled_because=because)


def rest(scope: Scope, one: Followup, because: str, *, template_only: bool = True) -> None:
    """Let the plan's open contact steps rest, with the reason. They can be taken up again."""
    rows = Step.objects.visible_to(scope).filter(followup=one.id, state=OPEN, owner=Owner.CONTACT.value)
    if template_only:
        rows = rows.exclude(template="")
    rows.update(state=PAUSED, settled_because=because)


def take_up(scope: Scope, one: Followup, now: datetime) -> None:
    """Take up resting steps. Those whose time has passed meanwhile are cancelled: what is ahead counts."""
    resting = Step.objects.visible_to(scope).filter(followup=one.id, state=PAUSED)
    resting.filter(closes__lte=now).update(state=CANCELLED, settled_at=now, settled_because="time-passed")
    resting.filter(closes__gt=now).update(state=OPEN, settled_because="")


def _own_ending(scope: Scope, one: Followup, step: Step, own: str, now: datetime) -> None:
    if own.strip():
        key = queries.key_of(scope, one.person_id, one.municipality_id, now)
        closed = identity.close_text(own.strip(), key, "step-ending", step.id)
        Step.objects.visible_to(scope).filter(id=step.id).update(own_ending=closed)


def _times(found: Window) -> dict[str, datetime]:
    return {"opens": found.opens, "aim": found.aim, "closes": found.closes}
