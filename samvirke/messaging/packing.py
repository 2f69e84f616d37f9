"""From a row to a parcel: who it is for, whether we may, what it says, and whether address and words can be used."""

from datetime import datetime
from typing import cast

from django.conf import settings
from django.utils.module_loading import import_string

from samvirke.access.readiness import lacking
from samvirke.access.scope import Scope
from samvirke.kit.hours import OSLO
from samvirke.messaging import texts
from samvirke.messaging.letters import Letter, Recipient, Resolver, Writer
from samvirke.messaging.models import Message
from samvirke.messaging.queries import may_leave_the_house
from samvirke.messaging.rules import Kind, Reason
from samvirke.messaging.transports import Parcel, Trouble


def resolved(row: Message) -> Recipient:
    """Return where the recipient can be reached just now."""
    resolver = cast(Resolver, import_string(settings.MESSAGE_RECIPIENTS[row.recipient_kind]))
    recipient = resolver(row.recipient_id)
    if recipient is None:
        raise Trouble(Kind.PERMANENT, Reason.UNKNOWN_RECIPIENT)
    return recipient


def require_permission(scope: Scope, row: Message, recipient: Recipient, now: datetime) -> None:
    """Refuse a message to an affected person from a municipality whose documents are not in order."""
    if recipient.person and (
        row.municipality_id is None or lacking(scope, row.municipality_id, now.astimezone(OSLO).date())
    ):
        raise Trouble(Kind.REFUSED, Reason.NOT_READY)


def letter(row: Message, recipient: Recipient, now: datetime) -> Letter:
    """Return what the message says just now."""
    writer = cast(Writer, import_string(settings.MESSAGE_TEMPLATES[row.template]))
    written = writer(recipient, row.about, now)
    if written is None:
        raise Trouble(Kind.DROPPED, Reason.NOT_NEEDED)
    return written


def parcel(row: Message, recipient: Recipient, said: Letter, now: datetime) -> Parcel:
    """Put address and words together for the channel, cleaned of what could do harm on the way."""
    email = row.channel == "email"
    return Parcel(
        id=row.id,
        municipality=row.municipality_id,
        channel=row.channel,
        address=_email(recipient.email) if email else _mobile(recipient.phone, exercise=row.exercise),
        subject=texts.one_line(said.subject) if email else "",
        text=_text(said.text) if email else _sms(said.text),
        at=now,
        exercise=row.exercise,
    )


def parts(packed: Parcel) -> int | None:
    """Return how many SMS a parcel becomes; None for an e-mail."""
    return texts.parts(packed.text) if packed.channel == "sms" else None


def _email(given: str) -> str:
    if not given:
        raise Trouble(Kind.PERMANENT, Reason.NO_ADDRESS)
    address = texts.email(given)
    if address is None:
        raise Trouble(Kind.PERMANENT, Reason.BAD_ADDRESS)
    return address


def _mobile(given: str, *, exercise: bool) -> str:
    if not given:
        raise Trouble(Kind.PERMANENT, Reason.NO_ADDRESS)
    number = texts.mobile(given, invented=exercise or not may_leave_the_house())
    if number is None:
        raise Trouble(Kind.PERMANENT, Reason.NOT_A_MOBILE)
    return number


def _text(given: str) -> str:
    text = texts.plain(given)
    if not text:
        raise Trouble(Kind.PERMANENT, Reason.EMPTY)
    if len(text) > texts.LONGEST_TEXT:
        raise Trouble(Kind.PERMANENT, Reason.TOO_LONG)
    return text


def _sms(given: str) -> str:
    text = texts.sms(given)
    if not text:
        raise Trouble(Kind.PERMANENT, Reason.EMPTY)
    if texts.parts(text) > texts.MOST_PARTS:
        raise Trouble(Kind.PERMANENT, Reason.TOO_LONG)
    return text
