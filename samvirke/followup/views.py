"""Screens of follow-up: lists, the queue, one person. Each reading of a person is logged."""

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
from samvirke.followup import actions, queries, showing, words
from samvirke.followup.forms import (
    AttemptForm,
    CloseForm,
    DecideForm,
    HandOverForm,
    ReasonForm,
    RegisterForm,
    StaffPairForm,
)
from samvirke.followup.rules.closing import Ending
from samvirke.followup.rules.people import Part, Protection
from samvirke.kit.errors import BadInput

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
    chosen = [UUID(one) for one in request.POST.getlist("rammet") if _is_uuid(one)]
    if request.method == "POST" and form.is_valid():
        if not chosen:
            form.add_error(None, gettext("Velg minst én person i listen."))
        elif _done(form, lambda: actions.assign(
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


@needs(Need.PERSON_REGISTER)
@require_http_methods(["GET", "POST"])
def register(request: ScopedRequest, municipality: str, incident: UUID) -> HttpResponse:
    """Put somebody on the list, and be ready for the next one at once. Who may be the same is shown first."""
    now, scope = timezone.now(), request.scope
    event = queries.incident(scope, incident)
    form, alike = RegisterForm(request.POST or None), []
    if request.method == "POST" and form.is_valid():
        if not form.cleaned_data["same"]:
            alike = showing.candidates(scope, form.identity(), now)
        if not alike and (done := _done(form, lambda: actions.register(
            scope, incident, form.identity(), municipality=municipality, now=now, **form.facts()
        ))):  # fmt: skip
            notices.success(request, gettext("Registrert: {name}.").format(name=form.identity().name))
            for place in done.elsewhere:
                notices.warning(
                    request,
                    gettext("Kommune {place} kan ha samme person. Ring kommunen.").format(place=place),
                )
            return redirect("followup-register", municipality=municipality, incident=incident)
    given = {"form": form, "event": event, "alike": alike}
    return render(request, "followup/register.html", given)


@needs(Need.PERSON_READ)
@require_GET
def person(request: ScopedRequest, municipality: str, followup: UUID) -> HttpResponse:  # noqa: ARG001  (the guard's)
    """Show one person: how to contact them safely first, the plan, everything that was done, and the next attempt."""
    return _person(request, followup, AttemptForm(initial={"channel": "phone"}))


@needs(Need.ATTEMPT_WRITE)
@require_POST
def attempt(request: ScopedRequest, municipality: str, followup: UUID) -> HttpResponse:  # noqa: ARG001  (the guard's)
    """Write down an attempt; "save and next" goes on to the next person of the list."""
    form = AttemptForm(request.POST)
    now = timezone.now()
    if not form.is_valid():
        return _person(request, followup, form, status=422)
    if not _done(form, lambda: actions.record_attempt(request.scope, followup, form.tried(), now=now)):
        return _person(request, followup, form, status=422)
    notices.success(request, gettext("Forsøket er ført."))
    if "neste" in request.POST:
        ahead = [
            one
            for one in queries.worklist(request.scope, "mine", now)
            if one.id != followup and one.next_opens and one.next_opens <= now
        ]
        if ahead:
            return redirect("followup-person", municipality=municipality, followup=ahead[0].id)
        return redirect("followup-worklist", municipality=municipality)
    return redirect("followup-person", municipality=municipality, followup=followup)


@needs(Need.FOLLOWUP_ASSIGN)
@require_http_methods(["GET", "POST"])
def hand_over(request: ScopedRequest, municipality: str, followup: UUID) -> HttpResponse:  # noqa: ARG001  (the guard's)
    """Change somebody's contact person."""
    now, scope = timezone.now(), request.scope
    form = HandOverForm(request.POST or None, staff=showing.staff(scope, municipality, now))
    return _act(
        request, followup, form, gettext("Bytt kontaktperson"), gettext("Bytt kontaktperson"),
        lambda told: actions.hand_over(
            scope, followup, *form.pair(), told["note"], person_told=told["person_told"], now=now
        ),
    )  # fmt: skip


@needs(Need.FOLLOWUP_ASSIGN)
@require_http_methods(["GET", "POST"])
def settle(request: ScopedRequest, municipality: str, followup: UUID, step: UUID) -> HttpResponse:  # noqa: ARG001  (the guard's)
    """Decide what waits for the leader."""
    now, form = timezone.now(), DecideForm(request.POST or None)
    return _act(
        request, followup, form, gettext("Avgjør"), gettext("Lagre"),
        lambda told: actions.settle(request.scope, step, told["decision"], now=now, contact_again=form.moment()),
    )  # fmt: skip


@needs(Need.FOLLOWUP_ASSIGN)
@require_http_methods(["GET", "POST"])
def message_delivered(request: ScopedRequest, municipality: str, followup: UUID) -> HttpResponse:  # noqa: ARG001  (the guard's)
    """Write that the police have confirmed that the death message is delivered."""
    now, form = timezone.now(), ReasonForm(request.POST or None)
    form.fields["reason"].label = gettext("Hvem i politiet har bekreftet at budskapet er levert?")
    return _act(
        request, followup, form, gettext("Dødsbudskapet er levert"), gettext("Åpne for kontakt"),
        lambda told: actions.message_delivered(request.scope, followup, told["reason"], now=now),
    )  # fmt: skip


@needs(Need.FOLLOWUP_CLOSE)
@require_http_methods(["GET", "POST"])
def confirm_stop(request: ScopedRequest, municipality: str, followup: UUID) -> HttpResponse:  # noqa: ARG001  (the guard's)
    """Confirm from the note that somebody never wants contact. Nobody rings to ask."""
    now, form = timezone.now(), ReasonForm(request.POST or None)
    return _act(
        request, followup, form, gettext("Bekreft at personen ikke vil kontaktes"), gettext("Bekreft"),
        lambda told: actions.confirm_stop(request.scope, followup, told["reason"], now=now),
    )  # fmt: skip


@needs(Need.FOLLOWUP_CLOSE)
@require_http_methods(["GET", "POST"])
def close(request: ScopedRequest, municipality: str, followup: UUID) -> HttpResponse:  # noqa: ARG001  (the guard's)
    """End a follow-up by rule, signed."""
    now, form = timezone.now(), CloseForm(request.POST or None)
    return _act(
        request, followup, form, gettext("Avslutt oppfølgingen"), gettext("Signer og avslutt"),
        lambda told: actions.close(
            request.scope, followup, Ending(told["ending"]), told["reason"], way_back_told=told["way_back_told"], now=now
        ),
    )  # fmt: skip


@needs(Need.FOLLOWUP_ASSIGN)
@require_http_methods(["GET", "POST"])
def reopen(request: ScopedRequest, municipality: str, followup: UUID) -> HttpResponse:  # noqa: ARG001  (the guard's)
    """Take somebody back who asked for it."""
    now, form = timezone.now(), ReasonForm(request.POST or None)
    return _act(
        request, followup, form, gettext("Ta opp igjen oppfølgingen"), gettext("Ta opp igjen"),
        lambda told: actions.reopen(request.scope, followup, told["reason"], now=now),
    )  # fmt: skip


def _person(request: ScopedRequest, followup: UUID, form: AttemptForm, status: int = 200) -> HttpResponse:
    now, scope = timezone.now(), request.scope
    one = queries.followup(scope, followup)
    seen = queries.seen(scope, one.person_id, why="person", now=now)
    row = queries.person(scope, one.person_id)
    given = {
        "one": one,
        "who": seen.identity,
        "protection": words.PROTECTIONS[Protection(row.protection)] if row.protection != "none" else "",
        "interpreter": row.interpreter,
        "part": words.PARTS[Part(one.part)],
        "steps": showing.plan(scope, one, now),
        "events": showing.timeline(scope, one, seen),
        "staff": showing.staff_names(scope, [id_ for id_ in (one.contact_id, one.deputy_id) if id_]),
        "form": form,
        "leads": scope.may(Need.FOLLOWUP_ASSIGN),
        "closes": scope.may(Need.FOLLOWUP_CLOSE),
    }
    return render(request, "followup/person.html", given, status=status)


def _act(  # noqa: PLR0917  (what the screen says, in the order it is read)
    request: ScopedRequest,
    followup: UUID,
    form: Any,
    title: str,
    button: str,
    act: Callable[[dict[str, Any]], object],
) -> HttpResponse:
    """Show a form about one person, or carry out what it says and go back to them."""
    scope = request.scope
    one = queries.followup(scope, followup)
    back = reverse("followup-person", args=[scope.municipality, followup])
    if request.method == "POST" and form.is_valid() and _done(form, lambda: act(form.cleaned_data)):
        notices.success(request, gettext("Lagret."))
        return redirect(back)
    seen = queries.seen(scope, one.person_id, why="act", now=timezone.now())
    given = {"form": form, "title": title, "button": button, "cancel": back, "name": seen.identity.name}
    return render(request, "followup/act.html", given, status=422 if form.errors else 200)


def _done(form: forms.Form, act: Callable[[], Any]) -> Any:
    """Carry out an act; what it refuses is said at its field."""
    try:
        return act()
    except BadInput as refused:
        form.add_error(refused.field if refused.field in form.fields else None, refused.text)
        return None


def _is_uuid(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True
