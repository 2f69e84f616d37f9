"""Sweeps of incidents: alerts to the crisis team that nobody answers, and phone numbers that nobody has confirmed."""

from datetime import datetime

from samvirke import jobs
from samvirke.incidents.callout import running


@jobs.sweep("incidents.escalate", every=3)
def escalate(now: datetime) -> None:
    """Call the next in the team, and tell others when nobody comes."""
    running.escalate_due(now)


@jobs.sweep("incidents.ask-team", every=3600)
def ask_team(now: datetime) -> None:
    """Ask members of the team whether their numbers are still right."""
    running.ask_due(now)
