"""Importing 10,000 affected people, some of whom are registered already under a name, date or phone that is a little wrong.

How the people are invented, with families, twins and namesakes, stands in samvirke/followup/tests/crowd_on_paper.py.
The file is read before the clock starts.
"""

import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random
from uuid import UUID

from django.db import connection

from samvirke.access.permissions import Role
from samvirke.access.scope import Scope
from samvirke.followup import actions
from samvirke.followup.actions.importing import Imported
from samvirke.followup.identity import Identity
from samvirke.followup.importing.reading import Sheet
from samvirke.followup.newcomer import Newcomer
from samvirke.followup.rules.people import Part, Source
from samvirke.followup.tests.crowd_on_paper import again, crowd
from tests.bench.attempts import incident, staff
from tests.bench.crowds import NOW
from tests.bench.measure import Figure

PLACE, ROWS, KNOWN, AGAIN = "3303", 10_000, 1500, 500


def figures() -> Iterator[Figure]:
    """Register some, then import a list of many who are new and of some who stand there already, written another way.

    Half of these are registered before, half stand further up in the same list. Found is who points at the very same
    person; everybody else who waits is counted as wrong.
    """
    random = Random(11)
    leader, _ = staff(PLACE, Role.TEAM_LEADER, NOW)
    event = incident(PLACE, NOW)
    everybody = crowd(KNOWN + ROWS - AGAIN, random)
    registered = _import(leader, event, everybody[:KNOWN]).people
    same = random.sample(range(KNOWN), AGAIN // 2) + random.sample(range(KNOWN, len(everybody)), AGAIN // 2)
    rows = everybody[KNOWN:] + [again(everybody[one], random) for one in same]
    begun, processor = time.perf_counter(), _processor()
    done = _import(leader, event, rows)
    seconds, processor = time.perf_counter() - begun, _processor() - processor
    right = 0
    for row, one in enumerate(same, start=len(rows) - AGAIN):
        if found := done.waiting.get(row):
            right += found.person == registered[one] if one < KNOWN else found.row == one - KNOWN
    yield Figure("import_affected", ROWS / seconds, "rows/s", "at least 2,000")
    yield Figure(
        "import_affected_alone", ROWS / processor, "rows per second of a processor", "at least 2,000"
    )
    yield Figure("import_affected_recall", right / AGAIN, "of those written again", "at least 0.95")
    yield Figure(
        "import_affected_precision", right / max(len(done.waiting), 1), "of those found", "at least 0.99"
    )


def _import(leader: Scope, event: UUID, people: Sequence[Identity]) -> Imported:
    sheet = Sheet(
        read=len(people),
        people={n: Newcomer(one, Part.WITNESS, Source.EPS, NOW) for n, one in enumerate(people)},
    )
    return actions.import_list(leader, event, PLACE, sheet, now=NOW)


def _processor() -> float:
    """Return the processor's seconds that went to this process and to its session in PostgreSQL, when it runs here."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        there = Path(f"/proc/{cursor.fetchone()[0]}/schedstat")
    return time.process_time() + (int(there.read_text().split()[0]) / 1e9 if there.exists() else 0.0)
