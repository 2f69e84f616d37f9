"""What the tests of incidents share: a leader who reports, and another leader beside."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.utils import timezone

from samvirke.access.permissions import Role
from samvirke.access.scope import Scope, opened, system_scope
from samvirke.accounts.models import Membership
from samvirke.incidents import actions, queries
from samvirke.incidents.actions import Reported
from samvirke.incidents.models import Incident
from tests.cast import HALDEN, OSLO, Player

NOW = timezone.now().replace(microsecond=0)
HOUR = timedelta(hours=1)
TOLD = Reported(
    "fire", NOW - HOUR, "politi", reporter="Jens Politimann", phone="00 00 12 34", place="Sentrum", title="Brann i sentrum",
    what="Brann i et hus.", dead=1, children=2, danger="yes",
)  # fmt: skip


class Night:
    """A night in Halden: what the leader does, and what the database then says."""

    def __init__(self, cast: Mapping[str, Player]) -> None:
        self.cast = cast

    def scope(self, who: str = "team-leader", code: str = HALDEN) -> Scope:
        return self.cast[who].scope(code)

    @property
    def second(self) -> Scope:
        """Another leader in Halden: the administrator has got the role too."""
        return replace(self.scope(), account=self.cast["administrator"].id)

    def report(self, **told: Any) -> UUID:
        done = actions.report(self.scope(), HALDEN, replace(TOLD, **told), now=NOW)
        assert done.incident
        return done.incident

    def active(self, **told: Any) -> UUID:
        found = self.report(**told)
        actions.decide(self.scope(), found, "yes", now=NOW)
        return found

    def row(self, incident: UUID) -> Incident:
        with opened(system_scope("prøve")) as scope:
            return queries.incident(scope, incident)

    def log(self, incident: UUID) -> list[queries.Line]:
        with opened(system_scope("prøve")) as scope:
            return queries.log(scope, incident)


@pytest.fixture
def night(cast: Mapping[str, Player]) -> Night:
    with opened(system_scope("prøve")):
        Membership.objects.create(
            account_id=cast["administrator"].id,
            role=Role.TEAM_LEADER,
            municipality_id=HALDEN,
            since=NOW - 24 * HOUR,
        )
    return Night(cast)


__all__ = ["HALDEN", "HOUR", "NOW", "OSLO", "TOLD", "Night", "night"]
