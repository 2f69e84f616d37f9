"""What every page has around its content: title, languages, footer, robots, structured data."""

from collections.abc import Mapping
from urllib.parse import quote

from django.utils.translation import gettext as _

from samvirke.catalogue.finnhjelp.cards import Page as Builder
from samvirke.catalogue.finnhjelp.links import Links
from samvirke.catalogue.finnhjelp.times import Times, safe_json
from samvirke.kit.page import Page

RIGHT_TO_LEFT = frozenset({"ar", "fa", "ur", "he", "ps", "ckb"})


def frame(page: Builder) -> dict[str, object]:
    """The part that is the same on all pages of a site in one language."""
    site, links = page.site, page.links
    owner = _("Hele landet")
    name = ""
    if site.municipality is not None:
        name = site.municipality.name
        owner = _("%(name)s kommune") % {"name": name} if not site.invented else name
    return {
        "language": page.language,
        "direction": "rtl" if site.right_to_left or page.language in RIGHT_TO_LEFT else "ltr",
        "home": links.local(),
        "owner": owner,
        "name": name,
        "publisher": site.publisher or "Samvirke",
        "invented": site.invented,
        "traces": links.national("traces"),
        "footer": _footer(page),
    }


def _footer(page: Builder) -> list[dict[str, str]]:
    links = page.links
    found = [] if page.site.national else [{"url": links.local("about"), "name": _("Om siden")}]
    found += [
        {"url": links.national("helplines"), "name": _("Hjelpetelefoner")},
        {"url": links.national("places"), "name": _("Alle kommuner")},
        {"url": page.site.statement_url or links.national("accessibility"), "name": _("Tilgjengelighet")},
        {"url": links.national("privacy"), "name": _("Personvern")},
        {"url": links.national("traces"), "name": _("Skjul sporene")},
    ]
    if not page.site.national:
        found.append({"url": links.local("plakat.pdf"), "name": _("Plakat til å skrive ut (PDF)")})
    return found


def error_url(page: Builder, name: str) -> str:
    """A mail link for reporting an error on a page; "" when no address is told."""
    email = page.site.error_email
    if not email:
        return ""
    subject = _("Feil på Finn hjelp: %(page)s") % {"page": page.links.absolute(page.links.local(name))}
    return f"mailto:{email}?subject={quote(subject)}"


def make(
    page: Builder,
    name: str,
    template: str,
    data: Mapping[str, object],
    *,
    around: Mapping[str, object],
    clock: Times | None = None,
    structured: object = None,
    languages: bool = True,
) -> Page:
    """One page. `name`: key of the theme, or its address inside the site; `data`: title, description and content."""
    site, links = page.site, page.links
    hidden = bool(data.get("noindex")) or not (site.joined or site.national) or site.invented
    others = links.others(name) if languages else []
    whole: dict[str, object] = {
        "frame": around,
        "noindex": hidden,
        "canonical": links.absolute(links.local(name)) if site.base_url and not hidden else "",
        "others": others,
        "alternates": [{**other, "absolute": links.absolute(other["url"])} for other in others],
        "error_url": error_url(page, name),
        "times": clock.block() if clock else "",
        "structured": safe_json(structured) if structured else "",
    }
    return Page(
        path=links.file(name),
        language=page.language,
        template=f"catalogue/{template}.html",
        data={**whole, **data},
        indexed=not hidden,
    )


def search_form(page: Builder) -> dict[str, str]:
    """What the search form needs: whose index, and where it lies."""
    slug = "" if page.site.national else page.site.slug
    links = Links(page.site, page.language)
    return {"slug": slug, "index": links.local("sok.json"), "page": links.local("search")}


def closing(page: Builder) -> dict[str, object]:
    """The last lines of a municipality's page: when it was checked, what is missing."""
    return {
        "checked": page.checked,
        "gap_count": len(page.site.gaps),
        "about_url": page.links.local("about"),
    }
