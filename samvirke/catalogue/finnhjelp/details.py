"""What single pages tell beyond the cards: a service whole, alerting, young people's lines, the poster. Pure.

Call inside `translation.override(language)`.
"""

from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from samvirke.catalogue.finnhjelp import cards, choose, times, words
from samvirke.catalogue.finnhjelp.cards import Call, Fact, Line, Page
from samvirke.catalogue.finnhjelp.site import Access, HelplineView, ServiceView
from samvirke.catalogue.finnhjelp.times import Times
from samvirke.reference import emergency


def long_facts(page: Page, service: ServiceView) -> list[Fact]:
    """Everything a service's own page tells, beside numbers and channels."""
    extra = [
        (_("Pris"), page.pick(service.price)),
        (_("Taushetsplikt og anonymitet"), page.pick(service.confidentiality)),
        (_("Lokalene"), page.pick(service.premises)),
        (_("Hvem som står bak"), service.owner),
    ]
    found = page.facts[service.slug]
    return [*found[:-1], *(fact for fact in extra if fact[1]), *found[-1:]]


def missing(service: ServiceView) -> list[str]:
    """What the municipality has not told about a service: "telefontid", "adresse"."""
    return [words.say_rule(rule) for rule, state in service.states.items() if state == "missing"]


def reasons(page: Page, service: ServiceView) -> list[Fact]:
    """Pieces that do not apply, each with its reason."""
    return [
        (times.capital(words.say_rule(rule)), page.pick(text))
        for rule, text in service.not_applicable.items()
    ]


@dataclass(frozen=True)
class YoungLine:
    """A helpline as the young see it: chat and SMS first, then the phone, and what is kept secret."""

    name: str
    url: str
    audience: str
    chat_url: str
    chat_hours: str
    chat_badge: int | None
    sms: str
    sms_display: str
    sms_hours: str
    phone: Line
    secret: str
    note: str


def young_line(page: Page, line: HelplineView, clock: Times) -> YoungLine:
    def said(osm: str | None) -> str:
        return times.say_hours(osm, page.language) if osm else ""

    return YoungLine(
        page.pick(line.name),
        line.url,
        page.pick(line.audience),
        line.chat_url,
        said(line.chat_hours),
        clock.add(line.chat_hours, line.no_badge) if line.chat_url else None,
        line.sms,
        words.say_number(line.sms) if line.sms else "",
        said(line.sms_hours),
        cards.helpline(page, line, clock),
        page.pick(line.anonymity),
        page.pick(line.hours_note),
    )


@dataclass(frozen=True)
class Alert:
    """How professionals alert a service."""

    name: str
    url: str
    text: str
    phones: tuple[Call, ...]


def alerts(page: Page) -> list[Alert]:
    """Services that professionals can alert: told in words, or by a verified number for professionals."""
    found = []
    for service in page.shown:
        text = page.pick(service.how_professionals_alert)
        phones = choose.professional_phones(service)
        if not phones and service.access in (Access.PROFESSIONALS, Access.THROUGH):
            phones = []
        if text or phones:
            calls = tuple(cards.call(page, phone) for phone in phones)
            found.append(Alert(page.pick(service.name), page.links.service(service.slug), text, calls))
    return found


def absolute(page: Page, line: Line) -> Line:
    """A row whose link works outside our own site; no badge."""
    local = line.url.startswith("/")
    return replace(line, url=page.links.absolute(line.url) if local else line.url, hours=None)


def poster_arguments(page: Page) -> tuple[object, ...]:
    """What `poster.draw` draws: plain strings and tuples, so that the same words give the same document."""
    site = page.site
    name = site.municipality.name if site.municipality else ""
    rows = [
        (n.display, n.name.get(page.language, n.name["nb"]), n.about.get(page.language, n.about["nb"]))
        for n in emergency.ALL
    ]
    own: list[tuple[str, str, str]] = []
    for service in page.shown:
        phones = choose.resident_phones(service)
        if phones and not service.by_area and len(own) < 5:
            hours = times.say_hours(phones[0].hours, page.language) if phones[0].hours else ""
            own.append((words.say_number(phones[0].e164, phones[0].display), page.pick(service.name), hours))
    texts = (
        _("Finn hjelp i %(name)s") % {"name": name},
        _("Har noe vondt skjedd? Du kan få hjelp."),
        _("Les mer på nett"),
        _("QR-kode til nettsiden"),
        _("Her i kommunen"),
        _("Eksempel: kommunen og de lokale numrene er oppdiktet.") if site.invented else "",
        "" if site.joined else _("Kommunen har ikke bekreftet plakaten. Numrene over gjelder i hele landet."),
        site.publisher or "Samvirke",
    )
    address = page.links.absolute(page.links.local())
    return (page.language, texts, tuple(rows), tuple(own), address)
