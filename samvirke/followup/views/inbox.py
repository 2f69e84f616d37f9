"""The desk: what can be done for each incident, the inbox of messages, and the public page."""

from uuid import UUID

from django.contrib import messages as notices
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from samvirke.access.guard import ScopedRequest, needs
from samvirke.access.permissions import Need
from samvirke.followup import actions, desk, inbox, pages, words
from samvirke.followup.actions.tips import intake, waiting_tip
from samvirke.followup.forms.inbox import AnswerForm
from samvirke.followup.forms.registering import RegisterForm
from samvirke.followup.importing.queries import incidents_here
from samvirke.followup.rules.people import Part, Source
from samvirke.followup.views.common import done, is_uuid
from samvirke.kit.errors import BadInput


@needs(Need.PERSON_REGISTER)
@require_GET
def hub(request: ScopedRequest, municipality: str) -> HttpResponse:
    """Show the incidents that go on: register, take in a list, look at what waits, open the public page."""
    now, scope = timezone.now(), request.scope
    open_one = intake(scope, municipality)
    place = next(iter(pages.load([municipality])), None) if open_one else None
    given = {
        "incidents": incidents_here(scope, municipality, now),
        "open": open_one,
        "form_url": f"/{place.slug}/" if place else "",
        "waiting": inbox.tips_waiting(scope, now),
        "leads": scope.may(Need.INCIDENT_LEAD),
        "handles": scope.may(Need.TIP_HANDLE),
        "lists": scope.may(Need.PERSON_READ_ALL),
    }
    return render(request, "followup/desk.html", given)


@needs(Need.INCIDENT_LEAD)
@require_POST
def switch_form(request: ScopedRequest, municipality: str, incident: UUID) -> HttpResponse:
    """Open the public page for an incident, or close it."""
    now, scope = timezone.now(), request.scope
    try:
        if "steng" in request.POST:
            actions.close_form(scope, municipality, now=now)
            notices.success(request, gettext("Siden er stengt."))
        else:
            actions.open_form(scope, incident, municipality, now=now)
            notices.success(request, gettext("Siden er åpnet."))
    except BadInput as refused:
        notices.error(request, refused.text)
    return redirect("followup-desk", municipality=municipality)


@needs(Need.TIP_HANDLE)
@require_GET
def messages(request: ScopedRequest, municipality: str) -> HttpResponse:
    """List the messages that nobody has handled, the oldest first."""
    now = timezone.now()
    given = {"messages": inbox.messages(request.scope, municipality, now), "now": now}
    return render(request, "followup/inbox.html", given)


@needs(Need.TIP_HANDLE)
@require_http_methods(["GET", "POST"])
def message(request: ScopedRequest, municipality: str, tip: UUID) -> HttpResponse:
    """Handle one message: register whom it is about, add to who stands on the list, or say why not."""
    now, scope = timezone.now(), request.scope
    try:
        row = waiting_tip(scope, tip)
    except BadInput as refused:
        notices.info(request, refused.text)
        return redirect("followup-inbox", municipality=municipality)
    (found,) = inbox.opened(scope, [row], now)
    whom = inbox.whom(found)
    begun = {
        "first": whom.first, "last": whom.last, "phones": ", ".join(whom.phones), "best_time": whom.best_time,
        "source": (Source.SELF if found.about_self else Source.TIP).value, "part": Part.WITNESS.value,
        "language": found.sent.language if len(found.sent.language) == 2 else "nb",
    }  # fmt: skip
    answering = "svar" in request.POST
    form = RegisterForm(request.POST if request.method == "POST" and not answering else None, initial=begun)
    answer = AnswerForm(request.POST if answering else None, prefix="svar")
    if request.method == "POST" and _handle(request, tip, form, answer, answering=answering):
        notices.success(request, gettext("Meldingen er behandlet."))
        return redirect("followup-inbox", municipality=municipality)
    given = {
        "one": found, "form": form, "answer": answer, "now": now, "language": words.language(found.sent.language),
        "alike": desk.candidates(scope, form.identity() if form.is_bound and form.is_valid() else whom, now),
    }  # fmt: skip
    return render(
        request, "followup/message.html", given, status=422 if form.errors or answer.errors else 200
    )


def _handle(
    request: ScopedRequest, tip: UUID, form: RegisterForm, answer: AnswerForm, *, answering: bool
) -> object:
    """Carry out what the desk chose; None when something is wrong, or when somebody alike must be looked at first."""
    now, scope = timezone.now(), request.scope
    if answering:
        if not answer.is_valid():
            return None
        relevant = answer.cleaned_data["relevant"] == "yes"
        reason = answer.cleaned_data["reason"]
        return done(answer, lambda: actions.answer_tip(scope, tip, reason, relevant=relevant, now=now))
    same = request.POST.get("samme", "")
    if not form.is_valid() or (not same and desk.candidates(scope, form.identity(), now)):
        return None
    facts = form.facts(UUID(same) if is_uuid(same) else None)
    return done(form, lambda: actions.register_from_tip(scope, tip, form.identity(), facts, now=now))
