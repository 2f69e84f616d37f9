"""Who was told, the police's assessment, the evaluation."""

from uuid import UUID

from django.contrib import messages as notices
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods

from samvirke.access.guard import ScopedRequest, needs
from samvirke.access.permissions import Need
from samvirke.incidents import actions, lists, queries
from samvirke.incidents.forms import LessonForm, TellForm, ThreatForm
from samvirke.incidents.views.common import address, carried_out, form_screen, question_screen, show


@needs(Need.INCIDENT_READ)
@require_GET
def informed(request: ScopedRequest, municipality: str, incident: UUID) -> HttpResponse:  # noqa: ARG001  (the guard's)
    """List whom to tell; those who have not been told are on top."""
    event, scope = queries.incident(request.scope, incident), request.scope
    lacking, told, rest = lists.checklist(scope, incident)
    given = {"lacking": lacking, "told": told, "rest": rest, "writes": scope.may(Need.INCIDENT_LOG)}
    return show(request, "informed", event, gettext("Hvem er varslet?"), **given)


@needs(Need.INCIDENT_LOG)
@require_http_methods(["GET", "POST"])
def tell(request: ScopedRequest, municipality: str, incident: UUID, actor: str) -> HttpResponse:  # noqa: ARG001  (the guard's)
    """Write that somebody was told."""
    now, form = timezone.now(), TellForm(request.POST or None)
    return form_screen(
        request, incident, form, lists.actor_name(actor), gettext("Lagre"),
        lambda told: actions.tell(request.scope, incident, actor, told["how"], told["whom"], now=now), "incidents-informed",
    )  # fmt: skip


@needs(Need.INCIDENT_LEAD)
@require_http_methods(["GET", "POST"])
def threats(request: ScopedRequest, municipality: str, incident: UUID) -> HttpResponse:  # noqa: ARG001  (the guard's)
    """Show the police's assessments to leaders, and take down a new one."""
    now, scope = timezone.now(), request.scope
    event, form = queries.incident(scope, incident), ThreatForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and carried_out(
        form, lambda: actions.assess(scope, incident, now=now, **form.cleaned_data)
    ):  # fmt: skip
        notices.success(request, gettext("Vurderingen er lagret."))
        return redirect(address(request, "incidents-threats", incident))
    found = queries.threats(scope, incident, now)
    return show(request, "threats", event, gettext("Politiets trusselvurdering"), form=form, found=found)


@needs(Need.INCIDENT_LEAD)
@require_http_methods(["GET", "POST"])
def evaluation(request: ScopedRequest, municipality: str, incident: UUID) -> HttpResponse:  # noqa: ARG001  (the guard's)
    """Answer the questions of the evaluation, and see what is still to be done."""
    now, scope = timezone.now(), request.scope
    event, form = queries.incident(scope, incident), LessonForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and carried_out(
        form, lambda: actions.learn(scope, incident, now=now, **form.cleaned_data)
    ):  # fmt: skip
        notices.success(request, gettext("Lagret."))
        return redirect(address(request, "incidents-evaluation", incident))
    found = lists.evaluation(scope, incident, now)
    return show(request, "evaluation", event, gettext("Evaluering"), form=form, found=found)


@needs(Need.INCIDENT_LEAD)
@require_http_methods(["GET", "POST"])
def improved(request: ScopedRequest, municipality: str, incident: UUID, lesson: UUID) -> HttpResponse:  # noqa: ARG001  (the guard's)
    """Say that what was to be better is done."""
    return question_screen(
        request, incident, gettext("Er dette gjort?"), "", gettext("Ja, det er gjort"),
        lambda: actions.improved(request.scope, lesson, now=timezone.now()), "incidents-evaluation",
    )  # fmt: skip
