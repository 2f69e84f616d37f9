"""Screens of follow-up for getting people onto the list."""

from uuid import UUID

from django.contrib import messages as notices
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from samvirke.access.guard import ScopedRequest, needs
from samvirke.access.permissions import Need
from samvirke.followup import actions, queries, showing
from samvirke.followup.forms.registering import RegisterForm
from samvirke.followup.views.common import done


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
        if not alike and (saved := done(form, lambda: actions.register(
            scope, incident, form.identity(), municipality=municipality, now=now, **form.facts()
        ))):  # fmt: skip
            notices.success(request, gettext("Registrert: {name}.").format(name=form.identity().name))
            for place in saved.elsewhere:
                notices.warning(
                    request,
                    gettext("Kommune {place} kan ha samme person. Ring kommunen.").format(place=place),
                )
            return redirect("followup-register", municipality=municipality, incident=incident)
    given = {"form": form, "event": event, "alike": alike}
    return render(request, "followup/register.html", given)
