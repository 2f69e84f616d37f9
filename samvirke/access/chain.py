"""Sealing the logs: rows that are committed get a place in a hash chain, and its head is written outside the database.

Whoever changes or removes an old row must make every later link anew, and the anchors no longer fit. Chaining in the
acts' own transactions would make them wait for each other (measured: an eighth of the speed).
"""

import json
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from django.db import transaction

from samvirke.access import log, queries, rules
from samvirke.access.models import LOGS, Link
from samvirke.access.scope import opened, system_scope
from samvirke.kit.errors import BadInput

AT_MOST = 5000  # rows per round


@dataclass
class Verdict:
    """What `access-log verify` found. `unsealed`: newest rows that no link holds yet."""

    entries: int = 0
    unsealed: int = 0
    erased: int = 0
    broken: list[str] = field(default_factory=list)


def seal_rows(now: datetime, anchors: Path, at_most: int = AT_MOST) -> int:
    """Give committed rows of both logs their links, and anchor the heads; return how many."""
    heads: dict[str, Link] = {}
    done = 0
    with opened(system_scope("forsegle loggene")):
        queries.lock_sealer()
        for name in LOGS:
            last = queries.last_link(name)
            rows = queries.unsealed(name, at_most)
            hash_, number = (bytes(last.hash), last.number) if last else (rules.START, 0)
            links = []
            for row in rows:
                number += 1
                hash_ = rules.link(hash_, number, row)
                links.append(
                    Link(log=name, number=number, row=row.id, transaction=row.transaction, hash=hash_)
                )
            Link.objects.bulk_create(links)
            done += len(links)
            if links:
                heads[name] = links[-1]
    for name, head in heads.items():
        _anchor(anchors, name, head, now)
    return done


def _anchor(anchors: Path, name: str, head: Link, now: datetime) -> None:
    anchors.mkdir(parents=True, exist_ok=True, mode=0o700)
    line = json.dumps({"number": head.number, "hash": bytes(head.hash).hex(), "at": now.isoformat()})
    with (anchors / f"{name}.jsonl").open("a", encoding="utf-8") as file:
        file.write(line + "\n")


@transaction.atomic
def verify(anchors: Path) -> Verdict:
    """Go through both chains, as the owner. Raises BadInput when this role does not see every row."""
    if not queries.reads_everything():
        raise BadInput("Kommandoen må kjøre som eier av databasen. Ellers ser den ikke alle radene.")
    found = Verdict()
    for name in LOGS:
        _verify_one(name, _anchored(anchors / f"{name}.jsonl"), found)
    return found


def _verify_one(name: str, anchored: dict[int, str], found: Verdict) -> None:
    before, expected = rules.START, 0
    for one in queries.chain(name):
        expected += 1
        where = f"{name} {one.number}"
        if one.number != expected:
            found.broken.append(f"{name} {expected}: leddet mangler")
            expected = one.number
        if one.row is None:
            found.broken.append(f"{where}: raden {one.id} er borte")
        else:
            if rules.link(before, one.number, one.row) != one.hash:
                found.broken.append(f"{where}: raden eller leddet før er endret")
            if one.payload is None:
                found.erased += 1
            elif log.digest(one.salt or b"", json.loads(str(one.payload))) != one.row.digest:
                found.broken.append(f"{where}: innholdet er endret")
        if anchored.pop(one.number, one.hash.hex()) != one.hash.hex():
            found.broken.append(f"{where}: stemmer ikke med ankeret utenfor databasen")
        before = one.hash
    found.broken += [f"{name} {number}: ankret, men borte fra databasen" for number in sorted(anchored)]
    everything, unsealed = queries.tail(name)
    found.entries += everything
    found.unsealed += unsealed


def _anchored(path: Path) -> dict[int, str]:
    try:
        lines = path.read_text("utf-8").splitlines()
    except FileNotFoundError:
        return {}
    return {one["number"]: one["hash"] for one in map(json.loads, filter(None, lines))}
