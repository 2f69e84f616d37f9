"""What the search finds on a site, as plain data; publishing makes the index of it."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from samvirke.catalogue.finnhjelp import choose, times, words
from samvirke.catalogue.finnhjelp.cards import Page, unsure
from samvirke.catalogue.finnhjelp.links import THEMES
from samvirke.catalogue.finnhjelp.site import HelplineView, ServiceView
from samvirke.reference import emergency


@dataclass(frozen=True)
class Entry:
    """One thing to find, with the fields publishing.search reads. Texts are in the index's language."""

    id: str
    title: str
    url: str
    kind: str  # "emergency" | "service" | "helpline" | "page"
    actor: str = ""  # actor kind, helpline or page key
    name: str = ""
    description: str = ""
    groups: str = ""
    keywords: str = ""
    phone: str = ""  # as shown; "" when no number is confirmed
    note: str = ""  # when it can be rung


def entries(page: Page) -> list[Entry]:
    """Emergency numbers, services, helplines and theme pages that a search may answer with, in one language."""
    found = [_emergency(page, number) for number in emergency.ALL]
    if not page.site.national:
        found += [_service(page, view) for view in page.shown]
        found += _themes(page)
    constants = {number.key for number in emergency.ALL}
    found += [_helpline(page, line) for line in page.site.helplines if line.key not in constants]
    return found


def _emergency(page: Page, number: emergency.EmergencyNumber) -> Entry:
    return Entry(
        id=number.key,
        title=page.pick(number.name),
        url=f"tel:{number.number}",
        kind="emergency",
        actor=number.key,
        description=page.pick(number.about),
        phone=number.display,
        note=page.pick(number.about),
    )


def _service(page: Page, view: ServiceView) -> Entry:
    phones = choose.resident_phones(view)
    hours = phones[0].hours if phones else None
    return Entry(
        id=view.id,
        title=page.pick(view.name),
        url=page.links.service(view.slug),
        kind="service",
        actor=view.actor,
        description=" ".join(filter(None, (page.pick(view.description), page.pick(view.what_happens)))),
        groups=words.say_audience(view, page.language, page.site.default_language),
        phone=words.say_number(phones[0].e164, phones[0].display) if phones else "",
        note=times.capital(times.say_hours(hours, page.language)) if hours else unsure(page, view),
    )


def _helpline(page: Page, line: HelplineView) -> Entry:
    return Entry(
        id=line.key,
        title=page.pick(line.name),
        url=line.url,
        kind="helpline",
        actor=line.key,
        description=page.pick(line.description),
        groups=page.pick(line.audience),
        keywords=" ".join(line.topics),
        phone=words.say_number(line.e164, line.display) if line.e164 else "",
        note=times.capital(times.say_hours(line.hours, page.language)) if line.e164 and line.hours else "",
    )


def _themes(page: Page) -> list[Entry]:
    names = {
        "young": (_("Barn og unge"), _("chat, SMS, telefon, skole, venner, foreldre")),
        "worried": (_("Bekymret for noen"), _("pårørende, venn, familie, barn")),
        "night": (_("Kveld, natt og helg"), _("legevakt, utenom kontortid, åpent hele døgnet")),
        "event": (_("Når noe stort har skjedd"), _("ulykke, brann, ras, skyting, terror, evakuering")),
        "professionals": (_("For fagfolk"), _("varsle kriseteam, meldeplikt, lærer, lege, politi, prest")),
    }
    return [
        Entry(
            id=THEMES[key].strip("/"),
            title=title,
            url=page.links.local(key),
            kind="page",
            actor=THEMES[key].strip("/"),
            keywords=text,
        )
        for key, (title, text) in names.items()
    ]
