"""The desk: what to mend first, how complete the page is, what waits; and the way from empty to complete."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from samvirke.access.guard import ScopedRequest, needs
from samvirke.access.permissions import Need
from samvirke.catalogue import desk_queries, desk_words, history_words
from samvirke.catalogue.desk_queries import Whole
from samvirke.catalogue.queries_verification import responsible_for
from samvirke.catalogue.views import common


@dataclass(frozen=True)
class Step:
    """One step of the guided start. `done` of `of`; a step of one thing has of=1."""

    title: str
    text: str
    url: str
    button: str
    done: int
    of: int
    open: bool
    yours: bool

    @property
    def finished(self) -> bool:
        return self.done >= self.of


@needs(Need.SERVICE_READ)
def desk(request: ScopedRequest, municipality: str) -> HttpResponse:
    """What is wrong, due and missing, each one click from being mended."""
    now = common.clock()
    found = desk_queries.whole(request.scope, municipality, now, common.tongue())
    places = desk_queries.place_names(list(found.given.values()))
    told, counted = desk_words.share(found)
    answers = responsible_for(request.scope, municipality)
    mine = {str(id_) for id_, person in answers.items() if person and person.id == request.scope.account}
    only_mine = "mine" in request.GET
    groups = desk_words.groups(
        found,
        places,
        lambda service: common.confirmer(service, found.place),
        {str(id_): person.name for id_, person in answers.items() if person},
        mine if only_mine else None,
    )
    started = found.kinds.done > 0 or any(one.state == "confirmed" for one in found.services)
    context = {
        "found": found,
        "mine": bool(mine),
        "only_mine": only_mine,
        "groups": groups if started else [],
        "count": sum(len(group.rows) for group in groups),
        "told": told,
        "counted": counted,
        "percent": round(100 * told / counted) if counted else 0,
        "tally": desk_words.tally(found),
        "steps": steps(request, found),
        "waiting": history_words.waiting(request.scope, municipality),
        "own_drafts": history_words.unpublished(request.scope, municipality),
        "notices": desk_queries.notices_of(request.scope, municipality),
        "page_url": f"/{found.place.slug}/",
    }
    return common.screen(request, "desk", context)


def steps(request: ScopedRequest, found: Whole) -> list[Step]:
    """The way from nothing to a complete page; empty once every kind has been answered for."""
    code, kinds, joined = found.place.code, found.kinds, found.joined is not None
    if joined and kinds.done >= kinds.asked:
        return []
    first = desk_words.next_draft(found)
    address = reverse("catalogue-service", args=[code, first.service]) if first else ""
    edits, joins = request.scope.may(Need.SERVICE_EDIT), request.scope.may(Need.MUNICIPALITY_EDIT)
    fetched = kinds.drafted + kinds.done
    return [
        Step(
            _("Bli med"),
            _("Velg språk, og hvem innbyggerne skriver til når de finner en feil."),
            reverse("catalogue-settings", args=[code]),
            _("Bli med"),
            int(joined),
            1,
            not joined,
            joins,
        ),
        Step(
            _("Hent malene"),
            _("Du får et utkast for hver tjeneste Helsedirektoratet har bedt kommunene fortelle om."),
            reverse("catalogue-templates", args=[code]),
            _("Hent malene"),
            fetched,
            kinds.asked,
            joined and fetched < kinds.asked,
            edits,
        ),
        Step(
            _("Fyll ut og bekreft"),
            _("Skriv telefon, tider og adresse. Det du bekrefter, står på siden med én gang."),
            f"{address}#{desk_words.field_of(first)}" if first else "",
            _("Fyll ut den neste"),
            kinds.done,
            kinds.asked,
            joined and bool(first),
            edits,
        ),
    ]
