"""What the leader sees of contact plans: each plan, and what a new version does to those that run, without names."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext

from samvirke.access.scope import Scope
from samvirke.followup import plan_words, plans, queries, words
from samvirke.followup.actions.templating import Touched, touched
from samvirke.followup.models import Followup
from samvirke.followup.rules import changing
from samvirke.followup.rules.lists import reference
from samvirke.followup.rules.people import Part
from samvirke.followup.rules.plan import Template, template_for

EXAMPLES = 5


@dataclass(frozen=True)
class Listed:
    """One plan in the list."""

    slug: str
    name: object
    version: int
    own: bool
    steps: int
    running: int


def listed(scope: Scope, municipality: str, found: Sequence[Template]) -> list[Listed]:
    """Return a municipality's plans with how many follow each now."""
    parts = list(
        Followup.objects.visible_to(scope)
        .filter(municipality=municipality, live=True)
        .values_list("part", "as_child")
    )
    followed = [template_for(Part(part), found, child=child).name for part, child in parts]
    return [
        Listed(
            one.name,
            plan_words.TEMPLATES.get(one.name, one.name),
            one.version,
            plans.may_be_undone(scope, municipality, one.name),
            len(one.steps),
            followed.count(one.name),
        )
        for one in found
    ]


@dataclass(frozen=True)
class Example:
    """One plan that changes: a link without a name, and what happens."""

    followup: UUID
    what: list[tuple[object, object, datetime | None]]

    @property
    def reference(self) -> str:
        """Return what stands for the person without saying who it is."""
        return reference(self.followup)


@dataclass(frozen=True)
class Preview:
    """What a version does: how many plans follow it, how many change, counts of steps, and some examples."""

    faults: list[object]
    plans: int
    changed: int
    counts: list[tuple[object, int]]
    examples: list[Example]


def preview(scope: Scope, municipality: str, template: Template, now: datetime) -> Preview:
    """Return what a version would do to the plans that run. Nobody is opened."""
    put_away = not template.parts and template.name != plans.EVERYBODY
    wrong = [] if put_away else changing.faults(template.steps)
    faults: list[object] = [plan_words.PLAN_FAULTS[code] for code in wrong]
    where = [words.step_name(code) for code in changing.crooked(template.steps)] if faults else []
    if where:
        faults.append(gettext("Se på: {steps}.").format(steps=", ".join(map(str, where))))
    found = [] if faults else touched(scope, municipality, template, now)
    changed = [one for one in found if not one.change.nothing]
    counts = [
        (name, sum(len(getattr(one.change, key)) for one in changed))
        for key, name in plan_words.PLAN_CHANGES.items()
    ]
    visible = set(
        queries.followups(scope)
        .filter(id__in=[one.followup.id for one in changed])
        .values_list("id", flat=True)
    )
    examples = [_example(one) for one in changed if one.followup.id in visible][:EXAMPLES]
    return Preview(faults, len(found), len(changed), [one for one in counts if one[1]], examples)


def _example(one: Touched) -> Example:
    codes = {step.id: step.code for step in one.steps}
    change, said = one.change, plan_words.PLAN_CHANGES
    what: list[tuple[object, object, datetime | None]] = [
        (words.step_name(step.code), said["added"], due.aim) for step, due in change.added
    ]
    what += [(words.step_name(step.code), said["moved"], due.aim) for _, step, due in change.moved]
    what += [(words.step_name(step.code), said["back"], due.aim) for _, step, due in change.back]
    what += [(words.step_name(codes[id_]), said["cancelled"], None) for id_ in change.cancelled]
    return Example(one.followup.id, what)


def digest(template: Template) -> str:
    """Return what stands for a plan's content: only what was shown is carried out."""
    told = json.dumps(
        [plans.to_json(template.steps), sorted(template.parts), template.version], sort_keys=True
    )
    return hashlib.sha256(told.encode()).hexdigest()[:24]
