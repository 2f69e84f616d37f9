"""The page source "catalogue": what publishing asks for, see samvirke.kit.page and PAGE_SOURCES."""

from collections.abc import Iterator
from datetime import datetime

from samvirke.catalogue import sites
from samvirke.catalogue.finnhjelp import build
from samvirke.catalogue.finnhjelp.site import Site
from samvirke.catalogue.sites import load
from samvirke.kit.page import Page

__all__ = ["load", "next_edge", "pages"]


def pages(site: Site, moment: datetime) -> Iterator[Page]:
    """Return the pages of a site as they are at `moment` (aware). Pure: no queries, no clock."""
    return build.pages(sites.at(site, moment), moment)


def next_edge(site: Site, moment: datetime) -> datetime | None:
    """Return when the site's pages next change by time alone; what is due again changes at midnight only."""
    return build.next_edge(site, moment)
