"""Screens of follow-up for getting people onto the list."""

from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages as notices
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from samvirke.access.guard import ScopedRequest, needs
from samvirke.access.permissions import Need
from samvirke.followup import actions, desk
from samvirke.followup.actions.registering import COMPLETED, Registered
from samvirke.followup.forms.registering import RegisterForm
from samvirke.followup.views.common import done, is_uuid
from samvirke.incidents import queries as incidents
from samvirke.incidents.models import Incident

KEPT = ("part", "source", "language")
"""What stands as it was for the next one. Nothing about a person goes into an address."""


@needs(Need.PERSON_REGISTER)
@require_http_methods(["GET", "POST"])
def register(request: ScopedRequest, municipality: str, incident: UUID) -> HttpResponse:
    """Put somebody on the list, and be ready for the next one at once. Who may be the same is shown first."""
    now, scope = timezone.now(), request.scope
    event = incidents.incident(scope, incident)
    references = desk.references(scope, event, now)
    if request.method == "GET":
        return _form(request, event, RegisterForm(initial=_begun(request, event), references=references))
    form = RegisterForm(request.POST, references=references)
    if not form.is_valid():
        return _form(request, event, form, status=422)
    same = request.POST.get("samme", "")
    if not same and (alike := desk.candidates(scope, form.identity(), now)):
        return _form(request, event, form, alike=alike)
    facts = form.facts(UUID(same) if is_uuid(same) else None)
    saved = done(form, lambda: actions.register(
        scope, incident, form.identity(), municipality=municipality, now=now, **facts
    ))  # fmt: skip
    if not saved:
        return _form(request, event, form, status=422)
    _say(request, form, saved)
    return redirect(_next(request, form, saved, municipality, incident))


def _begun(request: ScopedRequest, event: Incident) -> dict[str, object]:
    """Return what the form starts with: what was kept from the one before, or the family that was begun."""
    if is_uuid(family := request.GET.get("familie", "")):
        return desk.family(request.scope, event, UUID(family), timezone.now())
    return {name: request.GET[name] for name in KEPT if request.GET.get(name)}


def _form(
    request: ScopedRequest, event: Incident, form: RegisterForm, *, alike: object = (), status: int = 200
) -> HttpResponse:
    here, mine = desk.counted(request.scope, event, timezone.now())
    given = {
        "form": form, "event": event, "alike": alike, "here": here, "mine": mine,
        "family": form["family"].value(), "typed": form.identity() if alike else None,
    }  # fmt: skip
    return render(request, "followup/register.html", given, status=status)


def _say(request: ScopedRequest, form: RegisterForm, saved: Registered) -> None:
    name = form.identity().name
    if saved.code == COMPLETED:
        notices.success(request, gettext("{name} sto på listen. Det nye er lagt til.").format(name=name))
    else:
        notices.success(request, gettext("Registrert: {name}.").format(name=name))
    if saved.stopped:
        notices.warning(request, gettext("Personen har sagt at de aldri vil kontaktes. Ingen tar kontakt."))
    for place in saved.elsewhere:
        notices.warning(request, gettext("Kan være samme person. Ring kommune {place}.").format(place=place))


def _next(
    request: ScopedRequest, form: RegisterForm, saved: Registered, municipality: str, incident: UUID
) -> str:
    base = reverse("followup-register", args=[municipality, incident])
    if "familie" in request.POST and saved.followup:
        return f"{base}?{urlencode({'familie': str(saved.followup)})}"
    return f"{base}?{urlencode({name: form.cleaned_data[name] for name in KEPT if form.cleaned_data[name]})}"
