"""One e-mail at once, without a row: for Django's own mail and for the operator's test. Said at most once, never retried."""

from datetime import datetime
from uuid import UUID

from samvirke.messaging import texts, transports
from samvirke.messaging.rules import Kind, Outcome, Reason
from samvirke.messaging.transports import Parcel, Trouble


def email(id_: UUID, address: str, subject: str, text: str, now: datetime) -> Outcome:
    """Hand over one e-mail and return how it went."""
    found = texts.email(address)
    if found is None:
        return Outcome(Kind.PERMANENT, Reason.BAD_ADDRESS)
    parcel = Parcel(id_, None, "email", found, texts.one_line(subject), texts.plain(text), now, stored=False)
    try:
        with transports.of("email").ready(parcel) as hand_over:
            return hand_over()
    except Trouble as trouble:
        return trouble.outcome
