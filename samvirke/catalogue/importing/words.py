"""The words a sheet may use: headings, target groups, ways in and languages, English codes or Norwegian.

COLUMNS stand in the empty template; MORE may be added, and stand in an export. A text's heading with a language
after it, "description_en", is its translation.
"""

import re

from samvirke.catalogue.finnhjelp.site import LANGUAGES

COLUMNS = (
    "external_id name actor target_groups age_min age_max description access phone phone_hours opening_hours "
    "address url languages"
).split()
MORE = (
    "who what_happens how price confidentiality premises alert owner level language interpreter phone_label phone_for "
    "channels"
).split()
REQUIRED = ("external_id", "name", "actor")
TEXT_COLUMNS = "name description who what_happens how price confidentiality premises alert".split()
"""Columns whose text may also stand in other languages."""

HEADINGS = {column: column for column in [*COLUMNS, *MORE]} | {
    "id": "external_id",
    "ekstern_id": "external_id",
    "kode": "external_id",
    "navn": "name",
    "namn": "name",
    "tjeneste": "name",
    "teneste": "name",
    "aktør": "actor",
    "aktor": "actor",
    "type": "actor",
    "målgruppe": "target_groups",
    "målgrupper": "target_groups",
    "målgruppa": "target_groups",
    "alder_fra": "age_min",
    "fra_alder": "age_min",
    "alder_til": "age_max",
    "til_alder": "age_max",
    "beskrivelse": "description",
    "skildring": "description",
    "omtale": "description",
    "hvordan_folk_får_kontakt": "access",
    "vei_inn": "access",
    "veg_inn": "access",
    "tilgang": "access",
    "kontakt": "access",
    "telefon": "phone",
    "telefonnummer": "phone",
    "tlf": "phone",
    "telefontid": "phone_hours",
    "telefontider": "phone_hours",
    "åpningstid": "opening_hours",
    "åpningstider": "opening_hours",
    "opningstid": "opening_hours",
    "opningstider": "opening_hours",
    "adresse": "address",
    "besøksadresse": "address",
    "nettside": "url",
    "nettadresse": "url",
    "nettstad": "url",
    "lenke": "url",
    "språk": "languages",
    "for_hvem": "who",
    "hvem_den_er_for": "who",
    "hva_skjer": "what_happens",
    "hva_skjer_når_du_tar_kontakt": "what_happens",
    "henvisning": "how",
    "slik_tar_du_kontakt": "how",
    "pris": "price",
    "taushetsplikt": "confidentiality",
    "lokaler": "premises",
    "varsling": "alert",
    "eier": "owner",
    "eigar": "owner",
    "nivå": "level",
    "skriftspråk": "language",
    "tolk": "interpreter",
    "telefonnavn": "phone_label",
    "telefon_for": "phone_for",
    "kanaler": "channels",
    "digitale_kanaler": "channels",
}

NORWEGIAN = {
    "external_id": "Kode",
    "name": "Navn",
    "actor": "Type",
    "target_groups": "Målgrupper",
    "age_min": "Alder fra",
    "age_max": "Alder til",
    "description": "Beskrivelse",
    "access": "Hvordan folk får kontakt",
    "phone": "Telefon",
    "phone_hours": "Telefontid",
    "opening_hours": "Åpningstider",
    "address": "Adresse",
    "url": "Nettadresse",
    "languages": "Språk",
    "who": "For hvem",
    "what_happens": "Hva skjer",
    "how": "Henvisning",
    "price": "Pris",
    "confidentiality": "Taushetsplikt",
    "premises": "Lokaler",
    "alert": "Varsling",
    "owner": "Eier",
    "level": "Nivå",
    "language": "Skriftspråk",
    "interpreter": "Tolk",
    "phone_label": "Telefonnavn",
    "phone_for": "Telefon for",
    "channels": "Kanaler",
}

GROUP_WORDS = {
    "alle": "everyone",
    "barn": "children",
    "ungdom": "youth",
    "ungdommer": "youth",
    "unge": "youth",
    "voksne": "adults",
    "vaksne": "adults",
    "eldre": "elderly",
    "foreldre": "parents",
    "foresatte": "parents",
    "pårørende": "relatives",
    "pårørande": "relatives",
    "etterlatte": "bereaved",
    "etterlatne": "bereaved",
    "utsatte": "victims",
    "voldsutsatte": "victims",
    "besøkende": "visitors",
    "besøkande": "visitors",
    "fagfolk": "professionals",
}

ACCESS_WORDS = {
    "selv": "self",
    "direkte": "self",
    "ta kontakt selv": "self",
    "gjennom": "through",
    "via": "through",
    "henvisning": "referral",
    "tilvising": "referral",
    "fagfolk": "professionals",
    "bare fagfolk": "professionals",
}

LANGUAGE_WORDS = {
    word: code
    for code, words in {
        "no": "norsk norwegian nor",
        "nb": "bokmål nob",
        "nn": "nynorsk nno",
        "en": "engelsk english eng",
        "se": "nordsamisk samisk sme",
        "sma": "sørsamisk",
        "smj": "lulesamisk",
        "fkv": "kvensk",
        "nsl": "tegnspråk",
        "uk": "ukrainsk ukrainian ukr",
        "pl": "polsk polish pol",
        "ar": "arabisk arabic ara",
        "so": "somali som",
        "ti": "tigrinja tigrinya tir",
        "ru": "russisk russian rus",
        "lt": "litauisk lithuanian lit",
        "de": "tysk german deu ger",
        "fr": "fransk french fra fre",
        "es": "spansk spanish spa",
        "fa": "persisk persian farsi fas per",
        "prs": "dari",
        "ur": "urdu urd",
        "tr": "tyrkisk turkish tur",
    }.items()
    for word in words.split()
} | {"norsk tegnspråk": "nsl"}

WRITTEN_WORDS = {"bokmål": "nb", "norsk": "nb", "nynorsk": "nn", "engelsk": "en"}

LEVEL_WORDS = {
    "kommunen": "kommune",
    "fylket": "fylke",
    "spesialisthelsetjenesten": "spesialist",
    "staten": "stat",
}

YES_WORDS = {
    "ja": True,
    "yes": True,
    "true": True,
    "1": True,
    "nei": False,
    "no": False,
    "false": False,
    "0": False,
}

PHONE_FOR_WORDS = {
    "alle": True,
    "innbyggere": True,
    "innbyggerne": True,
    "fagfolk": False,
    "bare fagfolk": False,
}

CHANNEL_WORDS = {
    "e-post": "email",
    "epost": "email",
    "mail": "email",
    "nettside": "web",
    "skjema": "web",
    "tekstmelding": "sms",
}

_TRANSLATED = re.compile(rf"({'|'.join(TEXT_COLUMNS)})_({'|'.join(LANGUAGES)})")


def column_of(title: str) -> str | None:
    """Return the English column name of a heading; "" for an empty one, None when it is unknown."""
    plain = re.sub(r"[\s_*()-]+", "_", title.casefold()).strip("_")
    if not plain or plain in HEADINGS:
        return HEADINGS.get(plain, "")
    start, _line, language = plain.rpartition("_")
    column = f"{HEADINGS.get(start, start)}_{WRITTEN_WORDS.get(language, language)}"
    return column if _TRANSLATED.fullmatch(column) else None


def translated(column: str) -> tuple[str, str] | None:
    """Return the text column and the language of a heading such as "description_en"."""
    found = _TRANSLATED.fullmatch(column)
    return (found[1], found[2]) if found else None
