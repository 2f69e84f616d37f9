"""The list of incidents, the report, and one incident's page: where it stands and what comes next."""

from uuid import UUID

from django.contrib import messages as notices
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods

from samvirke.access.guard import ScopedRequest, needs
from samvirke.access.permissions import Need
from samvirke.incidents import actions, figures, queries, showing
from samvirke.incidents.forms import ReportForm
from samvirke.incidents.views.common import carried_out, frame, show


@needs(Need.INCIDENT_READ)
@require_GET
def incidents(request: ScopedRequest, municipality: str) -> HttpResponse:
    """List the incidents, the active first, and say how often the answer was no."""
    now, scope = timezone.now(), request.scope
    given = {
        "lines": showing.lines(scope, municipality, now),
        "years": figures.years(scope),
        "reports": scope.may(Need.INCIDENT_REPORT),
    }
    return render(request, "incidents/incidents.html", given)


@needs(Need.INCIDENT_REPORT)
@require_http_methods(["GET", "POST"])
def report(request: ScopedRequest, municipality: str) -> HttpResponse:
    """Write down a report."""
    now = timezone.now()
    form = ReportForm(request.POST or None, initial={"happened_at": timezone.localtime(now)})
    done: list[actions.Opened] = []
    if request.method == "POST" and form.is_valid() and carried_out(
        form, lambda: done.append(actions.report(request.scope, municipality, form.told(), now=now))
    ):  # fmt: skip
        notices.success(request, gettext("Meldt: {reference}.").format(reference=done[0].reference))
        return redirect("incidents-incident", municipality=municipality, incident=done[0].incident)
    return render(request, "incidents/report.html", {"form": form}, status=422 if form.errors else 200)


@needs(Need.INCIDENT_READ)
@require_GET
def incident(request: ScopedRequest, municipality: str, incident: UUID) -> HttpResponse:
    """Show where an incident stands, what comes next, and the way to everything in it."""
    now, scope = timezone.now(), request.scope
    event = queries.incident(scope, incident)
    page = showing.page(scope, event, municipality, now)
    return render(request, "incidents/incident.html", frame(request, event) | {"page": page})


@needs(Need.INCIDENT_READ)
@require_GET
def reporter(request: ScopedRequest, municipality: str, incident: UUID) -> HttpResponse:  # noqa: ARG001  (the guard's)
    """Show who reported; the access log says who looked."""
    event = queries.incident(request.scope, incident)
    who = queries.reporter(request.scope, incident, timezone.now())
    return show(request, "reporter", event, gettext("Hvem som meldte"), who=who)
