"""Screens before a record opens: whether one knows the person, who is named for strengt fortrolig, who is kept away."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages as notices
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from samvirke.access.guard import ScopedRequest, needs
from samvirke.access.permissions import Need
from samvirke.access.scope import NotYours
from samvirke.followup import actions, opening, queries, record
from samvirke.followup.forms.doors import NameForm, StaffForm
from samvirke.followup.views.common import act_on, done, is_uuid, record_view
from samvirke.kit.errors import BadInput


@needs(Need.PERSON_READ)
@require_http_methods(["GET", "POST"])
def declare(request: ScopedRequest, municipality: str, followup: UUID) -> HttpResponse:
    """Ask once per person, before the record opens: do you know them?"""
    now, scope = timezone.now(), request.scope
    one = queries.followup(scope, followup)
    if not opening.may_open(scope, one.person_id):
        raise NotYours(followup)
    if request.method == "POST" and request.POST.get("svar") in {"nei", "ja"}:
        inhabil = request.POST["svar"] == "ja"
        actions.declare(scope, followup, inhabil=inhabil, now=now)
        if not inhabil:
            return redirect("followup-person", municipality=municipality, followup=followup)
        notices.success(
            request, gettext("Personen er lukket for deg. Lederen ser hvem som trenger kontaktperson.")
        )
        return redirect("followup-worklist", municipality=municipality)
    seen = queries.seen(scope, one.person_id, why="declare", now=now)
    return render(request, "followup/declare.html", {"who": seen.identity, "one": one})


@needs(Need.PERSON_READ_ALL)
@require_http_methods(["GET", "POST"])
def named(request: ScopedRequest, municipality: str, followup: UUID) -> HttpResponse:
    """Say which leaders may open somebody with strengt fortrolig address. Nothing here tells who it is."""
    now, scope = timezone.now(), request.scope
    one = queries.followup(scope, followup)
    form = NameForm(request.POST or None, leaders=record.leaders(scope, municipality), me=scope.account)
    if request.method == "POST" and is_uuid(ended := request.POST.get("avslutt", "")):
        return _or_why_not(request, lambda: actions.end_access(scope, followup, UUID(ended), now=now))
    if request.method == "POST" and form.is_valid() and done(form, lambda: actions.name_access(
        scope, followup, UUID(form.cleaned_data["account"]), form.cleaned_data["reason"], now=now
    )):  # fmt: skip
        if opening.may_open(scope, one.person_id):
            return redirect("followup-person", municipality=municipality, followup=followup)
        return redirect(request.path)
    given = {"one": one, "form": form, "named": record.named(scope, one.person_id)}
    return render(request, "followup/named.html", given, status=422 if form.errors else 200)


@needs(Need.PERSON_EDIT)
@require_http_methods(["GET", "POST"])
@record_view
def staff(request: ScopedRequest, municipality: str, followup: UUID) -> HttpResponse:
    """Keep staff away whom the person does not want, the leader included; and take it back."""
    now, scope = timezone.now(), request.scope
    one = queries.followup(scope, followup)
    if request.method == "POST" and is_uuid(account := request.POST.get("godta", "")):
        return _or_why_not(request, lambda: actions.unbar(scope, followup, UUID(account), now=now))
    form = StaffForm(request.POST or None, staff=record.staff(scope, municipality))
    own = str(scope.account)
    return act_on(
        request, followup, form, gettext("Ansatte personen ikke vil ha"), gettext("Hold utenfor"),
        lambda told: actions.bar(scope, followup, UUID(told["account"]), now=now),
        template="followup/staff_barred.html", more={"barred": record.barred(scope, one.person_id)},
        after="followup-worklist" if form.is_valid() and form.cleaned_data["account"] == own else "followup-person",
    )  # fmt: skip


def _or_why_not(request: ScopedRequest, act: Callable[[], object]) -> HttpResponse:
    """Carry out an act of one button and show the screen again; what is refused is said on it."""
    try:
        act()
    except BadInput as refused:
        notices.error(request, refused.text)
    return redirect(request.path)
