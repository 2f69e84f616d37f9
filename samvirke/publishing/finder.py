"""The search of one municipality's pages, over the same index as is published."""

from datetime import datetime
from typing import cast

from samvirke.publishing import sources
from samvirke.publishing.search import Hit, build_index, search


def find(words: str, municipality: str, language: str | None, moment: datetime) -> list[Hit]:
    """Return what the municipality's page answers to `words` at `moment` (aware), best first.

    `language` None: the municipality's own. Raises BadInput for a municipality that does not exist.
    """
    (work,) = sources.load([municipality])
    for page in work.module.pages(work.site, moment):
        if "search_entries" in page.data and language in (None, page.language):
            return cast(list[Hit], search(build_index(page.data["search_entries"], page.language), words))
    return []
