"""The national pages, in one language. Pure; see site.py for what goes in."""

import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from django.utils.translation import gettext as _

from samvirke.catalogue.finnhjelp import cards, details
from samvirke.catalogue.finnhjelp.cards import Page as Builder
from samvirke.catalogue.finnhjelp.entries import entries
from samvirke.catalogue.finnhjelp.frame import frame, make, search_form
from samvirke.catalogue.finnhjelp.site import PlaceEntry, Site
from samvirke.kit.page import Page

LOADER = Path(__file__).resolve().parent / "innebygd.js"
"""The custom element for foreign pages. It has a lasting address, so it is a page and not a hashed asset."""


def pages(site: Site, language: str, moment: datetime) -> Iterator[Page]:
    """All national pages in one language. Call inside `translation.override(language)`."""
    page = Builder(site, language, moment)
    around = frame(page)
    yield index(page, around)
    yield places(page, around)
    yield helplines(page, around)
    for name, title, description in _plain():
        data = {"title": title, "description": description}
        yield make(page, name, name, data, around=around)
    yield embedding(page, around)
    yield search(page, around)
    yield Page(path=page.links.file("sok.json"), language=language, data={"search_entries": entries(page)})
    if language == site.default_language:
        yield missing(page, around)
        yield Page(path="steder.json", language=language, body=finder(site))
        yield Page(path="innebygd.js", language=language, body=LOADER.read_bytes())


def _plain() -> list[tuple[str, str, str]]:
    """Pages that are the same text everywhere: template and address, title, description."""
    return [
        ("traces", _("Skjul sporene"), _("Hva nettleseren husker, og hvordan du sletter det.")),
        (
            "accessibility",
            _("Tilgjengelighet"),
            _("Hvordan Finn hjelp følger kravene til universell utforming."),
        ),
        ("privacy", _("Personvern"), _("Hva Finn hjelp lagrer om deg: ingenting.")),
    ]


def index(page: Builder, around: dict[str, object]) -> Page:
    clock = page.times()
    data = {
        "title": _("Finn hjelp der du bor"),
        "description": _("Finn ut hvem du kan ringe når noe vondt har skjedd, i alle kommuner i Norge."),
        "call": cards.call_boxes(page, clock),
        "search": search_form(page),
        "places": "/steder.json",
        "places_url": page.links.national("places"),
        "helplines": [cards.helpline(page, h, clock) for h in page.site.helplines if h.e164][:8],
        "helplines_url": page.links.national("helplines"),
    }
    return make(page, "", "national", data, around=around, clock=clock)


def places(page: Builder, around: dict[str, object]) -> Page:
    """Every municipality, by county, each with the names it has."""
    counties: dict[tuple[str, str], list[dict[str, str]]] = {}
    for place in page.site.places:
        county = (place.county_code or "00", place.county or _("Oppdiktet kommune for utprøving"))
        counties.setdefault(county, []).append(
            {"url": _address(place, page.language), "name": place.name, "also": ", ".join(place.other_names)}
        )
    listed: list[dict[str, object]] = [
        {"code": county[0], "name": county[1], "places": sorted(counties[county], key=_by_name)}
        for county in sorted(counties, key=lambda county: (county[0] == "00", sort_key(county[1])))
    ]
    data = {
        "title": _("Alle kommuner"),
        "description": _("Finn hjelp i alle kommunene i Norge, ordnet etter fylke."),
        "counties": listed,
    }
    return make(page, "places", "places", data, around=around)


def _by_name(place: dict[str, str]) -> str:
    return sort_key(place["name"])


def sort_key(name: str) -> str:
    """Norwegian order: æ, ø, å last; aa as å; Á and Š with their plain letters."""
    table = str.maketrans({"æ": "{", "ø": "|", "å": "}", "á": "a", "š": "s", "č": "c", "ŋ": "n"})
    return name.lower().replace("aa", "å").translate(table)


def _address(place: PlaceEntry, language: str) -> str:
    folder = "" if language == place.default_language else f"{language}/"
    return f"/{place.slug}/{folder}"


def helplines(page: Builder, around: dict[str, object]) -> Page:
    clock = page.times()
    lines = page.site.helplines
    data = {
        "title": _("Hjelpetelefoner og chat"),
        "description": _("Nasjonale hjelpetelefoner og chattetjenester, med numre og åpningstider."),
        "numbered": [details.young_line(page, line, clock) for line in lines if line.e164],
        "named": [cards.helpline(page, line, clock, long=True) for line in lines if not line.e164],
    }
    return make(page, "helplines", "helplines", data, around=around, clock=clock)


def embedding(page: Builder, around: dict[str, object]) -> Page:
    """How a municipality shows the help on its own site, with something to copy."""
    base = page.site.base_url
    example = next((p for p in page.site.places if p.joined), None) or next(iter(page.site.places), None)
    slug = example.slug if example else "kommunen"
    data = {
        "title": _("Vis hjelpen på egne sider"),
        "description": _("Hvordan en kommune viser Finn hjelp på sitt eget nettsted."),
        "element": (
            f'<script defer src="{base}/innebygd.js"></script>\n'
            f'<samvirke-hjelp src="{base}/{slug}/innebygd.html"></samvirke-hjelp>'
        ),
        "fragment": f"{base}/{slug}/innebygd.html",
        "slug": slug,
        "example": f"/{slug}/innebygd-eksempel.html",
    }
    return make(page, "embedding", "embedding", data, around=around)


def search(page: Builder, around: dict[str, object]) -> Page:
    data = {
        "title": _("Søk etter hjelp"),
        "description": _("Søk etter hjelp med dine egne ord."),
        "search": search_form(page),
        "noindex": True,
    }
    return make(page, "sok/", "search", data, around=around)


def missing(page: Builder, around: dict[str, object]) -> Page:
    """What an address that does not exist gets, in all languages: it is not known which one was meant."""
    data = {
        "title": _("Vi finner ikke siden"),
        "description": _("Adressen kan være skrevet feil, eller siden kan være flyttet."),
        "search": search_form(page),
        "places_url": page.links.national("places"),
        "noindex": True,
    }
    return make(page, "404.html", "missing", data, around=around, languages=False)


def finder(site: Site) -> bytes:
    """The file that finds a municipality from a postal code, a place or a name; see reference.places."""
    return json.dumps(site.finder, ensure_ascii=False, separators=(",", ":")).encode()
