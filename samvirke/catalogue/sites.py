"""Loads what the public pages are made from: many sites in few queries, everything inside, then no more database."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from django.conf import settings

from samvirke.catalogue import assemble, rules
from samvirke.catalogue.finnhjelp.site import (
    LANGUAGES,
    NATIONAL,
    Gap,
    HelplineView,
    Lacking,
    ServiceView,
    Site,
    Text,
)
from samvirke.catalogue.finnhjelp.times import KNOWN_DAYS
from samvirke.catalogue.models import Joined, Notice
from samvirke.catalogue.queries import Coverage, coverage, facts
from samvirke.kit.hours import OSLO, public_holidays
from samvirke.reference.models import PostalCode
from samvirke.reference.queries import actors, helplines, municipalities, places_index
from samvirke.reference.rules import hours_are_sure


@dataclass(frozen=True)
class LoadedSite(Site):
    """A site together with what the letter's rules need to judge it at any moment."""

    facts: rules.Facts | None = None
    closed_perhaps: frozenset[str] = (
        frozenset()
    )  # helplines that have not said what hours they keep on holidays
    kinds: Mapping[str, Text] = field(
        default_factory=dict
    )  # actor key → its name, for gaps without a service


def load(codes: Sequence[str] | None = None) -> list[Site]:
    """Return sites for municipality codes and/or "national"; None: all of them, the national one first.

    At most 22 queries, however many sites are asked for. A code that does not exist gives no site.
    """
    rows = helplines()
    lines = tuple(assemble.helpline_view(line) for line in rows)
    unsure = frozenset(line.key for line in rows if line.holidays == "unknown")
    sites: list[Site] = []
    if codes is None or NATIONAL in codes:
        sites.append(_national(lines, unsure))
    asked = None if codes is None else sorted(set(codes) - {NATIONAL})
    return sites if asked == [] else sites + _municipal(coverage(asked), lines, unsure)


def at(site: Site, moment: datetime) -> Site:
    """Return the site with the states of the letter's rules and the gaps as they are on that day.

    They are judged at the day's first minute in Europe/Oslo, so that a page changes at midnight only. A
    helpline that has not said what hours it keeps on holidays gets no badge on them and the day before.
    """
    if not isinstance(site, LoadedSite):
        return site
    morning = moment.astimezone(OSLO).replace(hour=0, minute=0, second=0, microsecond=0)
    site = replace(site, helplines=_with_quiet_days(site, morning.date()))
    if site.facts is None or not site.joined:
        return site
    states = {service.id: rules.service_states(service, morning) for service in site.facts.services}
    services = tuple(replace(service, states=states[service.id]) for service in site.services)
    return replace(site, services=services, gaps=_gaps(site, services, morning))


def _with_quiet_days(site: LoadedSite, today: date) -> tuple[HelplineView, ...]:
    near = [today + timedelta(days=ahead) for ahead in range(KNOWN_DAYS)]
    unsure = [day for day in near if not hours_are_sure(day, (), "unknown", public_holidays(day.year))]
    quiet = tuple((f"{day:%m-%d}", f"{day:%m-%d}") for day in unsure)
    if not quiet:
        return site.helplines
    return tuple(
        replace(line, no_badge=(*line.no_badge, *quiet)) if line.key in site.closed_perhaps else line
        for line in site.helplines
    )


def _gaps(site: LoadedSite, services: Sequence[ServiceView], morning: datetime) -> tuple[Gap, ...]:
    """List what is not told. A kind that is lacking altogether is one gap, not six."""
    if site.facts is None:
        return ()
    names = {service.id: service.name for service in services}
    gaps = {}
    for item in rules.completeness(site.facts, morning).items:
        if item.state in (rules.MISSING, rules.OVERDUE):
            lacking = item.service is None and item.kind is not None
            name = site.kinds.get(item.kind or "", {}) if lacking else names.get(item.service or "", {})
            rule = rules.SERVICES if lacking else item.rule
            gaps[rule, item.service, item.kind] = Gap(rule, name, item.state)
    return tuple(gaps.values())


def _municipal(found: Coverage, lines: tuple[HelplineView, ...], unsure: frozenset[str]) -> list[Site]:
    used = {service.postal_code for services in found.services.values() for service in services}
    names = dict(PostalCode.objects.filter(code__in=used).values_list("code", "place"))
    judged = facts(found)
    notices: dict[str, list[Notice]] = defaultdict(list)
    for row in (
        Notice.objects.published().filter(municipality__in=list(found.joined)).order_by("starts", "id")
    ):
        notices[str(row.municipality_id)].append(row)
    kinds: dict[str, Text] = {actor.key: actor.name for actor in actors()}
    sites: list[Site] = []
    for code, place in found.municipalities.items():
        joined = found.joined.get(code)
        services = assemble.services_of(code, found.services[code], names)
        own = [service.checked for service in services if not service.by_area and service.checked]
        offered = joined.languages if joined else LANGUAGES
        sites.append(
            LoadedSite(
                key=code,
                slug=place.slug,
                default_language=place.default_language,
                languages=_in_order(offered, place.default_language),
                municipality=assemble.municipality(place),
                joined=joined is not None,
                invented=place.invented,
                services=services,
                helplines=lines,
                area=assemble.area_services(found.areas.get(code)),
                notices=assemble.notices(notices[code]),
                lacking=_lacking(found, code, kinds) if joined else (),
                checked=min(own, default=None),
                error_email=(joined.error_email if joined else "") or settings.CONTACT_EMAIL,
                statement_url=joined.statement_url if joined else "",
                publisher=settings.PUBLISHER,
                base_url=settings.SITE_URL,
                facts=judged[code],
                closed_perhaps=unsure,
                kinds=kinds,
            )
        )
    return sites


def _lacking(found: Coverage, code: str, kinds: Mapping[str, Text]) -> tuple[Lacking, ...]:
    """The kinds a municipality has answered that it has no service of; not those that a service has come for since."""
    there = {service.kind for service in found.services[code]}
    answers = found.answers.get(code, {})
    asked = [need.kind for need in rules.REQUIRED if need.kind in rules.MAY_LACK - there]
    return tuple(
        Lacking(kinds.get(kind, {}), answers[piece].reason)
        for kind in asked
        if (piece := rules.of_kind(kind)) in answers and answers[piece].state == rules.NOT_APPLICABLE
    )


def _national(lines: tuple[HelplineView, ...], unsure: frozenset[str]) -> Site:
    joined = set(Joined.objects.published().values_list("municipality", flat=True))
    return LoadedSite(
        key=NATIONAL,
        slug=f"_{NATIONAL}",
        languages=_in_order(LANGUAGES, "nb"),
        helplines=lines,
        publisher=settings.PUBLISHER,
        error_email=settings.CONTACT_EMAIL,
        base_url=settings.SITE_URL,
        places=tuple(assemble.place_entry(place, joined=place.code in joined) for place in municipalities()),
        finder=places_index(),
        closed_perhaps=unsure,
    )


def _in_order(languages: Sequence[str], default: str) -> tuple[str, ...]:
    """Return the languages a site offers, its default first. Only those this installation publishes."""
    published = [*settings.PUBLIC_LANGUAGES]
    offered = [language for language in published if language in languages or language not in LANGUAGES]
    return (default, *(language for language in offered if language != default))
