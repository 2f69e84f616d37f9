"""What the editors' screens call things: fields, pieces, states. The public pages have their own words."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _gettext
from django.utils.translation import gettext_lazy as _

from samvirke.catalogue import rules
from samvirke.catalogue.finnhjelp import words
from samvirke.catalogue.finnhjelp.site import Access, Level

Label = str | Promise

FIELDS: Mapping[str, Label] = {
    "name": _("Navn"),
    "description": _("Hva tjenesten gjør"),
    "what_happens": _("Hva som skjer når du tar kontakt"),
    "who": _("Hvem tjenesten er for, med egne ord"),
    "how": _("Hvordan folk får kontakt, med egne ord"),
    "price": _("Pris"),
    "confidentiality": _("Taushetsplikt og anonymitet"),
    "premises": _("Lokalene"),
    "alert": _("Hvordan fagfolk varsler"),
    "kind": _("Type tjeneste"),
    "language": _("Språket tjenesten er skrevet på"),
    "external_id": _("Nøkkel i et annet system"),
    "owner": _("Hvem som står bak"),
    "level": _("Nivå"),
    "groups": _("Målgrupper"),
    "age_min": _("Alder fra"),
    "age_max": _("Alder til og med"),
    "access": _("Hvordan folk får kontakt"),
    "through": _("Tjenesten man må gå gjennom"),
    "street_address": _("Gateadresse"),
    "postal_code": _("Postnummer"),
    "opening_hours": _("Åpningstid"),
    "url": _("Nettside"),
    "languages": _("Språk de ansatte snakker"),
    "interpreter": _("Tolk"),
    "phones": _("Telefoner"),
    "channels": _("Digitale kanaler"),
    "texts": _("Tekster"),
    "state": _("Tilstand"),
    "answers": _("Bekreftelser"),
    "notice": _("Midlertidig melding"),
    "outdated": _("Oversettelser som må oppdateres"),
    "error_email": _("E-postadresse for feil"),
    "statement_url": _("Tilgjengelighetserklæring"),
}

PIECES: Mapping[str, Label] = {
    rules.SERVICES: _("navn og beskrivelse"),
    rules.TARGET_GROUPS: _("målgruppe"),
    rules.OPENING_HOURS: _("åpningstid"),
    rules.PHONE: _("telefonnummer"),
    rules.PHONE_HOURS: _("telefontid"),
    rules.ADDRESS: _("adresse"),
    rules.ACCESS: _("hvordan folk får kontakt"),
    rules.CHANNELS: _("digitale kanaler"),
}

DUTIES: Mapping[str, Label] = {
    rules.GP_SAME_DAY: _("Fastlegen skal gi øyeblikkelig hjelp på dagtid"),
    rules.OUT_OF_HOURS_LEGEVAKT: _("Den lokale legevakten, med navn og telefonnummer på åtte sifre"),
    rules.ACUTE_SPECIALIST: _("Akuttmottaket, med navn"),
}

STATES: Mapping[str, Label] = {
    "draft": _("Utkast"),
    "confirmed": _("Publisert"),
    "withdrawn": _("Trukket tilbake"),
}

DRAFT_STATES: Mapping[str, Label] = {
    "open": _("Under arbeid"),
    "sent": _("Sendt til godkjenning"),
    "returned": _("Sendt tilbake"),
}

ACCESS: Mapping[str, Label] = {
    Access.SELF.value: _("Innbyggerne kan ta kontakt selv"),
    Access.THROUGH.value: _("Bare gjennom en annen tjeneste"),
    Access.REFERRAL.value: _("Med henvisning"),
    Access.PROFESSIONALS.value: _("Bare for fagfolk"),
}

LEVELS: Mapping[str, Label] = {
    Level.MUNICIPALITY.value: _("Kommunen"),
    Level.COUNTY.value: _("Fylket"),
    Level.SPECIALIST.value: _("Spesialisthelsetjenesten"),
    Level.STATE.value: _("Staten"),
    Level.VOLUNTARY.value: _("Frivillige"),
    Level.COMPETENCE.value: _("Kompetansesenter"),
}

CHANNELS: Mapping[str, Label] = {
    "chat": _("Chat"),
    "sms": _("SMS"),
    "email": _("E-post"),
    "web": _("Nettside eller skjema"),
    "video": _("Videosamtale"),
}

LANGUAGES: Mapping[str, Label] = {"nb": _("bokmål"), "nn": _("nynorsk"), "en": _("engelsk")}
"""Names of the languages pages exist in, as they stand inside a sentence."""


def piece(code: str) -> str:
    """Name of a piece or a duty inside a sentence: "telefontid"."""
    return str(PIECES.get(code) or DUTIES.get(code) or code)


def pieces(codes: list[str] | tuple[str, ...]) -> str:
    """Several pieces inside a sentence: "telefonnummer, telefontid og adresse"."""
    return words.join([piece(code) for code in codes])


def field(name: str) -> str:
    """Name of a field of a service, with the language for a text: "Hva tjenesten gjør (nynorsk)"."""
    path = name.split(".")
    label = str(FIELDS.get(path[-1], path[-1]))
    if path[0] == "texts" and len(path) == 3:
        return _gettext("%(field)s (%(language)s)") % {
            "field": label,
            "language": LANGUAGES.get(path[1], path[1]),
        }
    return label
