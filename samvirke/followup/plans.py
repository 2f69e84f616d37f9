"""Which contact plan counts for somebody: the municipality's own newest version, else the default."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import timedelta
from typing import Any

from samvirke.access.scope import Scope
from samvirke.followup.models import Followup, PlanTemplate
from samvirke.followup.rules.people import Part
from samvirke.followup.rules.plan import DEFAULTS, Anchor, Owner, StepPlan, Template, template_for

TIMES = ("opens", "aim", "closes")


def templates(scope: Scope, municipality: str) -> list[Template]:
    """Return a municipality's plans: its own newest versions, and the defaults that it has none instead of."""
    own: dict[str, Template] = {}
    for row in PlanTemplate.objects.visible_to(scope).filter(municipality=municipality).order_by("version"):
        steps = tuple(from_json(one) for one in row.steps)
        own[row.name] = Template(row.name, row.version, steps, frozenset(map(Part, row.parts)))
    return [*own.values(), *(one for one in DEFAULTS if one.name not in own)]


def template_of(scope: Scope, one: Followup) -> Template:
    """Return the plan that counts for somebody's part."""
    return template_for(Part(one.part), templates(scope, one.municipality_id))


def to_json(steps: Sequence[StepPlan]) -> list[dict[str, Any]]:
    """Return steps as they are kept: hours for times."""
    return [
        {**asdict(step), **{name: getattr(step, name) / timedelta(hours=1) for name in TIMES}}
        for step in steps
    ]


def from_json(kept: Mapping[str, Any]) -> StepPlan:
    """Return a step from what was kept."""
    times = {name: timedelta(hours=kept[name]) for name in TIMES}
    return StepPlan(**{**kept, **times, "anchor": Anchor(kept["anchor"]), "owner": Owner(kept["owner"])})
