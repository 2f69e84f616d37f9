"""A whole course with 2,000 affected people over 400 days, as the command does it."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator

from tests.bench.measure import PROJECT, Figure

AFFECTED, DAYS = os.environ.get("BENCH_AFFECTED", "2000"), os.environ.get("BENCH_DAYS", "400")


def figures() -> Iterator[Figure]:
    """Run `samvirke simulate`; a broken promise is a finding, and the figure says how many."""
    result = subprocess.run(
        [sys.executable, "-c", "from samvirke.config.cli import main; main()", "simulate", "--affected", AFFECTED,
         "--days", DAYS, "--json"],
        cwd=PROJECT, env=os.environ, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if result.returncode not in {0, 1}:
        raise RuntimeError(result.stderr or result.stdout[:500])
    told = json.loads(result.stdout)
    yield Figure("simulate_violations", told["violations"], "violations", "0")
    yield Figure("simulate_attempts", told["attempts"], "attempts")
    yield Figure("simulate_recontacted", told["recontacted_after_no_on_time"], "of the offers after a no")
    yield Figure("simulate_seconds", told["seconds"], "s", "at most 600")
