"""Sweeps of the catalogue: thin ways in to `reminding`."""

from datetime import datetime

from samvirke import jobs
from samvirke.catalogue import reminding


@jobs.sweep("catalogue.remind", every=300)
def remind(now: datetime) -> None:
    """Remind those who answer for services of what is to be confirmed."""
    reminding.remind(now)
