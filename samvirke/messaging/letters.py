"""What the rooms above give this room: who a recipient is, and what a letter says. Both are asked for when it is sent.

    @labelled(_("Medarbeider"))
    def account(id: str) -> Recipient | None: …                                 in settings.MESSAGE_RECIPIENTS

    @labelled(_("Påminnelse om opplysninger"))
    def reminder(recipient: Recipient, about: Mapping[str, Any], now: datetime) -> Letter | None: …
                                                                                 in settings.MESSAGE_TEMPLATES

They run inside `opened(scope)` of the message's municipality (`access.scope.current()`), a letter in the recipient's
language. What they return is never stored and never logged. A letter that is not needed any more is None.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar

from django.utils.functional import Promise

Function = TypeVar("Function", bound=Callable[..., Any])


@dataclass(frozen=True)
class Recipient:
    """Where somebody can be reached just now. `person`: an affected person, not somebody who works here.

    Addresses are left out when the object is printed, so that no log gets them by accident.
    """

    email: str = field(default="", repr=False)
    phone: str = field(default="", repr=False)  # E.164
    language: str = "nb"
    person: bool = False


@dataclass(frozen=True)
class Letter:
    """What a message says: plain text. An SMS has no subject."""

    subject: str = field(repr=False)
    text: str = field(repr=False)


Resolver = Callable[[str], Recipient | None]
Writer = Callable[[Recipient, Mapping[str, Any], datetime], Letter | None]


def labelled(label: str | Promise) -> Callable[[Function], Function]:
    """Give a resolver or a letter the name that the status screen shows."""

    def decorate(function: Function) -> Function:
        function.label = label  # type: ignore[attr-defined]
        return function

    return decorate
