"""Questions of the lists in SQL: many counts at once, and the figures of the leader's board."""

import json
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet


def at_once(
    counts: Mapping[str, QuerySet[Any, Any]], rows: Mapping[str, QuerySet[Any, Any]], most: int
) -> dict[str, Any]:
    """Return how many rows each question finds (counted no further than `most`), and whole rows of short tables.

    One query, however many questions there are: the tabs of a list. The questions are opened querysets; those in
    `rows` name their columns with values().
    """
    parts: list[str] = ["1"]
    params: list[Any] = []
    for name, found in {**counts, **rows}.items():
        asked = found.order_by().values("pk")[:most] if name in counts else found
        try:
            sql, given = asked.query.sql_with_params()
        except EmptyResultSet:  # nobody can be found: filter(id__in=[])
            parts.append("0" if name in counts else "'[]'::jsonb")
            continue
        what = "count(*)" if name in counts else "coalesce(jsonb_agg(to_jsonb(q)), '[]'::jsonb)"
        parts.append(f"(SELECT {what} FROM ({sql}) q)")  # noqa: S608
        params += given
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(parts)}", params)
        answers = cursor.fetchone()[1:]
    return {
        name: json.loads(value) if isinstance(value, str) else value
        for name, value in zip([*counts, *rows], answers, strict=True)
    }
