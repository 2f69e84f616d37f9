"""Alerts: begin one, see who comes, write down calls that were made by hand, end it."""

from uuid import UUID

from django.contrib import messages as notices
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from samvirke.access.guard import ScopedRequest, needs
from samvirke.access.permissions import Need
from samvirke.incidents.callout import actions, queries, showing
from samvirke.incidents.callout.forms import CalloutForm, EnterForm, PaperForm, TestForm, minute
from samvirke.incidents.callout.views.team import crumbs, done


@needs(Need.CALL_OUT)
@require_http_methods(["GET", "POST"])
def begin(request: ScopedRequest, municipality: str) -> HttpResponse:  # noqa: ARG001  (the guard's)
    """Call the team out for an incident."""
    found = showing.incident_choices(request.scope)
    initial = {"incident": request.GET.get("hendelse", "")}
    form = CalloutForm(request.POST or None, incidents=found, initial=initial)
    return _begin(request, form, gettext("Varsle kriseteamet"), gettext("Send varsel"), incidents=found)


@needs(Need.CALL_OUT)
@require_http_methods(["GET", "POST"])
def test(request: ScopedRequest, municipality: str) -> HttpResponse:  # noqa: ARG001  (the guard's)
    """Test that the team can be called out. Every message says that it is a test."""
    form = TestForm(request.POST or None)
    return _begin(request, form, gettext("Send prøvevarsel"), gettext("Send prøvevarsel"), is_test=True)


@needs(Need.CALL_OUT)
@require_http_methods(["GET", "POST"])
def on_paper(request: ScopedRequest, municipality: str) -> HttpResponse:
    """Make room for calls that were made from the printed list."""
    now, scope = timezone.now(), request.scope
    form = PaperForm(request.POST or None, incidents=showing.incident_choices(scope))
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        order = actions.Order(UUID(told["incident"]))
        made = done(form, lambda: actions.write_down(scope, municipality, order, told["begun_at"], now=now))
        if made:
            return redirect("callout-enter", municipality=municipality, callout=made.target)
    given = {
        "form": form,
        "crumbs": crumbs(municipality),
        "cancel": reverse("callout-team", args=[municipality]),
    }
    return render(request, "incidents/callout/on_paper.html", given, status=422 if form.errors else 200)


@needs(Need.INCIDENT_READ)
@require_GET
def board(request: ScopedRequest, municipality: str, callout: UUID) -> HttpResponse:
    """Show who comes and when, who cannot, who has not answered. Fetches itself anew every few seconds."""
    now, scope = timezone.now(), request.scope
    shown = showing.board(scope, queries.callout(scope, municipality, callout), now)
    given = {
        "board": shown,
        "figures": showing.figure_lines(shown.figures),
        "calls": scope.may(Need.CALL_OUT),
        "crumbs": crumbs(municipality),
    }
    part = "HX-Request" in request.headers
    return render(request, f"incidents/callout/{'staff/_board' if part else 'board'}.html", given)


@needs(Need.CALL_OUT)
@require_http_methods(["GET", "POST"])
def enter(request: ScopedRequest, municipality: str, callout: UUID) -> HttpResponse:
    """Write down one call that was made by phone, and be ready for the next."""
    now, scope = timezone.now(), request.scope
    row = queries.callout(scope, municipality, callout)
    people = showing.to_call(queries.team(scope, municipality, now))
    initial = {"at": minute(row.begun_at if row.on_paper else now)}
    form = EnterForm(request.POST or None, members=people, initial=initial)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        who, at, minutes = UUID(told["member"]), told["at"], told["minutes"]
        if done(form, lambda: actions.enter_by_hand(
            scope, municipality, callout, who, at, form.said(), minutes, now=now
        )):  # fmt: skip
            notices.success(request, gettext("Oppringningen er ført."))
            return redirect("callout-enter", municipality=municipality, callout=callout)
    given = {"form": form, "board": showing.board(scope, row, now), "crumbs": crumbs(municipality)}
    return render(request, "incidents/callout/enter.html", given, status=422 if form.errors else 200)


@needs(Need.CALL_OUT)
@require_POST
def end(request: ScopedRequest, municipality: str, callout: UUID) -> HttpResponse:
    """End an alert."""
    actions.end(request.scope, municipality, callout, now=timezone.now())
    notices.success(request, gettext("Varslingen er avsluttet. Lenkene virker ikke lenger."))
    return redirect("callout-board", municipality=municipality, callout=callout)


def _begin(
    request: ScopedRequest,
    form: TestForm,
    title: str,
    button: str,
    *,
    is_test: bool = False,
    incidents: object = True,
) -> HttpResponse:
    """Show the form, or send the alert and go to its board."""
    now, scope = timezone.now(), request.scope
    code = scope.municipality or ""
    if request.method == "POST" and form.is_valid():
        made = done(form, lambda: actions.begin(scope, code, form.order(), now=now))
        if made:
            return redirect("callout-board", municipality=code, callout=made.target)
    given = {
        "form": form, "title": title, "button": button, "is_test": is_test, "incidents": incidents,
        "times": queries.times(scope, code), "lacking": showing.lacking(queries.team(scope, code, now)),
        "crumbs": crumbs(code), "cancel": reverse("callout-team", args=[code]),
    }  # fmt: skip
    return render(request, "incidents/callout/begin.html", given, status=422 if form.errors else 200)
