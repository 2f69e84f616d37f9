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
from samvirke.followup import actions, queries, showing
from samvirke.followup.forms.lists import KeepFilterForm, ListFilterForm, StaffPairForm
from samvirke.followup.lists import listing
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
    form = StaffPairForm(request.POST or None, staff=showing.staff(scope, municipality, now))
    chosen = [UUID(one) for one in request.POST.getlist("rammet") if is_uuid(one)]
    if request.method == "POST" and form.is_valid():
        if not chosen:
            form.add_error(None, gettext("Velg minst én person i listen."))
        elif done(form, lambda: actions.assign(
            scope, municipality, chosen, *form.pair(), now=now, over_limit=form.cleaned_data["over_limit"]
        )):  # fmt: skip
            notices.success(request, gettext("Kontaktperson er gitt til {n}.").format(n=len(chosen)))
            return redirect("followup-queue", municipality=municipality)
    rows = showing.lines(scope, queries.unassigned(scope), now, why="queue")
    given = {"lines": rows, "form": form, "chosen": {str(one) for one in chosen}}
    return render(request, "followup/queue.html", given)


@needs(Need.FOLLOWUP_ASSIGN)
@require_GET
def leader(request: ScopedRequest, municipality: str) -> HttpResponse:
    """Show who is late, who waits, what the leader must decide, each one's load, and the reach so far."""
    now, scope = timezone.now(), request.scope
    load = queries.load(scope, municipality, now)
    names = showing.staff_names(scope, list(load))
    given = {
        "reach": queries.reach(scope, municipality, now),
        "load": [
            {"name": names.get(one.membership, ""), "people": one.people, "overdue": one.overdue}
            for one in sorted(load.values(), key=lambda one: (-one.overdue, -one.people))
        ],
        "decisions": showing.decisions(scope, queries.leader_steps(scope), now),
        "lacking": len(queries.not_journalled(scope)),
    }
    return render(request, "followup/leader.html", given)
