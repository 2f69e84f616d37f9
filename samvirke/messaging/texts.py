"""What may stand in a message, pure: one line, plain text, an address, a mobile number, the parts of an SMS."""

import re
import unicodedata

import phonenumbers

LONGEST_SUBJECT = 200
LONGEST_TEXT = 100_000
MOST_PARTS = 6  # of one SMS; longer than that is a letter

# control characters but tab and line feed, marks that turn the direction of text, halves of characters
_UNWANTED = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\ud800-\udfff]"
)
_BREAKS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_ADDRESS = re.compile(r"([A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64})@([^@\s]{1,253})")
_DOMAIN = re.compile(
    r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?", re.IGNORECASE
)
_NUMBER = re.compile(r"\+[0-9][0-9 ]{5,20}")
_INVENTED = re.compile(r"\+470000\d{4}")  # rings nobody
_MOBILE = {
    phonenumbers.PhoneNumberType.MOBILE,
    phonenumbers.PhoneNumberType.FIXED_LINE_OR_MOBILE,
}

# 3GPP TS 23.038: the default alphabet, and what costs two places because an escape goes before it.
GSM = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
GSM_ESCAPED = frozenset("\f^{}\\[~]|€")
# Signs that would make the whole message cost twice as much, and what everybody reads as the same.
_PLAIN = str.maketrans(
    {
        "«": '"', "»": '"', "“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "‚": "'", "´": "'", "`": "'",
        "–": "-", "—": "-", "−": "-", "‑": "-", "‐": "-", "…": "...", "•": "-", "·": "-",
        "\u00a0": " ", "\u202f": " ", "\u2009": " ", "\u00ad": "", "\t": " ",
    }
)  # fmt: skip


def one_line(text: str) -> str:
    """Return a text fit for a header: one line, no control characters, so that nothing can be smuggled in."""
    found = _UNWANTED.sub("", _BREAKS.sub(" ", unicodedata.normalize("NFC", text)))
    return " ".join(found.split())[:LONGEST_SUBJECT].rstrip()


def plain(text: str) -> str:
    """Return a text with one kind of line break and nothing unseen in it."""
    found = _UNWANTED.sub("", _BREAKS.sub("\n", unicodedata.normalize("NFC", text)))
    return "\n".join(line.rstrip() for line in found.split("\n")).strip("\n")


def email(address: str) -> str | None:
    """Return an address as a mail server may be given it, or None. Æ, ø and å may stand in the domain."""
    found = _ADDRESS.fullmatch(address.strip())
    if not found or found[1].startswith(".") or found[1].endswith(".") or ".." in found[1]:
        return None
    try:
        domain = found[2].encode("idna").decode()
    except UnicodeError:
        return None
    return f"{found[1]}@{domain}" if _DOMAIN.fullmatch(domain) and len(domain) <= 253 else None


def mobile(number: str, *, invented: bool = False) -> str | None:
    """Return a number (E.164) if it is a phone that can get an SMS, else None. `invented`: 00 00 xx xx will do."""
    if not _NUMBER.fullmatch(number):
        return None
    if invented and _INVENTED.fullmatch(number):
        return number
    try:
        found = phonenumbers.parse(number)
    except phonenumbers.NumberParseException:
        return None
    right = phonenumbers.is_valid_number(found) and phonenumbers.number_type(found) in _MOBILE
    return phonenumbers.format_number(found, phonenumbers.PhoneNumberFormat.E164) if right else None


def sms(text: str) -> str:
    """Return a text as an SMS: the GSM alphabet's quotes and dashes; no sign that phones and gateways cannot take."""
    found = plain(text).translate(_PLAIN)
    return "".join(sign for sign in found if ord(sign) <= 0xFFFF).strip()


def parts(text: str) -> int:
    """Return how many SMS a text becomes.

    160 places if all is in the GSM alphabet, else 70; in more than one part 153 and 67, because a header goes
    along, and a sign of two places is not split.
    """
    if all(sign in GSM or sign in GSM_ESCAPED for sign in text):
        sizes, single, many = [2 if sign in GSM_ESCAPED else 1 for sign in text], 160, 153
    else:
        sizes, single, many = [len(sign.encode("utf-16-be")) // 2 for sign in text], 70, 67
    if sum(sizes) <= single:
        return 1 if sizes else 0
    count, left = 1, many
    for size in sizes:
        if size > left:
            count, left = count + 1, many
        left -= size
    return count
