"""Screens of follow-up for one person: their page, attempts, and what the leader decides. Each reading is logged."""

from uuid import UUID

from django.contrib import messages as notices
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from samvirke.access.guard import ScopedRequest, needs
from samvirke.access.permissions import Need
from samvirke.followup import actions, queries, showing, words
from samvirke.followup.forms.lists import HandOverForm
from samvirke.followup.forms.one import AttemptForm, CloseForm, DecideForm, ReasonForm
from samvirke.followup.rules.closing import Ending
from samvirke.followup.rules.people import Part, Protection
from samvirke.followup.views.common import act_on, done, record_view


@needs(Need.PERSON_READ)
@require_GET
@record_view
def person(request: ScopedRequest, municipality: str, followup: UUID) -> HttpResponse:  # noqa: ARG001  (the guard's)
    """Show one person: how to contact them safely first, the plan, everything that was done, and the next attempt."""
    return _person(request, followup, AttemptForm(initial={"channel": "phone"}))


@needs(Need.ATTEMPT_WRITE)
@require_POST
@record_view
def attempt(request: ScopedRequest, municipality: str, followup: UUID) -> HttpResponse:  # noqa: ARG001  (the guard's)
    """Write down an attempt; "save and next" goes on to the next person of the list."""
    form = AttemptForm(request.POST)
    now = timezone.now()
    if not form.is_valid():
        return _person(request, followup, form, status=422)
    if not done(form, lambda: actions.record_attempt(request.scope, followup, form.tried(), now=now)):
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
    return act_on(
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
    return act_on(
        request, followup, form, gettext("Avgjør"), gettext("Lagre"),
        lambda told: actions.settle(request.scope, step, told["decision"], now=now, contact_again=form.moment()),
    )  # fmt: skip


@needs(Need.FOLLOWUP_ASSIGN)
@require_http_methods(["GET", "POST"])
def message_delivered(request: ScopedRequest, municipality: str, followup: UUID) -> HttpResponse:  # noqa: ARG001  (the guard's)
    """Write that the police have confirmed that the death message is delivered."""
    now, form = timezone.now(), ReasonForm(request.POST or None)
    form.fields["reason"].label = gettext("Hvem i politiet har bekreftet at budskapet er levert?")
    return act_on(
        request, followup, form, gettext("Dødsbudskapet er levert"), gettext("Åpne for kontakt"),
        lambda told: actions.message_delivered(request.scope, followup, told["reason"], now=now),
    )  # fmt: skip


@needs(Need.FOLLOWUP_CLOSE)
@require_http_methods(["GET", "POST"])
def confirm_stop(request: ScopedRequest, municipality: str, followup: UUID) -> HttpResponse:  # noqa: ARG001  (the guard's)
    """Confirm from the note that somebody never wants contact. Nobody rings to ask."""
    now, form = timezone.now(), ReasonForm(request.POST or None)
    return act_on(
        request, followup, form, gettext("Bekreft at personen ikke vil kontaktes"), gettext("Bekreft"),
        lambda told: actions.confirm_stop(request.scope, followup, told["reason"], now=now),
    )  # fmt: skip


@needs(Need.FOLLOWUP_CLOSE)
@require_http_methods(["GET", "POST"])
def close(request: ScopedRequest, municipality: str, followup: UUID) -> HttpResponse:  # noqa: ARG001  (the guard's)
    """End a follow-up by rule, signed."""
    now, form = timezone.now(), CloseForm(request.POST or None)
    return act_on(
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
    return act_on(
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
