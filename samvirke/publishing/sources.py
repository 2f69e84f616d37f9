"""Page sources: the modules that settings name in PAGE_SOURCES, and what they hand over.

A page source has `load(codes)`, `pages(site, moment)` and `next_edge(site, moment)`; kit.page says what
a page is. `load` may ask the database, the two others are pure.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib import import_module
from typing import Protocol, cast

from django.conf import settings

from samvirke.kit.errors import BadInput
from samvirke.kit.garbage import without_collection
from samvirke.kit.page import Page


class Site(Protocol):
    """What every site has: a key ("0301", "national") and its place in addresses ("oslo", "_national")."""

    @property
    def key(self) -> str: ...
    @property
    def slug(self) -> str: ...


class PageSource(Protocol):
    def load(self, codes: Sequence[str] | None = None) -> Sequence[Site]: ...
    def pages(self, site: Site, moment: datetime) -> Iterator[Page]: ...
    def next_edge(self, site: Site, moment: datetime) -> datetime | None: ...


@dataclass(frozen=True)
class Work:
    """A site and the name of the module that knows its pages."""

    source: str
    site: Site

    @property
    def module(self) -> PageSource:
        return cast(PageSource, import_module(self.source))


def load(codes: Sequence[str] | None = None) -> list[Work]:
    """Return the sites of all page sources; `codes`: municipality numbers or "national", None: all.

    Raises BadInput for a code that no source knows.
    """
    with without_collection():
        works = [
            Work(name, site)
            for name in settings.PAGE_SOURCES
            for site in cast(PageSource, import_module(name)).load(codes)
        ]
    known = {work.site.key for work in works}
    unknown = [code for code in codes or () if code not in known]
    if unknown:
        raise BadInput(f"Ingen kommune har nummer {', '.join(unknown)}.", field="--municipality")
    return works
