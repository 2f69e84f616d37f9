"""What importing and exporting ask: facts a file is read with, and the services of a municipality as an export."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count

from samvirke.access.scope import NotYours, Scope
from samvirke.catalogue import rules
from samvirke.catalogue.exporting import Exported, Notice, Place
from samvirke.catalogue.importing import Facts
from samvirke.catalogue.models import ImportedRow, ImportRun, Joined, Service
from samvirke.catalogue.models_imports import DID
from samvirke.catalogue.queries import (
    AreaKey,
    as_input,
    kind_names,
    kind_words,
    own_kinds,
    services_of,
    siblings,
    told,
    whole,
)
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


def runs(scope: Scope, municipality: str, most: int = 50) -> list[ImportRun]:
    """Return a municipality's imports, the newest first."""
    return list(ImportRun.objects.visible_to(scope).filter(municipality=municipality).order_by("-at")[:most])


def run_for(scope: Scope, municipality: str, run: UUID) -> ImportRun:
    """Return an import of the municipality in the address. Raises NotYours."""
    found = ImportRun.objects.visible_to(scope).filter(id=run, municipality=municipality).first()
    if found is None:
        raise NotYours(run)
    return found


def outcomes(scope: Scope, ids: Sequence[UUID]) -> dict[UUID, dict[str, int]]:
    """Return how many rows of each import came to what; those that the last step left count as left."""
    found: dict[UUID, dict[str, int]] = defaultdict(dict)
    rows = ImportedRow.objects.visible_to(scope).filter(run__in=list(ids)).exclude(outcome="")
    for run, outcome, left, number in rows.values_list("run", "outcome", "left").annotate(n=Count("id")):
        name = "left" if left else outcome
        found[run][name] = found[run].get(name, 0) + number
    return found


def row_counts(scope: Scope, run: ImportRun) -> dict[str, int]:
    """Return how many rows there are of each sort."""
    rows = ImportedRow.objects.visible_to(scope).filter(run=run)
    return dict(rows.values_list("state").annotate(n=Count("id")))


def rows_page(
    scope: Scope, run: ImportRun, state: str, after: int, most: int
) -> tuple[list[ImportedRow], int]:
    """Return rows of one sort from a row number on, and the number to go on from; 0 at the end."""
    rows = ImportedRow.objects.visible_to(scope).filter(run=run, state=state, number__gt=after)
    found = list(rows.order_by("number")[: most + 1])
    return found[:most], found[most - 1].number if len(found) > most else 0


def left_rows(scope: Scope, run: ImportRun) -> list[ImportedRow]:
    """Return the rows that the last step left as they were, and why."""
    rows = ImportedRow.objects.visible_to(scope).filter(run=run, step=run.step)
    return list(rows.exclude(left="").order_by("number"))


def chosen(scope: Scope, run: ImportRun) -> dict[str, int]:
    """Return how many rows of each sort are to come along."""
    rows = ImportedRow.objects.visible_to(scope).filter(run=run, chosen=True)
    return dict(rows.values_list("state").annotate(n=Count("id")))


def progress(scope: Scope, run: ImportRun) -> tuple[int, int]:
    """Return how many rows the step under way has looked at, and how many there are."""
    rows = ImportedRow.objects.visible_to(scope).filter(run=run)
    looked = rows.filter(step=run.step).count()
    if run.step == 1:
        return looked, rows.filter(chosen=True).count()
    return looked, looked + rows.filter(outcome__in=DID, applied=run.step % 2 == 0, step__lt=run.step).count()


def services_by_id(scope: Scope, municipality: str, ids: Sequence[UUID]) -> dict[UUID, Service]:
    """Return services of a municipality with all that belongs to them."""
    return {one.id: one for one in whole(siblings(scope, municipality).filter(id__in=list(ids)))}
