"""Sitemaps: one per site inside its own build, one on top that lists them; and robots.txt."""

from collections.abc import Iterable
from pathlib import Path
from xml.sax.saxutils import escape

from django.conf import settings

from samvirke.publishing import compress
from samvirke.publishing.fallback import UNAVAILABLE
from samvirke.publishing.store import NATIONAL_SLUG, Store, write_whole

NAME = "sider.xml"
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
SPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def address(slug: str, path: str) -> str:
    """Return the absolute address of a published file; index.html is its folder."""
    folder = "" if slug == NATIONAL_SLUG else f"{slug}/"
    return f"{settings.SITE_URL.rstrip('/')}/{folder}{path.removesuffix('index.html')}"


def of_site(slug: str, paths: Iterable[str]) -> bytes:
    """Return the sitemap of one site's pages. No dates: same content, same bytes."""
    rows = "".join(f"<url><loc>{escape(address(slug, path))}</loc></url>\n" for path in sorted(paths))
    return f"{HEAD}<urlset {SPACE}>\n{rows}</urlset>\n".encode()


def of_sites(slugs: Iterable[str]) -> bytes:
    """Return the sitemap that names the sites' own."""
    rows = "".join(f"<sitemap><loc>{escape(address(slug, NAME))}</loc></sitemap>\n" for slug in sorted(slugs))
    return f"{HEAD}<sitemapindex {SPACE}>\n{rows}</sitemapindex>\n".encode()


def robots() -> bytes:
    """Return robots.txt: everything may be read; pages that should not be found say so themselves."""
    return f"User-agent: *\nAllow: /\nSitemap: {settings.SITE_URL.rstrip('/')}/sitemap.xml\n".encode()


def write_root(store: Store) -> None:
    """Write what stands beside the sites, if it changed: sitemap.xml, robots.txt, and a web server's last resort."""
    slugs = [slug for slug in store.slugs(store.www) if (store.www / slug / NAME).exists()]
    _write(store.www / "sitemap.xml", of_sites(slugs))
    _write(store.www / "robots.txt", robots())
    _write(store.www / "503.html", UNAVAILABLE[2])


def _write(path: Path, body: bytes) -> None:
    if path.exists() and path.read_bytes() == body:
        return
    for suffix, content in compress.copies(path.name, body).items():
        write_whole(path.with_name(path.name + suffix), content)
