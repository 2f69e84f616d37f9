"""Sweeps of follow-up: thin ways in to `actions`."""

from datetime import datetime

from samvirke import jobs
from samvirke.access.scope import opened, system_scope
from samvirke.followup import actions
from samvirke.followup.actions.tips import orphaned_forms


@jobs.sweep("followup.tidy", every=300)
def tidy(now: datetime) -> None:
    """Empty handled messages after 30 days; close public pages whose incident is over."""
    scope = system_scope("followup.tidy")
    with opened(scope):
        actions.erase_old(scope, now)
        orphans = orphaned_forms(scope)
    for municipality in orphans:
        actions.close_form(scope, municipality, now=now)
