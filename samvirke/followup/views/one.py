"""Screens of follow-up for one person: their page, attempts, and what the leader decides. Each reading is logged."""

from typing import Any
from uuid import UUID

from django.contrib import messages as notices
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from samvirke.access.guard import ScopedRequest, needs
from samvirke.access.permissions import Need
from samvirke.followup import actions, doubles, queries, record, showing, timeline, words
from samvirke.followup.forms.lists import HandOverForm
from samvirke.followup.forms.one import TAIL, AttemptForm, CloseForm, DecideForm, ReasonForm, StopForm
from samvirke.followup.lists import listing
from samvirke.followup.rules.closing import Ending
from samvirke.followup.rules.people import Part, Protection
from samvirke.followup.views.common import act_on, done, record_view

STRICT = Protection.STRICTLY_CONFIDENTIAL.value


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
    after = listing.following(request.scope, followup, now) if "neste" in request.POST else followup
    if after is None:
        return redirect("followup-worklist", municipality=municipality)
    return redirect("followup-person", municipality=municipality, followup=after)


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
    queries.step_of(request.scope, followup, step)
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
@record_view
def confirm_stop(request: ScopedRequest, municipality: str, followup: UUID) -> HttpResponse:  # noqa: ARG001  (the guard's)
    """Confirm from the note that somebody never wants contact. Nobody rings to ask."""
    now, scope = timezone.now(), request.scope
    form = StopForm(request.POST or None, child=showing.ends(scope, followup, now).child)
    return act_on(
        request, followup, form, gettext("Bekreft at personen ikke vil kontaktes"), gettext("Bekreft"),
        lambda told: actions.confirm_stop(
            scope, followup, told["reason"], child_reviewed=told.get("child_reviewed", False), now=now
        ),
        more={"note": timeline.refusal(scope, queries.followup(scope, followup), now)},
    )  # fmt: skip


@needs(Need.FOLLOWUP_CLOSE)
@require_http_methods(["GET", "POST"])
@record_view
def close(request: ScopedRequest, municipality: str, followup: UUID) -> HttpResponse:  # noqa: ARG001  (the guard's)
    """End a follow-up by rule, signed. What stands in the way is shown before the form."""
    now, scope = timezone.now(), request.scope
    ends = showing.ends(scope, followup, now)
    form = CloseForm(request.POST or None, child=ends.child)

    def carry_out(told: dict[str, Any]) -> object:
        if told["ending"] == TAIL:
            return actions.keep_tail(
                scope, followup, told["reason"], way_back_told=told["way_back_told"], now=now
            )
        return actions.close(
            scope, followup, Ending(told["ending"]), told["reason"], way_back_told=told["way_back_told"],
            asked=told["asked"], child_reviewed=told.get("child_reviewed", False), now=now,
        )  # fmt: skip

    return act_on(
        request, followup, form, gettext("Avslutt oppfølgingen"), gettext("Signer og avslutt"), carry_out,
        template="followup/close.html", more={"ends": ends},
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


@needs(Need.PERSON_READ)
@require_POST
@record_view
def ring(request: ScopedRequest, municipality: str, followup: UUID) -> HttpResponse:  # noqa: ARG001  (the guard's)
    """Show the phone number of somebody with strengt fortrolig address, after what must be read first; logged."""
    return _person(request, followup, AttemptForm(initial={"channel": "phone"}), why="ring")


def _person(
    request: ScopedRequest, followup: UUID, form: AttemptForm, status: int = 200, why: str = "person"
) -> HttpResponse:
    now, scope = timezone.now(), request.scope
    one = queries.followup(scope, followup)
    seen = queries.seen(scope, one.person_id, why=why, now=now)
    row = queries.person(scope, one.person_id)
    steps = showing.plan(scope, one, row, seen, now)
    if not form.is_bound and one.only:
        form.initial["channel"] = one.only
    given = {
        "one": one,
        "reach": record.reached(one, row, seen.identity, now, asked=why == "ring"),
        "who": seen.identity,
        "over": record.over(scope, one),
        "joined": doubles.joined(scope, one, now),
        "route": record.named(scope, one.person_id) if row.protection == STRICT else [],
        "part": words.PARTS[Part(one.part)],
        "next": next((step for step in steps if step.id == one.next_step_id), None),
        "steps": steps,
        "events": timeline.timeline(scope, one, seen),
        "staff": showing.staff_names(scope, [id_ for id_ in (one.contact_id, one.deputy_id) if id_]),
        "form": form,
        "consequences": showing.consequences(scope, one, now),
        "leads": scope.may(Need.FOLLOWUP_ASSIGN),
        "closes": scope.may(Need.FOLLOWUP_CLOSE),
        "named": scope.may(Need.PERSON_READ_ALL),
        "reads_log": scope.may(Need.PERSON_LOG_READ),
    }
    return render(request, "followup/person.html", given, status=status)
