"""A whole municipality's worth of things to find, for the tests."""

import csv
from pathlib import Path

from samvirke.publishing.search import SearchEntry

HERE = Path(__file__).parent


def entries(language: str) -> list[SearchEntry]:
    """All actor kinds, helplines, emergency numbers and pages, named in a language."""
    with (HERE / "entries.csv").open(encoding="utf-8", newline="") as file:
        return [
            SearchEntry(
                id=row["key"],
                title=row[language],
                url=f"/eksempel/tjeneste/{row['key']}/",
                kind=row["kind"],  # type: ignore[arg-type]
                actor=row["key"],
                description=row["description"],
                groups=row["groups"],
                phone=row["phone"],
            )
            for row in csv.DictReader(file)
        ]
