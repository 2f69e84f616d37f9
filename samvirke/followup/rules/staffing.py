"""Who may follow whom up together, how many, and who stands in."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

LIMIT = 30
"""People per contact person before the leader must say that it is meant: a municipal proposal."""


@dataclass(frozen=True)
class Worker:
    """Somebody who may be a contact person: how many people they have, how many are late, and whether they are away."""

    membership: UUID
    account: UUID
    name: str = ""
    people: int = 0
    overdue: int = 0
    away: date | None = None  # until when


def least_loaded(workers: Iterable[Worker]) -> list[Worker]:
    """Return workers in the order to propose them: those at work first, then the least loaded, then the fewest late."""
    return sorted(
        workers, key=lambda one: (one.away is not None, one.people, one.overdue, str(one.membership))
    )


def propose_deputy(contact: UUID, workers: Collection[Worker]) -> UUID | None:
    """Return who should stand in for a contact person: another person, at work, with the fewest; None when nobody can."""
    owner = {one.membership: one.account for one in workers}.get(contact)
    others = [one for one in least_loaded(workers) if one.membership != contact and one.account != owner]
    return others[0].membership if others else None


def left_behind(chosen: Collection[UUID], families: Mapping[UUID, Collection[UUID]]) -> set[UUID]:
    """Return who would be parted from their family: the waiting members of a chosen one's family who are not chosen.

    `families`: household → its waiting members, without households whose members are to be kept apart.
    """
    taken = set(chosen)
    return {
        one for members in families.values() if taken & set(members) for one in members if one not in taken
    }
