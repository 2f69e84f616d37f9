"""The sweep that finds reminders that are due, in every municipality."""

import logging
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime

from samvirke.access.scope import NATIONAL, opened, system_scope
from samvirke.catalogue import actions, queries_verification
from samvirke.catalogue.verifying import Round

log = logging.getLogger(__name__)


@dataclass
class Tally:
    """What a sweep did, or would do. `unreached`: municipalities where there is nobody to remind;
    None among them: there is nobody for the shared services.
    """

    municipalities: int = 0
    letters: Counter[Round] = field(default_factory=Counter)
    pieces: int = 0  # in all letters
    unreached: list[str | None] = field(default_factory=list)


def remind(now: datetime, *, as_of: datetime | None = None, dry_run: bool = False) -> Tally:
    """Send the reminders that are due `as_of` a moment (None: now), each municipality in a transaction of its own.

    `dry_run`: only count. What fails in one municipality is logged and does not hold up the others; the first
    error is raised at the end, so that the sweep is tried again.
    """
    seen, tally, errors = as_of or now, Tally(), []
    for code in _waiting(seen):
        try:
            _in_one(tally, code, now, seen, dry_run=dry_run)
        except Exception as error:
            log.exception("Påminnelsene for kommune %s ble ikke sendt", code or NATIONAL)
            errors.append(error)
    if errors:
        raise errors[0]
    return tally


def _waiting(seen: datetime) -> list[str | None]:
    with opened(system_scope("finner opplysninger som skal bekreftes")) as scope:
        return queries_verification.waiting(scope, seen)


def _in_one(tally: Tally, code: str | None, now: datetime, seen: datetime, *, dry_run: bool) -> None:
    scope = system_scope("minner om opplysninger som skal bekreftes", code or NATIONAL)
    with opened(scope):
        planned = queries_verification.letters_due(scope, code, seen)
        if planned and not dry_run and not actions.send_reminders(scope, code, now=now, as_of=seen):
            return  # another worker came first
    if not planned:
        tally.unreached.append(code)
        return
    tally.municipalities += code is not None
    tally.letters.update(round_ for _, round_ in planned)
    tally.pieces += sum(map(len, planned.values()))
