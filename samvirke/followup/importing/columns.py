"""The columns of a list of affected people, and the words that its cells may use."""

import re
from collections.abc import Mapping, Sequence

from samvirke.followup.rules.people import Part, Protection, Source
from samvirke.kit.errors import BadInput

COLUMNS: Mapping[str, tuple[str, str]] = {
    "first_name": ("fornavn", "Fornavn. Står hele navnet i én kolonne, så kall den «navn»."),
    "last_name": ("etternavn", "Etternavn."),
    "birth": ("fødselsdato", "24.12.2001, 2001-12-24 eller bare året."),
    "phone": ("telefon", "Flere numre: skill med komma eller semikolon. Utenlandske numre med landkode."),
    "role": ("rolle", "Etterlatt, pårørende til savnet, skadd, nær en skadd, vitne, nær et vitne, hjelper, død, savnet."),
    "source": ("kilde", "Politiet, EPS, legevakt, sykehus, skole, personen selv, tips eller kommunen."),
    "protection": ("adressesperre", "Fortrolig eller strengt fortrolig. Tomt: ingen."),
    "death_message": ("dødsbudskap levert", "Ja når politiet har levert dødsbudskapet. Tomt: ikke levert."),
    "language": ("språk", "Kode på to bokstaver: nb, en, uk, so …"),
    "interpreter": ("tolk", "Ja når personen trenger tolk."),
    "email": ("e-post", "E-postadresse."),
    "address": ("adresse", "Gate og nummer. Tom ved strengt fortrolig adresse."),
    "postal_code": ("postnummer", "Fire sifre."),
    "municipality": ("hjemkommune", "Kommunens nummer eller navn."),
    "now_at": ("oppholdssted", "Hvor personen er nå."),
    "together_with": ("sammen med", "Hvem personen er sammen med. Viktigst for barn."),
    "safe_contact": ("trygg kontakt", "Slik er det trygt å ta kontakt."),
    "best_time": ("beste tid", "Når det passer å ringe."),
    "school_or_work": ("skole eller arbeid", "Skole eller arbeidsplass."),
    "needs": ("behov", "Det kontaktpersonen må legge til rette for."),
    "wristband": ("armbånd", "Nummeret på armbåndet når navnet er ukjent."),
    "national_id": ("fødselsnummer", "Bare når det trengs for å skille to personer."),
}  # fmt: skip
WHOLE_NAME, UNREAD = "name", "?"
ALSO: Mapping[str, str] = {
    "name": WHOLE_NAME, "navn": WHOLE_NAME, "fullt navn": WHOLE_NAME, "full name": WHOLE_NAME,
    "first": "first_name", "given name": "first_name", "firstname": "first_name", "førenamn": "first_name",
    "last": "last_name", "surname": "last_name", "family name": "last_name", "lastname": "last_name",
    "etternamn": "last_name", "born": "birth", "født": "birth", "date of birth": "birth", "birth date": "birth",
    "birthdate": "birth", "birth year": "birth", "fødselsår": "birth", "dob": "birth", "fødd": "birth",
    "phones": "phone", "mobil": "phone", "mobiltelefon": "phone", "tlf": "phone", "mobile": "phone",
    "telefonnummer": "phone", "phone number": "phone", "part": "role", "kategori": "role", "category": "role",
    "gruppe": "role", "group": "role", "hvem ga opplysningene": "source", "address protection": "protection",
    "sperret adresse": "protection", "death message": "death_message", "message_is_delivered": "death_message",
    "dødsbudskap": "death_message", "lang": "language", "epost": "email", "e-mail": "email", "mail": "email",
    "street": "address", "gate": "address", "gateadresse": "address", "zip": "postal_code", "postcode": "postal_code",
    "postal code": "postal_code", "postnr": "postal_code", "kommune": "municipality", "home": "municipality",
    "home municipality": "municipality", "hvor er personen": "now_at", "safe contact": "safe_contact",
    "best time": "best_time", "skole": "school_or_work", "arbeid": "school_or_work", "nin": "national_id",
    "fnr": "national_id", "personnummer": "national_id", "national id": "national_id", "needs interpreter": "interpreter",
    "armbåndsnummer": "wristband",
}  # fmt: skip
PARTS: Mapping[str, Part] = {
    **{one.value: one for one in Part},
    "etterlatt": Part.BEREAVED, "etterlatte": Part.BEREAVED, "attlaten": Part.BEREAVED,
    "pårørende til savnet": Part.RELATIVE_OF_MISSING, "pårørende til en savnet": Part.RELATIVE_OF_MISSING,
    "skadd": Part.INJURED, "skadet": Part.INJURED, "overlevende": Part.INJURED, "survivor": Part.INJURED,
    "nær en skadd": Part.CLOSE_TO_INJURED, "nær en som er skadd": Part.CLOSE_TO_INJURED,
    "pårørende til skadd": Part.CLOSE_TO_INJURED, "pårørende til skadet": Part.CLOSE_TO_INJURED,
    "vitne": Part.WITNESS, "nær et vitne": Part.CLOSE_TO_WITNESS, "pårørende til vitne": Part.CLOSE_TO_WITNESS,
    "annen": Part.OTHER, "annen rammet": Part.OTHER, "andre": Part.OTHER, "other": Part.OTHER,
    "hjelper": Part.HELPER, "innsatspersonell": Part.HELPER, "død": Part.DEAD, "omkommet": Part.DEAD,
    "savnet": Part.MISSING,
}  # fmt: skip
SOURCES: Mapping[str, Source] = {
    **{one.value: one for one in Source},
    "politi": Source.POLICE, "politiet": Source.POLICE, "evakuerte- og pårørendesenter": Source.EPS,
    "evakuerte- og pårørendesenteret": Source.EPS, "legevakten": Source.LEGEVAKT, "sykehus": Source.HOSPITAL,
    "sykehuset": Source.HOSPITAL, "skole": Source.SCHOOL, "skolen": Source.SCHOOL, "selv": Source.SELF,
    "personen selv": Source.SELF, "tips": Source.TIP, "kommune": Source.MUNICIPALITY, "kommunen": Source.MUNICIPALITY,
}  # fmt: skip
PROTECTIONS: Mapping[str, Protection] = {
    **{one.value: one for one in Protection},
    "": Protection.NONE, "nei": Protection.NONE, "ingen": Protection.NONE, "no": Protection.NONE,
    "kode 7": Protection.CONFIDENTIAL, "fortrolig adresse": Protection.CONFIDENTIAL,
    "confidential": Protection.CONFIDENTIAL, "kode 6": Protection.STRICTLY_CONFIDENTIAL,
    "strengt fortrolig": Protection.STRICTLY_CONFIDENTIAL,
    "strengt fortrolig adresse": Protection.STRICTLY_CONFIDENTIAL,
    "strictly confidential": Protection.STRICTLY_CONFIDENTIAL,
}  # fmt: skip
YES, NO = (
    frozenset({"ja", "j", "yes", "y", "true", "sann", "1", "x"}),
    frozenset({"", "nei", "n", "no", "false", "usann", "0"}),
)
_KNOWN = {
    **{name: name for name in COLUMNS},
    **{norwegian: name for name, (norwegian, _text) in COLUMNS.items()},
    **ALSO,
}


def column_of(heading: str) -> str:
    """Return the name of a column however its heading is written; "" for one that we do not know."""
    plain = re.sub(r"\s+", " ", heading.strip().strip("*:").casefold())
    return _KNOWN.get(plain) or _KNOWN.get(plain.replace("_", " ")) or _KNOWN.get(plain.replace(" ", "_"), "")


def resolve(headings: Sequence[str], file: str) -> list[str]:
    """Return the names of a heading row's columns: "" for an empty one, "?…" for one that is not read.

    Raises BadInput naming the column when two say the same, or when none holds a name.
    """
    found: list[str] = []
    for heading in headings:
        title = heading.strip()[:60]
        name = (column_of(title) or f"{UNREAD}{title}") if title else ""
        if name and name in found:
            raise BadInput("Kolonnen står to ganger.", file, 1, title)
        found.append(name)
    if not {"first_name", "last_name", WHOLE_NAME, "wristband"} & set(found):
        raise BadInput("Filen mangler en kolonne med navn: «fornavn» og «etternavn».", file, 1, "first_name")
    return found
