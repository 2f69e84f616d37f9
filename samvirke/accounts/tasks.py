"""Housekeeping: sessions that have ended, old limits, what was said in invitations long past."""

from datetime import datetime

from samvirke import jobs
from samvirke.accounts.actions.tidying import tidy


@jobs.sweep("accounts.tidy", every=3600)
def tidy_up(now: datetime) -> None:
    """Remove what is no longer needed."""
    tidy(now)
