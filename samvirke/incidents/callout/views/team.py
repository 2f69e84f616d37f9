"""The register: who is in the team, how they are reached, who has confirmed it; the printed list."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages as notices
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from samvirke.access.guard import ScopedRequest, needs
from samvirke.access.permissions import Need
from samvirke.incidents.callout import actions, contact, queries, rules, showing
from samvirke.incidents.callout.forms import MemberForm, TimesForm
from samvirke.kit.errors import BadInput


@needs(Need.TEAM_READ)
@require_GET
def team(request: ScopedRequest, municipality: str) -> HttpResponse:
    """Show the team without phones, what is overdue, and the latest alerts."""
    now, scope = timezone.now(), request.scope
    rows = queries.team(scope, municipality, now)
    test = queries.last_test(scope, municipality)
    given = {
        "lines": showing.lines(rows, now, dict(showing.accounts(scope, municipality))),
        "overdue": queries.overdue(rows, now),
        "lacking": showing.lacking(rows),
        "recent": showing.recent(scope, queries.callouts(scope, municipality)),
        "test": showing.board(scope, test, now) if test else None,
        "times": queries.times(scope, municipality),
        "edits": scope.may(Need.TEAM_EDIT),
        "calls": scope.may(Need.CALL_OUT),
        "watches": scope.may(Need.INCIDENT_READ),
        "verified_days": rules.VERIFIED_FOR.days,
    }
    return render(request, "incidents/callout/team.html", given)


@needs(Need.TEAM_EDIT)
@require_http_methods(["GET", "POST"])
def add(request: ScopedRequest, municipality: str) -> HttpResponse:
    """Put somebody into the register; "save and next" is ready for one more."""
    now, scope = timezone.now(), request.scope
    form = _form(request, municipality)
    if request.method == "POST" and form.is_valid() and done(
        form, lambda: actions.add(scope, municipality, form.facts(), now=now)
    ):  # fmt: skip
        notices.success(request, gettext("Lagt til: {name}.").format(name=form.cleaned_data["name"]))
        to = "callout-member-new" if "neste" in request.POST else "callout-team"
        return redirect(to, municipality=municipality)
    return _screen(request, form, gettext("Legg til i kriseteamet"), more=True)


@needs(Need.TEAM_EDIT)
@require_http_methods(["GET", "POST"])
def member(request: ScopedRequest, municipality: str, teammate: UUID) -> HttpResponse:
    """Show and change what is said about somebody; showing the phones is logged."""
    now, scope = timezone.now(), request.scope
    row = queries.member(scope, municipality, teammate)
    (one,) = queries.with_phones(scope, municipality, [row], now, why="team-member")
    form = _form(request, municipality, one)
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"] or 0
        if done(
            form,
            lambda: actions.change(scope, municipality, teammate, form.facts(), version=version, now=now),
        ):
            notices.success(request, gettext("Lagret."))
            return redirect("callout-team", municipality=municipality)
    return _screen(
        request,
        form,
        one.contact.name,
        one=showing.lines([one], now, dict(showing.accounts(scope, municipality)))[0],
    )


@needs(Need.TEAM_EDIT)
@require_POST
def verify(request: ScopedRequest, municipality: str, teammate: UUID) -> HttpResponse:
    """Say with one click that somebody's numbers are right."""
    actions.confirm(request.scope, municipality, teammate, now=timezone.now())
    notices.success(request, gettext("Opplysningene er bekreftet."))
    return redirect("callout-team", municipality=municipality)


@needs(Need.TEAM_EDIT)
@require_POST
def ask(request: ScopedRequest, municipality: str, teammate: UUID) -> HttpResponse:
    """Send somebody a link to confirm their numbers with."""
    actions.ask(request.scope, municipality, teammate, now=timezone.now())
    notices.success(request, gettext("Vi har sendt en lenke for å bekrefte opplysningene."))
    return redirect("callout-team", municipality=municipality)


@needs(Need.TEAM_EDIT)
@require_http_methods(["GET", "POST"])
def leave(request: ScopedRequest, municipality: str, teammate: UUID) -> HttpResponse:
    """Ask first, then take somebody out of the register."""
    now, scope = timezone.now(), request.scope
    row = queries.member(scope, municipality, teammate)
    if request.method == "POST":
        actions.leave(scope, municipality, teammate, now=now)
        notices.success(request, gettext("Personen er tatt ut av listen. Telefon og e-post er slettet."))
        return redirect("callout-team", municipality=municipality)
    given = {
        "name": queries.contact_of(scope, row, now).name,
        "cancel": reverse("callout-member", args=[municipality, teammate]),
        "crumbs": crumbs(municipality),
    }
    return render(request, "incidents/callout/leave.html", given)


@needs(Need.TEAM_EDIT)
@require_http_methods(["GET", "POST"])
def times(request: ScopedRequest, municipality: str) -> HttpResponse:
    """Choose how long to wait."""
    scope, now = request.scope, timezone.now()
    before = queries.times(scope, municipality)
    form = TimesForm(request.POST or None, initial=vars(before))
    if request.method == "POST" and form.is_valid() and done(
        form, lambda: actions.set_times(scope, municipality, **form.cleaned_data, now=now)
    ):  # fmt: skip
        notices.success(request, gettext("Lagret."))
        return redirect("callout-team", municipality=municipality)
    given = {
        "form": form,
        "crumbs": crumbs(municipality),
        "cancel": reverse("callout-team", args=[municipality]),
    }
    return render(request, "incidents/callout/times.html", given)


@needs(Need.TEAM_EDIT)
@require_GET
def call_list(request: ScopedRequest, municipality: str) -> HttpResponse:
    """Show everybody with phones, to print for the night when nothing works; the reading is logged."""
    now = timezone.now()
    given = {
        "rows": showing.printed(request.scope, municipality, now),
        "printed_at": now,
        "crumbs": crumbs(municipality),
    }
    return render(request, "incidents/callout/call_list.html", given)


def crumbs(municipality: str) -> list[dict[str, str]]:
    """Return the way back to the team."""
    return [{"url": reverse("callout-team", args=[municipality]), "name": gettext("Kriseteamet")}]


def done(form: forms.Form, act: Callable[[], Any]) -> Any:
    """Carry out an act; what it refuses is said at its field."""
    try:
        return act()
    except BadInput as refused:
        form.add_error(refused.field if refused.field in form.fields else None, refused.text)
        return None


def _form(request: ScopedRequest, municipality: str, one: queries.Listed | None = None) -> MemberForm:
    scope, now = request.scope, timezone.now()
    deputies = [
        pair
        for pair in showing.to_call(queries.team(scope, municipality, now))
        if not one or pair[0] != one.id
    ]
    initial: dict[str, Any] = {}
    if one:
        row = one.row
        initial = {
            "function": row.function, "name": one.contact.name, "email": one.contact.email, "position": row.position,
            "phones": ", ".join(contact.shown(one.contact.phones)), "deputy": row.deputy_id or "",
            "language": row.language, "account": row.account or "", "away_from": row.away_from, "away_to": row.away_to,
            "version": row.version,
        }  # fmt: skip
    return MemberForm(
        request.POST or None,
        initial=initial,
        deputies=deputies,
        accounts=showing.accounts(scope, municipality),
    )


def _screen(
    request: ScopedRequest,
    form: MemberForm,
    title: str,
    *,
    more: bool = False,
    one: showing.Line | None = None,
) -> HttpResponse:
    code = request.scope.municipality or ""
    given = {
        "form": form, "title": title, "more": more, "one": one, "crumbs": crumbs(code),
        "cancel": reverse("callout-team", args=[code]),
    }  # fmt: skip
    return render(request, "incidents/callout/member.html", given, status=422 if form.errors else 200)
