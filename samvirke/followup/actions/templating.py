"""A municipality's contact plans: a new version is one act that also changes the plans that run, and can be undone."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from samvirke.access.acts import Done, action
from samvirke.access.permissions import Need
from samvirke.access.scope import Scope
from samvirke.followup import plan_words, plans
from samvirke.followup.actions import pointing
from samvirke.followup.actions.wishing import follow_wish
from samvirke.followup.models import Followup, PlanTemplate, Step
from samvirke.followup.models.contact import ACTIVE, CANCELLED, OPEN, PAUSED
from samvirke.followup.rules import changing
from samvirke.followup.rules.changing import Change, Standing
from samvirke.followup.rules.people import Birth, Part, is_child
from samvirke.followup.rules.plan import StepPlan, Template, Window, template_for
from samvirke.kit.errors import BadInput
from samvirke.kit.hours import OSLO

WITHDRAWN = "template-changed"


@dataclass(frozen=True)
class Touched:
    """What a version does to one plan that runs."""

    followup: Followup
    steps: tuple[Step, ...]
    change: Change


@action("followup.plan.changed", needs=Need.PLAN_EDIT, says=_("endret kommunens kontaktplan"))
def change_plan(
    scope: Scope,
    municipality: str,
    name: str,
    steps: Sequence[StepPlan],
    parts: Iterable[Part],
    *,
    version: int,
    now: datetime,
) -> Done:
    """Make a new version of a plan, and change the plans that run as `touched` has shown.

    `version`: the one it was made from; raises BadInput when another has come since, or the plan lacks something.
    """
    scope.require_sight(municipality)
    if wrong := changing.faults(steps):
        raise BadInput(" ".join(str(plan_words.PLAN_FAULTS[code]) for code in wrong))
    if plans.version_of(scope, municipality, name) != version:
        raise BadInput(gettext("Noen andre har endret planen. Last siden på nytt."))
    template = Template(name, version + 1, tuple(steps), frozenset(parts))
    return _apply(scope, municipality, template, now)


@action("followup.plan.undone", needs=Need.PLAN_EDIT, says=_("angret en endring av kommunens kontaktplan"))
def undo_plan(scope: Scope, municipality: str, name: str, *, version: int, now: datetime) -> Done:
    """Take back the newest version: what it took away comes back, what it added falls away. Raises BadInput."""
    scope.require_sight(municipality)
    if plans.version_of(scope, municipality, name) != version:
        raise BadInput(gettext("Noen andre har endret planen. Last siden på nytt."))
    return _apply(scope, municipality, plans.before(scope, municipality, name, version), now)


def touched(scope: Scope, municipality: str, template: Template, now: datetime) -> list[Touched]:
    """Return what a version would do to each plan that runs and that it counts for; those left as they are, too."""
    after = [template, *(one for one in plans.templates(scope, municipality) if one.name != template.name)]
    after = [one for one in after if one.parts or one.name == plans.EVERYBODY]
    before = plans.templates(scope, municipality)
    rows = [
        row
        for row in Followup.objects.visible_to(scope)
        .filter(municipality=municipality, state=ACTIVE, stopped=False)
        .order_by("id")
        if template.name
        in {template_for(Part(row.part), some, child=row.as_child).name for some in (after, before)}
    ]
    steps: dict[UUID, list[Step]] = defaultdict(list)
    for step in (
        Step.objects.visible_to(scope).filter(followup__in=[row.id for row in rows]).order_by("number")
    ):
        steps[step.followup_id].append(step)
    return [
        Touched(
            row,
            tuple(steps[row.id]),
            _change(row, steps[row.id], template_for(Part(row.part), after, child=row.as_child), now),
        )
        for row in rows
    ]


def follow_age(scope: Scope, person_id: UUID, birth: Birth | None, now: datetime) -> None:
    """Let the plans of somebody whose birth one learned follow their age, inside another act. Unknown: they stay.

    Who was a child when they became known is one for the whole of the plan.
    """
    if birth is None:
        return
    rows = Followup.objects.visible_to(scope).filter(person=person_id, state=ACTIVE, stopped=False)
    for row in rows.select_for_update(of=("self",)).order_by("id"):
        child = is_child(birth, row.known_at.astimezone(OSLO).date())
        if child == row.as_child:
            continue
        row.as_child = child
        row.save(update_fields=["as_child"])
        steps = tuple(Step.objects.visible_to(scope).filter(followup=row.id).order_by("number"))
        template = plans.template_of(scope, row)
        found = Touched(row, steps, _change(row, steps, template, now))
        if not found.change.nothing:
            _carry_out(scope, found, f"{template.name} {template.version}", now)


def _change(row: Followup, steps: Sequence[Step], template: Template, now: datetime) -> Change:
    standing = [
        Standing(
            step.id,
            step.code,
            Window(step.opens, step.aim, step.closes),
            step.state,
            (step.owner, _usual(row, step, template), step.health, step.reason, step.source),
            withdrawn=step.state == CANCELLED and step.settled_because == WITHDRAWN,
        )
        for step in steps
        if step.template
    ]
    return changing.change(standing, template.steps, known=row.known_at, event=row.event_at, now=now)


def _usual(row: Followup, step: Step, template: Template) -> str:
    """Return the channel that is compared: who wants letters or SMS only keeps them whatever the plan says."""
    if not row.only:
        return step.channel
    return next((one.channel for one in template.steps if one.code == step.code), step.channel)


def _apply(scope: Scope, municipality: str, template: Template, now: datetime) -> Done:
    locked = Followup.objects.visible_to(scope).filter(municipality=municipality, state=ACTIVE)
    list(locked.select_for_update(of=("self",)).order_by("id").values_list("id"))
    found = [one for one in touched(scope, municipality, template, now) if not one.change.nothing]
    PlanTemplate.objects.bulk_create(
        [
            PlanTemplate(
                id=uuid4(), municipality_id=municipality, name=template.name, version=template.version,
                parts=sorted(template.parts), steps=plans.to_json(template.steps), made_at=now, made_by=scope.account,
            )
        ]
    )  # fmt: skip
    for one in found:
        _carry_out(scope, one, f"{template.name} {template.version}", now)
    return Done(municipality, template.name, about={"version": template.version, "plans": len(found)})


def _carry_out(scope: Scope, one: Touched, label: str, now: datetime) -> None:
    row, change, mine = one.followup, one.change, {step.id: step for step in one.steps}
    rows = Step.objects.visible_to(scope).filter(followup=row.id)
    rests = next((step.settled_because for step in one.steps if step.state == PAUSED), "")
    rows.filter(id__in=change.cancelled).update(state=CANCELLED, settled_at=now, settled_because=WITHDRAWN)
    for id_, plan, due in change.moved:
        waits = mine[id_].opens if mine[id_].opens > max(now, mine[id_].aim) else due.opens
        rows.filter(id=id_).update(**_facts(row, plan, due), opens=waits, template=label)
    for id_, plan, due in change.back:
        rows.filter(id=id_).update(
            **_facts(row, plan, due), opens=due.opens, template=label, settled_at=None,
            state=PAUSED if rests else OPEN, settled_because=rests,
        )  # fmt: skip
    last: dict[str, int] = defaultdict(int)
    for step in one.steps:
        last[step.code] = max(last[step.code], step.number)
    Step.objects.bulk_create(
        [
            Step(
                id=uuid4(), municipality_id=row.municipality_id, followup_id=row.id, code=plan.code,
                number=last[plan.code] + 1, opens=due.opens, template=label, state=PAUSED if rests else OPEN,
                settled_because=rests, **_facts(row, plan, due),
            )
            for plan, due in change.added
        ]
    )  # fmt: skip
    if row.fewer:
        follow_wish(scope, row, now)
    pointing.point(scope, row, now)


def _facts(row: Followup, plan: StepPlan, due: Window) -> dict[str, object]:
    return {
        "aim": due.aim, "closes": due.closes, "owner": plan.owner.value, "channel": row.only or plan.channel,
        "health": plan.health, "reason": plan.reason, "source": plan.source,
    }  # fmt: skip
