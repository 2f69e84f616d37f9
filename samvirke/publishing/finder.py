"""The search of one municipality's pages, over the same index as is published."""

from collections.abc import Sequence
from datetime import datetime
from typing import cast

from samvirke.publishing import sources
from samvirke.publishing.search import Hit, SearchEntry, build_index, search


def find(words: str, municipality: str, language: str | None, moment: datetime) -> list[Hit]:
    """Return what the municipality's page answers to `words` at `moment` (aware), best first.

    `language` None: the municipality's own. Raises BadInput for a municipality that does not exist.
    """
    (work,) = sources.load([municipality])
    for page in work.module.pages(work.site, moment):
        if "search_entries" in page.data and language in (None, page.language):
            entries = cast(Sequence[SearchEntry], page.data["search_entries"])
            return search(build_index(entries, page.language), words)
    return []
