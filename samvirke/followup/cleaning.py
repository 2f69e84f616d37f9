"""Cleaning what is typed about somebody. Each refusal is one sentence that names the field."""

import re
from dataclasses import replace
from datetime import date, datetime

from django.utils.translation import gettext
from stdnum.exceptions import ValidationError
from stdnum.no import fodselsnummer

from samvirke.followup.identity import Identity
from samvirke.followup.rules.people import Protection
from samvirke.kit.errors import BadInput
from samvirke.kit.hours import OSLO
from samvirke.messaging.numbers import e164

LOCATES = ("street", "postal_code", "home", "school_or_work", "gp", "now_at")
"""What can tell where somebody is: not entered at all for strengt fortrolig (Normen, faktaark 55)."""
LONGEST = {"first": 100, "last": 100, "street": 200, "school_or_work": 200, "gp": 200, "wristband": 20}
LONGEST_TEXT = 1000
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_EMAIL = re.compile(r"[^@\s<>\"',;:]+@[^@\s<>\"',;:]+\.[^@\s.<>\"',;:]{2,}")


def clean(given: Identity, protection: Protection, now: datetime) -> Identity:
    """Return the identity as it is kept. Raises BadInput naming the field that cannot be used."""
    lines = {
        name: _line(name, getattr(given, name))
        for name in ("first", "last", "street", "postal_code", "home", "safe_contact", "best_time",
                     "school_or_work", "gp", "needs", "wristband", "avoid", "guardian", "now_at", "together_with")
    }  # fmt: skip
    if not (lines["first"] or lines["last"] or lines["wristband"]):
        raise BadInput(gettext("Skriv et navn, eller nummeret på armbåndet."), field="first")
    if protection is Protection.STRICTLY_CONFIDENTIAL:
        told = next((name for name in LOCATES if lines[name]), None)
        if told:
            raise BadInput(
                gettext("Personen har strengt fortrolig adresse. Skriv ikke noe som forteller hvor de er."),
                field=told,
            )
    if lines["postal_code"] and not re.fullmatch(r"[0-9]{4}", lines["postal_code"]):
        raise BadInput(gettext("Postnummer har fire sifre."), field="postal_code")
    return replace(
        given,
        **lines,
        birth=birth(given.birth, now.astimezone(OSLO).date()),
        nin=nin(given.nin),
        phones=tuple(dict.fromkeys(e164(one, "phones") for one in given.phones if one.strip())),
        email=_email(given.email),
    )


def birth(text: str, today: date) -> str:
    """Return a birth date as ISO, or a year alone. Understands 24.12.2001, 241201 and 2001."""
    plain = text.strip()
    if not plain:
        return ""
    found = re.fullmatch(r"(\d{1,2})[./ -](\d{1,2})[./ -](\d{4})", plain)
    short = re.fullmatch(r"(\d{2})(\d{2})(\d{2})", plain)
    try:
        if re.fullmatch(r"\d{4}", plain):
            day, said = date(int(plain), 1, 1), plain
        elif found:
            day = date(int(found[3]), int(found[2]), int(found[1]))
            said = day.isoformat()
        elif short:
            year = 2000 + int(short[3])
            day = date(year if year <= today.year else year - 100, int(short[2]), int(short[1]))
            said = day.isoformat()
        else:
            day = date.fromisoformat(plain)
            said = day.isoformat()
    except ValueError as error:
        raise BadInput(
            gettext("Skriv fødselsdato som 24.12.2001, eller bare året."), field="birth"
        ) from error
    if not date(today.year - 120, 1, 1) <= day <= today:
        raise BadInput(gettext("Fødselsdatoen må ligge mellom i dag og 120 år siden."), field="birth")
    return said


def nin(text: str) -> str:
    """Return a national identity number or D-number (eleven digits that fit), or ""."""
    plain = re.sub(r"\s", "", text)
    if not plain:
        return ""
    try:
        return str(fodselsnummer.validate(plain))
    except ValidationError as error:
        raise BadInput(
            gettext("Fødselsnummeret stemmer ikke. Se etter om et siffer er feil."), field="nin"
        ) from error


def _line(name: str, text: str) -> str:
    plain = re.sub(r"[ \t]+", " ", text).strip()
    longest = LONGEST.get(name, LONGEST_TEXT)
    if len(plain) > longest:
        raise BadInput(
            gettext("Teksten er for lang. Det er plass til {n} tegn.").format(n=longest), field=name
        )
    if _CONTROL.search(plain):
        raise BadInput(gettext("Teksten inneholder tegn som ikke kan vises. Skriv den på nytt."), field=name)
    return plain


def _email(text: str) -> str:
    plain = text.strip()
    if plain and not _EMAIL.fullmatch(plain):
        raise BadInput(gettext("Skriv e-postadressen som navn@eksempel.no."), field="email")
    return plain
