"""Sends nothing: writes what would have been sent where the demonstration can show it. The database takes it only there."""

import contextlib
from collections.abc import Iterator

from samvirke.access.scope import NATIONAL, opened, system_scope
from samvirke.messaging.models import Recorded
from samvirke.messaging.rules import Kind, Outcome
from samvirke.messaging.transports import HandOver, Parcel


def configured() -> bool:
    """Say that nothing is needed."""
    return True


@contextlib.contextmanager
def ready(parcel: Parcel) -> Iterator[HandOver]:
    """Give the function that writes the message down."""
    yield lambda: _record(parcel)


def _record(parcel: Parcel) -> Outcome:
    with opened(system_scope("skriver ned en melding som ikke sendes", parcel.municipality or NATIONAL)):
        Recorded.objects.create(
            message_id=parcel.id if parcel.stored else None,
            municipality_id=parcel.municipality,
            channel=parcel.channel,
            address=parcel.address,
            subject=parcel.subject,
            text=parcel.text,
            at=parcel.at,
        )
    return Outcome(Kind.SENT)
