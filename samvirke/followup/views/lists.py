"""Screens of follow-up for many: the worklist, the queue, the leader's board. Each reading of a person is logged."""

from uuid import UUID

from django.contrib import messages as notices
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods

from samvirke.access.guard import ScopedRequest, needs
from samvirke.access.permissions import Need
from samvirke.followup import actions, queries, showing, words
from samvirke.followup.forms.lists import StaffPairForm
from samvirke.followup.views.common import done, is_uuid

LISTS = {"mine": "mine", "stedfortreder": "deputy", "over-fristen": "overdue", "alle": "team"}
LEADERS_OWN = {"over-fristen", "alle"}


@needs(Need.PERSON_READ)
@require_GET
def worklist(request: ScopedRequest, municipality: str) -> HttpResponse:
    """List whom to contact: one's own, those one is deputy for; the leader also all and the late ones."""
    now, scope, base = timezone.now(), request.scope, reverse("followup-worklist", args=[municipality])
    shown = [name for name in LISTS if name not in LEADERS_OWN or scope.may(Need.PERSON_READ_ALL)]
    chosen = request.GET.get("vis", "mine")
    chosen = chosen if chosen in shown else "mine"
    after = queries.read_key(request.GET.get("etter", ""))
    rows = queries.worklist(scope, LISTS[chosen], now, after=after, size=queries.PAGE + 1)
    page = rows[: queries.PAGE]
    further = f"{base}?vis={chosen}&etter={queries.write_key(page[-1])}" if len(rows) > queries.PAGE else ""
    given = {
        "lines": showing.lines(scope, page, now, why=f"worklist:{LISTS[chosen]}"),
        "tabs": [
            {"name": words.LISTS[name], "url": f"{base}?vis={name}", "current": name == chosen}
            for name in shown
        ],
        "further": further,
        "beginning": f"{base}?vis={chosen}" if after else "",
        "leads": scope.may(Need.FOLLOWUP_ASSIGN),
        "waiting": queries.waiting(scope) if scope.may(Need.FOLLOWUP_ASSIGN) else 0,
    }
    return render(request, "followup/worklist.html", given)


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
