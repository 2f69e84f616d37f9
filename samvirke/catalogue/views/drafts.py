"""Drafts that wait for a second person: see what they change, approve them or send them back; and dropping a draft."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samvirke.access.guard import ScopedRequest, needs
from samvirke.access.permissions import Need
from samvirke.catalogue import actions, desk_queries, history_words
from samvirke.catalogue.forms.answers import NoteForm
from samvirke.catalogue.views import common


@needs(Need.SERVICE_READ)
def approvals(request: ScopedRequest, municipality: str) -> HttpResponse:
    """What waits for a second person."""
    waiting = history_words.waiting(request.scope, municipality)
    return common.screen(request, "approvals", {"waiting": waiting})


@needs(Need.SERVICE_READ)
def approval(request: ScopedRequest, municipality: str, draft: UUID) -> HttpResponse:
    """What one draft changes, and the two buttons: approve, or send back with a note."""
    found = history_words.draft(request.scope, municipality, draft)
    form = NoteForm(request.POST if request.POST.get("gjor") == "tilbake" else None)
    if request.method == "POST" and not form.is_bound:
        act = common.attempt(request, lambda: actions.approve(request.scope, found.id, now=common.clock()))
        if act:
            common.done(request, _("Godkjent. Det er på siden innen noen sekunder."))
            return common.to("catalogue-approvals", municipality)
        return common.to("catalogue-approval", municipality, found.id)
    if form.is_bound and form.is_valid():
        note = form.cleaned_data["note"]
        sent = common.fill(form, lambda: actions.send_back(request.scope, found.id, note, now=common.clock()))
        if sent:
            common.done(request, _("Sendt tilbake til den som skrev."))
            return common.to("catalogue-approvals", municipality)
    way = [{"name": _("Venter på godkjenning"), "url": reverse("catalogue-approvals", args=[municipality])}]
    context = {
        "form": form,
        "crumbs": way,
        "shown": history_words.of_draft(request.scope, municipality, found, common.tongue()),
    }
    return common.screen(request, "approval", context)


@needs(Need.SERVICE_EDIT)
@require_POST
def drop(request: ScopedRequest, municipality: str, service: UUID) -> HttpResponse:
    """Throw a draft away. What is published stays."""
    found = desk_queries.own_service(request.scope, municipality, service)
    if common.attempt(request, lambda: actions.drop_draft(request.scope, found.id, now=common.clock())):
        common.done(request, _("Utkastet er forkastet. Det som står på siden, er som før."))
    return common.to("catalogue-service", municipality, found.id)
