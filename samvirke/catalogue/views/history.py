"""Every version of a service: who changed what and when, two beside each other, and an old one taken up again."""

from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samvirke.access.guard import ScopedRequest, needs
from samvirke.access.permissions import Need
from samvirke.catalogue import actions, desk_queries, history_words
from samvirke.catalogue.views import common


@needs(Need.SERVICE_READ)
def history(request: ScopedRequest, municipality: str, service: UUID) -> HttpResponse:
    """The versions, newest first, with what each changed; or two of them beside each other."""
    found = desk_queries.own_service(request.scope, municipality, service)
    before = common.number(request.GET.get("for", ""))
    page = history_words.page(request.scope, found, before, common.tongue())
    one, other = (common.number(request.GET.get(name, "")) for name in ("fra", "til"))
    compared = (
        history_words.compared(request.scope, found, one, other, common.tongue()) if one and other else None
    )
    context = {
        "service": found,
        "name": common.name_of(found),
        "crumbs": common.crumbs(municipality, found),
        "page": page,
        "compared": compared,
        "one": one,
        "other": other,
        "older": min(one or 0, other or 0),
        "newer": max(one or 0, other or 0),
        "next": f"?for={page.next}" if page.next else "",
        "first": "?" if before else "",
    }
    return common.screen(request, "history", context)


@needs(Need.SERVICE_EDIT)
@require_POST
def restore(request: ScopedRequest, municipality: str, service: UUID) -> HttpResponse:
    """Take an old version up again, as a draft: nothing on the page changes yet."""
    found = desk_queries.own_service(request.scope, municipality, service)
    number = common.number(request.POST.get("versjon", "")) or 0
    act = common.attempt(
        request, lambda: actions.restore(request.scope, found.id, number, now=common.clock())
    )
    if act:
        common.done(
            request,
            _("Versjon %(number)s er hentet fram som utkast. Se over det og publiser.") % {"number": number},
        )
    return common.to("catalogue-service", municipality, found.id)
