"""What may stand in a service: numbers, hours, addresses, texts. Each refusal is a sentence for the writer.

No database: the functions get the facts they need (postal codes, actor kinds) as arguments.
"""

import re
import unicodedata
from collections.abc import Collection, Mapping
from functools import lru_cache
from urllib.parse import urlsplit

import phonenumbers
from django.utils.translation import gettext as _

from samvirke.catalogue.finnhjelp.site import LANGUAGES, Access, Group
from samvirke.kit import hours
from samvirke.ui.hours_words import sentence

INVENTED = "9999"
"""The demonstration's municipality: its numbers begin with 0000 and can ring nobody."""

CHANNEL_KINDS = ("chat", "sms", "email", "web", "video")
LONGEST_NAME = 200
LONGEST_TEXT = 5000
LONGEST_HOURS = 500

_INVENTED_NUMBER = re.compile(r"(?:\+?47|0047)?(0000\d{4})")
_NATIONAL_NUMBER = re.compile(r"(?:\+?47|0047)?(11[0-9]|116\d{3}|1412)")
_TAG = re.compile(r"<\s*[/!a-zA-Z]")
_CONTROL = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufeff]"
)
_EMAIL = re.compile(r"[^@\s<>\"',;:]+@[^@\s<>\"',;:]+\.[^@\s.<>\"',;:]{2,}")
_PUBLIC_END = re.compile(r"[^\W\d_]{2,}|xn--[a-z0-9-]+")  # of a name on the net; numbers end in digits
_OWN_NET = frozenset(
    "localhost local internal intern intra intranet lan home corp private arpa test invalid".split()
)
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[a-z]{2,4})?")


class Refused(ValueError):  # noqa: N818
    """A value that cannot be used; the text is one sentence that says what to do, in the language of the screen.

    `field` names the part it concerns where the caller cannot know.
    """

    def __init__(self, text: str, field: str = "") -> None:
        super().__init__(text)
        self.field = field


def phone(text: str, municipality: str | None) -> str:
    """Return a number as E.164. Short national numbers are refused: they stand on every page already.

    The invented municipality may have invented numbers (00 00 xx xx) and no others.
    """
    digits = re.sub(r"[\s().\-/]", "", text)
    if municipality == INVENTED:
        if found := _INVENTED_NUMBER.fullmatch(digits):
            return f"+47{found[1]}"
        raise Refused(_("Eksempelkommunen kan bare ha oppdiktede numre, fra 00 00 00 01 til 00 00 99 99."))
    if found := _NATIONAL_NUMBER.fullmatch(digits):
        raise Refused(
            _(
                "{number} er et nasjonalt nummer og står på alle sider fra før. Skriv det lokale nummeret med åtte sifre."
            ).format(number=found[1])
        )
    return _e164(text)


@lru_cache(maxsize=20_000)  # a sheet's numbers are looked at when it is read and when it is written
def _e164(text: str) -> str:
    try:
        number = phonenumbers.parse(text, "NO")
    except phonenumbers.NumberParseException as error:
        raise Refused(
            _("«{value}» er ikke et telefonnummer. Skriv åtte sifre.").format(value=shown(text))
        ) from error
    if not phonenumbers.is_valid_number(number) or number.extension:
        raise Refused(
            _("«{value}» er ikke et gyldig telefonnummer. Skriv åtte sifre.").format(value=shown(text))
        )
    if number.country_code != 47:
        raise Refused(
            _("«{value}» er et utenlandsk nummer. Skriv et norsk nummer med åtte sifre.").format(
                value=shown(text)
            )
        )
    if phonenumbers.number_type(number) == phonenumbers.PhoneNumberType.PREMIUM_RATE:
        raise Refused(
            _("«{value}» er et nummer som koster ekstra å ringe. Skriv et vanlig nummer.").format(
                value=shown(text)
            )
        )
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def opening_hours(text: str) -> str:
    """Return opening hours or phone hours as they were written, if kit.hours can read them."""
    text = line(text, LONGEST_HOURS)
    if text:
        try:
            slip = hours.cut_night(hours.parse(text))
        except hours.HoursError as error:
            raise Refused(sentence(error)) from error
        if slip:
            raise Refused(sentence(slip))
    return text


def postal_code(text: str, known: Collection[str]) -> str:
    """Return a Norwegian postal code that exists, or ""."""
    code = text.strip()
    if code and not re.fullmatch(r"[0-9]{4}", code):
        raise Refused(
            _("«{value}» er ikke et postnummer. Postnummer har fire sifre.").format(value=shown(text))
        )
    if code and code not in known:
        raise Refused(_("Postnummeret {code} finnes ikke.").format(code=code))
    return code


def line(text: str, longest: int = LONGEST_NAME) -> str:
    """Return plain text on one line, without control characters, HTML or a formula."""
    if not text:
        return ""
    return re.sub(r"\s+", " ", prose(text, longest))


def prose(text: str, longest: int = LONGEST_TEXT) -> str:
    """Return plain text, perhaps of several paragraphs."""
    if not text:
        return ""
    if len(text) > longest:
        raise Refused(
            _("Teksten er på {length} tegn. Det er plass til {longest}.").format(
                length=len(text), longest=longest
            )
        )
    if _CONTROL.search(text):
        raise Refused(_("Teksten inneholder styretegn som ikke kan vises. Skriv den på nytt."))
    text = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    if _TAG.search(text):
        raise Refused(_("Teksten inneholder HTML. Skriv ren tekst."))
    if text[:1] in ("=", "@"):
        raise Refused(_("Teksten begynner som en formel. Skriv ren tekst."))
    return text


def name(text: str) -> str:
    """Return a service's name: one line, not empty."""
    cleaned = line(text)
    if not cleaned:
        raise Refused(_("Tjenesten må ha et navn."))
    return cleaned


def url(text: str) -> str:
    """Return an http or https address, or "". One with a user name looks like another site than it leads to."""
    address = line(text, 500)
    if not address:
        return ""
    if re.match(r"www\.|[\w-]+(\.[\w-]+)*\.(no|com|org|net)(/|$)", address):
        address = f"https://{address}"
    try:
        parts = urlsplit(address)
        usable = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        usable = False
    if not usable or "@" in parts.netloc or re.search(r"[\s\"'\\]", address):
        raise Refused(
            _(
                "«{value}» er ikke en nettadresse. Skriv for eksempel https://www.kommunen.no/kriseteam."
            ).format(value=shown(text))
        )
    if not _on_the_net(parts.hostname or ""):
        raise Refused(
            _(
                "«{value}» kan ikke åpnes av innbyggerne. Skriv en adresse som virker for alle, for eksempel https://www.kommunen.no/kriseteam."
            ).format(value=shown(text))
        )
    return address


def _on_the_net(host: str) -> bool:
    """Say whether a host has a name that everybody can look up: not a number, nor a name of one's own network.

    Browsers read many spellings of numbers (127.1, 0x7f.0.0.1, full-width digits), so all are refused by their end.
    """
    plain = re.sub("[。｡]", ".", unicodedata.normalize("NFKC", host)).casefold().rstrip(".")
    name, _dot, end = plain.rpartition(".")
    return bool(name) and bool(_PUBLIC_END.fullmatch(end)) and end not in _OWN_NET


def email(text: str) -> str:
    """Return an e-mail address."""
    address = line(text)
    if not _EMAIL.fullmatch(address):
        raise Refused(_("«{value}» er ikke en e-postadresse.").format(value=shown(text)))
    return address


def channel(kind: str, address: str, municipality: str | None) -> str:
    """Return the address of a digital channel as it is kept: URL, e-mail address or number."""
    if kind not in CHANNEL_KINDS:
        raise Refused(
            _("«{value}» er ikke en kanal. Bruk {known}.").format(
                value=shown(kind), known=", ".join(CHANNEL_KINDS)
            )
        )
    if kind == "email":
        return email(address)
    if kind == "sms":
        return phone(address, municipality)
    found = url(address)
    if not found:
        raise Refused(_("Kanalen må ha en adresse."))
    return found


def age(value: int | None) -> int | None:
    """Return an age in whole years, 0–120."""
    if value is not None and not 0 <= value <= 120:
        raise Refused(
            _("{value} er ikke en alder. Skriv et helt tall fra 0 til 120.").format(value=value), "age_min"
        )
    return value


def ages(youngest: int | None, oldest: int | None) -> tuple[int | None, int | None]:
    """Return an age range in the right order."""
    youngest, oldest = age(youngest), age(oldest)
    if youngest is not None and oldest is not None and youngest > oldest:
        raise Refused(
            _("Alderen fra ({youngest}) er høyere enn alderen til ({oldest}).").format(
                youngest=youngest, oldest=oldest
            ),
            "age_min",
        )
    return youngest, oldest


def groups(codes: Collection[str]) -> list[str]:
    """Return target groups as known codes, each once, in the order of Group."""
    known = [group.value for group in Group]
    if strange := [code for code in codes if code not in known]:
        raise Refused(
            _("«{value}» er ikke en målgruppe. Bruk {known}.").format(
                value=shown(strange[0]), known=", ".join(known)
            )
        )
    return [code for code in known if code in codes]


def access(text: str) -> str:
    """Return a way in as its code."""
    known = [way.value for way in Access]
    if text not in known:
        raise Refused(
            _("«{value}» sier ikke hvordan folk får kontakt. Bruk {known}.").format(
                value=shown(text), known=", ".join(known)
            )
        )
    return text


def spoken(codes: Collection[str]) -> list[str]:
    """Return the languages staff speak as language codes, each once, in the order given."""
    for code in codes:
        if not _LANGUAGE.fullmatch(code):
            raise Refused(
                _("«{value}» er ikke en språkkode. Bruk koder som nb, nn, se, en, uk, ar.").format(
                    value=shown(code)
                )
            )
    return list(dict.fromkeys(codes))


def kind(key: str, kinds: Collection[str]) -> str:
    """Return the key of a kind of service: one of the guideline's 48, of rules.EXTRA_KINDS or of the place's own."""
    if key not in kinds:
        raise Refused(
            _("«{value}» er ikke en kjent type tjeneste. Se arket «Lister» i malen for nøklene.").format(
                value=shown(key)
            )
        )
    return key


def through(key: str, actors: Collection[str]) -> str:
    """Return the key of the kind of service one must go through, or "": one of the guideline's 48."""
    if key and key not in actors:
        raise Refused(
            _(
                "«{value}» er ikke en tjeneste man kan gå gjennom. Velg en av Helsedirektoratets typer."
            ).format(value=shown(key))
        )
    return key


def texts(by_language: Mapping[str, str], longest: int = LONGEST_TEXT) -> dict[str, str]:
    """Return one text in several languages; the empty ones are left out."""
    for language in by_language:
        if language not in LANGUAGES:
            raise Refused(
                _("«{value}» er ikke et språk på sidene. Bruk {known}.").format(
                    value=shown(language), known=", ".join(LANGUAGES)
                )
            )
    cleaned = {language: prose(text, longest) for language, text in by_language.items()}
    return {language: text for language, text in cleaned.items() if text}


def shown(text: str) -> str:
    """Return somebody else's text fit to stand in a message: short, on one line, without control characters."""
    plain = _CONTROL.sub("", re.sub(r"\s+", " ", text[:200])).strip()
    return plain if len(plain) <= 60 else f"{plain[:60]}…"
