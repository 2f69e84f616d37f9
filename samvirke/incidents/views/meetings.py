"""Meetings of an incident."""

from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods

from samvirke.access.guard import ScopedRequest, needs
from samvirke.access.permissions import Need
from samvirke.incidents import actions, queries
from samvirke.incidents.forms import MeetingForm
from samvirke.incidents.views.common import form_screen, question_screen, show

HERE = "incidents-meetings"


@needs(Need.INCIDENT_READ)
@require_GET
def meetings(request: ScopedRequest, municipality: str, incident: UUID) -> HttpResponse:
    """List the meetings: those to come first."""
    now, scope = timezone.now(), request.scope
    event, rows = queries.incident(scope, incident), queries.meetings(scope, incident)
    given = {
        "coming": [row for row in rows if row.ends >= now],
        "held": [row for row in reversed(rows) if row.ends < now],
        "writes": scope.may(Need.INCIDENT_LOG),
        "own": municipality,
    }
    return show(request, "meetings", event, gettext("Møter"), **given)


@needs(Need.INCIDENT_LOG)
@require_http_methods(["GET", "POST"])
def plan_meeting(request: ScopedRequest, municipality: str, incident: UUID) -> HttpResponse:  # noqa: ARG001  (the guard's)
    """Plan a meeting."""
    form = MeetingForm(request.POST or None)
    return form_screen(
        request, incident, form, gettext("Nytt møte"), gettext("Lagre møtet"),
        lambda _told: actions.plan(request.scope, incident, form.told(), now=timezone.now()), HERE,
    )  # fmt: skip


@needs(Need.INCIDENT_LOG)
@require_http_methods(["GET", "POST"])
def change_meeting(request: ScopedRequest, municipality: str, incident: UUID, meeting: UUID) -> HttpResponse:  # noqa: ARG001  (the guard's)
    """Change a meeting of one's own, or say where its minutes are."""
    row = queries.meeting(request.scope, meeting)
    known = {name: getattr(row, name) for name in ("title", "starts", "place", "invited", "minutes_in")}
    form = MeetingForm(
        request.POST or None, initial=known | {"minutes": int((row.ends - row.starts).total_seconds() // 60)}
    )
    return form_screen(
        request, incident, form, gettext("Endre møtet"), gettext("Lagre møtet"),
        lambda _told: actions.change(request.scope, meeting, form.told(), now=timezone.now()), HERE,
    )  # fmt: skip


@needs(Need.INCIDENT_LOG)
@require_http_methods(["GET", "POST"])
def cancel_meeting(request: ScopedRequest, municipality: str, incident: UUID, meeting: UUID) -> HttpResponse:  # noqa: ARG001  (the guard's)
    """Cancel a meeting of one's own."""
    queries.meeting(request.scope, meeting)
    return question_screen(
        request, incident, gettext("Avlyse møtet?"), gettext("Kalendere viser møtet som avlyst. Si fra til dem som er kalt inn."),
        gettext("Avlys møtet"), lambda: actions.cancel(request.scope, meeting, now=timezone.now()), HERE,
    )  # fmt: skip
