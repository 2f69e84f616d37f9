"""Somebody on their way onto the list: what an act of registering is given, from a form, a file or a tip."""

from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from samvirke.followup.identity import Identity
from samvirke.followup.rules.people import Part, Protection, Source


@dataclass(frozen=True)
class Newcomer:
    """Somebody for the list. `person`: they are registered already, after another incident perhaps.

    `found` False: known, but nobody knows where they are; finding them is the next step.
    """

    identity: Identity
    part: Part
    source: Source
    known_at: datetime
    protection: Protection = Protection.NONE
    language: str = "nb"
    interpreter: bool = False
    message_is_delivered: bool = False
    found: bool = True
    wants_now: bool = False
    household: UUID | None = None
    person: UUID | None = None


def to_json(one: Newcomer) -> dict[str, Any]:
    """Return what a row of a list is kept as until it is settled, to be sealed."""
    kept = asdict(replace(one, household=None, person=None))
    return {**kept, "known_at": one.known_at.isoformat()}


def from_json(kept: dict[str, Any]) -> Newcomer:
    """Return the row that was kept."""
    given = {**kept["identity"], "phones": tuple(kept["identity"]["phones"])}
    return Newcomer(
        **{
            **kept,
            "identity": Identity(**given),
            "part": Part(kept["part"]),
            "source": Source(kept["source"]),
            "protection": Protection(kept["protection"]),
            "known_at": datetime.fromisoformat(kept["known_at"]),
        }
    )
