"""Jobs and sweeps of publishing: thin ways in to `actions`."""

from datetime import datetime

from django.conf import settings
from django.utils import timezone

from samvirke import jobs
from samvirke.publishing import actions


@jobs.task("publishing.build", together=True)
def build(municipality: str) -> None:
    """Build one municipality's site (or "national") as it is now."""
    actions.refresh(municipality, timezone.now(), settings.PUBLISHED)


@jobs.sweep("publishing.switch", every=0.25)
def switch(now: datetime) -> None:
    """Put in view what was made ahead for a moment that has come. Works while the database is down."""
    actions.switch_due(now, settings.PUBLISHED)


@jobs.sweep("publishing.make", every=1)
def make(now: datetime) -> None:
    """Build what time has made out of date, and what it soon will."""
    actions.make_due(now, settings.PUBLISHED)


@jobs.sweep("publishing.posters", every=1)
def posters(_now: datetime) -> None:
    """Make posters that are missing, a few at a time."""
    actions.make_missing_documents(settings.PUBLISHED)
