"""The page source of the public form: "I need follow-up" and "I worry about somebody".

One small site per municipality that has ever opened it. Closed, it says where to turn instead.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from samvirke.followup.actions.tips import FORM
from samvirke.followup.importing.queries import open_forms
from samvirke.kit.page import Page
from samvirke.reference.queries import municipalities

SUFFIX = "-oppfolging"
NAMES = {"nb": "Bokmål", "nn": "Nynorsk", "en": "English"}


@dataclass(frozen=True)
class FormSite:
    """The form of one municipality."""

    key: str
    slug: str
    place: str  # the municipality's own slug
    code: str
    name: str
    open: bool
    invented: bool
    languages: tuple[str, ...]


def load(codes: Sequence[str] | None = None) -> list[FormSite]:
    """Return the forms of municipalities (by number, or by the form's own key); None: all. Two queries at most."""
    asked = None if codes is None else sorted({code.removeprefix(FORM) for code in codes})
    found = open_forms(asked)
    if not found:
        return []
    return [site(one, is_open=found[one.code]) for one in municipalities(sorted(found))]


def pages(one: FormSite, moment: datetime) -> Iterator[Page]:  # noqa: ARG001  (nothing here changes with time)
    """Return the form and the page that thanks for it, in each language. Pure."""
    for language in one.languages:
        folder = "" if language == one.languages[0] else f"{language}/"
        with translation.override(language):
            yield Page(f"{folder}index.html", language, "followup/public/form.html", around(one, language))
            thanks = around(one, language, "takk/") | {"title": _("Takk. Vi har fått meldingen.")}
            yield Page(f"{folder}takk/index.html", language, "followup/public/thanks.html", thanks)


def next_edge(one: FormSite, moment: datetime) -> datetime | None:  # noqa: ARG001
    """Return when time alone would change the pages: never."""
    return None


def site(place: object, *, is_open: bool) -> FormSite:
    """Return the site of a municipality's form."""
    languages = tuple(one for one in settings.PUBLIC_LANGUAGES if one in NAMES) or ("nb",)
    code, slug, name = (str(getattr(place, part)) for part in ("code", "slug", "name"))
    return FormSite(
        FORM + code,
        slug + SUFFIX,
        slug,
        code,
        name,
        is_open,
        bool(getattr(place, "invented", False)),
        languages,
    )


def address(one: FormSite, language: str, page: str = "") -> str:
    """Return where a page of the form lies."""
    return f"/{one.slug}/{'' if language == one.languages[0] else language + '/'}{page}"


def around(one: FormSite, language: str, page: str = "") -> dict[str, object]:
    """Return what the templates of the form want. Call in the language."""
    home = f"/{one.place}/"
    owner = one.name if one.invented else _("%(name)s kommune") % {"name": one.name}
    others = [
        {"code": code, "name": NAMES[code], "url": address(one, code, page)}
        for code in one.languages
        if code != language
    ]
    frame = {
        "language": language, "direction": "ltr", "home": home, "owner": owner, "name": one.name,
        "publisher": settings.PUBLISHER, "invented": one.invented, "traces": "/skjul-spor/",
        "footer": [
            {"url": home, "name": _("Finn hjelp")},
            {"url": "/hjelpelinjer/", "name": _("Hjelpetelefoner")},
            {"url": "/personvern/", "name": _("Personvern")},
        ],
    }  # fmt: skip
    return {
        "frame": frame, "title": _("Be om oppfølging"), "description": "", "noindex": True, "others": others,
        "alternates": [], "canonical": "", "open": one.open, "invented": one.invented, "code": one.code,
        "language": language, "languages": [[code, name] for code, name in spoken()], "place": home,
        "values": {"who": "self", "name": "", "phone": "", "best_time": "", "about": "", "spoken": language},
        "errors": {}, "token": "",
    }  # fmt: skip


def spoken() -> list[tuple[str, str]]:
    """Return the languages one may ask to be spoken to in, each in its own."""
    return [
        ("nb", "norsk"), ("en", "English"), ("se", "davvisámegiella"), ("uk", "українська"), ("pl", "polski"),
        ("ar", "العربية"), ("so", "Soomaali"), ("ti", "ትግርኛ"), ("fa", "فارسی"), ("other", _("et annet språk")),
    ]  # fmt: skip
