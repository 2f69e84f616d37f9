"""Where the built stylesheets, scripts and icons are: name → hashed address."""

import json
import re
from functools import lru_cache
from pathlib import Path
from typing import cast

from django.conf import settings

PREFIX = "/_assets/"


@lru_cache(maxsize=8)
def _manifest(path: Path, _changed: int) -> dict[str, str]:  # when it changed: a new build is a new key
    return cast(dict[str, str], json.loads(path.read_text("utf-8")))


@lru_cache(maxsize=8)
def _inside(sprite: Path) -> frozenset[str]:
    return (
        frozenset(re.findall(r'<symbol id="(\w+)"', sprite.read_text("utf-8")))
        if sprite.exists()
        else frozenset()
    )


def manifest() -> dict[str, str]:
    """Asset name → file name with hash, as built by frontend/build.mjs. RuntimeError when nothing is built."""
    path = settings.ASSETS / "manifest.json"
    try:
        return _manifest(path, path.stat().st_mtime_ns)
    except FileNotFoundError:
        message = f"{path} is missing: run `make setup` (or `node frontend/build.mjs {settings.ASSETS}`)"
        raise RuntimeError(message) from None


def url(name: str) -> str:
    """Address of an asset, "/_assets/public.1a2b3c.css"."""
    return PREFIX + manifest()[name]


def icon(name: str) -> str:
    """Address of an icon: in the public pages' sprite, or in the one with what only people who log in see."""
    staff = manifest().get("staff-icons.svg")
    inside = staff and name in _inside(settings.ASSETS / staff)
    return f"{url('staff-icons.svg' if inside else 'icons.svg')}#{name}"
