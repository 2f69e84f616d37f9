"""One service: the form with its preview, saving drafts, publishing, and what happens when two write at once."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseBadRequest, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_POST

from samvirke.access.guard import ScopedRequest, needs
from samvirke.access.permissions import Need
from samvirke.catalogue import desk_queries, desk_words, editing, service_words, work
from samvirke.catalogue.actions import EditConflict, known
from samvirke.catalogue.editing import Saved, Wanted
from samvirke.catalogue.forms import rows
from samvirke.catalogue.forms.conflict import ConflictForm, carry
from samvirke.catalogue.forms.service import Editor
from samvirke.catalogue.inputs import ServiceInput
from samvirke.catalogue.views import common
from samvirke.catalogue.work import Work
from samvirke.kit.errors import BadInput
from samvirke.ui import hours_field
from samvirke.ui.headers import FRAMED, FRAMING


@needs(Need.SERVICE_READ)
def service(request: ScopedRequest, municipality: str, service: UUID) -> HttpResponse:
    """The service form; for those who only read, and for shared services, what it tells."""
    found = work.of_service(request.scope, municipality, service, common.clock(), common.tongue())
    if found.shared or found.state == "withdrawn" or not request.scope.may(Need.SERVICE_EDIT):
        return common.screen(request, "service_read", service_words.read_only(found, common.tongue()))
    return _edit(request, found)


@needs(Need.SERVICE_EDIT)
def new(request: ScopedRequest, municipality: str) -> HttpResponse:
    """A new service, from nothing or with the texts of a template."""
    kind = request.GET.get("type", "")
    return _edit(request, work.of_new(request.scope, municipality, kind, common.clock(), common.tongue()))


def _edit(request: ScopedRequest, found: Work) -> HttpResponse:
    if request.method != "POST":
        return _form(request, found, _editor(found))
    if "mine" in request.POST:
        return _settle(request, found)
    data = rows.rearranged(request.POST)
    asked = rows.asked(data)
    editor = _editor(found, data, hushed=asked)
    if asked or not editor.is_valid(known([data.get("postal_code", "")], request.scope, found.code)):
        return _form(request, found, editor)
    given = editor.given()
    wanted = Wanted(
        act=editing.act_of(data.get("act", "")),
        given=given,
        version=common.number(data.get("version", "")) or 0,
        revision=common.number(data.get("revision", "")) or 0,
        by=data.get("by", ""),
        reasons=found.with_reasons(editor.reasons.given(), given),
        everything="everything" in data,
    )

    def again(error: BadInput) -> HttpResponse:
        editor.refuse(error.field, error.text)
        return _form(request, found, editor)

    return _save(request, found, wanted, again)


def _save(
    request: ScopedRequest, found: Work, wanted: Wanted, again: Callable[[BadInput], HttpResponse]
) -> HttpResponse:
    """Do what the button says. When somebody else was quicker: show what they changed, and let the person choose."""
    try:
        saved = editing.save(request.scope, found, wanted, now=common.clock())
    except EditConflict as error:
        carried = carry(
            error.base or found.stored or wanted.given,
            error.theirs or found.given,
            wanted.given,
            **service_words.carried(wanted, error),
        )
        form = ConflictForm(None, carried, common.tongue())
        return _conflict(request, found, form, service_words.since(error.since))
    except BadInput as error:
        return again(error)
    common.done(request, saved.text)
    return _onwards(request, found, wanted, saved)


def _onwards(request: ScopedRequest, found: Work, wanted: Wanted, saved: Saved) -> HttpResponseRedirect:
    if wanted.act is editing.Act.NEXT:
        whole = desk_queries.whole(request.scope, found.code, common.clock(), common.tongue())
        line = desk_words.next_draft(whole, besides=str(saved.service))
        if line:
            return common.to("catalogue-service", found.code, line.service, at=desk_words.field_of(line))
    if wanted.publishes:
        return common.to("catalogue-desk", found.code)
    return common.to("catalogue-service", found.code, saved.service)


def _settle(request: ScopedRequest, found: Work) -> HttpResponse:
    """The choices after a conflict: what only one has changed is put together, the rest is as it was chosen."""
    try:
        form = ConflictForm.sent(request.POST, common.tongue())
    except ValueError:
        return HttpResponseBadRequest()
    if not form.is_valid():
        return _conflict(request, found, form, [])
    wanted = service_words.wanted(form)

    def again(error: BadInput) -> HttpResponse:
        editor = _editor(found, given=wanted.given)
        editor.refuse("", error.text)
        return _form(request, found, editor, wanted)

    return _save(request, found, wanted, again)


def _conflict(request: ScopedRequest, found: Work, form: ConflictForm, since: list[Any]) -> HttpResponse:
    context = {
        "form": form,
        "choices": list(form.choices()),
        "taken": form.taken(),
        "since": since,
        "publishes": form["act"].value() != editing.Act.DRAFT,
        "name": service_words.title(found),
    }
    return common.screen(request, "conflict", context, status=409)


def _editor(
    found: Work,
    data: Mapping[str, Any] | None = None,
    *,
    hushed: bool = False,
    given: ServiceInput | None = None,
) -> Editor:
    return Editor(
        given or found.given,
        municipality=found.code,
        kinds=list(found.kinds.items()),
        hours=service_words.url("catalogue-hours", found.code),
        reasons=found.own_reasons(),
        data=data,
        hushed=hushed,
    )


def _form(request: ScopedRequest, found: Work, editor: Editor, wanted: Wanted | None = None) -> HttpResponse:
    sent = request.POST if wanted is None else {"version": wanted.version, "revision": wanted.revision}
    context = {
        "work": found,
        "page": service_words.page(found, common.tongue()),
        "editor": editor,
        "by": request.POST.get("by") or common.confirmer(found.service, found.place),
        "live": service_words.live(editor, found),
        "version": sent.get("version") or found.version,
        "revision": sent.get("revision") or found.revision,
    }
    response = common.screen(request, "service", context)
    response.headers["Content-Security-Policy"] = FRAMING
    return response


@needs(Need.SERVICE_READ)
def preview_of(request: ScopedRequest, municipality: str, service: UUID | None = None) -> HttpResponse:
    """What residents will read: of the form as it stands (POST), of the draft, or of what is published now."""
    now, language = common.clock(), common.tongue()
    found = (
        work.of_service(request.scope, municipality, service, now, language)
        if service
        else work.of_new(request.scope, municipality, request.GET.get("type", ""), now, language)
    )
    editor = _editor(found, rows.rearranged(request.POST) if request.method == "POST" else None)
    if request.method == "POST":
        editor.is_valid(known([request.POST.get("postal_code", "")], request.scope, found.code))
    given = found.published if request.GET.get("publisert") else None
    shown = service_words.preview_of(found, editor, given)
    if getattr(request, "htmx", False):
        context = {"live": service_words.live(editor, found), "shown": shown}
        return render(request, "catalogue/desk/_live.html", context)
    response = render(request, "catalogue/desk/preview.html", {"shown": shown})
    response.headers["Content-Security-Policy"] = FRAMED
    response.headers["X-Frame-Options"] = "SAMEORIGIN"
    return response


@needs(Need.SERVICE_READ)
@require_POST
def hours(request: ScopedRequest, municipality: str) -> HttpResponse:  # noqa: ARG001  (the guard's)
    """What the hours in a form will say, at the moment that is asked about."""
    return hours_field.answer(request, now=common.clock())
