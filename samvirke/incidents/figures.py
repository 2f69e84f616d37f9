"""How often the team was asked, and how often the answer was no: per year, without drills."""

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import ExtractYear

from samvirke.access.scope import Scope
from samvirke.incidents.models import Decision, Incident


@dataclass(frozen=True)
class Year:
    """One year's figures. `refused`: the team did not begin, also when it did later. `second`: of those, looked at twice."""

    year: int
    reported: int
    activated: int
    refused: int
    second: int


def years(scope: Scope) -> list[Year]:
    """Return a municipality's figures per year of the report, the newest first."""
    rows = list(
        Incident.objects.visible_to(scope)
        .filter(exercise=False)
        .annotate(year=ExtractYear("reported_at"))
        .values("year")
        .annotate(reported=Count("id"), activated=Count("id", filter=Q(state__in=("active", "closed"))))
        .order_by("-year")
    )
    said_no = Decision.objects.visible_to(scope).filter(
        answer="no", second_of__isnull=True, incident__exercise=False
    )
    refused = _by_year(said_no)
    second = _by_year(
        Decision.objects.visible_to(scope).filter(second_of__isnull=False, incident__exercise=False)
    )
    return [
        Year(
            row["year"],
            row["reported"],
            row["activated"],
            refused.get(row["year"], 0),
            second.get(row["year"], 0),
        )
        for row in rows
    ]


def _by_year(rows: QuerySet[Decision, Decision]) -> dict[int, int]:
    found = (
        rows.annotate(year=ExtractYear("incident__reported_at"))
        .values("year")
        .annotate(times=Count("incident", distinct=True))
    )
    return {row["year"]: row["times"] for row in found}
