"""From facts to what a template shows: cards, lines with a number, the call box. Pure.

Call inside `translation.override(language)`.
"""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.utils.translation import gettext as _

from samvirke.catalogue.finnhjelp import choose, times, words
from samvirke.catalogue.finnhjelp.links import Links
from samvirke.catalogue.finnhjelp.site import (
    AreaService,
    ChannelKind,
    ChannelView,
    Group,
    HelplineView,
    PhoneView,
    ServiceView,
    Site,
    Text,
)
from samvirke.catalogue.finnhjelp.times import Times
from samvirke.reference import emergency

Fact = tuple[str, str]
_CHIPS = {
    "young": {Group.CHILDREN, Group.YOUTH},
    "adults": {Group.ADULTS, Group.ELDERLY, Group.EVERYONE, Group.VICTIMS, Group.VISITORS},
    "family": {Group.RELATIVES, Group.PARENTS, Group.BEREAVED},
    "professionals": {Group.PROFESSIONALS},
}


@dataclass(frozen=True)
class Page:
    """What every builder needs: the site, the language, the moment; and what many pages of theirs share."""

    site: Site
    language: str
    moment: datetime

    @cached_property
    def links(self) -> Links:
        return Links(self.site, self.language)

    @cached_property
    def shown(self) -> list[ServiceView]:
        return choose.shown(self.site)

    @cached_property
    def facts(self) -> dict[str, list[Fact]]:
        """What the card of each service tells, by the service's address."""
        return {service.slug: facts(self, service) for service in self.shown}

    @cached_property
    def checked(self) -> str:
        """The day on which the oldest of what the site tells was checked, in words."""
        days = [service.checked for service in self.shown if service.checked]
        oldest = self.site.checked or min(days, default=None)
        return words.say_date(oldest, self.language) if oldest else ""

    def pick(self, text: Text) -> str:
        return words.pick(text, self.language, self.site.default_language)

    def tongue(self, text: Text) -> str:
        """Language of a text that the page's language lacks, for its lang attribute; else ""."""
        return words.tongue(text, self.language, self.site.default_language)

    def times(self) -> Times:
        return Times(self.moment, self.language)


@dataclass(frozen=True)
class Badge:
    hours: int  # number of the hours on the page
    kind: str  # "visit" | "phone" | "chat"


@dataclass(frozen=True)
class Call:
    """A number with its button."""

    tel: str
    display: str
    label: str = ""
    hours_text: str = ""


@dataclass(frozen=True)
class Card:
    name: str
    url: str
    description: str
    facts: tuple[Fact, ...]
    phones: tuple[Call, ...]
    badges: tuple[Badge, ...]
    chips: str
    notice: str = ""
    name_lang: str = ""  # set when the text exists in another language only
    description_lang: str = ""
    unsure: str = ""  # numbers that nobody has confirmed residents may ring, in a sentence


@dataclass(frozen=True)
class Line:
    """A row with a name and perhaps a number."""

    name: str
    url: str = ""
    tel: str = ""
    display: str = ""
    hours_text: str = ""
    audience: str = ""
    note: str = ""
    hours: int | None = None


@dataclass(frozen=True)
class Box:
    """One candidate for the call box. `hours` None: may be shown at any time."""

    name: str
    tel: str
    display: str
    text: str
    hours: int | None
    shown: bool
    fallback: bool  # add "Får du ikke svar: 116 117"


def call_boxes(page: Page, clock: Times) -> list[Box]:
    """The call box for this minute: candidates in order, the one to show marked, Legevakten last.

    The first whose phone hours hold the moment is shown; the script chooses again every few seconds.
    """
    boxes: list[Box] = []
    for candidate in choose.candidates(page.site):
        always = candidate.hours == times.ALWAYS
        span = choose.open_span(candidate, page.moment)
        if span is None:
            continue
        text = words.around_the_clock() if always else times.say_span(span, page.language)
        boxes.append(
            Box(
                page.pick(candidate.service.name),
                candidate.phone.e164,
                words.say_number(candidate.phone.e164, candidate.phone.display),
                _("Telefontid: %(hours)s.") % {"hours": text},
                None if always else clock.add(candidate.hours),
                shown=span[0] <= page.moment and not any(box.shown for box in boxes),
                fallback=True,
            )
        )
    legevakt = emergency.OUT_OF_HOURS
    text = _("Ring når det haster og du ikke kan vente. Nummeret er åpent hele døgnet.")
    boxes.append(
        Box(
            _("Legevakten"),
            legevakt.number,
            legevakt.display,
            text,
            None,
            not any(b.shown for b in boxes),
            fallback=False,
        )
    )
    return boxes


def chips(service: ServiceView) -> str:
    """Which of the filter's choices show this service: "young family"."""
    groups = set(service.groups)
    found = [name for name, members in _CHIPS.items() if members & groups]
    if Group.EVERYONE in groups or not groups:
        found = list(_CHIPS)[:3]
    return " ".join(found)


def call(page: Page, phone: PhoneView) -> Call:
    hours = times.say_hours(phone.hours, page.language) if phone.hours else ""
    return Call(phone.e164, words.say_number(phone.e164, phone.display), page.pick(phone.label), hours)


def badges(service: ServiceView, clock: Times) -> tuple[Badge, ...]:
    """Badges of a service: phone hours where residents may ring, opening hours, chat. Each only when known."""
    found = [(p.hours, "phone") for p in choose.resident_phones(service)[:1]]
    found.append((service.opening_hours, "visit"))
    found += [(c.hours, "chat") for c in service.channels if c.kind is ChannelKind.CHAT]
    numbered = [(clock.add(osm), kind) for osm, kind in found]
    return tuple(Badge(number, kind) for number, kind in numbered if number is not None)


def facts(page: Page, service: ServiceView) -> list[Fact]:
    """What a card tells, in the same order on every card. What is not told stands on «Om siden»."""
    site, language = page.site, page.language
    phones = choose.resident_phones(service) or choose.unsure_phones(service)
    phone_hours = [c.hours_text for c in (call(page, p) for p in phones) if c.hours_text]
    found = [
        (_("For hvem"), words.say_audience(service, language, site.default_language)),
        (_("Kontakt"), words.say_access(service, language, site.default_language)),
        (_("Telefontid"), "; ".join(dict.fromkeys(phone_hours))),
        (_("Åpent"), times.say_hours(service.opening_hours, language) if service.opening_hours else ""),
        (_("Adresse"), service.address),
        (_("Språk"), words.say_languages(service)),
        (_("Sjekket"), words.say_date(service.checked, language) if service.checked else ""),
    ]
    return [fact for fact in found if fact[1]]


def notice_of(page: Page, service: ServiceView, clock: Times) -> str:
    """The service's temporary notice, through its last day."""
    notice = service.notice
    if notice is None or (notice.until and notice.until < clock.today):
        return ""
    if notice.since and notice.since > clock.today:
        return ""
    return page.pick(notice.text)


def card(page: Page, service: ServiceView, clock: Times) -> Card:
    return Card(
        page.pick(service.name),
        page.links.service(service.slug),
        page.pick(service.description),
        tuple(page.facts[service.slug]),
        tuple(call(page, p) for p in choose.resident_phones(service)[:2]),
        badges(service, clock),
        chips(service),
        notice_of(page, service, clock),
        page.tongue(service.name),
        page.tongue(service.description),
        unsure(page, service),
    )


def unsure(page: Page, service: ServiceView) -> str:
    """The numbers of a service whose way in nobody has confirmed, as a sentence; "" when there are none."""
    calls = [call(page, phone) for phone in choose.unsure_phones(service)[:2]]
    return words.say_unsure([f"{one.label} {one.display}".strip() for one in calls])


def helpline(page: Page, line: HelplineView, clock: Times, *, long: bool = False) -> Line:
    """A helpline as a row; the number only when it is confirmed. `long`: with whom it is for and notes."""
    number = line.e164
    hours = times.say_hours(line.hours, page.language) if number and line.hours else ""
    return Line(
        page.pick(line.name),
        line.url,
        number,
        words.say_number(number, line.display) if number else "",
        times.capital(hours),
        page.pick(line.audience) if long else "",
        page.pick(line.hours_note),
        clock.add(line.hours, line.no_badge) if number else None,
    )


def service_line(page: Page, service: ServiceView, clock: Times) -> Line:
    """A service as a row: name, and the first number residents may ring, or what is known of its number."""
    phones = choose.resident_phones(service)
    first = call(page, phones[0]) if phones else Call("", "")
    return Line(
        page.pick(service.name),
        page.links.service(service.slug),
        first.tel,
        first.display,
        times.capital(first.hours_text),
        note=unsure(page, service),
        hours=clock.add(phones[0].hours) if phones else None,
    )


def legevakt_line() -> Line:
    number = emergency.OUT_OF_HOURS
    return Line(_("Legevakt"), "", number.number, number.display, words.around_the_clock())


def area_line(page: Page, area: AreaService) -> Line:
    """Who covers the area, by name and website."""
    kinds = {
        "trust": _("Sykehus og psykisk helsevern. Du trenger som regel henvisning."),
        "region": _("Helseregion"),
        "rvts": _("Gir fagfolk i kommunen råd om vold, traumer og selvmordsforebygging"),
        "governor": _("Fører tilsyn med kommunen. Hit kan du klage på helsehjelp du ikke får."),
        "dps": _("Distriktspsykiatrisk senter. Du trenger som regel henvisning."),
    }
    return Line(page.pick(area.name), area.url, note=kinds.get(area.kind, ""))


@dataclass(frozen=True)
class Channel:
    """A digital way in, ready to show."""

    label: str
    url: str
    hours_text: str
    badge: int | None


def channel(page: Page, view: ChannelView, clock: Times) -> Channel:
    names = {
        ChannelKind.CHAT: _("Chat"),
        ChannelKind.SMS: _("Send SMS til %(number)s") % {"number": words.say_number(view.address)},
        ChannelKind.EMAIL: _("E-post: %(address)s") % {"address": view.address},
        ChannelKind.WEB: _("Nettside"),
    }
    prefix = {ChannelKind.SMS: "sms:", ChannelKind.EMAIL: "mailto:"}.get(view.kind, "")
    return Channel(
        page.pick(view.label) or names[view.kind],
        prefix + view.address,
        times.say_hours(view.hours, page.language) if view.hours else "",
        clock.add(view.hours) if view.kind is ChannelKind.CHAT else None,
    )
