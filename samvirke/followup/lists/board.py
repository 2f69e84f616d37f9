"""The leader's board: who is late, who waits, how far the team has come. Counts and references; it names nobody affected."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import (
    Aggregate,
    Count,
    DurationField,
    Exists,
    ExpressionWrapper,
    F,
    Min,
    OuterRef,
    Q,
    QuerySet,
)

from samvirke.access.scope import Scope
from samvirke.followup import queries, words
from samvirke.followup.lists import list_words, worklists
from samvirke.followup.lists.queries import at_once
from samvirke.followup.lists.staff import workers
from samvirke.followup.models import Attempt, Closing, Followup, Journalled, Step, Tip
from samvirke.followup.rules.closing import Ending
from samvirke.followup.rules.counting import hidden, part_may_be_told
from samvirke.followup.rules.lists import reference
from samvirke.followup.rules.outcomes import Outcome
from samvirke.followup.rules.people import Part
from samvirke.followup.rules.plan import Owner
from samvirke.followup.rules.staffing import Worker
from samvirke.incidents.queries import newest

DECISIONS = 50
HOUR = timedelta(hours=1)
BINS = (("day", 0, 24), ("two-days", 24, 48), ("three-days", 48, 72), ("later", 72, None))


class Percentile(Aggregate):
    """PostgreSQL's percentile_cont over a duration."""

    function = "PERCENTILE_CONT"
    template = "%(function)s(%(share)s) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = DurationField()


@dataclass(frozen=True)
class Bar:
    """One bar of a chart: its words, its count, and its length of at most a hundred."""

    name: object
    count: int
    length: int
    y: int


@dataclass(frozen=True)
class Reached:
    """How many of a group are reached. None: so few that it is not told."""

    name: object
    size: int | None
    reached: int | None
    within: int | None


@dataclass(frozen=True)
class Decision:
    """Something that waits for the leader. Whom it is about is opened on the next screen."""

    followup: UUID
    reference: str
    name: object
    reason: object
    by: str
    late: bool


@dataclass(frozen=True)
class Board:
    """All of the leader's board."""

    incidents: Sequence[Mapping[str, Any]]
    chosen: UUID | None
    exercise: bool
    total: Mapping[str, Any]
    counts: Mapping[str, int]
    longest: str
    median: float | None
    p90: float | None
    bars: Sequence[Bar]
    parts: Sequence[Reached]
    offers: Mapping[str, int]
    refusals: int
    staff: Sequence[Worker]
    decisions: Sequence[Decision]


def board(scope: Scope, municipality: str, now: datetime, chosen: UUID | None = None) -> Board:
    """Return the board of all incidents, or of one. Exercises count only by themselves. Nine queries."""
    incidents = list(newest(scope).values("id", "reference", "title", "exercise")[:100])
    known = {one["id"]: one for one in incidents}
    chosen = chosen if chosen in known else None
    only_drills = all(one["exercise"] for one in incidents)
    which: dict[str, Any] = (
        {"incident": chosen} if chosen else {} if only_drills else {"incident__exercise": False}
    )
    rows = Followup.objects.visible_to(scope).filter(municipality=municipality, **which)
    persons = rows.exclude(_merged(scope))
    total = persons.aggregate(**_figures(scope, now))
    on_steps = {f"followup__{name}": value for name, value in which.items()}
    steps = Step.objects.visible_to(scope).filter(municipality=municipality, **on_steps)
    counts = _counts(scope, rows, municipality, now)
    return Board(
        incidents=incidents,
        chosen=chosen,
        exercise=bool(incidents) and (only_drills if not chosen else known[chosen]["exercise"]),
        total=total,
        counts=counts,
        longest=list_words.waited(total["longest"], now) if total["longest"] else "",
        median=_hours(total["median"]),
        p90=_hours(total["p90"]),
        bars=_bars(total),
        parts=_parts(persons, total["known"]),
        offers=_offers(steps, now),
        refusals=counts["refusals"],
        staff=sorted(
            workers(scope, municipality, now), key=lambda one: (-one.overdue, -one.people, one.name)
        ),
        decisions=_decisions(scope, steps, now),
    )


def _merged(scope: Scope) -> Exists:
    """Say of a follow-up whether it ended because the person stands on the list under another registration."""
    ended = Closing.objects.visible_to(scope).filter(id=OuterRef("closing_id"))
    return Exists(ended.filter(ending=Ending.SAME_PERSON.value))


def _figures(scope: Scope, now: datetime) -> dict[str, Any]:
    """Return what is counted in one pass over the follow-ups."""
    live, two_days = Q(live=True), F("known_at") + timedelta(hours=48)
    reached = Q(first_reached_at__isnull=False)
    took = ExpressionWrapper(F("first_reached_at") - F("known_at"), DurationField())
    spans = {
        f"bin_{name}": Count(
            "id",
            filter=reached
            & Q(first_reached_at__gte=F("known_at") + low * HOUR)
            & (Q(first_reached_at__lt=F("known_at") + high * HOUR) if high else Q()),
        )
        for name, low, high in BINS
    }
    return {
        "known": Count("id"),
        "active": Count("id", filter=live),
        "reached": Count("id", filter=reached),
        "not_yet": Count("id", filter=live & ~reached & Q(stopped=False, waits_for_message=False)),
        "due_48": Count("id", filter=reached | Q(known_at__lte=now - 48 * HOUR)),
        "within_48": Count("id", filter=Q(first_reached_at__lte=two_days)),
        "late": Count("id", filter=live & worklists.late(scope, now)),
        "queued": Count("id", filter=live & Q(queued_since__isnull=False)),
        "longest": Min("queued_since", filter=live),
        "message": Count("id", filter=live & Q(waits_for_message=True)),
        "closed": Count("id", filter=Q(state="closed")),
        "median": Percentile(took, share="0.5", filter=reached),
        "p90": Percentile(took, share="0.9", filter=reached),
        **spans,
    }


def _counts(
    scope: Scope, rows: QuerySet[Followup, Followup], municipality: str, now: datetime
) -> dict[str, int]:
    """Return what is counted in other tables; one query."""
    who = worklists.Who(scope, (), now)
    live = rows.filter(live=True)
    here = {"municipality": municipality}
    return at_once(
        {
            "not_journalled": Journalled.objects.visible_to(scope).filter(on__isnull=True, **here),
            "tips": Tip.objects.visible_to(scope).filter(handled_at__isnull=True, **here),
            "uncovered": worklists.uncovered(live, who),
            "refusals": Attempt.objects.visible_to(scope).filter(
                outcome=Outcome.NO_THANKS.value, followup__in=rows.values("id"), **here
            ),
        },
        {},
        worklists.MOST,
    )


def _offers(steps: QuerySet[Step, Step], now: datetime) -> dict[str, int]:
    """Return how many renewed offers were made on time, late, are late now, and lie ahead."""
    done = Q(state="done")
    return steps.filter(code__startswith="offer-").aggregate(
        on_time=Count("id", filter=done & Q(settled_at__lte=F("closes"))),
        made_late=Count("id", filter=done & Q(settled_at__gt=F("closes"))),
        late=Count("id", filter=Q(state="open", closes__lt=now)),
        ahead=Count("id", filter=Q(state="open", closes__gte=now)),
    )


def _decisions(scope: Scope, steps: QuerySet[Step, Step], now: datetime) -> list[Decision]:
    mine = queries.followups(scope).filter(live=True).values("id")
    found = steps.filter(state="open", owner=Owner.LEADER.value, followup__in=mine).order_by("closes", "id")
    return [
        Decision(
            row.followup_id, reference(row.followup_id), words.step_name(row.code), words.reason(row.reason),
            list_words.moment(row.closes, now), row.closes < now,
        )
        for row in found[:DECISIONS]
    ]  # fmt: skip


def _parts(rows: QuerySet[Followup, Followup], everybody: int) -> list[Reached]:
    """Return the reach by the letter's groups; small groups are not told, nor what they could be reckoned from."""
    two_days = F("known_at") + timedelta(hours=48)
    found = list(
        rows.values("part").annotate(
            size=Count("id"),
            reached=Count("id", filter=Q(first_reached_at__isnull=False)),
            within=Count("id", filter=Q(first_reached_at__lte=two_days)),
        )
    )
    kept = hidden({row["part"]: row["size"] for row in found})
    order = {part.value: number for number, part in enumerate(Part)}
    return [
        Reached(
            words.PARTS[Part(row["part"])],
            None if row["part"] in kept else row["size"],
            *(
                row[name] if row["part"] not in kept and part_may_be_told(row[name], row["size"]) else None
                for name in ("reached", "within")
            ),
        )
        for row in sorted(found, key=lambda row: order[row["part"]])
        if everybody
    ]


def _bars(total: Mapping[str, Any]) -> list[Bar]:
    sizes = [(list_words.BINS[name], total[f"bin_{name}"]) for name, _low, _high in BINS]
    sizes.append((list_words.BINS["not-yet"], total["not_yet"]))
    most = max((size for _, size in sizes), default=0)
    return [
        Bar(name, size, round(100 * size / most) if most else 0, 28 * number)
        for number, (name, size) in enumerate(sizes)
    ]


def _hours(took: timedelta | None) -> float | None:
    return round(took / HOUR, 1) if took is not None else None
