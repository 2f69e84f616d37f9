"""Deciding, closing, opening again, deleting a drill."""

from uuid import UUID

from django.contrib import messages as notices
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from samvirke.access.guard import ScopedRequest, needs
from samvirke.access.permissions import Need
from samvirke.incidents import actions, queries
from samvirke.incidents.forms import CriteriaForm, DecideForm, ReasonForm
from samvirke.incidents.views.common import address, carried_out, form_screen, frame, show
from samvirke.kit.errors import BadInput


@needs(Need.INCIDENT_LEAD)
@require_http_methods(["GET", "POST"])
def decide(request: ScopedRequest, municipality: str, incident: UUID) -> HttpResponse:  # noqa: ARG001  (the guard's)
    """Answer whether the team shall begin, with the criteria beside."""
    now, scope = timezone.now(), request.scope
    event, form = queries.led(scope, incident), CriteriaForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and carried_out(
        form, lambda: actions.decide(scope, incident, now=now, **form.cleaned_data)
    ):  # fmt: skip
        notices.success(request, gettext("Avgjørelsen er lagret."))
        return redirect(address(request, "incidents-incident", incident))
    cancel = address(request, "incidents-incident", incident)
    return show(request, "decide", event, gettext("Skal teamet i gang?"), form=form, cancel=cancel)


@needs(Need.INCIDENT_LEAD)
@require_http_methods(["GET", "POST"])
def second_opinion(request: ScopedRequest, municipality: str, incident: UUID, decision: UUID) -> HttpResponse:  # noqa: ARG001  (the guard's)
    """Look anew at another leader's no."""
    now, form = timezone.now(), DecideForm(request.POST or None)
    said = next((one for one in queries.decisions(request.scope, incident) if one.row.id == decision), None)
    return form_screen(
        request, incident, form, gettext("Vurder på nytt"), gettext("Lagre vurderingen"),
        lambda told: actions.second_opinion(request.scope, decision, now=now, **told),
        text=gettext("Svaret var nei: {reason}").format(reason=said.reason) if said else "",
    )  # fmt: skip


@needs(Need.INCIDENT_LEAD)
@require_http_methods(["GET", "POST"])
def close(request: ScopedRequest, municipality: str, incident: UUID) -> HttpResponse:  # noqa: ARG001  (the guard's)
    """Close an incident; what holds it open is said before anybody types."""
    now, scope, form = timezone.now(), request.scope, ReasonForm(request.POST or None)
    queries.led(scope, incident)
    return form_screen(
        request, incident, form, gettext("Avslutt hendelsen"), gettext("Avslutt"),
        lambda told: actions.close(scope, incident, told["reason"], now=now),
        text=" ".join(actions.held_by(scope, incident)),
    )  # fmt: skip


@needs(Need.INCIDENT_LEAD)
@require_http_methods(["GET", "POST"])
def reopen(request: ScopedRequest, municipality: str, incident: UUID) -> HttpResponse:  # noqa: ARG001  (the guard's)
    """Open a closed incident again."""
    now, form = timezone.now(), ReasonForm(request.POST or None)
    queries.led(request.scope, incident)
    return form_screen(
        request, incident, form, gettext("Åpne hendelsen igjen"), gettext("Åpne igjen"),
        lambda told: actions.reopen(request.scope, incident, told["reason"], now=now),
    )  # fmt: skip


@needs(Need.INCIDENT_LEAD)
@require_http_methods(["GET", "POST"])
def delete(request: ScopedRequest, municipality: str, incident: UUID) -> HttpResponse:
    """Ask once, and delete a drill as a whole."""
    event = queries.led(request.scope, incident)
    there = address(request, "incidents-incident", incident)
    if request.method == "POST":
        try:
            actions.delete(request.scope, incident, now=timezone.now())
        except BadInput as refused:
            notices.error(request, refused.text)
            return redirect(there)
        notices.success(request, gettext("Øvelsen er slettet."))
        return redirect("incidents", municipality=municipality)
    given = {
        "question": gettext("Slette øvelsen {title}?").format(title=event.title),
        "text": gettext("Alt i øvelsen slettes: logg, varsler, personer og kontakt. Det kan ikke angres. Journalen består."),
        "button": gettext("Slett øvelsen"), "cancel": there, "danger": True,
    }  # fmt: skip
    return render(request, "ui/staff/confirm.html", frame(request, event) | given)
