"""What the plan becomes when somebody wants fewer contacts, or letters or SMS only. (PRODUCT.md § 3.2: the person may choose.)"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

BETWEEN = timedelta(days=60)
ALWAYS = frozenset({"first", "year-1"})
"""Kept whatever is wished: the first contact, and the one before the day of the event. A municipal proposal."""


@dataclass(frozen=True)
class Ahead:
    """A planned contact that is open. `aim` aware."""

    id: UUID
    code: str
    aim: datetime
    health: bool = False


def left_out(steps: Sequence[Ahead], now: datetime) -> list[UUID]:
    """Return which planned contacts fall away when somebody wants fewer: those less than 60 days after the one kept before.

    Mapping by health personnel, the first contact and the one before the anniversary are kept. One is always left.
    """
    dropped: list[UUID] = []
    last = now
    for step in sorted(steps, key=lambda one: one.aim):
        if step.health or step.code in ALWAYS or step.aim - last >= BETWEEN:
            last = max(last, step.aim)
        else:
            dropped.append(step.id)
    if steps and len(dropped) == len(steps):
        dropped.remove(max(steps, key=lambda one: one.aim).id)
    return dropped
