"""The sweep that seals the logs."""

from datetime import datetime

from django.conf import settings

from samvirke import jobs
from samvirke.access import chain


@jobs.sweep("access.seal", every=5)
def seal(now: datetime) -> None:
    """Give new rows of the journal and the access log their place in the chain."""
    while chain.seal_rows(now, settings.ANCHORS) == chain.AT_MOST:
        pass
