"""What importing and exporting ask: facts a file is read with, and the services of a municipality as an export."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from uuid import UUID

from samvirke.access.scope import Scope
from samvirke.catalogue import rules
from samvirke.catalogue.exporting import Exported, Notice, Place
from samvirke.catalogue.importing import Facts
from samvirke.catalogue.models import ImportRun, Joined, Service
from samvirke.catalogue.queries import AreaKey, as_input, kind_names, kind_words, own_kinds, services_of, told
from samvirke.kit.hours import in_norway
from samvirke.reference.models import County, HealthRegion, HealthTrust, Municipality, PostalCode

AREAS = "https://data.geonorge.no/administrativeEnheter/"


def import_facts(municipality: str, now: datetime, scope: Scope | None = None) -> Facts:
    """Return what a file of a municipality's services is read with. `now` is aware. `scope`: who sees its own kinds."""
    place = Municipality.objects.filter(code=municipality).first()
    names = {place.name, place.name_unique, place.name_official, f"{place.name} kommune"} if place else set()
    return Facts(
        municipality,
        kind_words(own_kinds(scope, municipality) if scope else ()),
        in_norway(now).date(),
        frozenset(name.casefold() for name in names),
    )


def exported(scope: Scope, municipality: str, *, drafts: bool = False) -> tuple[list[Exported], Place]:
    """Return a municipality's confirmed services, and its drafts if asked, with what an export says of the place."""
    wanted = ("confirmed", "draft") if drafts else ("confirmed",)
    services = [one for one in services_of(scope, municipality) if one.state in wanted]
    place = Municipality.objects.select_related("county").get(code=municipality)
    joined = Joined.objects.published().filter(municipality=municipality).first()
    codes = {one.postal_code for one in services}
    about = Place(
        municipality,
        place.name,
        place.county.name if place.county else "",
        joined.error_email if joined else "",
        dict(kind_names(own_kinds(scope, municipality))),
        dict(PostalCode.objects.filter(code__in=codes).values_list("code", "place")),
    )
    names = _area_names(services)
    return [_exported(one, names) for one in services], about


def _exported(service: Service, names: Mapping[AreaKey, tuple[str, str]]) -> Exported:
    notice = getattr(service, "notice", None)
    areas = sorted(names[area.kind, area.key] for area in service.areas.all())
    return Exported(
        service.id,
        as_input(service),
        confirmed=service.state == "confirmed",
        assured=_assured(service),
        areas=tuple(areas),
        notice=Notice(notice.texts, notice.starts, notice.ends) if notice else None,
    )


def _assured(service: Service) -> date | None:
    """The day of the oldest confirmation, when all that the service tells has been confirmed."""
    said = {row.piece: row.verified_at for row in service.verifications.all() if row.state == rules.CONFIRMED}
    pieces = told(service)
    if not pieces <= said.keys():
        return None
    return in_norway(min(said[piece] for piece in pieces)).date()


def _area_names(services: Iterable[Service]) -> dict[AreaKey, tuple[str, str]]:
    """Return what areas are called: their address in the national register ("" when there is none) and their name."""
    wanted = defaultdict(set)
    for service in services:
        for area in service.areas.all():
            wanted[area.kind].add(area.key)
    found = {("country", ""): ("", "Norge")}
    for place in Municipality.objects.filter(code__in=wanted["municipality"]):
        found["municipality", place.code] = (f"{AREAS}kommune/id/{place.code}", place.name)
    for county in County.objects.filter(code__in=wanted["county"]):
        found["county", county.code] = (f"{AREAS}fylke/id/{county.code}", county.name)
    for region in HealthRegion.objects.filter(key__in=wanted["region"]):
        found["region", region.key] = ("", region.name)
    for trust in HealthTrust.objects.filter(key__in=wanted["trust"]):
        found["trust", trust.key] = ("", trust.name)
    return found


def is_working(scope: Scope, run: UUID) -> bool:
    """Say whether a step of an import is under way. An import that is gone is not."""
    return ImportRun.objects.visible_to(scope).filter(id=run, state="working").exists()
