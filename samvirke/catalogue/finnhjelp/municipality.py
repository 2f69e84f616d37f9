"""The pages of one municipality, in one language. Pure; see site.py for what goes in."""

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext as _

from samvirke.catalogue.finnhjelp import cards, choose, details, structured, words
from samvirke.catalogue.finnhjelp.cards import Page as Builder
from samvirke.catalogue.finnhjelp.entries import entries
from samvirke.catalogue.finnhjelp.frame import closing, frame, make, search_form
from samvirke.catalogue.finnhjelp.site import AreaService, ServiceView, Site
from samvirke.catalogue.finnhjelp.times import ALWAYS, Times
from samvirke.kit.page import Page

LONG_LIST = 7  # with more services than this, the filter helps


def pages(site: Site, language: str, moment: datetime) -> Iterator[Page]:
    """All pages of a municipality in one language. Call inside `translation.override(language)`."""
    page = Builder(site, language, moment)
    around = frame(page)
    yield index(page, around)
    for service in page.shown:
        yield service_page(page, around, service)
    yield young(page, around)
    yield worried(page, around)
    yield night(page, around)
    yield event(page, around)
    yield professionals(page, around)
    yield about(page, around)
    yield search(page, around)
    yield Page(path=page.links.file("sok.json"), language=language, data={"search_entries": entries(page)})
    yield from embeds(page, around)
    yield poster(page)


def index(page: Builder, around: dict[str, object]) -> Page:
    clock = page.times()
    site, name = page.site, _name(page)
    data = {
        "title": _("Finn hjelp i %(name)s") % {"name": name},
        "heading": _("Finn hjelp i %(name)s") % {"name": name},
        "description": _(
            "Hvem du kan ringe i %(name)s når noe vondt har skjedd: legevakt, fastlege, kriseteam, hjelpetelefoner."
        )
        % {"name": name},
        "joined": site.joined,
        "website": site.municipality.website if site.municipality else "",
        "call": cards.call_boxes(page, clock),
        "search": search_form(page),
        "notices": notices(page, clock),
        "themes": themes(page),
        "groups": groups(page, clock),
        "night": night_lines(page, clock),
        "night_url": page.links.local("night"),
        "doctors": doctor_lines(page, clock),
        "helplines": [cards.helpline(page, h, clock) for h in site.helplines if h.e164][:6],
        "helplines_url": page.links.national("helplines"),
        **area(page),
        **closing(page),
    }
    return make(page, "", "index", data, around=around, clock=clock, structured=structured.municipality(page))


def _name(page: Builder) -> str:
    return page.site.municipality.name if page.site.municipality else ""


def notices(page: Builder, clock: Times) -> list[str]:
    """The municipality's own notices that hold on the day of the page."""
    return [
        page.pick(notice.text)
        for notice in page.site.notices
        if (not notice.until or notice.until >= clock.today)
        and (not notice.since or notice.since <= clock.today)
    ]


def themes(page: Builder) -> list[dict[str, str]]:
    """Links to the theme pages."""
    names = [
        ("young", _("Barn og unge")),
        ("worried", _("Bekymret for noen")),
        ("night", _("Kveld, natt og helg")),
        ("event", _("Når noe stort har skjedd")),
        ("professionals", _("For fagfolk")),
    ]
    found = [{"url": page.links.local(key), "name": name} for key, name in names]
    return [*found[:3], {"url": "#fastlege", "name": _("Fastlegen når det haster")}, *found[3:]]


def groups(page: Builder, clock: Times) -> list[dict[str, object]]:
    """The cards: the municipality's own services, then those that cover the area."""
    own = [s for s in page.shown if not s.by_area]
    wide = [s for s in page.shown if s.by_area]
    found: list[dict[str, object]] = []
    if own:
        chips = _filter() if len(own) >= LONG_LIST else []
        title = _("Hjelp i kommunen")
        found.append({"name": title, "cards": [cards.card(page, s, clock) for s in own], "chips": chips})
    if wide:
        title = _("Hjelp i området")
        found.append({"name": title, "cards": [cards.card(page, s, clock) for s in wide], "chips": []})
    return found


def _filter() -> list[dict[str, str]]:
    names = {
        "": _("Alle"),
        "young": _("Barn eller ungdom"),
        "adults": _("Voksne"),
        "family": _("Pårørende eller etterlatte"),
    }
    return [{"value": value, "name": name} for value, name in names.items()]


def night_lines(page: Builder, clock: Times) -> list[cards.Line]:
    """116 117, and the local legevakt where its own number is confirmed."""
    local = [s for s in page.shown if s.actor == "legevakt"]
    return [cards.legevakt_line(), *(cards.service_line(page, s, clock) for s in local)]


def doctor_lines(page: Builder, clock: Times) -> list[cards.Line]:
    """GP surgeries whose number is confirmed."""
    return [cards.service_line(page, s, clock) for s in page.shown if s.actor == "fastlege"]


def area(page: Builder) -> dict[str, object]:
    """Health trust, RVTS, county governor. Where districts belong to different trusts (Oslo): by district."""
    split = [a for a in page.site.area if a.district]
    whole = [a for a in page.site.area if not a.district]
    trusts: dict[tuple[str, str], list[str]] = {}
    for one in split:
        trusts.setdefault((page.pick(one.name), one.url), []).append(one.district)
    districts = [
        {"name": name, "url": url, "districts": ", ".join(sorted(covered))}
        for (name, url), covered in sorted(trusts.items())
    ]
    return {"area": [cards.area_line(page, a) for a in _in_order(whole)], "districts": districts}


def _in_order(found: list[AreaService]) -> list[AreaService]:
    order = {"trust": 0, "dps": 1, "region": 2, "rvts": 3, "governor": 4}
    return sorted(found, key=lambda a: (order.get(a.kind, 9), a.url))


def service_page(page: Builder, around: dict[str, object], service: ServiceView) -> Page:
    clock = page.times()
    name = page.pick(service.name)
    data = {
        "title": f"{name} – {_name(page)}",
        "description": page.pick(service.description) or name,
        **service_data(page, service, clock),
        **closing(page),
    }
    address = f"tjeneste/{service.slug}/"
    return make(
        page,
        address,
        "service",
        data,
        around=around,
        clock=clock,
        structured=structured.service(page, service),
    )


def service_data(page: Builder, service: ServiceView, clock: Times) -> dict[str, object]:
    """What a service's own page tells between the frame's header and footer; the editor's preview shows the same."""
    return {
        "heading": page.pick(service.name),
        "card": cards.card(page, service, clock),
        "facts": details.long_facts(page, service),
        "phones": [cards.call(page, p) for p in choose.resident_phones(service)],
        "channels": [cards.channel(page, c, clock) for c in service.channels],
        "website": service.url,
        "happens": page.pick(service.what_happens),
        "happens_lang": page.tongue(service.what_happens),
        "untranslated": any(map(page.tongue, (service.name, service.description, service.what_happens))),
        "missing": details.missing(service),
        "reasons": details.reasons(page, service),
        "outdated": page.language in service.outdated_languages,
    }


def young(page: Builder, around: dict[str, object]) -> Page:
    clock = page.times()
    lines = [h for h in page.site.helplines if h.for_youth]
    data = {
        "title": _("For barn og unge – %(name)s") % {"name": _name(page)},
        "description": _("Chat, SMS og telefon for barn og unge, og hjelp der du bor."),
        "lines": [details.young_line(page, h, clock) for h in lines],
        "cards": [cards.card(page, s, clock) for s in page.shown if choose.for_young(s)],
        **closing(page),
    }
    return make(page, "young", "young", data, around=around, clock=clock)


def worried(page: Builder, around: dict[str, object]) -> Page:
    clock = page.times()
    lines = [h for h in page.site.helplines if h.for_relatives]
    data = {
        "title": _("Bekymret for noen – %(name)s") % {"name": _name(page)},
        "description": _(
            "Hva du kan si og gjøre når du er bekymret for et barn, en venn eller noen i familien."
        ),
        "lines": [cards.helpline(page, h, clock, long=True) for h in lines],
        "cards": [cards.card(page, s, clock) for s in page.shown if choose.for_worried(s)],
        **closing(page),
    }
    return make(page, "worried", "worried", data, around=around, clock=clock)


def night(page: Builder, around: dict[str, object]) -> Page:
    clock = page.times()
    late = [s for s in page.shown if s.actor != "legevakt" and choose.out_of_hours(s, page.moment)]
    always = [h for h in page.site.helplines if h.e164 and h.hours == ALWAYS]
    data = {
        "title": _("Kveld, natt og helg – %(name)s") % {"name": _name(page)},
        "description": _("Hvem du kan ringe når fastlegen og kontorene er stengt."),
        "call": cards.call_boxes(page, clock),
        "lines": night_lines(page, clock),
        "cards": [cards.card(page, s, clock) for s in late],
        "helplines": [cards.helpline(page, h, clock) for h in always],
        **area(page),
        **closing(page),
    }
    return make(page, "night", "night", data, around=around, clock=clock)


def event(page: Builder, around: dict[str, object]) -> Page:
    clock = page.times()
    data = {
        "title": _("Når noe stort har skjedd – %(name)s") % {"name": _name(page)},
        "description": _(
            "Ulykke, ras, brann eller vold som rammer mange: hva du kan gjøre, og hva kommunen skal gjøre."
        ),
        "call": cards.call_boxes(page, clock),
        "notices": notices(page, clock),
        "website": page.site.municipality.website if page.site.municipality else "",
        "joined": page.site.joined,
        **closing(page),
    }
    return make(page, "event", "event", data, around=around, clock=clock)


def professionals(page: Builder, around: dict[str, object]) -> Page:
    clock = page.times()
    data = {
        "title": _("For fagfolk – %(name)s") % {"name": _name(page)},
        "description": _(
            "Hvordan fastlege, skole, politi, legevakt og andre varsler kriseteamet, dag og natt."
        ),
        "alerts": details.alerts(page),
        "rvts": [cards.area_line(page, a) for a in page.site.area if a.kind in ("rvts", "governor")],
        "joined": page.site.joined,
        "website": page.site.municipality.website if page.site.municipality else "",
        **closing(page),
    }
    return make(page, "professionals", "professionals", data, around=around, clock=clock)


def about(page: Builder, around: dict[str, object]) -> Page:
    site = page.site
    data = {
        "title": _("Om siden – %(name)s") % {"name": _name(page)},
        "description": _("Hvem som står bak siden, når opplysningene ble sjekket, og hva som mangler."),
        "joined": site.joined,
        "website": site.municipality.website if site.municipality else "",
        "gaps": words.say_gaps(site.gaps, page.language, site.default_language),
        "checks": [
            (page.pick(s.name), words.say_date(s.checked, page.language), s.checked_by)
            for s in page.shown
            if s.checked
        ],
        "outdated": [page.pick(s.name) for s in page.shown if page.language in s.outdated_languages],
        "lacking": [
            (page.pick(one.name), page.pick(one.reason), page.tongue(one.reason)) for one in site.lacking
        ],
        "embedding": page.links.national("embedding"),
        **closing(page),
    }
    return make(page, "about", "about", data, around=around)


def search(page: Builder, around: dict[str, object]) -> Page:
    data = {
        "title": _("Søk – %(name)s") % {"name": _name(page)},
        "description": _("Søk etter hjelp med dine egne ord."),
        "search": search_form(page),
        "noindex": True,
        **closing(page),
    }
    return make(page, "search", "search", data, around=around)


def embeds(page: Builder, around: dict[str, object]) -> Iterator[Page]:
    """The fragment a municipality puts into its own site, and a foreign-looking page that shows it.

    Numbers, phone hours and links back here; no script and no badge.
    """
    clock = page.times()
    lines = [*night_lines(page, clock), *(cards.helpline(page, h, clock) for h in page.site.helplines[:2])]
    own = [s for s in page.shown if not s.by_area and s.actor != "legevakt"]
    data = {
        "frame": around,
        "name": _name(page),
        "home": page.links.absolute(page.links.local()),
        "fragment": page.links.local("innebygd.html"),
        "joined": page.site.joined,
        "lines": [details.absolute(page, line) for line in lines],
        "cards": [details.absolute(page, cards.service_line(page, s, clock)) for s in own],
        "base": page.site.base_url,
    }
    for name, template in (("innebygd.html", "embed"), ("innebygd-eksempel.html", "embed_example")):
        if template == "embed" or page.language == page.site.default_language:
            yield Page(page.links.file(name), page.language, f"catalogue/{template}.html", data)


def poster(page: Builder) -> Page:
    """The A4 poster. It is drawn by `poster.draw` from plain text, and only when that text has changed."""
    return Page(
        path=page.links.file("plakat.pdf"),
        language=page.language,
        data={
            "lazy": "samvirke.catalogue.finnhjelp.poster:draw",
            "arguments": details.poster_arguments(page),
        },
    )
