"""What must be looked after: who has looked at somebody, and health help that is not journalled."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from samvirke.access.guard import ScopedRequest, needs
from samvirke.access.permissions import Need
from samvirke.followup import looking, record


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


@needs(Need.ATTEMPT_WRITE)
@require_GET
def lacking(request: ScopedRequest, municipality: str) -> HttpResponse:  # noqa: ARG001  (the guard's)
    """List health help that nobody has said is journalled: the leader all, others their own people's."""
    return render(request, "followup/lacking.html", {"rows": record.lacking(request.scope)})
