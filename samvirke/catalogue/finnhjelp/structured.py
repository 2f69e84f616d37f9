"""schema.org data of the pages, as plain dictionaries. Only what stands on the page, only what is confirmed."""

from datetime import timedelta

from samvirke.catalogue.finnhjelp import choose, times, words
from samvirke.catalogue.finnhjelp.cards import Page
from samvirke.catalogue.finnhjelp.site import ServiceView
from samvirke.kit.hours import OSLO

CONTEXT = "https://schema.org"
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def municipality(page: Page) -> dict[str, object] | None:
    """The municipality as a GovernmentOrganization; None when it has not confirmed its page."""
    place = page.site.municipality
    if place is None or not page.site.joined:
        return None
    return {"@context": CONTEXT, "@type": "WebPage", "inLanguage": page.language, "about": _owner(page)}


def _owner(page: Page) -> dict[str, object]:
    place = page.site.municipality
    assert place is not None  # noqa: S101 - callers have a municipality
    found: dict[str, object] = {"@type": "GovernmentOrganization", "name": f"{place.name} kommune"}
    if place.website:
        found["url"] = place.website
    found["areaServed"] = {"@type": "AdministrativeArea", "name": place.name, "identifier": place.code}
    return found


def service(page: Page, view: ServiceView) -> dict[str, object]:
    """A service as GovernmentService with its channels; hours as the days they hold, the coming week."""
    found: dict[str, object] = {
        "@context": CONTEXT,
        "@type": "GovernmentService" if not view.by_area else "Service",
        "name": page.pick(view.name),
        "url": page.links.absolute(page.links.service(view.slug)),
        "provider": {"@type": "Organization", "name": view.owner} if view.owner else _owner(page),
    }
    described = {
        "description": page.pick(view.description),
        "audience": words.say_audience(view, page.language, page.site.default_language),
    }
    if described["description"]:
        found["description"] = described["description"]
    if described["audience"]:
        found["audience"] = {"@type": "Audience", "audienceType": described["audience"]}
    if channels := _channels(page, view):
        found["availableChannel"] = channels
    if view.opening_hours:
        found["hoursAvailable"] = opening(page, view.opening_hours)
    return found


def _channels(page: Page, view: ServiceView) -> list[dict[str, object]]:
    found: list[dict[str, object]] = []
    for phone in choose.resident_phones(view):
        point: dict[str, object] = {"@type": "ContactPoint", "telephone": phone.e164}
        if phone.hours:
            point["hoursAvailable"] = opening(page, phone.hours)
        found.append({"@type": "ServiceChannel", "servicePhone": point})
    if view.address:
        place = {"@type": "Place", "address": view.address}
        found.append({"@type": "ServiceChannel", "serviceLocation": place})
    return found


def opening(page: Page, osm: str) -> list[dict[str, str]]:
    """The coming week's spans, each valid on its own day, so that holidays are right."""
    if osm == times.ALWAYS:
        return [{"@type": "OpeningHoursSpecification", "opens": "00:00", "closes": "23:59"}]
    today = page.moment.astimezone(OSLO).date()
    found = []
    for start, end in times.spans_from(osm, today, 7):
        first, last = start.astimezone(OSLO), end.astimezone(OSLO)
        if first.date() < today or last - first > timedelta(days=1):
            continue
        day = first.date().isoformat()
        found.append(
            {
                "@type": "OpeningHoursSpecification",
                "dayOfWeek": _DAYS[first.weekday()],
                "opens": first.strftime("%H:%M"),
                "closes": last.strftime("%H:%M") if last.date() == first.date() else "23:59",
                "validFrom": day,
                "validThrough": day,
            }
        )
    return found
