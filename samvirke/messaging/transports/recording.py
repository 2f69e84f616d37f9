"""Sends nothing: writes down what would have been sent, in a demonstration or an exercise. The database takes it only there.

An exercise in a real installation has real people: their addresses are left out.
"""

import contextlib
from collections.abc import Iterator

from samvirke.access.scope import NATIONAL, opened, system_scope
from samvirke.messaging.models import Recorded
from samvirke.messaging.queries import may_leave_the_house
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
            address="" if parcel.exercise and may_leave_the_house() else parcel.address,
            subject=parcel.subject,
            text=parcel.text,
            at=parcel.at,
        )
    return Outcome(Kind.SENT)
