"""Reading what is published: the search indexes and the list of places. No database."""

import json
import os
from functools import lru_cache
from pathlib import Path
from typing import Any

from samvirke.publishing.store import NATIONAL_SLUG
from samvirke.reference.places import PlaceIndex, PlaceMunicipality


def search_index(root: Path, slug: str, language: str) -> dict[str, Any] | None:
    """Return a site's search index in a language, else in its own language; None when there is no such site.

    `slug` is "" for the national pages. Only names that are links in www/ are read.
    """
    site = root / "www" / (slug or NATIONAL_SLUG)
    if not site.is_symlink():
        return None
    found = _json(site / language / "sok.json")
    return found if found is not None else _json(site / "sok.json")


def places(root: Path) -> PlaceIndex | None:
    """Return the published list of municipalities and places, or None when nothing is published."""
    path = root / "www" / NATIONAL_SLUG / "steder.json"
    try:
        return _places(os.path.realpath(path), path.stat().st_mtime_ns)
    except (OSError, ValueError):
        return None


def municipality(root: Path, slug: str) -> PlaceMunicipality | None:
    """Return the municipality of a site, from the published list."""
    index = places(root)
    return next((found for found in index.municipalities if found.slug == slug), None) if index else None


def own_language(root: Path, slug: str) -> str:
    """Return the language that stands at the root of a site: the one its search index there is in."""
    index = _json(root / "www" / (slug or NATIONAL_SLUG) / "sok.json")
    return str(index.get("lang", "nb")) if index else "nb"


def _json(path: Path) -> dict[str, Any] | None:
    try:
        return _read_json(os.path.realpath(path), path.stat().st_mtime_ns)
    except (OSError, ValueError):
        return None


@lru_cache(maxsize=64)
def _read_json(path: str, changed: int) -> dict[str, Any]:  # noqa: ARG001  (`changed` makes a new file a new key)
    return dict(json.loads(Path(path).read_bytes()))


@lru_cache(maxsize=2)
def _places(path: str, changed: int) -> PlaceIndex:  # noqa: ARG001
    return PlaceIndex.from_published(json.loads(Path(path).read_bytes()))
