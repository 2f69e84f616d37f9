"""Screens for what is known about one person, their wishes, family and consents, and for their plan by hand."""

from typing import Any
from uuid import UUID

from django.contrib import messages as notices
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods

from samvirke.access.guard import ScopedRequest, needs
from samvirke.access.permissions import Need
from samvirke.followup import actions, queries, record
from samvirke.followup.actions.steps import ADDED
from samvirke.followup.forms.one import ReasonForm
from samvirke.followup.forms.person import (
    ConsentForm,
    EditForm,
    FindForm,
    JournalForm,
    PauseForm,
    RelationForm,
    StepForm,
    WishesForm,
)
from samvirke.followup.views.common import act_on, done, is_uuid, record_view


@needs(Need.PERSON_EDIT)
@require_http_methods(["GET", "POST"])
@record_view
def edit(request: ScopedRequest, municipality: str, followup: UUID) -> HttpResponse:  # noqa: ARG001  (the guard's)
    """Change what is known about somebody. Address protection is asked first."""
    now, scope = timezone.now(), request.scope
    one = queries.followup(scope, followup)
    person = queries.person(scope, one.person_id)
    seen = queries.seen(scope, one.person_id, why="edit", now=now)
    form = EditForm(request.POST or None, person=person, known=seen.identity)
    return act_on(
        request, followup, form, gettext("Endre opplysninger"), gettext("Lagre"),
        lambda _told: actions.edit_person(scope, one.person_id, form.identity(), now=now, **form.facts()),
    )  # fmt: skip


@needs(Need.PERSON_EDIT)
@require_http_methods(["GET", "POST"])
@record_view
def wishes(request: ScopedRequest, municipality: str, followup: UUID) -> HttpResponse:  # noqa: ARG001  (the guard's)
    """Write how somebody wants to be contacted; the plan follows."""
    now, scope = timezone.now(), request.scope
    one = queries.followup(scope, followup)
    person = queries.person(scope, one.person_id)
    first = {"fewer": one.fewer, "only": one.only, "through_parents": person.through_parents}
    form = WishesForm(request.POST or None, initial=first)
    return act_on(
        request, followup, form, gettext("Ønsker om kontakt"), gettext("Lagre"),
        lambda told: actions.record_wishes(scope, followup, now=now, **told),
    )  # fmt: skip


@needs(Need.PERSON_EDIT)
@require_http_methods(["GET", "POST"])
@record_view
def consents(request: ScopedRequest, municipality: str, followup: UUID) -> HttpResponse:
    """Show what somebody has said about sharing, per purpose and recipient, and write something new."""
    now, scope = timezone.now(), request.scope
    one = queries.followup(scope, followup)
    form = ConsentForm(request.POST or None, initial={"said_on": timezone.localdate(now)})
    if request.method == "POST" and form.is_valid() and done(form, lambda: actions.record_consent(
        scope, followup, said_at=form.said_at(now), now=now,
        **{name: value for name, value in form.cleaned_data.items() if name != "said_on"},
    )):  # fmt: skip
        notices.success(request, gettext("Lagret."))
        return redirect("followup-consents", municipality=municipality, followup=followup)
    seen = queries.seen(scope, one.person_id, why="act", now=now)
    given = {
        "one": one,
        "name": seen.identity.name,
        "form": form,
        "said": record.consents(scope, one.person_id),
    }
    return render(request, "followup/consents.html", given, status=422 if form.errors else 200)


@needs(Need.PERSON_EDIT)
@require_http_methods(["GET", "POST"])
@record_view
def family(request: ScopedRequest, municipality: str, followup: UUID) -> HttpResponse:
    """Show the family and the household; tie two persons together; close the view where it is unsafe."""
    now, scope = timezone.now(), request.scope
    one = queries.followup(scope, followup)
    asked = request.POST.get("gjor", "")
    find = FindForm(request.POST if asked == "sok" else None)
    found = (
        record.alike(scope, find.wanted(), one.person_id, now) if find.is_bound and find.is_valid() else []
    )
    others = found or [(UUID(id_), "") for id_ in request.POST.getlist("other") if is_uuid(id_)]
    form = RelationForm(request.POST if asked == "knytt" else None, others=others)
    if asked in FAMILY and _family_act(request, followup, asked):
        return redirect("followup-family", municipality=municipality, followup=followup)
    if (
        asked == "knytt"
        and form.is_valid()
        and done(form, lambda: _relate(request, followup, form.cleaned_data))
    ):
        return redirect("followup-family", municipality=municipality, followup=followup)
    seen = queries.seen(scope, one.person_id, why="family", now=now)
    given = {
        "one": one, "name": seen.identity.name, "find": find, "form": form, "searched": asked == "sok" and find.is_valid(),
        "found": others, "family": record.family(scope, one, now),
    }  # fmt: skip
    return render(request, "followup/family.html", given, status=422 if form.errors or find.errors else 200)


FAMILY = ("lukk", "apne", "fjern", "ut")


def _family_act(request: ScopedRequest, followup: UUID, asked: str) -> Any:
    now, scope, which = timezone.now(), request.scope, request.POST.get("kobling", "")
    if asked in {"lukk", "apne"}:
        return actions.close_family(scope, followup, closed=asked == "lukk", now=now)
    if asked == "ut":
        return actions.leave_household(scope, followup, now=now)
    return is_uuid(which) and actions.end_relation(scope, followup, UUID(which), now=now)


def _relate(request: ScopedRequest, followup: UUID, told: dict[str, Any]) -> Any:
    return actions.relate(
        request.scope, followup, UUID(told["other"]), told["kind"], custody=told["custody"],
        household=told["household"], apart=told["apart"], now=timezone.now(),
    )  # fmt: skip


@needs(Need.ATTEMPT_WRITE)
@require_http_methods(["GET", "POST"])
@record_view
def add_step(request: ScopedRequest, municipality: str, followup: UUID) -> HttpResponse:  # noqa: ARG001  (the guard's)
    """Plan one more contact: a trial, an anniversary, attention in the media."""
    now, form = timezone.now(), StepForm(request.POST or None, codes=ADDED)
    return act_on(
        request, followup, form, gettext("Legg til en kontakt"), gettext("Legg til"),
        lambda told: actions.add_step(request.scope, followup, told["code"], told["aim"], told["reason"], now=now),
    )  # fmt: skip


@needs(Need.FOLLOWUP_ASSIGN)
@require_http_methods(["GET", "POST"])
@record_view
def skip(request: ScopedRequest, municipality: str, followup: UUID, step: UUID) -> HttpResponse:  # noqa: ARG001  (the guard's)
    """Leave out a planned contact, with the reason."""
    now, form = timezone.now(), ReasonForm(request.POST or None)
    queries.step_of(request.scope, followup, step)
    return act_on(
        request, followup, form, gettext("Hopp over kontakten"), gettext("Hopp over"),
        lambda told: actions.skip(request.scope, step, told["reason"], now=now),
    )  # fmt: skip


@needs(Need.FOLLOWUP_ASSIGN)
@require_http_methods(["GET", "POST"])
@record_view
def pause(request: ScopedRequest, municipality: str, followup: UUID) -> HttpResponse:  # noqa: ARG001  (the guard's)
    """Let the plan rest until a day, with the reason."""
    now, form = timezone.now(), PauseForm(request.POST or None)
    return act_on(
        request, followup, form, gettext("Pause i planen"), gettext("Start pausen"),
        lambda told: actions.pause(request.scope, followup, form.moment(), told["reason"], now=now),
    )  # fmt: skip


@needs(Need.ATTEMPT_WRITE)
@require_http_methods(["GET", "POST"])
@record_view
def journalled(request: ScopedRequest, municipality: str, followup: UUID, attempt: UUID) -> HttpResponse:  # noqa: ARG001  (the guard's)
    """Write where health help was journalled, for an attempt that lacks it."""
    now = timezone.now()
    record.attempt_of(request.scope, followup, attempt)
    form = JournalForm(request.POST or None, initial={"on": timezone.localdate(now)})
    return act_on(
        request, followup, form, gettext("Hvor er det journalført?"), gettext("Lagre"),
        lambda told: actions.note_journalled(request.scope, followup, attempt, told["system"], told["on"], now=now),
    )  # fmt: skip


@needs(Need.PERSON_READ)
@require_GET
@record_view
def way_back(request: ScopedRequest, municipality: str, followup: UUID) -> HttpResponse:  # noqa: ARG001  (the guard's)
    """Show a sheet to print or read aloud: how somebody comes back. It names neither the person nor the event."""
    scope = request.scope
    one = queries.followup(scope, followup)
    return render(request, "followup/way_back.html", {"one": one, "by": record.contact_name(scope, one)})
