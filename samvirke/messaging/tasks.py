"""Jobs and sweeps of messaging: thin ways in to `delivery`."""

from datetime import datetime
from uuid import UUID

from django.utils import timezone

from samvirke import jobs
from samvirke.messaging import delivery


@jobs.task("messaging.send")
def send(message: str) -> None:
    """Try to send one message."""
    delivery.deliver(UUID(message), timezone.now())


@jobs.sweep("messaging.mend", every=5)
def mend(now: datetime) -> None:
    """Free messages whose worker is gone, and try again what is due."""
    delivery.mend(now)


@jobs.sweep("messaging.purge", every=3600)
def purge(now: datetime) -> None:
    """Delete messages that have been kept long enough."""
    while delivery.purge(now):
        pass
