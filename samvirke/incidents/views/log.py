"""The log on the screen and on paper."""

from uuid import UUID

from django.contrib import messages as notices
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods

from samvirke.access.guard import ScopedRequest, needs
from samvirke.access.permissions import Need
from samvirke.access.scope import NotYours
from samvirke.incidents import actions, lists, queries
from samvirke.incidents.forms import EntryForm, TextForm
from samvirke.incidents.models import Entry
from samvirke.incidents.views.common import address, carried_out, form_screen, show


@needs(Need.INCIDENT_READ)
@require_http_methods(["GET", "POST"])
def log(request: ScopedRequest, municipality: str, incident: UUID) -> HttpResponse:  # noqa: ARG001  (the guard's)
    """Write in the log, and read it with the newest on top."""
    now, scope = timezone.now(), request.scope
    event, form = queries.incident(scope, incident), EntryForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and carried_out(
        form, lambda: actions.write(scope, incident, now=now, **form.cleaned_data)
    ):  # fmt: skip
        notices.success(request, gettext("Skrevet i loggen."))
        return redirect(address(request, "incidents-log", incident))
    lines = lists.log(scope, incident, now)
    writes = scope.may(Need.INCIDENT_LOG)
    return show(request, "log", event, gettext("Logg"), form=form, lines=lines, writes=writes)


@needs(Need.INCIDENT_READ)
@require_GET
def log_print(request: ScopedRequest, municipality: str, incident: UUID) -> HttpResponse:  # noqa: ARG001  (the guard's)
    """Show the whole log for paper, the oldest first."""
    now, scope = timezone.now(), request.scope
    event = queries.incident(scope, incident)
    lines = list(reversed(lists.log(scope, incident, now)))
    return show(request, "log_print", event, gettext("Utskrift"), lines=lines, printed=now)


@needs(Need.INCIDENT_LOG)
@require_http_methods(["GET", "POST"])
def correct(request: ScopedRequest, municipality: str, incident: UUID, entry: UUID) -> HttpResponse:  # noqa: ARG001  (the guard's)
    """Correct an entry with a new one."""
    now, form = timezone.now(), TextForm(request.POST or None)
    number = _of(request, incident, entry).number
    title = gettext("Rett nr. {number}").format(number=number)
    return form_screen(
        request, incident, form, title, gettext("Skriv rettelsen"),
        lambda told: actions.correct(request.scope, entry, told["text"], now=now), "incidents-log",
        gettext("Skriv hva som er riktig. Det som sto, blir stående."),
    )  # fmt: skip


@needs(Need.INCIDENT_LOG)
@require_http_methods(["GET", "POST"])
def done(request: ScopedRequest, municipality: str, incident: UUID, entry: UUID) -> HttpResponse:  # noqa: ARG001  (the guard's)
    """Say that a task is done."""
    now, form = timezone.now(), TextForm(request.POST or None)
    number = _of(request, incident, entry).number
    return form_screen(
        request, incident, form, gettext("Oppgave nr. {number} er utført").format(number=number), gettext("Utført"),
        lambda told: actions.done(request.scope, entry, told["text"], now=now), "incidents-log",
    )  # fmt: skip


def _of(request: ScopedRequest, incident: UUID, entry: UUID) -> Entry:
    """Return an entry of the incident in the address. Raises NotYours for one of another incident."""
    row = queries.entry(request.scope, entry)
    if row.incident_id != incident:
        raise NotYours(entry)
    return row
