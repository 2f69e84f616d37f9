"""When follow-up may end: by rule, signed by the leader, with the way back told. (A municipal proposal built on one year of contact.)"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from samvirke.followup.rules.people import DECIDES_ON_HEALTH

OFFERED_AT_LEAST = timedelta(days=365)


class Ending(StrEnum):
    """Why follow-up ends."""

    OFFERED_A_YEAR = "offered-a-year"
    OWN_WISH = "own-wish"
    NEVER_AGAIN = "never-again"
    DECEASED = "deceased"
    NOT_AFFECTED = "not-affected"
    TRANSFERRED = "transferred"
    SAME_PERSON = "same-person"


BY_THEMSELVES = frozenset({Ending.NEVER_AGAIN, Ending.TRANSFERRED, Ending.SAME_PERSON})
"""Endings that only an act of their own gives: the stop that is confirmed, a transfer that is accepted, a merge."""
FOR_GOOD = frozenset({Ending.NEVER_AGAIN, Ending.DECEASED})
"""Endings after which nobody contacts the person under another registration either."""


@dataclass(frozen=True)
class Case:
    """What the rule looks at. `age` None: unknown. `asked_to_end`: the person said so themselves.

    `child_reviewed`: the leader has looked at the child for itself, not only at what a parent answered.
    """

    known: datetime
    offers: int
    asked_to_end: bool = False
    stopped: bool = False
    died: bool = False
    age: int | None = None
    told_way_back: bool = False
    open_referrals: int = 0
    child_reviewed: bool = False


def obstacles(ending: Ending, case: Case, now: datetime) -> list[str]:
    """Return why follow-up may not end in this way, as codes of words.OBSTACLES; empty when it may."""
    return list(_obstacles(ending, case, now))


def _obstacles(ending: Ending, case: Case, now: datetime) -> Iterable[str]:
    if ending is Ending.OFFERED_A_YEAR:
        if now - case.known < OFFERED_AT_LEAST:
            yield "less-than-a-year"
        if case.offers == 0:
            yield "nobody-reached"
    if ending is Ending.OWN_WISH and not case.asked_to_end:
        yield "not-asked"
    if ending in {Ending.OWN_WISH, Ending.NEVER_AGAIN} and _is_child(case) and not case.child_reviewed:
        yield "child"
    if ending is Ending.NEVER_AGAIN and not case.stopped:
        yield "not-stopped"
    if ending is Ending.DECEASED and not case.died:
        yield "not-dead"
    if ending in {Ending.OFFERED_A_YEAR, Ending.OWN_WISH}:
        if not case.told_way_back:
            yield "way-back"
        if case.open_referrals:
            yield "referral"


def _is_child(case: Case) -> bool:
    return case.age is not None and case.age < DECIDES_ON_HEALTH
