"""The figures of a course: how soon, how many, how faithfully. Percentages are shares from 0 to 1."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from statistics import median, quantiles
from typing import Any

from django.db import connection

FIRST = """
SELECT extract(epoch FROM first_reached_at - known_at) / 3600 FROM followup_followup
WHERE first_reached_at IS NOT NULL
"""
WITHIN = """
SELECT avg((first_reached_at IS NOT NULL AND first_reached_at - known_at <= interval '48 hours')::int)
FROM followup_followup WHERE NOT stopped AND NOT waits_for_message
"""
NAMED = "SELECT avg((contact_id IS NOT NULL)::int) FROM followup_followup WHERE state = 'active'"
AFTER_NO = """
SELECT avg((EXISTS (SELECT FROM followup_attempt a WHERE a.step_id = s.id AND a.at <= s.closes))::int)
FROM followup_step s JOIN followup_followup f ON f.id = s.followup_id
WHERE s.code LIKE 'offer-%%' AND s.closes < %s AND f.state = 'active'
AND NOT (s.state = 'cancelled' AND s.settled_at <= s.closes)
"""
PERSONS = "SELECT count(*) FROM followup_person"


def figures(now: datetime) -> Mapping[str, object]:
    """Return the figures of PRODUCT § 6, inside a scope that sees everything. Null: parts that are not built."""
    hours = [float(row[0]) for row in _rows(FIRST)]
    return {
        "persons": _rows(PERSONS)[0][0],
        "hours_to_first_contact": {
            "median": round(median(hours), 1) if hours else None,
            "p90": round(quantiles(hours, n=10)[-1], 1) if len(hours) > 1 else None,
        },
        "within_48h": _share(WITHIN),
        "named_contact": _share(NAMED),
        "recontacted_after_no_on_time": _share(AFTER_NO, [now]),
        "transfers_accepted": None,
        "referrals_lost": None,
    }


def _share(statement: str, values: Sequence[datetime] = ()) -> float | None:
    found = _rows(statement, values)[0][0]
    return None if found is None else round(float(found), 4)


def _rows(statement: str, values: Sequence[datetime] = ()) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, list(values) or None)
        return list(cursor.fetchall())
