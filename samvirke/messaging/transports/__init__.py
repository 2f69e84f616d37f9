"""How a message leaves the house. One module per transport, named in settings.MESSAGE_TRANSPORTS.

A transport is a module with

    configured() -> bool
    ready(parcel: Parcel) -> AbstractContextManager[HandOver]

`ready` does all that can fail while nothing has left (look up, connect, log in, name the recipient); what it gives
then hands the message over. Both raise `Trouble` with what is known. Only `of` chooses: in a demonstration, and
for a message of an exercise, it is always the transport that records.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from importlib import import_module
from typing import Protocol, cast
from uuid import UUID

from django.conf import settings

from samvirke.messaging.queries import may_leave_the_house
from samvirke.messaging.rules import Kind, Outcome, Reason

RECORDING = "samvirke.messaging.transports.recording"
HandOver = Callable[[], Outcome]


@dataclass(frozen=True)
class Parcel:
    """A message as it leaves. Address and words are left out when it is printed, so that no log gets them."""

    id: UUID
    municipality: str | None
    channel: str
    address: str = field(repr=False)
    subject: str = field(repr=False)
    text: str = field(repr=False)
    at: datetime
    stored: bool = True  # a row of Message stands behind it
    exercise: bool = False  # never leaves the house


class Trouble(Exception):
    """The try has ended, and this is what is known. Carries codes only."""

    def __init__(self, kind: Kind, reason: Reason) -> None:
        super().__init__(kind.value, reason.value)
        self.outcome = Outcome(kind, reason)


class Transport(Protocol):
    """What a transport's module offers."""

    def configured(self) -> bool:
        """Say whether the settings it needs are there."""

    def ready(self, parcel: Parcel) -> AbstractContextManager[HandOver]:
        """Get everything ready, and give the function that hands the message over."""


def of(channel: str, *, exercise: bool = False) -> Transport:
    """Return the transport for a channel. Raises Trouble when it is not set up."""
    real = may_leave_the_house() and not exercise
    transport = cast(Transport, import_module(settings.MESSAGE_TRANSPORTS[channel] if real else RECORDING))
    if not transport.configured():
        raise Trouble(Kind.TEMPORARY, Reason.NOT_CONFIGURED)
    return transport
