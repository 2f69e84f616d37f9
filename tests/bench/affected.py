"""Importing 10,000 affected people, some of whom are registered already under a name, date or phone that is a little wrong."""

import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from random import Random
from uuid import UUID

from samvirke.access.permissions import Role
from samvirke.access.scope import Scope
from samvirke.followup import actions
from samvirke.followup.actions.importing import Imported
from samvirke.followup.identity import Identity
from samvirke.followup.importing.reading import Sheet
from samvirke.followup.newcomer import Newcomer
from samvirke.followup.rules.people import Part, Source
from samvirke.followup.simulation.people import FIRST, LAST
from tests.bench.attempts import incident, staff
from tests.bench.crowds import NOW
from tests.bench.measure import Figure

PLACE, ROWS, KNOWN, AGAIN = "3303", 10_000, 1500, 500


def figures() -> Iterator[Figure]:
    """Register some, then import a list with many new ones and some of the first told again; the seed knows which."""
    random = Random(11)
    leader, _ = staff(PLACE, Role.TEAM_LEADER, NOW)
    event = incident(PLACE, NOW)
    known = [_somebody(number, random) for number in range(KNOWN)]
    _import(leader, event, known)
    again = [_told_again(one, random) for one in random.sample(known, AGAIN)]
    rows = [*again, *(_somebody(KNOWN + number, random) for number in range(ROWS - AGAIN))]
    begun = time.perf_counter()
    done = _import(leader, event, rows)
    seconds = time.perf_counter() - begun
    found, right = len(done.waiting), sum(row < AGAIN for row in done.waiting)
    yield Figure("import_affected", ROWS / seconds, "rows/s", "at least 2,000")
    yield Figure("import_affected_recall", right / AGAIN, "of those told again", "at least 0.95")
    yield Figure("import_affected_precision", right / max(found, 1), "of those found", "at least 0.99")


def _import(leader: Scope, event: UUID, people: Sequence[Identity]) -> Imported:
    sheet = Sheet(
        read=len(people),
        people={n: Newcomer(one, Part.WITNESS, Source.EPS, NOW) for n, one in enumerate(people)},
    )
    return actions.import_list(leader, event, PLACE, sheet, now=NOW)


def _somebody(number: int, random: Random) -> Identity:
    first = f"{random.choice(FIRST)} {random.choice(FIRST)}"
    birth = f"{random.randint(1940, 2018)}-{random.randint(1, 12):02}-{random.randint(1, 28):02}"
    return Identity(first=first, last=random.choice(LAST), birth=birth, phones=(f"+4700{number:06}",))


def _told_again(one: Identity, random: Random) -> Identity:
    """Tell somebody again as people hear and write: a slip in a name, the year alone, another phone, names the other way."""
    word = random.choice(["first", "last"])
    name = getattr(one, word)
    place = random.randrange(1, len(name) - 1)
    slip = random.choice([
        name[:place] + name[place + 1 :], name[:place] + name[place] + name[place:],
        name[:place] + name[place + 1] + name[place] + name[place + 2 :],
    ])  # fmt: skip
    told = replace(one, **{word: slip})
    how = random.choice(["as it is", "year", "no phone", "first name alone"])
    if how == "year":
        return replace(told, birth=one.birth[:4])
    if how == "no phone":
        return replace(told, phones=())
    if how == "first name alone":
        return replace(told, first=told.first.split()[0])
    return told
