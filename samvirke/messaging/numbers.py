"""Numbers that can be rung and sent to, as people type them."""

import re

import phonenumbers
from django.utils.translation import gettext

from samvirke.kit.errors import BadInput

# Norwegian mobile numbers, which most are; and the invented numbers of invented people.
_SURE = re.compile(r"(?:\+47|0047)?(?:0000[0-9]{4}|(?:4[015-8]|9[0-9])[0-9]{6})")


def e164(text: str, field: str) -> str:
    """Return a number as E.164; foreign numbers too. Raises BadInput at the field."""
    digits = re.sub(r"[\s().\-/]", "", text)
    if _SURE.fullmatch(digits):
        return f"+47{digits[-8:]}"
    try:
        number = phonenumbers.parse(text, "NO")
    except phonenumbers.NumberParseException as error:
        raise BadInput(
            gettext("Skriv et telefonnummer med åtte sifre, eller med landkode."), field=field
        ) from error
    if not phonenumbers.is_valid_number(number):
        raise BadInput(gettext("Telefonnummeret finnes ikke. Se etter om et siffer er feil."), field=field)
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
