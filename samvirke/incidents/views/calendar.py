"""A member's own calendar address, and the feed that stands there."""

import time
from datetime import timedelta

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from samvirke.access.guard import ScopedRequest, needs, public
from samvirke.access.permissions import Need
from samvirke.incidents import actions, feeds, queries
from samvirke.publishing.limits import Limit, address

LIMIT = Limit(burst=60, per_second=1.0)
LOOKS_BACK = timedelta(days=90)


@needs(Need.INCIDENT_READ)
@require_http_methods(["GET", "POST"])
def calendar(request: ScopedRequest, municipality: str) -> HttpResponse:
    """Make one's own calendar address, or make it anew; it is shown this once."""
    scope, now, fresh = request.scope, timezone.now(), ""
    if request.method == "POST":
        token = actions.make_calendar(scope, now=now).token
        fresh = f"{settings.STAFF_URL}/kalender/{token}.ics"
    known = queries.calendar_key(scope, municipality, scope.account) if scope.account else None
    return render(request, "incidents/calendar.html", {"fresh": fresh, "known": known})


@needs(Need.INCIDENT_READ)
@require_POST
def end_calendar(request: ScopedRequest, municipality: str) -> HttpResponse:
    """Let one's own calendar address open nothing."""
    actions.end_calendar(request.scope, now=timezone.now())
    return redirect("incidents-calendar", municipality=municipality)


@public
@require_GET
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """Answer a calendar programme that knows a member's secret address: meetings, and nothing about people hit."""
    whose = address(request.META.get("REMOTE_ADDR", ""), request.headers.get("X-Forwarded-For", ""))
    if not LIMIT.allows(whose, time.monotonic()):
        return HttpResponse(status=429, headers={"Retry-After": "60"})
    now = timezone.now()
    text = feeds.of(token, now, now - LOOKS_BACK)
    if text is None:
        raise Http404
    headers = {"Cache-Control": "private, no-store", "X-Robots-Tag": "noindex"}
    return HttpResponse(text, content_type="text/calendar; charset=utf-8", headers=headers)
