"""The resident's card and page of what an editor has written, as if all of it were confirmed today."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.utils import translation

from samvirke.catalogue import assemble, inputs, rules
from samvirke.catalogue.finnhjelp import cards, municipality
from samvirke.catalogue.finnhjelp.site import Level, Notice, Site, Text
from samvirke.catalogue.inputs import ServiceInput
from samvirke.catalogue.showing import Beside, show
from samvirke.kit.hours import OSLO
from samvirke.reference.models import Municipality


def page(
    place: Municipality,
    given: ServiceInput,
    place_names: Mapping[str, str],
    *,
    now: datetime,
    by: str = "",
    language: str = "",
    slug: str = "tjeneste",
    notice: Notice | None = None,
    not_applicable: Mapping[str, Text] | None = None,
    unsure: Collection[str] = (),
) -> dict[str, Any]:
    """Return what the templates of the public card and page show of a service. `language` "": its own.

    `unsure`: pieces that are not chosen yet, and therefore not shown.
    """
    said = language or given.language
    today = now.astimezone(OSLO).date()
    beside = Beside(
        id="",
        slug=slug,
        checked=today,
        checked_by=by,
        phone_checked=today,
        notice=notice,
        not_applicable=not_applicable or {},
    )
    sure = {rules.SERVICES, *inputs.told(given)} - set(unsure)
    site = Site(
        key=place.code,
        slug=place.slug,
        default_language=given.language,
        municipality=assemble.municipality(place),
        joined=True,
        invented=place.invented,
        services=(show(_whole(given), sure, place_names, beside),),
    )
    with translation.override(said):
        builder = cards.Page(site, said, now)
        return {**municipality.service_data(builder, site.services[0], builder.times()), "language": said}


def _whole(given: ServiceInput) -> ServiceInput:
    """What is half written can be looked at: a level that follows from the kind is not known yet."""
    return given if given.level else replace(given, level=Level.MUNICIPALITY.value)
