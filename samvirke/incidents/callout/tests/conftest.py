"""What the call-out tests share: Halden's team, an incident, and what was sent to whom."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from samvirke.access.scope import Scope, opened, system_scope
from samvirke.incidents.callout import actions, links, queries
from samvirke.incidents.callout.actions import Facts, Order
from samvirke.incidents.callout.contact import Contact
from samvirke.incidents.callout.rules import Function
from samvirke.incidents.models import Call, Callout, Incident, TeamMember
from samvirke.messaging.models import Message
from tests.cast import HALDEN, OSLO, Player

NOW = datetime(2026, 11, 20, 21, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
PEOPLE = {
    "leder": (Function.LEADER, "Tuva Ødegård", "00 00 11 01"),
    "nestleder": (Function.DEPUTY_LEADER, "Brage Lunde", "00 00 11 02"),
    "lege": (Function.DOCTOR, "Yngvild Sæther", "00 00 11 03"),
    "lege2": (Function.DOCTOR, "Olav Kvam", "00 00 11 04"),
    "prest": (Function.PRIEST, "Sunniva Aasen", "00 00 11 05"),
    "legevakt": (Function.LEGEVAKT, "Legevakten i Halden", "00 00 11 06"),
    "ledelse": (Function.CRISIS_LEADERSHIP, "Kommunedirektør Finn Ek", "00 00 11 07"),
}


@dataclass
class Team:
    """Halden's team at work."""

    people: Mapping[str, Player]
    incident: UUID
    ids: dict[str, UUID] = field(default_factory=dict)

    @property
    def leader(self) -> Scope:
        return self.people["team-leader"].scope(HALDEN)

    @property
    def neighbour(self) -> Scope:
        return self.people["team-leader@oslo"].scope(OSLO)

    def add(self, key: str, **more: Any) -> UUID:
        function, name, phone = PEOPLE[key]
        known = Contact(name, (phone,), more.pop("email", f"{key}@example.no"))
        position = more.pop("position", 2 if key.endswith("2") else 1)
        facts = Facts(function, known, position=position, **more)
        done = actions.add(self.leader, HALDEN, facts, now=NOW - timedelta(days=30))
        self.ids[key] = UUID(str(done.target))
        return self.ids[key]

    def everybody(self) -> "Team":
        for key in PEOPLE:
            self.add(key)
        return self

    def begin(
        self, *functions: Function, incident: UUID | str | None = "", now: datetime = NOW, **more: Any
    ) -> UUID:
        about = self.incident if incident == "" else incident
        order = Order(about, frozenset(functions), **more)  # type: ignore[arg-type]
        return UUID(str(actions.begin(self.leader, HALDEN, order, now=now).target))

    def row(self, callout: UUID) -> Callout:
        with opened(system_scope("prøve")) as scope:
            return Callout.objects.visible_to(scope).get(id=callout)

    def calls(self, callout: UUID) -> dict[str, Call]:
        """Return the calls by the keys of who was called."""
        names = {id_: key for key, id_ in self.ids.items()}
        with opened(system_scope("prøve")) as scope:
            return {names[one.member_id]: one for one in queries.calls(scope, callout)}

    def member(self, key: str) -> TeamMember:
        with opened(system_scope("prøve")) as scope:
            return TeamMember.objects.visible_to(scope).get(id=self.ids[key])

    def link(self, callout: UUID, key: str) -> str:
        return f"/arbeid/svar/{links.token(links.CALL, self.calls(callout)[key].id)}/"

    def sent(self, template: str = "incidents.call") -> list[tuple[str, str]]:
        """Return what was written to whom: key and channel."""
        names = {str(id_): key for key, id_ in self.ids.items()}
        with opened(system_scope("prøve")) as scope:
            rows = (
                Message.objects.visible_to(scope).filter(template=template).order_by("created_at", "channel")
            )
            return [(names[row.recipient_id], row.channel) for row in rows]

    def happen(self, **values: Any) -> UUID:
        told: dict[str, Any] = {
            "id": uuid4(), "municipality_id": HALDEN, "reference": f"3101-{uuid4().hex[:8]}", "kind": "fire",
            "title": "Brann i et bygg", "happened_at": NOW - timedelta(hours=1), "state": "active", "reported_at": NOW,
        }  # fmt: skip
        row = Incident(**{**told, **values})
        with opened(system_scope("prøve")):
            row.save(force_insert=True)
        return row.id


def team(people: Mapping[str, Player]) -> Team:
    found = Team(people, uuid4())
    found.incident = found.happen()
    return found


@pytest.fixture
def small(cast: Mapping[str, Player]) -> Team:
    """Halden with an incident and nobody in the register."""
    return team(cast)


@pytest.fixture
def crew(small: Team) -> Team:
    """Halden with an incident and everybody in the register."""
    return small.everybody()
