"""Screens of follow-up for many: the worklist, the queue, the leader's board. Each reading of a person is logged."""

from urllib.parse import urlencode
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
from samvirke.followup import actions, queries
from samvirke.followup.forms.lists import AbsenceForm, AssignForm, KeepFilterForm, ListFilterForm
from samvirke.followup.lists import listing
from samvirke.followup.lists.board import board
from samvirke.followup.lists.staff import absences, workers
from samvirke.followup.lists.waiting import families
from samvirke.followup.rules.counting import FEWEST
from samvirke.followup.rules.staffing import LIMIT
from samvirke.followup.views.common import done, is_uuid


@needs(Need.PERSON_READ)
@require_GET
def worklist(request: ScopedRequest, municipality: str) -> HttpResponse:  # noqa: ARG001  (the guard's)
    """List whom to contact, and through what; the team's list names nobody but to the leader."""
    found = listing.listed(request.scope, request.GET.dict(), timezone.now())
    form = ListFilterForm(request.GET, incidents=found.incidents)
    leads = request.scope.may(Need.FOLLOWUP_ASSIGN)
    given = {"found": found, "form": form, "said": listing.said(found), "leads": leads}
    return render(request, "followup/worklist.html", given)


@needs(Need.PERSON_READ)
@require_POST
def keep_filter(request: ScopedRequest, municipality: str) -> HttpResponse:
    """Keep the choice that is shown, under a name of one's own."""
    wish = listing.asked(request.POST.dict())
    form, back = KeepFilterForm(request.POST), reverse("followup-worklist", args=[municipality])
    if not form.is_valid():
        notices.error(request, gettext("Gi utvalget et navn på høyst 40 tegn."))
    elif done(form, lambda: actions.keep_filter(
        request.scope, municipality, form.cleaned_data["name"], dict(wish.given), now=timezone.now()
    )):  # fmt: skip
        notices.success(request, gettext("Utvalget er lagret."))
    else:
        notices.error(request, " ".join(str(text) for texts in form.errors.values() for text in texts))
    return redirect(f"{back}?{urlencode({'vis': listing.URLS[wish.name], **wish.given})}")


@needs(Need.PERSON_READ)
@require_POST
def drop_filter(request: ScopedRequest, municipality: str, kept: UUID) -> HttpResponse:
    """Take away one of one's own choices."""
    actions.drop_filter(request.scope, kept, now=timezone.now())
    notices.success(request, gettext("Utvalget er fjernet."))
    return redirect("followup-worklist", municipality=municipality)


@needs(Need.FOLLOWUP_ASSIGN)
@require_http_methods(["GET", "POST"])
def queue(request: ScopedRequest, municipality: str) -> HttpResponse:
    """Give those who wait a contact person, one or many at a time, with everybody's load beside."""
    now, scope = timezone.now(), request.scope
    staff = workers(scope, municipality, now)
    form = AssignForm(request.POST or None, workers=staff)
    chosen = [UUID(one) for one in request.POST.getlist("rammet") if is_uuid(one)]
    if request.method == "POST" and form.is_valid():
        if not chosen:
            form.add_error(None, gettext("Velg minst én person i listen."))
        elif done(form, lambda: actions.assign(
            scope, municipality, chosen, *form.pair(), now=now,
            over_limit=form.cleaned_data["over_limit"], together=not form.cleaned_data["apart"],
        )):  # fmt: skip
            notices.success(request, gettext("Kontaktperson er gitt til {n}.").format(n=len(chosen)))
            return redirect("followup-queue", municipality=municipality)
    waiting = families(scope, now)
    given = {
        "families": waiting,
        "more": queries.waiting(scope) - sum(len(one.members) for one in waiting),
        "form": form,
        "chosen": set(chosen),
        "staff": staff,
        "limit": LIMIT,
    }
    return render(request, "followup/queue.html", given, status=422 if form.errors else 200)


@needs(Need.PERSON_READ)
@require_http_methods(["GET", "POST"])
def absence(request: ScopedRequest, municipality: str) -> HttpResponse:
    """Register that one is away oneself, or, for the leader, that somebody of the team is."""
    now, scope = timezone.now(), request.scope
    staff = workers(scope, municipality, now)
    mine = [one for one in staff if one.account == scope.account or scope.may(Need.FOLLOWUP_ASSIGN)]
    mine.sort(key=lambda one: (one.account != scope.account, one.name))
    form = AbsenceForm(request.POST or None, workers=mine)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        if done(form, lambda: actions.register_absence(
            scope, municipality, UUID(told["who"]), told["first"], told["last"], now=now
        )):  # fmt: skip
            notices.success(
                request, gettext("Fraværet er registrert. Stedfortrederne ser personene på listen sin.")
            )
            return redirect("followup-absence", municipality=municipality)
    given = {"form": form, "away": absences(scope, municipality, staff, now), "leads": len(mine) > 1}
    return render(request, "followup/absence.html", given, status=422 if form.errors else 200)


@needs(Need.PERSON_READ)
@require_POST
def end_absence(request: ScopedRequest, municipality: str, gone: UUID) -> HttpResponse:
    """End an absence, or take back one that has not begun."""
    actions.end_absence(request.scope, gone, now=timezone.now())
    notices.success(request, gettext("Fraværet er avsluttet."))
    return redirect("followup-absence", municipality=municipality)


@needs(Need.FOLLOWUP_ASSIGN)
@require_GET
def leader(request: ScopedRequest, municipality: str) -> HttpResponse:
    """Show who is late, who waits, what the leader must decide, each one's load, and the reach so far."""
    wish = request.GET.get("hendelse", "")
    found = board(request.scope, municipality, timezone.now(), UUID(wish) if is_uuid(wish) else None)
    return render(request, "followup/leader.html", {"board": found, "limit": LIMIT, "fewest": FEWEST})
