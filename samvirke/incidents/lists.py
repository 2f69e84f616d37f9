"""Lists of one incident as they are shown: decisions, the log, the checklist, who works on it, the evaluation."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils import translation

from samvirke.access.permissions import Need
from samvirke.access.scope import Scope
from samvirke.accounts.queries import people, place_names
from samvirke.incidents import queries, rules, words
from samvirke.incidents.models import Guest, Incident, Informed, Participation, Takeover
from samvirke.incidents.rules import State
from samvirke.kit.hours import OSLO
from samvirke.reference.queries import actors

MINUTE = timedelta(minutes=1)


def names(accounts: Collection[UUID | None]) -> Mapping[UUID | None, str]:
    """Return what accounts are called; the system itself is "Samvirke"."""
    known = people({one for one in accounts if one})
    return {None: "Samvirke"} | {id_: person.name for id_, person in known.items()}


@dataclass(frozen=True)
class Said:
    """A decision as it is shown."""

    row: Any
    answer: str
    criteria: list[str]
    reason: str
    offered: str
    by: str
    second: bool


def said(scope: Scope, incident_id: UUID) -> list[Said]:
    """Return the decisions on an incident as they are shown, the newest first."""
    found = queries.decisions(scope, incident_id)
    who = names([one.row.by for one in found])
    return [
        Said(
            one.row,
            str(words.ANSWERED[one.row.answer]),
            [str(words.CRITERIA[key]) for key in one.row.criteria if key in words.CRITERIA],
            one.reason,
            one.offered,
            who.get(one.row.by, ""),
            one.row.second_of_id is not None,
        )
        for one in found
    ]


@dataclass(frozen=True)
class Logged:
    """An entry as it is shown."""

    line: queries.Line
    kind: str
    by: str
    place: str
    late: bool
    is_open: bool
    written_later: bool


def log(scope: Scope, incident_id: UUID, now: datetime) -> list[Logged]:
    """Return the log as it is shown, the newest first."""
    lines = queries.log(scope, incident_id)
    who = names([one.row.by for one in lines])
    where = place_names({one.row.municipality_id for one in lines})
    return [
        Logged(
            one,
            str(words.ENTRIES[one.row.kind]),
            who.get(one.row.by, ""),
            where.get(one.row.municipality_id, ""),
            one.is_late(now),
            one.row.kind == "task" and one.done_by is None,
            one.row.at - one.row.happened_at >= MINUTE,
        )
        for one in lines
    ]


@dataclass(frozen=True)
class Actor:
    """One line of the checklist."""

    key: str
    name: str
    row: Informed | None = None
    how: str = ""
    whom: str = ""
    by: str = ""


def actor_name(key: str) -> str:
    """Return what a kind of actor is called; the key itself when there is none of the kind."""
    return _actor_names().get(key, key)


def _actor_names() -> dict[str, str]:
    language = translation.get_language() or "nb"
    own = {key: str(name) for key, name in words.OWN_LEADERS.items()}
    return own | {one.key: one.name.get(language) or one.name["nb"] for one in actors()}


def checklist(scope: Scope, incident_id: UUID) -> tuple[list[Actor], list[Actor], list[Actor]]:
    """Return whom to tell and who has not been, who has been told, and the other kinds of the guideline."""
    report = queries.report(scope, incident_id)
    numbers = (report.dead, report.injured, report.missing) if report else (None, None, None)
    wanted = [one.key for one in rules.to_inform(numbers, report.children if report else None)]
    known, told = _actor_names(), queries.informed(scope, incident_id)
    who = names([row.by for row, _ in told.values()])
    newest_first = sorted(told.items(), key=lambda one: one[1][0].at, reverse=True)
    done = [
        Actor(key, known.get(key, key), row, str(words.HOW[row.how]), whom, who.get(row.by, ""))
        for key, (row, whom) in newest_first
    ]
    lacking = [Actor(key, known[key]) for key in wanted if key in known and key not in told]
    rest = [Actor(key, name) for key, name in known.items() if key not in told and key not in wanted]
    return lacking, done, rest


@dataclass(frozen=True)
class Cooperation:
    """Who works on an incident."""

    lead: str
    leads: bool
    can_answer: bool
    may_offer: bool
    offer: Takeover | None
    parts: list[tuple[Participation, str]]
    past: list[Participation]
    guests: list[tuple[Guest, str]]


def cooperation(scope: Scope, event: Incident, here: str, now: datetime) -> Cooperation:
    """Return who leads, who takes part, and which guests there are."""
    leads = event.municipality_id == here and scope.may(Need.INCIDENT_LEAD)
    offer, parts = queries.offer(scope, event.id), queries.participants(scope, event.id)
    guests = queries.guests(scope, event.id, now)
    who = names([one.account for one in guests])
    return Cooperation(
        place_names([event.municipality_id]).get(event.municipality_id, ""),
        leads,
        bool(offer and offer.to_id == here and scope.may(Need.INCIDENT_LEAD)),
        leads and offer is None and event.state == State.ACTIVE,
        offer,
        [(one, str(words.PARTS[one.part])) for one in parts if one.until is None],
        [one for one in parts if one.until is not None],
        [(one, who.get(one.account, "")) for one in guests],
    )


@dataclass(frozen=True)
class Learned:
    """An answer of the evaluation as it is shown."""

    one: queries.Learned
    question: str
    by: str
    late: bool


def evaluation(scope: Scope, incident_id: UUID, now: datetime) -> list[Learned]:
    """Return the evaluation as it is shown: what is still to be done first."""
    found = queries.lessons(scope, incident_id)
    who, today = names([one.row.by for one in found]), now.astimezone(OSLO).date()
    lines = [
        Learned(
            one,
            str(words.QUESTIONS[one.row.question]),
            who.get(one.row.by, ""),
            bool(one.row.deadline and one.row.done_at is None and one.row.deadline < today),
        )
        for one in found
    ]
    return sorted(lines, key=lambda one: (one.one.row.deadline is None, one.one.row.done_at is not None))
