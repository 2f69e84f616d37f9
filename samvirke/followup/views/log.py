"""Who has looked at somebody, for the leader, the reviewer and the privacy officer."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from samvirke.access.guard import ScopedRequest, needs
from samvirke.access.permissions import Need
from samvirke.followup import looking


@needs(Need.PERSON_LOG_READ)
@require_GET
def looked(request: ScopedRequest, municipality: str, followup: UUID) -> HttpResponse:
    """Show who has read about a person, and for what. The page does not say who the person is."""
    one = looking.followup(request.scope, followup)
    after, base = request.GET.get("etter", ""), reverse("followup-looked", args=[municipality, followup])
    page = looking.looked(request.scope, one.person_id, after)
    given = {
        "one": one,
        "looks": page.looks,
        "further": f"{base}?etter={page.next}" if page.next else "",
        "beginning": base if after else "",
    }
    return render(request, "followup/looked.html", given)
