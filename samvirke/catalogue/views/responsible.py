"""Who answers for which service, and a shorter time limit for all of them for a while."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from samvirke.access.guard import ScopedRequest, needs
from samvirke.access.permissions import Need
from samvirke.catalogue import actions, desk_queries, queries_verification, service_words
from samvirke.catalogue.forms.responsible import ResponsibleForm, ShorterForm
from samvirke.catalogue.views import common
from samvirke.kit.hours import OSLO


@needs(Need.SERVICE_EDIT)
def responsible(request: ScopedRequest, municipality: str) -> HttpResponse:
    """Every service with the one who answers for it; the ticked ones can be given to somebody."""
    people = queries_verification.may_be_responsible(request.scope, municipality)
    rows = desk_queries.responsible_rows(request.scope, municipality)
    form = ResponsibleForm(request.POST or None, people=people, services=rows)
    if request.method == "POST" and form.is_valid():
        done = common.fill(
            form,
            lambda: actions.set_verifiers(request.scope, form.chosen(), form.person(), now=common.clock()),
        )
        if done is not None:
            said = ngettext(
                "%(n)s tjeneste har fått ny ansvarlig.", "%(n)s tjenester har fått ny ansvarlig.", len(done)
            )
            common.done(request, said % {"n": len(done)})
            return common.to("catalogue-responsible", municipality)
    ticked = request.POST.getlist("services")
    return common.screen(request, "responsible", {"form": form, "rows": rows, "ticked": ticked})


@needs(Need.MUNICIPALITY_EDIT)
def shorter(request: ScopedRequest, municipality: str) -> HttpResponse:
    """Let all confirmations count for fewer days for a while, or end that before its time."""
    now = common.clock()
    form = ShorterForm(request.POST or None, today=now.astimezone(OSLO).date())
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        act = common.fill(
            form,
            lambda: actions.shorten_verification(
                request.scope,
                municipality,
                given["days"],
                until=form.until(),
                reason=given["reason"],
                now=now,
            ),
        )
        if act:
            common.done(request, _("Fristen er kortere for alle opplysninger nå."))
            return common.to("catalogue-shorter", municipality)
    running = [
        (one, service_words.moment(one.until), service_words.who(one.begun_by))
        for one in queries_verification.shortenings(request.scope, municipality, now)
    ]
    return common.screen(request, "shorter", {"form": form, "running": running})


@needs(Need.MUNICIPALITY_EDIT)
@require_POST
def as_usual(request: ScopedRequest, municipality: str) -> HttpResponse:
    """End a shorter limit before its time."""
    chosen = common.uuid_or_none(request.POST.get("frist", ""))
    if chosen and common.attempt(
        request, lambda: actions.end_shortening(request.scope, chosen, now=common.clock())
    ):
        common.done(request, _("Fristen er som vanlig igjen."))
    return common.to("catalogue-shorter", municipality)
