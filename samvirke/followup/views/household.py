"""A visit to a household: one screen for several members, each with an outcome of their own."""

from uuid import UUID

from django.contrib import messages as notices
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_http_methods

from samvirke.access.guard import ScopedRequest, needs
from samvirke.access.permissions import Need
from samvirke.followup import actions, opening, queries, record
from samvirke.followup.forms.household import MemberForm, VisitForm
from samvirke.followup.views.common import done, record_view


@needs(Need.ATTEMPT_WRITE)
@require_http_methods(["GET", "POST"])
@record_view
def visit(request: ScopedRequest, municipality: str, followup: UUID) -> HttpResponse:
    """Write down a visit: everybody who was met or not, and each one's due steps are done."""
    now, scope = timezone.now(), request.scope
    one = queries.followup(scope, followup)
    own = queries.seen(scope, one.person_id, why="household", now=now).identity.name
    found = [(one.id, own), *record.household(scope, one, now)]
    asked = [
        (id_, name) for id_, name in found if opening.was_asked(scope, queries.followup(scope, id_).person_id)
    ]
    form = VisitForm(request.POST or None)
    members = [(name, MemberForm(request.POST or None, prefix=str(id_)), id_) for id_, name in asked]
    if request.method == "POST" and all([form.is_valid(), *(member.is_valid() for _, member, _ in members)]):
        tried = {id_: member.tried(form) for _, member, id_ in members if member.cleaned_data["outcome"]}
        if not tried:
            form.add_error(None, gettext("Velg hvordan det gikk for minst én."))
        elif done(form, lambda: actions.record_household_visit(scope, tried, now=now)):
            said = ngettext(
                "Besøket er ført for {n} person.", "Besøket er ført for {n} personer.", len(tried)
            )
            notices.success(request, said.format(n=len(tried)))
            return redirect("followup-person", municipality=municipality, followup=followup)
    given = {"one": one, "form": form, "members": members, "unasked": len(found) - len(asked)}
    wrong = form.errors or any(member.errors for _, member, _ in members)
    return render(request, "followup/household.html", given, status=422 if wrong else 200)
