"""Who a team member is and how they are reached: sealed as one field under the municipality's key."""

import json
import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field, replace
from uuid import UUID

import phonenumbers
from django.utils.translation import gettext

from samvirke.access import sealed
from samvirke.access.sealed import Key
from samvirke.kit.errors import BadInput
from samvirke.messaging import texts
from samvirke.messaging.numbers import e164

LONGEST_NAME, LONGEST_PLACE, MOST_PHONES = 100, 80, 3
_CONTROL = re.compile(r"[\x00-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True)
class Contact:
    """What is sealed. `phones`: E.164, the best first. Left out when it is printed, so that no log gets it."""

    name: str = field(default="", repr=False)
    phones: tuple[str, ...] = field(default=(), repr=False)
    email: str = field(default="", repr=False)

    @property
    def mobile(self) -> str:
        """Return the first number that can get an SMS, or ""."""
        return next((one for one in self.phones if texts.mobile(one, invented=True)), "")

    @property
    def hint(self) -> str:
        """Return the end of the first number: enough for its owner to know it again."""
        return self.phones[0][-2:] if self.phones else ""


def close(contact: Contact, key: Key, member: UUID) -> bytes:
    """Return a contact sealed."""
    plain = json.dumps(asdict(contact), ensure_ascii=False, separators=(",", ":")).encode()
    return sealed.seal_under(key, plain, _about(member))


def opened(closed: bytes | memoryview, key: Key, member: UUID) -> Contact:
    """Return a contact that was sealed. Raises sealed.SealBroken."""
    told = json.loads(sealed.unseal_under(key, bytes(closed), _about(member)))
    return Contact(told["name"], tuple(told["phones"]), told["email"])


def close_place(text: str, key: Key, callout: UUID) -> bytes | None:
    """Return where to meet, sealed; None when nothing was said."""
    return sealed.seal_under(key, text.encode(), f"incidents.callout:{callout}") if text else None


def open_place(closed: bytes | memoryview | None, key: Key, callout: UUID) -> str:
    """Return where to meet, or ""."""
    return sealed.unseal_under(key, bytes(closed), f"incidents.callout:{callout}").decode() if closed else ""


def clean(given: Contact) -> Contact:
    """Return a contact as it is kept. Raises BadInput naming the field: nobody is in the list who cannot be reached."""
    name = one_line(given.name, LONGEST_NAME, "name")
    phones = tuple(dict.fromkeys(e164(one, "phones") for one in given.phones if one.strip()))
    email = given.email.strip()
    if not name:
        raise BadInput(gettext("Skriv et navn."), field="name")
    if len(phones) > MOST_PHONES:
        raise BadInput(gettext("Skriv høyst tre telefonnumre."), field="phones")
    if email and texts.email(email) is None:
        raise BadInput(gettext("Skriv e-postadressen som navn@eksempel.no."), field="email")
    if not phones and not email:
        raise BadInput(gettext("Skriv et telefonnummer eller en e-postadresse."), field="phones")
    return Contact(name, phones, email)


def one_line(text: str, longest: int, field_name: str) -> str:
    """Return a short text on one line. Raises BadInput when it is too long or has signs that cannot be shown."""
    plain = " ".join(text.split())
    if len(plain) > longest:
        raise BadInput(
            gettext("Teksten er for lang. Det er plass til {n} tegn.").format(n=longest), field=field_name
        )
    if _CONTROL.search(plain):
        raise BadInput(
            gettext("Teksten inneholder tegn som ikke kan vises. Skriv den på nytt."), field=field_name
        )
    return plain


def name_alone(contact: Contact) -> Contact:
    """Return what is kept of somebody who has left."""
    return replace(contact, phones=(), email="")


def shown(phones: Iterable[str]) -> list[str]:
    """Return numbers as people write them: "412 34 567", foreign ones with their country code."""
    return [_spaced(one) for one in phones]


def _spaced(number: str) -> str:
    found = phonenumbers.parse(number)
    form = (
        phonenumbers.PhoneNumberFormat.NATIONAL
        if found.country_code == 47
        else phonenumbers.PhoneNumberFormat.INTERNATIONAL
    )
    text = phonenumbers.format_number(found, form)
    return f"{text[:2]} {text[2:4]} {text[4:6]} {text[6:]}" if re.fullmatch(r"0000\d{4}", text) else text


def _about(member: UUID) -> str:
    return f"incidents.teammember:{member}"
