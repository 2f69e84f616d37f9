"""Lists from files: what is in them, who may be registered already, and carrying out."""

from uuid import UUID

from django.contrib import messages as notices
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from samvirke.access.guard import ScopedRequest, needs
from samvirke.access.permissions import Need
from samvirke.followup import actions, listed
from samvirke.followup.actions.importing import list_run
from samvirke.followup.forms.importing import ListForm
from samvirke.followup.importing import reading, template
from samvirke.followup.models import ListRun
from samvirke.followup.views.common import done, is_uuid
from samvirke.incidents import queries as incidents
from samvirke.kit.errors import BadInput

SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@needs(Need.PERSON_READ_ALL)
@require_http_methods(["GET", "POST"])
def lists(request: ScopedRequest, municipality: str, incident: UUID) -> HttpResponse:
    """Take in a list to look it over, and show the lists there have been. Nobody is registered by this."""
    now, scope = timezone.now(), request.scope
    event = incidents.incident(scope, incident)
    form = ListForm(request.POST, request.FILES) if request.method == "POST" else ListForm()
    if form.is_bound and form.is_valid():
        try:
            sheet = reading.read(form.cleaned_data["file"], form.defaults(), now)
        except BadInput as refused:
            where = " ".join(
                filter(None, (f"{gettext('Rad')} {refused.row}:" if refused.row else "", refused.field))
            )
            form.add_error("file", f"{where} {refused.text}".strip())
        else:
            made = done(form, lambda: actions.prepare_list(scope, incident, municipality, sheet, now=now))
            if made:
                return redirect("followup-list", municipality=municipality, listing=made.target)
    given = {"form": form, "event": event, "lists": listed.runs(scope, event)}
    return render(request, "followup/lists.html", given, status=422 if form.errors else 200)


@needs(Need.PERSON_READ_ALL)
@require_http_methods(["GET", "POST"])
def one_list(request: ScopedRequest, municipality: str, listing: UUID) -> HttpResponse:
    """Show a list: who is new, who may be the same side by side, what is wrong. Keep the answers, or carry out."""
    now, scope = timezone.now(), request.scope
    run = list_run(scope, listing)
    if request.method == "GET":
        return render(request, "followup/list.html", listed.shown(scope, run, now))
    answers = {
        UUID(name[4:]): str(said)
        for name, said in request.POST.items()
        if name.startswith("rad-") and is_uuid(name[4:]) and said in {"same", "another"}
    }
    try:
        actions.answer_rows(scope, listing, answers, now=now)
        if "forkast" in request.POST:
            actions.drop_list(scope, listing, now=now)
            notices.success(request, gettext("Listen er forkastet. Ingen er registrert."))
            return redirect("followup-lists", municipality=municipality, incident=run.incident_id)
        if "utfor" in request.POST:
            _carry_out(request, run)
    except BadInput as refused:
        notices.error(request, refused.text)
    return redirect("followup-list", municipality=municipality, listing=listing)


@needs(Need.PERSON_READ_ALL)
@require_safe
def list_template(request: ScopedRequest, municipality: str) -> HttpResponse:  # noqa: ARG001  (the guard's)
    """The empty list, as a workbook or as text."""
    as_text = request.GET.get("form") == "csv"
    answer = HttpResponse(
        template.csv_file() if as_text else template.xlsx_file(),
        content_type="text/csv" if as_text else SHEET,
    )
    answer["Content-Disposition"] = f'attachment; filename="rammede-mal.{"csv" if as_text else "xlsx"}"'
    return answer


def _carry_out(request: ScopedRequest, run: ListRun) -> None:
    made = actions.carry_out_list(request.scope, run.id, now=timezone.now())
    notices.success(request, gettext("{n} personer er registrert.").format(n=made.created))
    if made.waiting:
        text = gettext("{n} rader kan være noen som ble registrert i mellomtiden. Svar på dem.")
        notices.warning(request, text.format(n=len(made.waiting)))
    for place, rows in made.elsewhere.items():
        text = gettext("{n} kan være samme person som i en annen kommune. Ring kommune {place}.")
        notices.warning(request, text.format(n=len(rows), place=place))
