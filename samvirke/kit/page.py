"""One published file, as a page source hands it to the publisher."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Page:
    """A file of a published site.

    `path` is relative to the site's folder ("index.html", "en/barn-og-unge/index.html").
    Either `template` is rendered with `data` in `language`, or `body` is written as it is,
    or neither is set and the publisher knows what to make of `data` (the search index, the poster).
    """

    path: str
    language: str
    template: str | None = None
    data: Mapping[str, object] = field(default_factory=dict)
    body: bytes | None = None
    indexed: bool = False
