"""What the follow-up tests share: an incident, a leader, contact persons, and somebody to register."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from samvirke.access import readiness
from samvirke.access.scope import Scope, opened, system_scope
from samvirke.accounts.queries import memberships
from samvirke.followup import actions, figures
from samvirke.followup.actions.attempts import Tried
from samvirke.followup.actions.registering import Registered
from samvirke.followup.identity import Identity
from samvirke.followup.models import Followup, Step
from samvirke.followup.rules.outcomes import Outcome
from samvirke.followup.rules.people import Part, Protection, Source
from samvirke.incidents.models import Incident
from tests.cast import HALDEN, OSLO, Player

NOW = datetime(2026, 11, 20, 11, 0, tzinfo=UTC)
HAPPENED = NOW - timedelta(hours=5)
DAY = timedelta(days=1)
SOMEBODY = Identity(first="Ida Marie", last="Solbakken", birth="14.03.1991", phones=("00 00 12 34",))


@dataclass
class House:
    """The cast at work after an incident in Halden, or in Oslo."""

    people: dict[str, Player]
    incident: UUID
    code: str = HALDEN

    def player(self, who: str) -> Player:
        return self.people[who if self.code == HALDEN else f"{who}@oslo"]

    def scope(self, who: str, code: str = "") -> Scope:
        return self.people[who].scope(code) if code else self.player(who).scope(self.code)

    @property
    def leader(self) -> Scope:
        return self.scope("team-leader")

    @property
    def contact(self) -> Scope:
        return self.scope("contact-person")

    def member(self, who: str) -> UUID:
        with opened(system_scope("prøve")) as scope:
            return memberships(scope, self.player(who).id)[0]

    def register(self, given: Identity = SOMEBODY, **facts: Any) -> Registered:
        told: dict[str, Any] = {
            "municipality": self.code, "part": Part.INJURED, "source": Source.EPS, "now": NOW, **facts,
        }  # fmt: skip
        return actions.register(self.leader, self.incident, given, **told)

    def assigned(self, given: Identity = SOMEBODY, **facts: Any) -> UUID:
        found = self.register(given, **facts).followup
        assert found
        staff = self.member("contact-person"), self.member("health-professional")
        actions.assign(self.leader, self.code, [found], *staff, now=facts.get("now", NOW))
        if facts.get("protection") is Protection.STRICTLY_CONFIDENTIAL:
            leader = self.player("team-leader").id
            actions.name_access(self.leader, found, leader, "Leder saken", now=NOW)
        for who in ("team-leader", "contact-person", "health-professional"):
            actions.declare(self.scope(who), found, inhabil=False, now=NOW)
        return found

    def attempt(self, followup: UUID, outcome: Outcome, now: datetime, **told: Any) -> Any:
        tried = Tried(told.pop("channel", "phone"), outcome, **told)
        if outcome is Outcome.ACUTE_DANGER:
            tried = replace(tried, done_what="Ringte 113", by_whom="Kari Lunde")
        if outcome is Outcome.NEVER_AGAIN:
            tried = replace(tried, note="Sa at de aldri vil høre fra oss igjen.")
        return actions.record_attempt(self.contact, followup, tried, now=now)

    def row(self, followup: UUID) -> Followup:
        with opened(system_scope("prøve")) as scope:
            return Followup.objects.visible_to(scope).get(id=followup)

    def steps(self, followup: UUID, **wanted: Any) -> list[Step]:
        with opened(system_scope("prøve")) as scope:
            return list(
                Step.objects.visible_to(scope)
                .filter(followup=followup, **wanted)
                .order_by("closes", "aim", "id")
            )


def house(people: Mapping[str, Player], code: str = HALDEN) -> House:
    """Make a municipality ready for persons, and let something happen there."""
    scope = people["administrator" if code == HALDEN else "administrator@oslo"].scope(code)
    for document in ("dpia", "processor-agreement", "legal-basis"):
        readiness.record(scope, code, document, "2026/1", date(2026, 1, 5), now=NOW)
    incident = Incident(
        id=uuid4(), municipality_id=code, reference=f"{code}-2026-01", kind="shooting", title="Hendelse i sentrum",
        happened_at=HAPPENED, state="active", reported_at=NOW,
    )  # fmt: skip
    with opened(system_scope("prøve")):
        incident.save(force_insert=True)
    return House(dict(people), incident.id, code)


def promise() -> list[dict[str, str]]:
    """Return those whom the promise has lost: nobody, always."""
    with opened(system_scope("prøve")):
        return figures.lost()


@pytest.fixture
def at_work(cast: Mapping[str, Player]) -> House:
    return house(cast)


@pytest.fixture
def drill(at_work: House) -> House:
    """A drill beside what is real."""
    row = Incident(
        id=uuid4(), municipality_id=HALDEN, reference="3101-2026-ov-01", kind="exercise", title="Øvelse",
        happened_at=HAPPENED, state="active", reported_at=NOW, exercise=True,
    )  # fmt: skip
    with opened(system_scope("prøve")):
        row.save(force_insert=True)
    return replace(at_work, incident=row.id)


__all__ = ["DAY", "HALDEN", "NOW", "OSLO", "SOMEBODY", "House", "at_work", "drill", "house", "promise"]
