"""Files in and out: the list of imports, one import before and after it happens, the template, and exports."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from samvirke.access.guard import ScopedRequest, needs
from samvirke.access.permissions import Need
from samvirke.catalogue import actions, desk_queries, exporting, sheet_queries, sheet_words
from samvirke.catalogue.exporting import template as blank_sheet
from samvirke.catalogue.forms.sheets import CarryOutForm, ExportForm, FileForm
from samvirke.catalogue.importing import File
from samvirke.catalogue.models import ImportRun
from samvirke.catalogue.service_words import moment
from samvirke.catalogue.views import common
from samvirke.kit.errors import BadInput
from samvirke.kit.hours import in_norway

A_PAGE = 25
SORTS = ("new", "changed", "kindless", "rejected", "same", "missing")


@needs(Need.SERVICE_IMPORT)
def imports(request: ScopedRequest, municipality: str) -> HttpResponse:
    """The imports there have been, and a form for a new file. Reading one changes no service."""
    form = FileForm(request.POST, request.FILES) if request.method == "POST" else FileForm()
    if form.is_bound and form.is_valid():
        given = form.cleaned_data["file"]
        file = File(given.name or "", given.read())
        try:
            done = actions.prepare_import(request.scope, municipality, file, now=common.clock())
        except BadInput as error:
            form.refuse(error)
        else:
            return common.to("catalogue-import", municipality, done.target)
    context = {"form": form, "imports": sheet_words.listed(request.scope, municipality)}
    return _screen(request, "imports", context)


@needs(Need.SERVICE_IMPORT)
def one_import(request: ScopedRequest, municipality: str, run: UUID) -> HttpResponse:
    """An import: row by row before it happens, its progress, and what became of it."""
    found = sheet_queries.run_for(request.scope, municipality, run)
    if found.state != "preview":
        return _screen(request, "done", _done(request, municipality, found))
    counts = sheet_queries.row_counts(request.scope, found)
    form = _carry_out_form(request, municipality, counts)
    if request.method == "POST":
        _keep_choices(request, found)
        if request.POST.get("gjor") != "alt":
            return common.to("catalogue-import", municipality, run, at="rader")
        if form.is_valid() and _carry_out(request, found, form):
            return common.to("catalogue-import", municipality, run)
    return _screen(request, "preview", _preview(request, municipality, found, counts) | {"form": form})


@needs(Need.SERVICE_IMPORT)
def undo(request: ScopedRequest, municipality: str, run: UUID) -> HttpResponse:
    """Ask once, then undo a whole import."""
    found = sheet_queries.run_for(request.scope, municipality, run)
    if request.method == "POST":
        common.attempt(request, lambda: actions.take_back(request.scope, found.id, now=common.clock()))
        return common.to("catalogue-import", municipality, run)
    context = {
        "question": _("Angre hele importen?"),
        "text": _(
            "Tjenestene blir som de var før. De som importen laget, blir trukket tilbake. "
            "Det noen har endret siden, blir stående."
        ),
        "button": _("Angre importen"),
        "cancel": common.to("catalogue-import", municipality, run).url,
        "danger": True,
    }
    return common.confirm_screen(request, context)


@needs(Need.SERVICE_IMPORT)
@require_POST
def redo(request: ScopedRequest, municipality: str, run: UUID) -> HttpResponse:
    """Carry out an import that was undone, once more."""
    found = sheet_queries.run_for(request.scope, municipality, run)
    common.attempt(request, lambda: actions.do_again(request.scope, found.id, now=common.clock()))
    return common.to("catalogue-import", municipality, run)


@needs(Need.SERVICE_IMPORT)
@require_POST
def go_on(request: ScopedRequest, municipality: str, run: UUID) -> HttpResponse:
    """Do the next rows of an import that has stopped."""
    found = sheet_queries.run_for(request.scope, municipality, run)
    common.attempt(request, lambda: actions.go_on(request.scope, found.id, now=common.clock()))
    return common.to("catalogue-import", municipality, run)


@needs(Need.SERVICE_IMPORT)
def drop(request: ScopedRequest, municipality: str, run: UUID) -> HttpResponse:
    """Ask once, then throw a preview away."""
    found = sheet_queries.run_for(request.scope, municipality, run)
    if request.method == "POST":
        if common.attempt(request, lambda: actions.drop_import(request.scope, found.id, now=common.clock())):
            common.done(request, _("Filen er forkastet. Ingen tjenester er endret."))
        return common.to("catalogue-imports", municipality)
    context = {
        "question": _("Forkaste filen?"),
        "text": _("Ingen tjenester er endret, og ingen blir det."),
        "button": _("Forkast"),
        "cancel": common.to("catalogue-import", municipality, run).url,
        "danger": True,
    }
    return common.confirm_screen(request, context)


@needs(Need.SERVICE_IMPORT)
@require_safe
def progress(request: ScopedRequest, municipality: str, run: UUID) -> HttpResponse:
    """How far an import has come, for a page that asks again and again."""
    found = sheet_queries.run_for(request.scope, municipality, run)
    return render(request, "catalogue/sheets/staff/progress.html", _done(request, municipality, found))


@needs(Need.SERVICE_IMPORT)
@require_safe
def template(request: ScopedRequest, municipality: str) -> HttpResponse:
    """The empty sheet, as a workbook or as text."""
    names = list(desk_queries.kind_names(request.scope, municipality, "nb").items())
    form = "csv" if request.GET.get("form") == "csv" else "xlsx"
    data = blank_sheet.csv_file(names) if form == "csv" else blank_sheet.xlsx_file(names)
    return _file(data, f"tjenester-mal.{form}", exporting.FORMS[form][2])


@needs(Need.SERVICE_READ)
@require_safe
def export(request: ScopedRequest, municipality: str) -> HttpResponse:
    """The municipality's services as a file; without a form asked for, the choice of one."""
    asked = ExportForm(request.GET) if "form" in request.GET else ExportForm()
    if not asked.is_bound or not asked.is_valid():
        return _screen(request, "export", {"form": asked}, 400 if asked.is_bound else 200)
    form, drafts = asked.cleaned_data["form"], asked.cleaned_data["utkast"]
    services, place = sheet_queries.exported(request.scope, municipality, drafts=drafts)
    _write, ending, media = exporting.FORMS[form]
    try:
        data = exporting.write(form, services, place)
    except BadInput as error:
        asked.add_error("form", error.text)
        return _screen(request, "export", {"form": asked}, 400)
    day = in_norway(common.clock()).date()
    return _file(data, f"tjenester-{municipality}-{day:%Y-%m-%d}.{ending}", media)


def _carry_out_form(request: ScopedRequest, municipality: str, counts: dict[str, int]) -> CarryOutForm:
    asked = request.method == "POST" and request.POST.get("gjor") == "alt"
    place, _joined = desk_queries.place_of(municipality)
    return CarryOutForm(
        request.POST if asked else None,
        may_confirm=request.scope.may(Need.SERVICE_CONFIRM),
        same=counts.get("same", 0),
        initial={"by": common.confirmer(None, place)},
    )


def _keep_choices(request: ScopedRequest, run: ImportRun) -> None:
    """Keep the ticks and the kinds of the rows that were on the page."""
    numbers = {
        name: [found for text in request.POST.getlist(name) if (found := common.number(text)) is not None]
        for name in ("rad", "ta-med")
    }
    kinds = {number: request.POST.get(f"type-{number}", "")[:100] for number in numbers["rad"]}
    common.attempt(
        request,
        lambda: actions.choose_rows(
            request.scope, run.id, numbers["rad"], numbers["ta-med"], kinds, now=common.clock()
        ),
    )


def _carry_out(request: ScopedRequest, run: ImportRun, form: CarryOutForm) -> bool:
    by, also_same = form.confirmed_by(), bool(form.cleaned_data.get("also_same"))
    done = common.fill(
        form,
        lambda: actions.carry_out(
            request.scope, run.id, confirmed_by=by, also_same=also_same, now=common.clock()
        ),
    )
    return done is not None


def _preview(
    request: ScopedRequest, municipality: str, run: ImportRun, counts: dict[str, int]
) -> dict[str, Any]:
    asked = request.GET.get("vis", "")
    there = [sort for sort in SORTS if counts.get(sort) or (sort == "missing" and run.missing)]
    current = asked if asked in there else next(iter(there), "new")
    after = common.number(request.GET.get("etter", "")) or 0
    rows, following = sheet_queries.rows_page(request.scope, run, current, after, A_PAGE)
    language = common.tongue()
    return {
        "run": run,
        "when": moment(run.at),
        "tabs": sheet_words.tabs(counts, len(run.missing), current),
        "current": current,
        "rows": sheet_words.rows(request.scope, municipality, rows, language),
        "missing": run.missing if current == "missing" else [],
        "kinds": desk_queries.kind_names(request.scope, municipality, language)
        if current == "kindless"
        else {},
        "picked": sheet_words.picked(sheet_queries.chosen(request.scope, run)),
        "next": f"?{urlencode({'vis': current, 'etter': following})}" if following else "",
        "first": f"?{urlencode({'vis': current})}" if after else "",
        "action": request.get_full_path(),
    }


def _done(request: ScopedRequest, municipality: str, run: ImportRun) -> dict[str, Any]:
    left = sheet_queries.left_rows(request.scope, run)
    looked, all_of_them = sheet_queries.progress(request.scope, run)
    counts = sheet_queries.outcomes(request.scope, [run.id]).get(run.id, {})
    return {
        "run": run,
        "code": municipality,
        "when": moment(run.at),
        "acted": moment(run.acted_at) if run.acted_at else "",
        "said": sheet_words.said(counts),
        "left": sheet_words.rows(request.scope, municipality, left, common.tongue()),
        "looked": looked,
        "all": all_of_them,
    }


def _file(data: bytes, name: str, media: str) -> HttpResponse:
    answer = HttpResponse(data, content_type=media)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _screen(request: ScopedRequest, name: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    around = {"code": request.scope.municipality, "may_import": request.scope.may(Need.SERVICE_IMPORT)}
    return render(request, f"catalogue/sheets/{name}.html", around | context, status=status)
