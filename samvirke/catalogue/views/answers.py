"""Short acts on one service: confirm, "does not apply", a notice, a time when it is closed, withdraw and bring back."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from samvirke.access.guard import ScopedRequest, needs
from samvirke.access.permissions import Need
from samvirke.catalogue import actions, answering, desk_queries, labels, queries, rules
from samvirke.catalogue.forms.answers import NoticeForm, ReasonForm, may_be_answered
from samvirke.catalogue.views import common
from samvirke.kit.hours import OSLO


@needs(Need.SERVICE_CONFIRM)
@require_POST
def confirm(request: ScopedRequest, municipality: str, service: UUID) -> HttpResponse:
    """Say that pieces of a service are right as they stand; those that were shown beside the button."""
    found = desk_queries.own_service(request.scope, municipality, service)
    pieces = [one for one in request.POST.getlist("pieces") if one in rules.SERVICE_PIECES]
    by = request.POST.get("by", "")
    act = common.attempt(
        request, lambda: answering.confirm_many(request.scope, [(found.id, pieces)], by, now=common.clock())
    )
    if act:
        said = {"name": common.name_of(found), "pieces": labels.pieces(pieces)}
        common.done(request, _("%(name)s: %(pieces)s er bekreftet.") % said)
    return common.back(request, municipality)


@needs(Need.SERVICE_CONFIRM)
def answer(request: ScopedRequest, municipality: str, service: UUID) -> HttpResponse:
    """Answer that a piece does not apply, and why, in each of the municipality's languages."""
    found = desk_queries.own_service(request.scope, municipality, service)
    place, joined = desk_queries.place_of(municipality)
    answers = {row.piece: row for row in found.verifications.all() if row.state == rules.NOT_APPLICABLE}
    pieces = may_be_answered(queries.told(found))
    asked = request.GET.get("opplysning", "")
    there = answers.get(asked)
    form = ReasonForm(
        request.POST or None,
        languages=desk_queries.languages_of(place, joined),
        pieces=pieces,
        initial={
            "piece": asked if asked in pieces else None,
            "by": there.verified_by if there else common.confirmer(found, place),
            **(there.reason if there else {}),
        },
    )
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        act = common.fill(
            form,
            lambda: actions.answer_not_applicable(
                request.scope, found.id, given["piece"], form.texts(), given["by"], now=common.clock()
            ),
        )
        if act:
            common.done(request, _("Svaret er lagret. Det står på siden til tjenesten."))
            return common.to("catalogue-desk", municipality)
    there_now = [(labels.piece(piece), row.reason) for piece, row in answers.items()]
    context = {
        "form": form,
        "service": found,
        "name": common.name_of(found),
        "pieces": pieces,
        "answers": there_now,
    }
    return common.screen(request, "answer", context)


@needs(Need.SERVICE_CONFIRM)
def notice(request: ScopedRequest, municipality: str, service: UUID) -> HttpResponse:
    """Put up a temporary notice on a service, change it, or take it down."""
    found = desk_queries.own_service(request.scope, municipality, service)
    place, joined = desk_queries.place_of(municipality)
    there = getattr(found, "notice", None)
    if request.method == "POST" and request.POST.get("gjor") == "fjern":
        if there and common.attempt(
            request, lambda: actions.remove_notice(request.scope, there.id, now=common.clock())
        ):
            common.done(request, _("Meldingen er tatt ned."))
        return common.back(request, municipality)
    now = common.clock()
    today = now.astimezone(OSLO).date()
    initial = {**there.texts, "starts": there.starts, "ends": there.ends} if there else {"starts": today}
    form = NoticeForm(
        request.POST or None, languages=desk_queries.languages_of(place, joined), today=today, initial=initial
    )
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        act = common.fill(
            form,
            lambda: actions.add_notice(
                request.scope, form.texts(), given["starts"], given["ends"], now=now, service_id=found.id
            ),
        )
        if act:
            common.done(request, _("Meldingen er lagret."))
            return common.to("catalogue-service", municipality, found.id)
    return common.screen(
        request, "notice", {"form": form, "service": found, "name": common.name_of(found), "notice": there}
    )


@needs(Need.SERVICE_CONFIRM)
def withdraw(request: ScopedRequest, municipality: str, service: UUID) -> HttpResponse:
    """Take a service off the pages, having asked once; or bring it back as a draft."""
    found = desk_queries.own_service(request.scope, municipality, service)
    back = reverse("catalogue-service", args=[municipality, found.id])
    if request.method == "POST":
        gone = found.state == "withdrawn"
        act = actions.bring_back if gone else actions.withdraw
        if common.attempt(request, lambda: act(request.scope, found.id, now=common.clock())):
            said = _("%(name)s er hentet tilbake som utkast.") if gone else _("%(name)s er trukket tilbake.")
            common.done(request, said % {"name": common.name_of(found)})
        return common.to("catalogue-service", municipality, found.id)
    if found.state == "withdrawn":
        return common.to("catalogue-service", municipality, found.id)
    context = {
        "question": _("Vil du trekke tilbake «%(name)s»?") % {"name": common.name_of(found)},
        "text": _("Tjenesten blir borte fra siden med én gang. Du kan hente den tilbake senere."),
        "button": _("Trekk tilbake"),
        "cancel": back,
        "danger": True,
    }
    return common.confirm_screen(request, context)
