"""Importing 5,000 services from one sheet, as the command does it: read, checked, written, read again unchanged."""

import csv
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.utils import timezone

from samvirke.access.scope import system_scope
from samvirke.catalogue import actions
from samvirke.catalogue.queries import has_joined
from tests.bench.measure import PROJECT, Figure

SERVICES = 5000
MUNICIPALITY = "3103"


def figures(folder: Path) -> Iterator[Figure]:
    """Import a sheet of 5,000 services into one municipality, then the same sheet once more."""
    if not has_joined(MUNICIPALITY):
        actions.join_municipality(system_scope("bench", MUNICIPALITY), MUNICIPALITY, now=timezone.now())
    sheet = folder / "services.csv"
    _write(sheet)
    first, seconds = _import(sheet)
    if first["created"] != SERVICES:
        raise RuntimeError(f"Imported {first['created']} of {SERVICES}: {first['rejected'][:3]}")
    yield Figure("import_5000_services", seconds, "s", "at most 10")
    yield Figure("import_5000_again", _import(sheet)[1], "s", "at most 10")


def _write(sheet: Path) -> None:
    with sheet.open("w", encoding="utf-8", newline="") as handle:
        rows = csv.writer(handle)
        rows.writerow(
            ["external_id", "name", "actor", "target_groups", "age_min", "age_max", "description", "access", "phone",
             "phone_hours", "opening_hours", "address", "url", "languages"]
        )  # fmt: skip
        for number in range(SERVICES):
            rows.writerow(
                [f"s-{number}", f"Samtaletilbud {number}", "psykisk-helse-rus", "adults", 18, "", "Samtaler når livet er tungt.",
                 "self", f"{22000000 + number}", "Mo-Fr 09:00-11:00", "Mo-Fr 08:00-15:30; PH off",
                 f"Storgata {number}, 0150 Oslo", "https://www.example.no", "nb"]
            )  # fmt: skip


def _import(sheet: Path) -> tuple[dict[str, Any], float]:
    start = time.perf_counter()
    result = subprocess.run(
        [sys.executable, "-c", "from samvirke.config.cli import main; main()", "import-services", str(sheet),
         "--municipality", MUNICIPALITY, "--json"],
        cwd=PROJECT, env=os.environ, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if result.returncode:
        raise RuntimeError(result.stderr or result.stdout[:500])
    return json.loads(result.stdout), time.perf_counter() - start
