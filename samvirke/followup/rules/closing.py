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


@dataclass(frozen=True)
class Case:
    """What the rule looks at. `age` None: unknown. `asked_to_end`: the person said so themselves."""

    known: datetime
    offers: int
    asked_to_end: bool = False
    stopped: bool = False
    died: bool = False
    age: int | None = None
    told_way_back: bool = False
    open_referrals: int = 0


def obstacles(ending: Ending, case: Case, now: datetime) -> list[str]:
    """Return why follow-up may not end in this way, as sentences; empty when it may."""
    return [text for text in _obstacles(ending, case, now) if text]


def _obstacles(ending: Ending, case: Case, now: datetime) -> Iterable[str]:
    if ending is Ending.OFFERED_A_YEAR:
        if now - case.known < OFFERED_AT_LEAST:
            yield "Oppfølgingen er tilbudt i mindre enn tolv måneder."
        if case.offers == 0:
            yield "Ingen har vært i kontakt med personen ennå."
    if ending is Ending.OWN_WISH:
        if not case.asked_to_end:
            yield "Personen har ikke bedt om å avslutte."
        if case.age is not None and case.age < DECIDES_ON_HEALTH:
            yield "Et barn kan ikke avsluttes etter ønske alene. Lederen må vurdere barnet for seg."
    if ending is Ending.NEVER_AGAIN and not case.stopped:
        yield "Personen har ikke sagt at de aldri vil kontaktes."
    if ending is Ending.DECEASED and not case.died:
        yield "Personen er ikke meldt død."
    if ending in {Ending.OFFERED_A_YEAR, Ending.OWN_WISH}:
        if not case.told_way_back:
            yield "Personen må få vite hvordan de kan komme tilbake."
        if case.open_referrals:
            yield "En henvisning er ikke besvart."
