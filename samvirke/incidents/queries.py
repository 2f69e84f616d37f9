"""What can be asked about incidents. Those who take part and named guests see it too: the database's policy decides."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from django.db import connection
from django.db.models import Case, IntegerField, Max, Model, QuerySet, Value, When

from samvirke.access import keys
from samvirke.access.log import note_read
from samvirke.access.scope import NotYours, Scope, require_opened
from samvirke.access.tenancy import TenantQuerySet
from samvirke.incidents import rules, seals
from samvirke.incidents.models import (
    CalendarKey,
    Callout,
    Decision,
    Entry,
    Guest,
    Incident,
    Informed,
    Lesson,
    Meeting,
    Numbering,
    Participation,
    Report,
    Takeover,
    Threat,
)
from samvirke.incidents.seals import Words

Row = TypeVar("Row", bound=Model)
REPORTER, THREAT = "incidents.reporter", "incidents.threat"
FIRST = ("active", "reported", "refused", "closed")


def _shared(scope: Scope, model: type[Row]) -> QuerySet[Row, Row]:
    require_opened(scope)
    rows: TenantQuerySet[Row] = model.objects  # type: ignore[attr-defined]
    return rows.across_tenants(why="those who take part see it too: the database's policy decides")


def incidents(scope: Scope) -> list[Incident]:
    """Return the incidents that the asking person works with, the active first, then the newest."""
    order = Case(
        *[When(state=state, then=Value(rank)) for rank, state in enumerate(FIRST)],
        output_field=IntegerField(),
    )
    return list(_shared(scope, Incident).order_by(order, "-happened_at", "id"))


def newest(scope: Scope) -> QuerySet[Incident, Incident]:
    """Return the incidents that the scope's municipality leads or takes part in, the newest first."""
    return _shared(scope, Incident).order_by("-happened_at", "id")


def incident(scope: Scope, incident_id: UUID) -> Incident:
    """Return an incident that the scope's municipality leads or takes part in. Raises NotYours."""
    row = _shared(scope, Incident).filter(id=incident_id).first()
    if row is None:
        raise NotYours(incident_id)
    return row


def held(scope: Scope, incident_id: UUID) -> Incident:
    """Return an incident that nobody closes, decides on or erases before this transaction ends. Raises NotYours.

    Whoever is about to do so is waited for, and what they did is what is returned. Taken before any person
    or follow-up is locked, and always in that order.
    """
    require_opened(scope)
    with connection.cursor() as cursor:
        cursor.execute("SELECT samvirke_hold_incident(%s)", [incident_id])
    return incident(scope, incident_id)


def led(scope: Scope, incident_id: UUID) -> Incident:
    """Return an incident that the scope's municipality leads, locked. Raises NotYours."""
    row = Incident.objects.visible_to(scope).select_for_update().filter(id=incident_id).first()
    if row is None:
        raise NotYours(incident_id)
    return row


def report(scope: Scope, incident_id: UUID) -> Report | None:
    """Return the report, None for an incident that was made without one."""
    return _shared(scope, Report).filter(incident=incident_id).first()


def reporter(scope: Scope, incident_id: UUID, now: datetime) -> Words:
    """Return who reported, and note who has looked. Opens only where it was reported: else NotYours."""
    row = report(scope, incident_id)
    if row is None:
        raise NotYours(incident_id)
    key = keys.municipality_key(scope, row.municipality_id, now)
    note_read(scope, row.municipality_id, REPORTER, [incident_id], why="reporter", now=now)
    return seals.read_under(key, "report", incident_id, bytes(row.sealed))


@dataclass(frozen=True)
class Decided:
    """A decision with its words."""

    row: Decision
    reason: str
    offered: str


def decisions(scope: Scope, incident_id: UUID) -> list[Decided]:
    """Return all decisions on an incident, the newest first."""
    rows = _shared(scope, Decision).filter(incident=incident_id).order_by("-at", "-id")
    told = [(row, seals.read(incident_id, "decision", row.id, bytes(row.sealed))) for row in rows]
    return [Decided(row, words["reason"], words["offered"]) for row, words in told]


def decision(scope: Scope, decision_id: UUID) -> Decision:
    """Return one decision. Raises NotYours."""
    row = _shared(scope, Decision).filter(id=decision_id).first()
    if row is None:
        raise NotYours(decision_id)
    return row


def has_second(scope: Scope, decision_id: UUID) -> bool:
    """Say whether another leader has looked at a decision already."""
    return _shared(scope, Decision).filter(second_of=decision_id).exists()


@dataclass(frozen=True)
class Line:
    """An entry of the log with its words, and what later entries say about it."""

    row: Entry
    text: str
    owner: str
    corrected_by: int | None
    done_by: int | None
    about: int | None

    def is_late(self, now: datetime) -> bool:
        """Say whether it is a task that should have been done."""
        return self.row.deadline is not None and self.done_by is None and self.row.deadline < now


def log(scope: Scope, incident_id: UUID) -> list[Line]:
    """Return the whole log, the newest first; one query."""
    rows = list(_shared(scope, Entry).filter(incident=incident_id).order_by("-number"))
    numbers = {row.id: row.number for row in rows}
    later = {
        kind: {row.about_id: row.number for row in reversed(rows) if row.kind == kind}
        for kind in rules.POINTING
    }
    found = []
    for row in rows:
        words = seals.read(incident_id, "entry", row.id, bytes(row.sealed))
        found.append(
            Line(
                row, words["text"], words.get("owner", ""), later["correction"].get(row.id),
                later["done"].get(row.id), numbers.get(row.about_id) if row.about_id else None,
            )
        )  # fmt: skip
    return found


def entry(scope: Scope, entry_id: UUID) -> Entry:
    """Return one entry. Raises NotYours."""
    row = _shared(scope, Entry).filter(id=entry_id).first()
    if row is None:
        raise NotYours(entry_id)
    return row


def open_tasks(scope: Scope, incident_id: UUID) -> list[Entry]:
    """Return the tasks that nobody has said are done, the first deadline first."""
    done = _shared(scope, Entry).filter(incident=incident_id, kind="done").values("about")
    rows = _shared(scope, Entry).filter(incident=incident_id, kind="task").exclude(id__in=done)
    return list(rows.order_by("deadline", "number"))


def next_entry(scope: Scope, incident_id: UUID) -> int:
    """Return the number of the next entry, and keep others out of the log until the transaction ends."""
    require_opened(scope)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"incident log {incident_id}"]
        )
    last = _shared(scope, Entry).filter(incident=incident_id).aggregate(last=Max("number"))["last"]
    return (last or 0) + 1


def next_reference(scope: Scope, municipality: str, year: int, *, exercise: bool) -> str:
    """Return the next reference of a municipality's year, and keep others from counting until the transaction ends.

    A transaction that fails gives its number back, so that there are no gaps.
    """
    which = {"municipality_id": municipality, "year": year, "exercise": exercise}
    Numbering.objects.bulk_create([Numbering(**which)], ignore_conflicts=True)
    row = Numbering.objects.visible_to(scope).select_for_update().get(**which)
    if row.last == 0:
        start = rules.reference(municipality, year, 0, exercise=exercise)[:-2]
        there = Incident.objects.visible_to(scope).filter(reference__regex=rf"^{start}\d+$")
        row.last = max([rules.number_in(one) for one in there.values_list("reference", flat=True)], default=0)
    row.last += 1
    row.save(update_fields=["last"])
    return rules.reference(municipality, year, row.last, exercise=exercise)


def callout_of(scope: Scope, incident_id: UUID) -> UUID | None:
    """Return the newest alert to one's own team for an incident, if it has been called out."""
    rows = Callout.objects.visible_to(scope).filter(incident=incident_id).order_by("-begun_at")
    return rows.values_list("id", flat=True).first()


@dataclass(frozen=True)
class Assessed:
    """One of the police's assessments, opened for a leader."""

    row: Threat
    text: str
    source: str
    expired: bool


def threats(scope: Scope, incident_id: UUID, now: datetime) -> list[Assessed]:
    """Return the police's assessments, the newest first, and note who has read them."""
    rows = list(_shared(scope, Threat).filter(incident=incident_id).order_by("-at", "-id"))
    note_read(scope, scope.municipality, THREAT, [row.id for row in rows], why="threat", now=now)
    told = [(row, seals.read(incident_id, "threat", row.id, bytes(row.sealed))) for row in rows]
    return [Assessed(row, words["text"], words["source"], row.valid_until <= now) for row, words in told]


def newest_threat(scope: Scope, incident_id: UUID) -> Threat | None:
    """Return the newest assessment, sealed: whether there is one, and until when it counts."""
    return _shared(scope, Threat).filter(incident=incident_id).order_by("-at", "-id").first()


def informed(scope: Scope, incident_id: UUID) -> dict[str, tuple[Informed, str]]:
    """Return for each actor the newest word on whether they were told, with whom one spoke."""
    rows = _shared(scope, Informed).filter(incident=incident_id).order_by("at", "id")
    return {
        row.actor: (row, seals.read(incident_id, "informed", row.id, bytes(row.sealed))["whom"])
        for row in rows
    }


def participants(scope: Scope, incident_id: UUID) -> list[Participation]:
    """Return the municipalities that take part or have taken part, with their names."""
    rows = _shared(scope, Participation).filter(incident=incident_id)
    return list(rows.select_related("municipality").order_by("until", "since"))


def guests(scope: Scope, incident_id: UUID, now: datetime) -> list[Guest]:
    """Return the guests who may work on the incident just now."""
    rows = _shared(scope, Guest).filter(incident=incident_id, until__gt=now)
    return list(rows.select_related("home").order_by("until"))


def offer(scope: Scope, incident_id: UUID) -> Takeover | None:
    """Return the offer to take over the lead that waits for an answer."""
    rows = _shared(scope, Takeover).filter(incident=incident_id, accepted__isnull=True)
    return rows.select_related("to", "municipality").first()


def offered_to(scope: Scope, municipality: str) -> set[UUID]:
    """Return the incidents whose lead a municipality is asked to take over."""
    rows = _shared(scope, Takeover).filter(to=municipality, accepted__isnull=True)
    return set(rows.values_list("incident", flat=True))


def take_over(offer_id: UUID, account: UUID | None, now: datetime) -> bool:
    """Move the lead to the municipality that was asked; False when there is nothing to accept any more."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT samvirke_take_over(%s, %s, %s)", [offer_id, account, now])
        return bool(cursor.fetchone()[0])


def erase_exercise(incident_id: UUID) -> bool:
    """Delete a drill of the scope's municipality with all that points at it; False when it is none."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT samvirke_erase_exercise(%s)", [incident_id])
        return bool(cursor.fetchone()[0])


def meetings(scope: Scope, incident_id: UUID) -> list[Meeting]:
    """Return the meetings of an incident, the next first."""
    return list(_shared(scope, Meeting).filter(incident=incident_id).order_by("starts", "id"))


def meetings_of(scope: Scope, since: datetime) -> list[Meeting]:
    """Return the meetings of all incidents that the scope works with, from a moment on; for the calendar feed."""
    rows = _shared(scope, Meeting).filter(ends__gte=since).select_related("incident")
    return list(rows.order_by("starts", "id"))


def meeting(scope: Scope, meeting_id: UUID) -> Meeting:
    """Return one meeting of the scope's own, locked. Raises NotYours."""
    row = Meeting.objects.visible_to(scope).select_for_update().filter(id=meeting_id).first()
    if row is None:
        raise NotYours(meeting_id)
    return row


def calendar_key(scope: Scope, municipality: str, account: UUID) -> CalendarKey | None:
    """Return somebody's calendar key in a municipality, if they have one."""
    return CalendarKey.objects.visible_to(scope).filter(municipality=municipality, account=account).first()


def calendar_of(scope: Scope, digest: bytes) -> CalendarKey | None:
    """Return whose calendar an address is; asked with the system's scope, before anybody is known."""
    return CalendarKey.objects.visible_to(scope).filter(digest=digest).first()


@dataclass(frozen=True)
class Learned:
    """An answer of the evaluation with its words."""

    row: Lesson
    text: str
    to_do: str
    owner: str


def lessons(scope: Scope, incident_id: UUID) -> list[Learned]:
    """Return what has been learned, in the order it was written."""
    rows = _shared(scope, Lesson).filter(incident=incident_id).order_by("at", "id")
    told = [(row, seals.read(incident_id, "lesson", row.id, bytes(row.sealed))) for row in rows]
    return [Learned(row, words["text"], words["to_do"], words["owner"]) for row, words in told]


def lesson(scope: Scope, lesson_id: UUID) -> Lesson:
    """Return one answer of the scope's own municipality. Raises NotYours."""
    row = Lesson.objects.visible_to(scope).filter(id=lesson_id).first()
    if row is None:
        raise NotYours(lesson_id)
    return row


def in_exercise(scope: Scope, ids: Sequence[UUID]) -> bool:
    """Say whether one of these ids is a drill, or a row that stands in one. Asked before a message is written."""
    require_opened(scope)
    if not ids:
        return False
    with connection.cursor() as cursor:
        cursor.execute("SELECT samvirke_in_exercise(%s)", [list(ids)])
        return bool(cursor.fetchone()[0])
