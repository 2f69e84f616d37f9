"""Screens for the municipality's contact plans: change, see what it does to plans that run, carry out, undo."""

from typing import Any

from django.contrib import messages as notices
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from samvirke.access.guard import ScopedRequest, needs
from samvirke.access.permissions import Need
from samvirke.access.scope import NotYours
from samvirke.followup import actions, plan_words, planning
from samvirke.followup import plans as kept
from samvirke.followup.forms.plans import PartForm, Rows, first
from samvirke.followup.rules.people import Part
from samvirke.followup.rules.plan import Template
from samvirke.kit.errors import BadInput


@needs(Need.PLAN_EDIT)
@require_http_methods(["GET", "POST"])
def plans(request: ScopedRequest, municipality: str) -> HttpResponse:
    """List the municipality's contact plans, and begin one for a part that has none of its own."""
    found = kept.templates(request.scope, municipality)
    form = PartForm(request.POST or None, templates=found)
    if request.method == "POST" and form.is_valid():
        return redirect("followup-plan", municipality=municipality, name=form.cleaned_data["part"])
    given = {"plans": planning.listed(request.scope, municipality, found), "form": form}
    return render(request, "followup/plans.html", given)


@needs(Need.PLAN_EDIT)
@require_http_methods(["GET", "POST"])
def plan(request: ScopedRequest, municipality: str, name: str) -> HttpResponse:
    """Change a plan. What it does to plans that run is shown first; only what was shown is carried out."""
    now, scope = timezone.now(), request.scope
    template, version = _template(request, municipality, name), kept.version_of(scope, municipality, name)
    rows = Rows(request.POST or None, initial=first(template.steps))
    given: dict[str, Any] = {
        "name": plan_words.TEMPLATES[name],
        "slug": name,
        "rows": rows,
        "version": version,
    }
    if request.method == "POST" and rows.is_valid():
        steps = [
            row.step() for row in rows if row.cleaned_data.get("code") and not row.cleaned_data.get("DELETE")
        ]
        after = Template(
            name, version + 1, tuple(sorted(steps, key=lambda one: (one.anchor, one.aim))), template.parts
        )
        seen = planning.digest(after)
        try:
            if request.POST.get("sett") == seen and "innfor" in request.POST:
                actions.change_plan(
                    scope, municipality, name, after.steps, after.parts, version=version, now=now
                )
                notices.success(request, gettext("Planen er endret. Du kan angre her."))
                return redirect("followup-plans", municipality=municipality)
            given |= {"preview": planning.preview(scope, municipality, after, now), "seen": seen}
        except BadInput as refused:
            given["refused"] = refused.text
    return render(
        request,
        "followup/plan.html",
        given,
        status=422 if rows.is_bound and rows.errors and any(rows.errors) else 200,
    )


@needs(Need.PLAN_EDIT)
@require_http_methods(["GET", "POST"])
def undo(request: ScopedRequest, municipality: str, name: str) -> HttpResponse:
    """Show what undoing the newest version does, and do it."""
    now, scope = timezone.now(), request.scope
    version = kept.version_of(scope, municipality, name)
    if name not in plan_words.TEMPLATES or not kept.may_be_undone(scope, municipality, name):
        raise NotYours(name)
    if request.method == "POST":
        actions.undo_plan(scope, municipality, name, version=int(request.POST.get("versjon") or 0), now=now)
        notices.success(request, gettext("Endringen er angret."))
        return redirect("followup-plans", municipality=municipality)
    after = kept.before(scope, municipality, name, version)
    given = {
        "name": plan_words.TEMPLATES[name],
        "version": version,
        "preview": planning.preview(scope, municipality, after, now),
    }
    return render(request, "followup/plan_undo.html", given)


def _template(request: ScopedRequest, municipality: str, name: str) -> Template:
    """Return the plan that is changed; for a part without one of its own, what counts for it today."""
    found = kept.template(request.scope, municipality, name)
    if found is not None:
        return found
    if name not in {part.value for part in Part} - {Part.DEAD.value, Part.MISSING.value}:
        raise NotYours(name)
    base = kept.template(request.scope, municipality, kept.EVERYBODY)
    return Template(name, 0, base.steps if base else (), frozenset({Part(name)}))
