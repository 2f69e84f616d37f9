"""Addresses of the public pages: one place that knows how a page is found."""

from dataclasses import dataclass

from samvirke.catalogue.finnhjelp.site import Site

THEMES = {
    "young": "barn-og-unge/",
    "worried": "bekymret/",
    "night": "kveld-natt-helg/",
    "event": "stor-hendelse/",
    "professionals": "fagfolk/",
    "about": "om-siden/",
    "search": "sok/",
}
NATIONAL_PAGES = {
    "places": "kommuner/",
    "helplines": "hjelpelinjer/",
    "traces": "skjul-spor/",
    "accessibility": "tilgjengelighet/",
    "privacy": "personvern/",
    "embedding": "innebygging/",
}


@dataclass(frozen=True)
class Links:
    """Links as one site in one language writes them."""

    site: Site
    language: str

    @property
    def folder(self) -> str:
        """Folder of this language inside the site: "" for the default language, else "en/"."""
        return "" if self.language == self.site.default_language else f"{self.language}/"

    def local(self, name: str = "") -> str:
        """Address of a page of this site, in this language. `name`: "" (front page) or a key of THEMES."""
        page = (NATIONAL_PAGES if self.site.national else THEMES).get(name, name)
        return f"{self.site.root}{self.folder}{page}"

    def service(self, slug: str) -> str:
        return self.local(f"tjeneste/{slug}/")

    def national(self, name: str = "") -> str:
        """Address of a national page in this language (bokmål stands at the root)."""
        folder = "" if self.language == "nb" else f"{self.language}/"
        return f"/{folder}{NATIONAL_PAGES.get(name, name)}"

    def file(self, name: str) -> str:
        """Path of a page's file inside the site's folder: "barn-og-unge/" → "en/barn-og-unge/index.html"."""
        pages = NATIONAL_PAGES if self.site.national else THEMES
        page = pages.get(name, name)
        return f"{self.folder}{page}index.html" if page.endswith("/") or not page else f"{self.folder}{page}"

    def absolute(self, path: str) -> str:
        """A whole address, for posters, structured data and embedding; a path when the host is not known."""
        return f"{self.site.base_url}{path}"

    def others(self, page: str) -> list[dict[str, str]]:
        """The same page in the other languages that exist: code, name in that language, address."""
        return [
            {"code": code, "name": NAMES.get(code, code), "url": Links(self.site, code).local(page)}
            for code in self.site.languages
            if code != self.language
        ]


NAMES = {"nb": "Bokmål", "nn": "Nynorsk", "en": "English", "se": "Davvisámegiella", "ar": "العربية"}
