"""The two pure functions that publishing calls: the pages of a site at a moment, and when they change."""

from collections.abc import Iterator
from datetime import datetime

from django.utils import translation

from samvirke.catalogue.finnhjelp import choose, municipality, national
from samvirke.catalogue.finnhjelp.site import Site
from samvirke.kit.page import Page


def pages(site: Site, moment: datetime) -> Iterator[Page]:
    """All pages of a site in its languages, as they are at `moment` (aware). No clock, no queries.

    The same site and the same minute give the same pages.
    """
    build = national.pages if site.national else municipality.pages
    for language in site.languages:
        with translation.override(language):  # a list: the language must not leak to whoever is iterating
            made = list(build(site, language, moment))
        yield from made


def next_edge(site: Site, moment: datetime) -> datetime:
    """The first moment after `moment` at which a page changes by time alone: midnight, or a call box's hours."""
    return min(choose.edges(site, moment))
