"""Kinds of services that the guideline lacks and the municipality needs."""

from django.http import HttpResponse
from django.utils.translation import gettext as _

from samvirke.access.guard import ScopedRequest, needs
from samvirke.access.permissions import Need
from samvirke.catalogue import actions, desk_queries, labels, queries
from samvirke.catalogue.forms.responsible import OwnKindForm
from samvirke.catalogue.views import common


@needs(Need.SERVICE_EDIT)
def kinds(request: ScopedRequest, municipality: str) -> HttpResponse:
    """The municipality's own kinds; add one, or take away one that no service is of."""
    place, joined = desk_queries.place_of(municipality)
    if request.method == "POST" and "fjern" in request.POST:
        key = request.POST["fjern"]
        if common.attempt(
            request, lambda: actions.remove_own_kind(request.scope, municipality, key, now=common.clock())
        ):
            common.done(request, _("Typen er tatt bort."))
        return common.to("catalogue-kinds", municipality)
    form = OwnKindForm(request.POST or None, languages=desk_queries.languages_of(place, joined))
    if request.method == "POST" and form.is_valid():
        act = common.fill(
            form,
            lambda: actions.add_own_kind(
                request.scope, municipality, form.texts(), form.cleaned_data["level"], now=common.clock()
            ),
        )
        if act:
            common.done(request, _("Typen er lagt til. Nå kan dere lage tjenester av den."))
            return common.to("catalogue-kinds", municipality)
    there = [
        (kind.key, kind.name(common.tongue()), labels.LEVELS[kind.level])
        for kind in queries.own_kinds(request.scope, municipality)
    ]
    return common.screen(request, "kinds", {"form": form, "kinds": there, "joined": joined})
