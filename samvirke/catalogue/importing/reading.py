"""What sheets and HSDS files have in common: kinds, groups, ages, codes, numbers."""

import re
from collections.abc import Mapping
from functools import partial

from django.utils.translation import gettext as _
from rapidfuzz import process

from samvirke.catalogue import values
from samvirke.catalogue.finnhjelp.site import LANGUAGES, Level
from samvirke.catalogue.importing.building import KIND, Builder
from samvirke.catalogue.importing.words import ACCESS_WORDS, GROUP_WORDS, YES_WORDS

LONGEST_LIST = 20_000
PLACE = re.compile(r"(?P<street>.*)[,\s]+(?:NO?-)?(?P<code>\d{4})\s+(?P<place>\D.*)", re.DOTALL)
_WHOLE = re.compile(r"\d{1,3}(\.0+)?", re.ASCII)


def code(text: str) -> str:
    """Return a service's own code. Raises values.Refused when it is empty."""
    found = values.line(text)
    if not found:
        raise values.Refused(
            _("Skriv en kode som er tjenestens egen, for eksempel «kriseteam-1». Den skal aldri endres.")
        )
    return found


def put_kind(found: Builder, text: str, kinds: Mapping[str, str]) -> None:
    """Add the kind of service, or ask for it."""
    try:
        found.fields["kind"] = kind(text, kinds)
    except values.Refused as error:
        found.refuse(KIND, str(error))
        found.asked = values.shown(text)


def kind(text: str, kinds: Mapping[str, str]) -> str:
    """Return the key of a kind of service, however it is written. Raises values.Refused naming those that are near."""
    plain = values.line(text).casefold()
    if not plain:
        raise values.Refused(_("Skriv hvilken type tjeneste dette er, for eksempel «kriseteam»."))
    if plain not in kinds:
        near = dict.fromkeys(
            kinds[word] for word, _score, _index in process.extract(plain, list(kinds), limit=6)
        )
        raise values.Refused(
            _(
                "«{value}» er ikke en kjent type tjeneste. Nærmest er {near}; alle står i arket «Lister» i malen."
            ).format(value=values.shown(text), near=", ".join(list(near)[:3]))
        )
    return kinds[plain]


def groups(text: str) -> list[str]:
    """Return target groups, however they are written and divided."""
    return values.groups([GROUP_WORDS.get(word.casefold(), word) for word in parts(text)])


def age(text: str) -> int | None:
    """Return an age in whole years; None for an empty text."""
    plain = values.line(text)
    if not plain:
        return None
    if not _WHOLE.fullmatch(plain):
        raise values.Refused(
            _("«{value}» er ikke en alder. Skriv et helt tall fra 0 til 120.").format(
                value=values.shown(text)
            )
        )
    return values.age(int(float(plain)))


def access(text: str, kinds: Mapping[str, str]) -> dict[str, str]:
    """Read "self", "referral" or "through:legevakt". An empty text says nothing about the way in."""
    way, _colon, through = values.line(text).partition(":")
    if not way.strip():
        return {}
    found = values.access(ACCESS_WORDS.get(way.strip().casefold(), way.strip()))
    return {"access": found, "through": kind(through, kinds) if through.strip() else ""}


def level(text: str) -> dict[str, str]:
    """Return where a service belongs; nothing for an empty text: then it is where its kind belongs."""
    known = [one.value for one in Level]
    if text and text not in known:
        raise values.Refused(
            _("«{value}» er ikke et nivå. Bruk {known}.").format(
                value=values.shown(text), known=", ".join(known)
            )
        )
    return {"level": text} if text else {}


def written_in(language: str) -> dict[str, str]:
    """Return the language a service is written in; nothing for an empty text."""
    if language and language not in LANGUAGES:
        raise values.Refused(
            _("«{value}» er ikke et språk på sidene. Bruk {known}.").format(
                value=values.shown(language), known=", ".join(LANGUAGES)
            )
        )
    return {"language": language} if language else {}


def check_phones(found: Builder, municipality: str) -> None:
    """Say which numbers and hours cannot be used, so that a row's mistakes are all told at once."""
    for phone in found.fields.get("phones", ()):
        for column, check in (
            ("phone", partial(values.phone, phone.number, municipality)),
            ("phone_hours", partial(values.opening_hours, phone.hours or "")),
        ):
            try:
                check()
            except values.Refused as error:
                found.refuse(column, str(error))


def parts(text: str) -> list[str]:
    """Divide a list by ; , | / or line breaks."""
    return [part.strip() for part in re.split(r"[;,|/\n]", values.prose(text)) if part.strip()]


def yes_or_no(text: str) -> bool | None:
    """Return what a short answer means; None when it is empty or longer than that."""
    return YES_WORDS.get(values.line(text).casefold().rstrip("."))
