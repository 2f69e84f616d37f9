"""Which contact plan counts for somebody: the municipality's own newest version, else the default."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import timedelta
from typing import Any

from django.utils.translation import gettext

from samvirke.access.scope import Scope
from samvirke.followup.models import Followup, PlanTemplate
from samvirke.followup.rules.people import Part
from samvirke.followup.rules.plan import DEFAULTS, Anchor, Owner, StepPlan, Template, template_for
from samvirke.kit.errors import BadInput

TIMES = ("opens", "aim", "closes")
EVERYBODY = "direct"
"""The one plan that may name no part: it is for everybody that no other takes. Another without parts is put away."""


def templates(scope: Scope, municipality: str) -> list[Template]:
    """Return a municipality's plans: its own newest versions, and the defaults that it has none instead of."""
    own: dict[str, Template] = {}
    for row in PlanTemplate.objects.visible_to(scope).filter(municipality=municipality).order_by("version"):
        steps = tuple(from_json(one) for one in row.steps)
        own[row.name] = Template(row.name, row.version, steps, frozenset(map(Part, row.parts)))
    kept = [one for one in own.values() if one.parts or one.name == EVERYBODY]
    return [*kept, *(one for one in DEFAULTS if one.name not in own)]


def template(scope: Scope, municipality: str, name: str) -> Template | None:
    """Return a municipality's plan of a name, None when there is none."""
    return next((one for one in templates(scope, municipality) if one.name == name), None)


def version_of(scope: Scope, municipality: str, name: str) -> int:
    """Return the number of a plan's newest version, put away or not; 0 for one that never was."""
    rows = PlanTemplate.objects.visible_to(scope).filter(municipality=municipality, name=name)
    newest = rows.order_by("-version").values_list("version", flat=True).first()
    return newest or next((one.version for one in DEFAULTS if one.name == name), 0)


def before(scope: Scope, municipality: str, name: str, version: int) -> Template:
    """Return what undoing a version gives: the one before it, as a new version. A plan that was new is put away.

    Raises BadInput when there is nothing to undo.
    """
    rows = PlanTemplate.objects.visible_to(scope).filter(municipality=municipality, name=name)
    if not rows.filter(version=version).exists():
        raise BadInput(gettext("Planen er ikke endret. Det er ingenting å angre."))
    row = rows.filter(version__lt=version).order_by("-version").first()
    if row is not None:
        return Template(name, version + 1, tuple(map(from_json, row.steps)), frozenset(map(Part, row.parts)))
    first = next((one for one in DEFAULTS if one.name == name), None)
    return Template(name, version + 1, first.steps if first else (), first.parts if first else frozenset())


def may_be_undone(scope: Scope, municipality: str, name: str) -> bool:
    """Say whether a plan has a version of the municipality's own."""
    rows = PlanTemplate.objects.visible_to(scope).filter(municipality=municipality, name=name)
    return rows.exists()


def template_of(scope: Scope, one: Followup) -> Template:
    """Return the plan that counts for somebody's part and age."""
    return template_for(Part(one.part), templates(scope, one.municipality_id), child=one.as_child)


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
