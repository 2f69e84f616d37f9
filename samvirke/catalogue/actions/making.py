"""How a service comes to be: what create_service, the templates and the demonstration have in common."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext

from samvirke.access.permissions import Need
from samvirke.access.scope import Scope
from samvirke.catalogue.actions import writing
from samvirke.catalogue.actions.confirming import confirm_told
from samvirke.catalogue.inputs import ServiceInput
from samvirke.catalogue.models import AREA_KINDS, Channel, Phone, Service, ServiceArea, ServiceText
from samvirke.catalogue.queries import AreaKey, siblings
from samvirke.kit.errors import BadInput
from samvirke.reference.models import County, HealthRegion, HealthTrust, Municipality


def make(
    scope: Scope,
    municipality: str | None,
    given: ServiceInput,
    *,
    now: datetime,
    areas: Sequence[AreaKey] = (),
    confirmed_by: str = "",
    max_age: timedelta | None = None,
) -> Service:
    """Write a new service, confirmed when `confirmed_by` is given. Raises BadInput, Denied, NotYours."""
    _check_place(scope, municipality, areas)
    if confirmed_by:
        writing.require_confirming(scope, municipality)
    facts = writing.known([given.postal_code], scope, municipality)
    cleaned = writing.checked(given, writing.numbers_of(municipality, areas), facts)
    family = siblings(scope, municipality)
    if cleaned.external_id and family.filter(external_id=cleaned.external_id).exists():
        raise BadInput(
            gettext("Kommunen har allerede en tjeneste med nøkkelen «{key}».").format(
                key=cleaned.external_id
            ),
            field="external_id",
        )
    taken = set(family.values_list("slug", flat=True))
    service = Service(
        municipality_id=municipality, slug=writing.free_slug(cleaned.texts[cleaned.language].name, taken)
    )
    writing.fill(service, cleaned, facts, now)
    service.save(force_insert=True)
    ServiceText.objects.bulk_create(
        [writing.text_row(service, language, text) for language, text in cleaned.texts.items()]
    )
    Phone.objects.bulk_create(writing.phone_rows(service, cleaned))
    Channel.objects.bulk_create(writing.channel_rows(service, cleaned))
    ServiceArea.objects.bulk_create([ServiceArea(service=service, kind=kind, key=key) for kind, key in areas])
    if confirmed_by:
        by = writing.somebody(confirmed_by)
        age = max_age or writing.max_age(municipality)
        confirm_told(scope, writing.fetch(scope, service.id), None, by, now=now, max_age=age)
    return service


def _check_place(scope: Scope, municipality: str | None, areas: Sequence[AreaKey]) -> None:
    scope.require_sight(municipality)
    if municipality is None and not areas:
        raise BadInput(gettext("En tjeneste uten kommune må ha et område."), field="areas")
    if municipality is not None and not Municipality.objects.filter(code=municipality).exists():
        raise BadInput(gettext("Kommune {code} finnes ikke.").format(code=municipality), field="municipality")
    for kind, key in areas:  # it will stand on the pages of all of them
        if kind != "municipality" or not scope.sees(key):
            scope.require_sight(None)
            scope.require(Need.SHARED_EDIT)
    _check_areas(areas)


def _check_areas(areas: Sequence[AreaKey]) -> None:
    tables: dict[str, Any] = {
        "county": County,
        "region": HealthRegion,
        "trust": HealthTrust,
        "municipality": Municipality,
    }
    for kind, key in areas:
        known = (
            not key
            if kind == "country"
            else kind in AREA_KINDS and tables[kind].objects.filter(pk=key).exists()
        )
        if not known:
            raise BadInput(
                gettext("Området {kind} «{key}» finnes ikke.").format(kind=kind, key=key), field="areas"
            )
