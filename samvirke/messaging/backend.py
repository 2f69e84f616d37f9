"""Django's own way to send e-mail (libraries use it), led through the same door: a demonstration only records."""

from collections.abc import Sequence
from typing import Any
from uuid import uuid4

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone

from samvirke.messaging import direct
from samvirke.messaging.rules import Kind


class NotSent(OSError):
    """An e-mail could not be sent. Says why as a code, and never to whom."""


class Door(BaseEmailBackend):
    """settings.EMAIL_BACKEND. Plain text, one recipient at a time; nothing is retried and nothing is stored."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Send each message to each of its recipients; return how many messages went to all of them."""
        return sum(self._sent(message) for message in email_messages)

    def _sent(self, message: EmailMessage) -> bool:
        if message.attachments:
            raise NotSent("attachments")
        for address in message.recipients():
            outcome = direct.email(uuid4(), address, str(message.subject), str(message.body), timezone.now())
            if outcome.kind is not Kind.SENT:
                if self.fail_silently:
                    return False
                raise NotSent(outcome.reason.value)
        return bool(message.recipients())

    def __init__(self, fail_silently: bool = False, **_others: Any) -> None:  # noqa: FBT001, FBT002
        super().__init__(fail_silently=fail_silently)
