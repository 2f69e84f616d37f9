"""The same person twice: side by side, merged, and let apart again."""

from uuid import UUID

from django.contrib import messages as notices
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from samvirke.access.guard import ScopedRequest, needs
from samvirke.access.permissions import Need
from samvirke.followup import actions, doubles
from samvirke.followup.views.common import is_uuid
from samvirke.incidents import queries as incidents
from samvirke.kit.errors import BadInput


@needs(Need.PERSON_READ_ALL)
@require_http_methods(["GET", "POST"])
def same(request: ScopedRequest, municipality: str, incident: UUID) -> HttpResponse:
    """Show who may stand on the list twice, and who was merged. Merge two, or let them apart again."""
    now, scope = timezone.now(), request.scope
    event = incidents.incident(scope, incident)
    if request.method == "GET":
        given = {
            "event": event, "doubles": doubles.doubles(scope, event, now), "merged": doubles.merged(scope, now),
        }  # fmt: skip
        return render(request, "followup/doubles.html", given)
    ids = [
        UUID(one)
        for one in (request.POST.get(name, "") for name in ("behold", "bort", "skill"))
        if is_uuid(one)
    ]
    try:
        if "skill" in request.POST and len(ids) == 1:
            actions.unmerge(scope, ids[0], now=now)
            notices.success(request, gettext("De er to personer igjen."))
        elif len(ids) == 2:
            actions.merge(scope, ids[0], ids[1], now=now)
            notices.success(request, gettext("De er slått sammen. Du kan skille dem igjen nederst på siden."))
    except BadInput as refused:
        notices.error(request, refused.text)
    back = request.POST.get("tilbake", "")
    if is_uuid(back):
        return redirect("followup-person", municipality=municipality, followup=back)
    return redirect("followup-doubles", municipality=municipality, incident=incident)
