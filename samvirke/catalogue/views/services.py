"""The list of services, new ones, the templates, what the municipality does not have, and confirming many at once."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from samvirke.access.guard import ScopedRequest, needs
from samvirke.access.permissions import Need
from samvirke.catalogue import actions, answering, desk_queries, desk_words, labels, rules, starters
from samvirke.catalogue.forms.answers import ConfirmManyForm, LackingForm
from samvirke.catalogue.models import STATES
from samvirke.catalogue.queries import as_input
from samvirke.catalogue.rules import Facts
from samvirke.catalogue.views import common

NOTHING = Facts("", joined=True)


@needs(Need.SERVICE_READ)
def services(request: ScopedRequest, municipality: str) -> HttpResponse:
    """The municipality's services, a page at a time, and the shared ones that cover it."""
    state = request.GET.get("tilstand", "")
    kind = request.GET.get("type", "")
    names = desk_queries.kind_names(request.scope, municipality, common.tongue())
    page = desk_queries.services_page(
        request.scope,
        municipality,
        state=state if state in STATES else "",
        kind=kind if kind in names else "",
        after=request.GET.get("etter", ""),
    )
    now = common.clock()
    due = {
        str(one.id): desk_words.problems(desk_queries.seen_of(one, as_input(one)), NOTHING, now)
        for one in page.services
    }
    shared = [] if request.GET.get("etter") else desk_queries.shared_with(municipality)
    context = {
        "rows": [desk_words.listed(service, names, municipality, due) for service in page.services],
        "shared": [desk_words.listed(service, names, municipality, {}) for service in shared],
        "tabs": _tabs(state, kind, page.counts),
        "tabs_label": _("Tilstand"),
        "kinds": [(key, names[key]) for key in names if key in page.kinds],
        "state": state,
        "kind": kind,
        "next": f"?{urlencode({'tilstand': state, 'type': kind, 'etter': page.next})}" if page.next else "",
        "first": f"?{urlencode({'tilstand': state, 'type': kind})}" if request.GET.get("etter") else "",
    }
    return common.screen(request, "services", context)


def _tabs(state: str, kind: str, counts: Mapping[str, int]) -> list[dict[str, Any]]:
    """A tab for each state; the first has drafts and published ones."""
    said = {"": _("Alle"), **{code: str(name) for code, name in labels.STATES.items()}}
    return [
        {
            "name": name,
            "url": f"?{urlencode({'tilstand': code, 'type': kind})}",
            "current": code == state,
            "count": counts.get(code, 0) if code else "",
        }
        for code, name in said.items()
    ]


@needs(Need.SERVICE_EDIT)
def templates(request: ScopedRequest, municipality: str) -> HttpResponse:
    """Adopt templates as drafts: all of them, or those that are ticked. A template is never published."""
    found = desk_queries.whole(request.scope, municipality, common.clock(), common.tongue())
    there = {service.kind for service in found.services if service.state != "withdrawn"}
    there |= {service.kind for service in found.shared}
    choices = [one for one in starters.templates() if one.kind not in there]
    if request.method == "POST":
        wanted = set(request.POST.getlist("kinds")) & {one.kind for one in choices}
        made = common.attempt(
            request,
            lambda: actions.adopt_templates(request.scope, municipality, now=common.clock(), kinds=wanted),
        )
        if made:
            common.done(
                request,
                ngettext(
                    "Ett utkast er laget. Fyll det ut og bekreft.",
                    "%(n)s utkast er laget. Fyll dem ut og bekreft.",
                    len(made),
                )
                % {"n": len(made)},
            )
            return common.to("catalogue-desk", municipality)
        if made is not None:
            common.told_text(request, _("Velg minst én mal."))
        return common.to("catalogue-templates", municipality)
    asked = {need.kind for need in rules.REQUIRED} | {rules.ACUTE_WARD}
    required = [desk_words.offered(one, found) for one in choices if one.kind in asked]
    others = [desk_words.offered(one, found) for one in choices if one.kind not in asked]
    context = {
        "parts": [
            (_("Disse har Helsedirektoratet bedt alle kommuner om å fortelle om"), required, True),
            (_("Disse har mange kommuner i tillegg"), others, False),
        ],
        "some": bool(choices),
        "found": found,
    }
    return common.screen(request, "templates", context)


@needs(Need.SERVICE_CONFIRM)
def lacking(request: ScopedRequest, municipality: str, kind: str) -> HttpResponse:
    """Answer that the municipality has no service of a kind, and who helps instead; or take the answer back."""
    found = desk_queries.whole(request.scope, municipality, common.clock(), common.tongue())
    answer = desk_queries.kind_answer(request.scope, municipality, kind)
    languages = desk_queries.languages_of(found.place, found.joined)
    initial = {
        **(answer.reason if answer else {}),
        "by": answer.verified_by if answer else common.confirmer(None, found.place),
    }
    form = LackingForm(request.POST or None, languages=languages, initial=initial)
    if request.method == "POST" and request.POST.get("gjor") == "angre":
        common.attempt(
            request, lambda: actions.forget_lacking(request.scope, municipality, kind, now=common.clock())
        )
        return common.to("catalogue-desk", municipality)
    if answer and request.POST.get("gjor") == "stemmer":
        again = (answer.reason, request.POST.get("by", ""))
        if common.attempt(
            request,
            lambda: actions.answer_lacking(request.scope, municipality, kind, *again, now=common.clock()),
        ):
            common.done(request, _("Bekreftet."))
        return common.to("catalogue-desk", municipality)
    if request.method == "POST" and form.is_valid():
        done = common.fill(
            form,
            lambda: actions.answer_lacking(
                request.scope, municipality, kind, form.texts(), form.cleaned_data["by"], now=common.clock()
            ),
        )
        if done:
            common.done(request, _("Svaret står på «Om siden»."))
            return common.to("catalogue-desk", municipality)
    context = {
        "form": form,
        "kind": kind,
        "name": found.names.get(kind, kind),
        "answer": answer,
        "found": found,
    }
    context |= {"may_lack": kind in rules.MAY_LACK}
    return common.screen(request, "lacking", context)


@needs(Need.SERVICE_CONFIRM)
def confirm_many(request: ScopedRequest, municipality: str) -> HttpResponse:
    """Everything that is due, soon due or not confirmed, service by service, to be confirmed in one go."""
    now = common.clock()
    found = desk_queries.whole(request.scope, municipality, now, common.tongue())
    places = desk_queries.place_names(list(found.given.values()))
    rows = desk_words.confirmable(found, places, lambda service: common.confirmer(service, found.place))
    pieces = {id_: row.pieces for id_, row in rows.items()}
    form = ConfirmManyForm(
        request.POST or None, rows=pieces, initial={"by": common.confirmer(None, found.place)}
    )
    if request.method == "POST" and form.is_valid():
        by = form.cleaned_data["by"]
        done = common.fill(form, lambda: answering.confirm_many(request.scope, form.chosen(), by, now=now))
        if done is not None:
            said = ngettext("%(n)s tjeneste er bekreftet.", "%(n)s tjenester er bekreftet.", done) % {
                "n": done
            }
            common.done(request, said)
            return common.to("catalogue-desk", municipality)
    context = {"rows": rows, "form": form, "all": request.GET.get("velg") == "alle"}
    context["ticked"] = request.POST.getlist("services")
    return common.screen(request, "confirm_many", context)


@needs(Need.SERVICE_CONFIRM)
@require_POST
def duty(request: ScopedRequest, municipality: str) -> HttpResponse:
    """Confirm what the page says about the GP's help the same day."""
    by = request.POST.get("by", "")
    act = common.attempt(
        request,
        lambda: actions.confirm_duty(request.scope, municipality, rules.GP_SAME_DAY, by, now=common.clock()),
    )
    if act:
        common.done(request, _("Bekreftet."))
    return common.to("catalogue-desk", municipality)
