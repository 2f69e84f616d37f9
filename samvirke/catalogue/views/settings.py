"""The municipality's own set-up, its notices, and joining."""

from django.http import HttpResponse
from django.utils.translation import gettext as _

from samvirke.access.guard import ScopedRequest, needs
from samvirke.access.permissions import Need
from samvirke.access.scope import opened
from samvirke.catalogue import actions, desk_queries
from samvirke.catalogue.forms.answers import NoticeForm
from samvirke.catalogue.forms.settings import SettingsForm
from samvirke.catalogue.queries_verification import may_be_responsible
from samvirke.catalogue.views import common
from samvirke.kit.hours import OSLO


@needs(Need.MUNICIPALITY_EDIT)
def settings(request: ScopedRequest, municipality: str) -> HttpResponse:
    """Languages, addresses, who approves, how often to check. To save for the first time is to join."""
    place, joined = desk_queries.place_of(municipality)
    people = may_be_responsible(request.scope, municipality) if joined else []
    form = SettingsForm(request.POST or None, place=place, joined=joined, people=people)
    if request.method == "POST" and form.is_valid() and common.fill(form, lambda: _set_up(request, form)):
        common.done(request, _("Oppsettet er lagret.") if joined else _("Kommunen er med. Hent malene."))
        return common.to("catalogue-settings" if joined else "catalogue-desk", municipality)
    return common.screen(request, "settings", {"form": form, "place": place, "joined": joined})


def _set_up(request: ScopedRequest, form: SettingsForm) -> bool:
    """Save the set-up and who answers for all, both or neither."""
    code, now = str(request.scope.municipality), common.clock()
    with opened(request.scope):
        actions.join_municipality(request.scope, code, now=now, **form.given())
        if "verifier" in form.fields:
            actions.set_default_verifier(request.scope, code, form.verifier_id(), now=now)
    return True


@needs(Need.SERVICE_CONFIRM)
def notices(request: ScopedRequest, municipality: str) -> HttpResponse:
    """Temporary notices on the municipality's front page, each with its last day."""
    place, joined = desk_queries.place_of(municipality)
    there = desk_queries.notices_of(request.scope, municipality)
    if request.method == "POST" and "fjern" in request.POST:
        gone = next((one for one in there if str(one.id) == request.POST["fjern"]), None)
        if gone and common.attempt(
            request, lambda: actions.remove_notice(request.scope, gone.id, now=common.clock())
        ):
            common.done(request, _("Meldingen er tatt ned."))
        return common.to("catalogue-notices", municipality)
    now = common.clock()
    today = now.astimezone(OSLO).date()
    form = NoticeForm(
        request.POST or None,
        languages=desk_queries.languages_of(place, joined),
        today=today,
        initial={"starts": today},
    )
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        act = common.fill(
            form,
            lambda: actions.add_notice(
                request.scope,
                form.texts(),
                given["starts"],
                given["ends"],
                now=now,
                municipality=municipality,
            ),
        )
        if act:
            common.done(request, _("Meldingen er lagret."))
            return common.to("catalogue-notices", municipality)
    context = {"form": form, "notices": there, "place": place, "joined": joined, "today": today}
    return common.screen(request, "notices", context)
