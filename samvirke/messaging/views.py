"""The status of what a municipality has sent. Neither addresses nor words are shown."""

from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages as notices
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from samvirke.access.guard import ScopedRequest, needs
from samvirke.access.permissions import Need
from samvirke.kit.errors import BadInput
from samvirke.messaging import actions, forms, queries
from samvirke.messaging.showing import GROUPS, shown, tabs


@needs(Need.MESSAGE_READ)
@require_GET
def messages(request: ScopedRequest, municipality: str) -> HttpResponse:
    """List a municipality's messages, newest first."""
    chosen, base = forms.chosen(request.GET), reverse("messaging-messages", args=[municipality])
    rows, further = queries.messages(request.scope, municipality, GROUPS[chosen][1], forms.place(request.GET))
    after = forms.written(further)
    given = {
        "rows": [shown(request.scope, row) for row in rows],
        "tabs": tabs(chosen, queries.counts(request.scope, municipality), base),
        "further": f"{base}?{urlencode({'vis': chosen, 'etter': after})}" if after else "",
        "beginning": f"{base}?{urlencode({'vis': chosen})}" if "etter" in request.GET else "",
    }
    return render(request, "messaging/messages.html", given)


@needs(Need.MESSAGE_READ)
@require_GET
def message(request: ScopedRequest, municipality: str, message: UUID) -> HttpResponse:
    """Show how far one message has come; in a demonstration also what it would have said."""
    row = queries.message(request.scope, message)
    given = {
        "one": shown(request.scope, row),
        "exercise": row.exercise,
        "recorded": queries.recorded(request.scope, message),
        "crumbs": [{"url": reverse("messaging-messages", args=[municipality]), "name": gettext("Meldinger")}],
    }
    return render(request, "messaging/message.html", given)


@needs(Need.MESSAGE_SEND_AGAIN)
@require_POST
def send_again(request: ScopedRequest, municipality: str, message: UUID) -> HttpResponse:
    """Queue a message once more."""
    try:
        actions.send_again(request.scope, message, now=timezone.now())
        notices.success(request, gettext("Meldingen sendes på nytt."))
    except BadInput as refused:
        notices.error(request, str(refused))
    return _back(request, municipality)


@needs(Need.MESSAGE_SEND_AGAIN)
@require_POST
def stop(request: ScopedRequest, municipality: str, message: UUID) -> HttpResponse:
    """Let a message not be sent."""
    try:
        actions.stop(request.scope, message, now=timezone.now())
        notices.success(request, gettext("Meldingen er stoppet."))
    except BadInput as refused:
        notices.error(request, str(refused))
    return _back(request, municipality)


def _back(_request: HttpRequest, municipality: str) -> HttpResponseRedirect:
    return redirect("messaging-messages", municipality=municipality)
