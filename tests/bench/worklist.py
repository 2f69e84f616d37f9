"""Worklists with a little and with much in the tables: page 1, pages far down, and the leader's board."""

import os
import statistics
import time
from collections.abc import Callable, Iterator
from urllib.parse import parse_qs, urlsplit

import psycopg
from django.db import connection
from django.test.utils import CaptureQueriesContext

from samvirke.access.scope import Scope, opened
from samvirke.followup.lists.board import board
from samvirke.followup.lists.listing import Listed, listed
from tests.bench import crowds
from tests.bench.measure import Figure

FEW, MANY = 10_000, int(os.environ.get("BENCH_STEPS", "1000000"))
HERE, AFFECTED, BOARD = 600, 5000, "3301"
TIMES, DEEP = 25, 8
ASKED = crowds.NOW + crowds.LATER


def figures() -> Iterator[Figure]:
    """Ask for page 1 with 10,000 steps in the table, then with a million; nothing else changes between the two."""
    leader, helper, _event = crowds.here(HERE)
    crowds.elsewhere(FEW)
    _analyze()
    few = {"mine": _page(helper, {}), "team": _page(leader, {"vis": "teamet"})}
    crowds.elsewhere(MANY)
    _analyze()
    many = {"mine": _page(helper, {}), "team": _page(leader, {"vis": "teamet"})}
    for name, before in few.items():
        yield Figure(f"worklist_{name}_few", before * 1000, "ms", f"with {FEW} steps in the table")
        yield Figure(f"worklist_{name}_many", many[name] * 1000, "ms", f"with {MANY}")
        yield Figure(f"worklist_{name}_ratio", many[name] / before, "of the time with few", "at most 1.5")
    yield Figure(
        "worklist_queries", _queries(lambda: listed(helper, {}, ASKED), helper), "queries", "at most 8"
    )
    deep = _page(leader, _far_down(leader))
    yield Figure("worklist_deep_page_ratio", deep / many["team"], "of page 1", "at most 1.5")


def board_figures() -> Iterator[Figure]:
    """Show the leader's board with 5,000 affected."""
    leader, _helper, _event = crowds.here(AFFECTED, BOARD)
    _analyze()
    seconds = _time(leader, lambda: board(leader, BOARD, ASKED))
    yield Figure("board_5000", seconds * 1000, "ms", "at most 300")
    asked = _queries(lambda: board(leader, BOARD, ASKED), leader)
    yield Figure("board_queries", asked, "queries", "at most 12")


def _page(scope: Scope, given: dict[str, str]) -> float:
    return _time(scope, lambda: listed(scope, given, ASKED))


def _time(scope: Scope, ask: Callable[[], object]) -> float:
    taken = []
    for _ in range(TIMES):
        begun = time.perf_counter()
        with opened(scope):
            ask()
        taken.append(time.perf_counter() - begun)
    return statistics.median(taken)


def _queries(ask: Callable[[], object], scope: Scope) -> int:
    with opened(scope), CaptureQueriesContext(connection) as said:
        ask()
    return len(said)


def _far_down(scope: Scope) -> dict[str, str]:
    """Go some pages down by the links that a reader follows; return what the last one asks for."""
    given = {"vis": "teamet"}
    for _ in range(DEEP):
        with opened(scope):
            found: Listed = listed(scope, given, ASKED)
        if not found.further:
            raise RuntimeError("The list is too short for a page far down")
        given = {name: values[0] for name, values in parse_qs(urlsplit(found.further).query).items()}
    return given


def _analyze() -> None:
    """Let the planner know what there is, as autovacuum does in time: the tables are the owner's."""
    with psycopg.connect(os.environ["DATABASE_OWNER_URL"], autocommit=True) as owner:
        owner.execute("VACUUM ANALYZE")
