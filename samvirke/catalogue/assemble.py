"""Fills the plain facts of finnhjelp.site from rows. What nobody has confirmed is left out here.

A piece (phone, address …) is shown when somebody has confirmed it, also when it is due again: then the
page says when it was last checked. What was changed after it was confirmed has lost its confirmation
(see actions.edit_service) and is not shown until somebody confirms it anew.
"""

from collections.abc import Iterable, Mapping
from datetime import date

from samvirke.catalogue import rules
from samvirke.catalogue.finnhjelp import site as views
from samvirke.catalogue.models import Notice, Service, Verification
from samvirke.catalogue.queries import as_input, source_text
from samvirke.catalogue.showing import Beside, show
from samvirke.kit.hours import OSLO
from samvirke.reference.models import Helpline, Municipality
from samvirke.reference.queries import Area
from samvirke.reference.rules import day_ranges

RVTS_IS_SURE = "confirmed"


def service_view(
    service: Service, place_names: Mapping[str, str], *, by_area: bool, slug: str
) -> views.ServiceView | None:
    """Return a service as residents may see it, or None when nobody has confirmed it.

    `place_names`: postal code → place. `slug`: its address on this site.
    """
    answers = {row.piece: row for row in service.verifications.all()}
    sure = {piece: row for piece, row in answers.items() if row.state == rules.CONFIRMED}
    if rules.SERVICES not in sure:
        return None
    phone = sure.get(rules.PHONE)
    beside = Beside(
        id=str(service.id),
        slug=slug,
        checked=min(_day(row) for row in sure.values()),
        checked_by=sure[rules.SERVICES].verified_by,
        phone_checked=_day(phone) if phone else None,
        notice=_notice(getattr(service, "notice", None)),
        not_applicable={
            piece: row.reason for piece, row in answers.items() if row.state == rules.NOT_APPLICABLE
        },
        outdated_languages=outdated(service),
        by_area=by_area,
    )
    return show(as_input(service), sure, place_names, beside)


def outdated(service: Service) -> tuple[str, ...]:
    """Return the languages whose text was translated from an earlier version of the source text."""
    source = source_text(service)
    return tuple(
        text.language
        for text in service.texts.all()
        if text.language != service.language and text.source_version < source.version
    )


def services_of(
    code: str, services: Iterable[Service], place_names: Mapping[str, str]
) -> tuple[views.ServiceView, ...]:
    """Return what one municipality's pages show. Two services with one slug get different addresses."""
    shown: list[views.ServiceView] = []
    taken: set[str] = set()
    for service in services:
        slug, number = service.slug, 2
        while slug in taken:
            slug, number = f"{service.slug}-{number}", number + 1
        view = service_view(service, place_names, by_area=service.municipality_id != code, slug=slug)
        if view:
            taken.add(slug)
            shown.append(view)
    return tuple(shown)


def notices(rows: Iterable[Notice]) -> tuple[views.Notice, ...]:
    """Return a municipality's notices; the pages show each from its first day through its last."""
    return tuple(filter(None, map(_notice, rows)))


def helpline_view(line: Helpline) -> views.HelplineView:
    """Return a national helpline. Numbers and hours are in the table only where they are confirmed."""
    return views.HelplineView(
        key=line.key,
        name=line.text("name"),
        url=line.url,
        e164=line.number,
        hours=line.hours or None,
        chat_url=line.chat_url,
        chat_hours=line.chat_hours or None,
        sms=line.sms,
        sms_hours=line.sms_hours or None,
        audience=line.text("audience"),
        description=line.text("description"),
        anonymity=line.text("anonymity"),
        hours_note=line.text("hours_note"),
        age_min=line.age_min,
        age_max=line.age_max,
        topics=tuple(line.topics),
        for_youth=line.for_youth,
        for_relatives=line.for_relatives,
        no_badge=day_ranges(line.no_badge),
        checked=line.checked,
    )


def area_services(area: Area | None) -> tuple[views.AreaService, ...]:
    """Return who covers a municipality: names and websites. RVTS only where its area is confirmed."""
    if area is None:
        return ()
    trusts = [
        views.AreaService("trust", _same(cover.trust.name), cover.trust.website, ", ".join(cover.districts))
        for cover in area.trusts
    ]
    rvts = (
        [views.AreaService("rvts", _names(area.rvts), area.rvts.website)]
        if area.rvts_status == RVTS_IS_SURE
        else []
    )
    region = views.AreaService("region", _same(area.region.name), area.region.website)
    return (
        *trusts,
        region,
        *rvts,
        views.AreaService("governor", _names(area.governor), area.governor.website),
    )


def municipality(place: Municipality) -> views.Municipality:
    """Return a municipality as the pages know it."""
    return views.Municipality(
        code=place.code,
        name=place.name,
        official_name=place.name_official,
        unique_name=place.name_unique,
        county_code=place.county_id or "",
        county=place.county.name if place.county else "",
        language_form=place.language_form,
        website=place.website,
        other_names=tuple(place.other_names),
    )


def place_entry(place: Municipality, *, joined: bool) -> views.PlaceEntry:
    """Return a municipality as the national list shows it."""
    return views.PlaceEntry(
        code=place.code,
        name=place.name,
        unique_name=place.name_unique,
        slug=place.slug,
        county_code=place.county_id or "",
        county=place.county.name if place.county else "",
        default_language=place.default_language,
        joined=joined,
        invented=place.invented,
        other_names=tuple(name for _language, name in place.other_names),
    )


def _notice(row: Notice | None) -> views.Notice | None:
    return views.Notice(row.texts, row.ends, row.starts) if row else None


def _day(row: Verification) -> date:
    return row.verified_at.astimezone(OSLO).date()


def _same(name: str) -> dict[str, str]:
    return dict.fromkeys(views.LANGUAGES, name)


def _names(row: object) -> dict[str, str]:
    return {language: getattr(row, f"name_{language}") for language in views.LANGUAGES}
