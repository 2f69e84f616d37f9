"""Which kinds of incidents there are, when the team should begin, what may follow what. Pure.

The criteria are in our own words after the Norwegian teams' common practice, RVTS
(https://v1.psykososialberedskap.no/uncategorized/plan-for-psykososial-oppfolging/): they help somebody decide, they decide nothing.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

ANSWERS = ("yes", "partly", "no")
DANGERS = ("yes", "no", "unknown")
KINDS_OF_ENTRY = ("information", "decision", "task", "correction", "done")
POINTING = ("correction", "done")
HOW = ("phone", "email", "meeting", "other", "not-needed")
QUESTIONS = ("happened", "worked", "better", "plan")


class State(StrEnum):
    """Where an incident is."""

    REPORTED = "reported"
    REFUSED = "refused"
    ACTIVE = "active"
    CLOSED = "closed"


MOVES: dict[State, frozenset[State]] = {
    State.REPORTED: frozenset({State.ACTIVE, State.REFUSED}),
    State.REFUSED: frozenset({State.ACTIVE, State.REFUSED}),
    State.ACTIVE: frozenset({State.CLOSED}),
    State.CLOSED: frozenset({State.ACTIVE}),
}
"""From → to. A refused incident may be decided anew, with the same answer too."""


class Weight(StrEnum):
    """How often the team is called out for such a thing."""

    OFTEN = "often"
    CONSIDER = "consider"
    SELDOM = "seldom"


CRITERIA: dict[str, Weight] = {
    "fatal-accident": Weight.OFTEN,
    "homicide": Weight.OFTEN,
    "suicide": Weight.OFTEN,
    "child-death": Weight.OFTEN,
    "nature": Weight.OFTEN,
    "disaster": Weight.OFTEN,
    "domestic-violence": Weight.CONSIDER,
    "sexual-assault": Weight.CONSIDER,
    "serious-child": Weight.CONSIDER,
    "strong-impressions": Weight.CONSIDER,
    "missing": Weight.CONSIDER,
    "suicide-risk": Weight.SELDOM,
    "illness": Weight.SELDOM,
    "mental-illness": Weight.SELDOM,
    "relatives-of-ill": Weight.SELDOM,
}


def advice(criteria: frozenset[str]) -> Weight | None:
    """Return what the ticked criteria speak for: the strongest of them; None when none is ticked."""
    found = {CRITERIA[one] for one in criteria if one in CRITERIA}
    return next((weight for weight in Weight if weight in found), None)


def after_decision(answer: str) -> State:
    """Return where an incident goes with an answer: "partly" begins too, with a few."""
    return State.REFUSED if answer == "no" else State.ACTIVE


@dataclass(frozen=True)
class Told:
    """One kind of actor that should be told. `key`: of the guideline's catalogue, or "own-…" for one's own leaders."""

    key: str
    when: str = "always"  # "always", "children" or "large"


TO_INFORM = (
    Told("own-crisis-management"),
    Told("own-health-leader"),
    Told("politi"),
    Told("legevakt"),
    Told("amk"),
    Told("kriseteam"),
    Told("fastlege"),
    Told("psykisk-helse-rus"),
    Told("tros-og-livssyn"),
    Told("own-switchboard"),
    Told("barnevern", "children"),
    Told("helsestasjon", "children"),
    Told("skole", "children"),
    Told("barnehage", "children"),
    Told("ppt", "children"),
    Told("bup", "children"),
    Told("dps", "large"),
    Told("rvts", "large"),
    Told("rode-kors", "large"),
    Told("nav", "large"),
    Told("tolk", "large"),
)
LARGE = 5  # from this many dead, injured and missing on, an incident is large: a municipal proposal


def to_inform(numbers: tuple[int | None, int | None, int | None], children: int | None) -> list[Told]:
    """Return whom to tell. Unknown numbers count: one tells rather once too often.

    `numbers`: dead, injured, missing.
    """
    known = [one for one in numbers if one is not None]
    large = len(known) < len(numbers) or sum(known) >= LARGE
    wanted = {"always"} | ({"children"} if children != 0 else set()) | ({"large"} if large else set())
    return [one for one in TO_INFORM if one.when in wanted]


def waited_minutes(since: datetime, now: datetime) -> int:
    """Return for how many whole minutes something has waited; never below 0."""
    return max(0, int((now - since).total_seconds() // 60))


def reference(municipality: str, year: int, number: int, *, exercise: bool) -> str:
    """Return an incident's reference: 3101-2026-01; a drill's is 3101-2026-ov-01, counted apart."""
    return f"{municipality}-{year}-{'ov-' if exercise else ''}{number:02}"


def number_in(text: str) -> int:
    """Return the number in a reference, 0 when there is none."""
    tail = text.rsplit("-", 1)[-1]
    return int(tail) if tail.isdigit() and "-" in text else 0
