"""The contact plan: what is planned for whom, when, and why.

The default is a municipal proposal built on named sources (each step says which); a municipality can change it. A plan
has windows, not just dates: a step opens, is aimed at a day, and is over its deadline after `closes`.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum

from samvirke.followup.rules.people import Part
from samvirke.kit.hours import OSLO

HOUR, DAY, WEEK, MONTH = timedelta(hours=1), timedelta(days=1), timedelta(weeks=1), timedelta(days=30)


class Anchor(StrEnum):
    """What a step counts from: when the person became known (so that nobody found late misses a step), or the event."""

    KNOWN = "known"
    EVENT = "event"


class Owner(StrEnum):
    """Whose step it is."""

    CONTACT = "contact-person"
    LEADER = "team-leader"


@dataclass(frozen=True)
class StepPlan:
    """A step of a template. `code` is unique within it.

    `reason` and `source` are shown beside the step: codes of words.REASONS and words.BASIS, or a municipality's own
    words.
    """

    code: str
    anchor: Anchor
    opens: timedelta
    aim: timedelta
    closes: timedelta
    reason: str
    source: str
    channel: str = "phone"
    owner: Owner = Owner.CONTACT
    health: bool = False  # to be done by health personnel, and journalled in their own system


@dataclass(frozen=True)
class Template:
    """A versioned plan for some parts. `parts` empty: for everybody that no other template takes.

    The one called CHILDREN is for the children among its parts, and goes before the plan of their part.
    """

    name: str
    version: int
    steps: tuple[StepPlan, ...]
    parts: frozenset[Part] = field(default_factory=frozenset)

    @property
    def children(self) -> bool:
        """Say whether it is for children alone."""
        return self.name == CHILDREN


@dataclass(frozen=True)
class Window:
    """When a step may be done (`opens`), is aimed at, and is late after (`closes`). All aware."""

    opens: datetime
    aim: datetime
    closes: datetime

    def is_over(self, now: datetime) -> bool:
        """Say whether the step is over its deadline. Computed, never stored."""
        return now > self.closes


# Codes; their words stand in words.BASIS
LETTER, PRACTICE, EARLY, ONE_MONTH = "letter-2022", "practice", "guideline-early", "one-month"
ONE_YEAR, THREE_YEARS, GRIEF, PROPOSAL = "one-year", "three-years", "grief", "proposal"
OWN_ACCOUNT, SCHOOLS, SCHOOL_RESULTS, GUARDIANS = (
    "own-account",
    "schools",
    "school-results",
    "guardians-consent",
)
CHILDREN = "child"

K, E = Anchor.KNOWN, Anchor.EVENT

FIRST = StepPlan("first", K, 0 * DAY, 24 * HOUR, 48 * HOUR, "first-contact", EARLY)
DAY_3 = StepPlan("day-3", K, 2 * DAY, 3 * DAY, 4 * DAY, "how-it-goes", PRACTICE)
DAY_7 = StepPlan("day-7", K, 5 * DAY, 7 * DAY, 9 * DAY, "meet", EARLY, "meeting")
WEEK_2 = StepPlan("week-2", K, 12 * DAY, 14 * DAY, 17 * DAY, "adjust", PROPOSAL)
WEEK_3 = StepPlan("week-3", K, 19 * DAY, 21 * DAY, 24 * DAY, "adjust", PROPOSAL)
MAPPING_1 = StepPlan(
    "mapping-1", K, 4 * WEEK, 5 * WEEK, 6 * WEEK, "mapping", ONE_MONTH, "meeting", health=True
)
MONTH_3 = StepPlan(
    "month-3", K, 11 * WEEK, 13 * WEEK, 15 * WEEK, "mapping-again",
    GRIEF, "meeting", health=True,
)  # fmt: skip
MONTH_6 = StepPlan(
    "month-6",
    K,
    23 * WEEK,
    26 * WEEK,
    29 * WEEK,
    "half-a-year",
    ONE_YEAR,
)
YEAR_1 = StepPlan(
    "year-1",
    E,
    346 * DAY,
    355 * DAY,
    364 * DAY,
    "before-the-day",
    ONE_YEAR,
)
MONTH_18 = StepPlan("month-18", K, 74 * WEEK, 78 * WEEK, 82 * WEEK, "long-tail", THREE_YEARS)
YEAR_2 = StepPlan("year-2", K, 100 * WEEK, 104 * WEEK, 108 * WEEK, "long-tail", THREE_YEARS)
YEAR_3 = StepPlan("year-3", K, 152 * WEEK, 156 * WEEK, 160 * WEEK, "long-tail", THREE_YEARS)
LONG_TAIL = (MONTH_18, YEAR_2, YEAR_3)
TAIL_CODES = frozenset(step.code for step in LONG_TAIL)

# No source gives children other intervals: they have the same ones, with what children need in between.
CHILD_TALK = StepPlan("child-talk", K, 5 * DAY, 8 * DAY, 10 * DAY, "child-talk", OWN_ACCOUNT, "meeting")
SCHOOL = StepPlan("school", K, 5 * DAY, 9 * DAY, 14 * DAY, "school", SCHOOLS)
AGAIN = StepPlan(
    "child-talk-again", K, 11 * WEEK, 13 * WEEK, 15 * WEEK, "child-talk-again", OWN_ACCOUNT, "meeting"
)
ON_THEIR_OWN = frozenset({"child-talk", "child-talk-again", "school"})
"""Contacts that no talk with somebody else settles: a call to the parents is no talk with the child."""
FOR_CHILDREN = (
    replace(FIRST, reason="first-caregivers"), replace(DAY_3, reason="caregivers"), DAY_7, CHILD_TALK, SCHOOL,
    replace(WEEK_2, reason="caregivers-adjust"), WEEK_3, replace(MAPPING_1, reason="mapping-child", source=GUARDIANS),
    replace(MONTH_3, reason="mapping-child-again"), AGAIN,
    replace(MONTH_6, reason="half-a-year-child", source=SCHOOL_RESULTS), YEAR_1, *LONG_TAIL,
)  # fmt: skip

DEFAULTS = (
    Template(
        "direct", 1,
        (FIRST, DAY_3, DAY_7, WEEK_2, WEEK_3, MAPPING_1, MONTH_3, MONTH_6, YEAR_1, *LONG_TAIL),
    ),
    Template(
        "other", 1,
        (
            StepPlan("first", K, 0 * DAY, 2 * DAY, 5 * DAY, "inform", LETTER),
            StepPlan("month-1", K, 4 * WEEK, 5 * WEEK, 6 * WEEK, "anything-needed", PROPOSAL),
            MONTH_6, YEAR_1,
        ),
        frozenset({Part.OTHER}),
    ),
    Template(
        "helper", 1,
        (
            StepPlan("first", K, 0 * DAY, 2 * DAY, 3 * DAY, "talk-within-72", PROPOSAL),
            StepPlan("week-5", K, 4 * WEEK, 5 * WEEK, 6 * WEEK, "after-the-effort", PROPOSAL),
            MONTH_6, YEAR_1,
        ),
        frozenset({Part.HELPER}),
    ),
    Template(
        CHILDREN, 1, FOR_CHILDREN,
        frozenset({
            Part.BEREAVED, Part.RELATIVE_OF_MISSING, Part.INJURED, Part.CLOSE_TO_INJURED, Part.WITNESS,
            Part.CLOSE_TO_WITNESS,
        }),
    ),
)  # fmt: skip


def template_for(part: Part, templates: Sequence[Template] = DEFAULTS, *, child: bool = False) -> Template:
    """Return the template for a part: the children's for a child, else one that names it, else the one for everybody.

    Raises LookupError.
    """
    for children in (True, False) if child else (False,):
        for template in templates:
            if part in template.parts and template.children is children:
                return template
    for template in templates:
        if not template.parts:
            return template
    raise LookupError("Ingen mal gjelder for alle. En kommune må ha en mal uten roller.")


def window(step: StepPlan, *, known: datetime, event: datetime) -> Window:
    """Return when a step is due for somebody. A step that counts from the event never lies before one knew of them."""
    start = known if step.anchor is Anchor.KNOWN else event
    found = Window(start + step.opens, start + step.aim, start + step.closes)
    if found.closes <= known:  # the anniversary had passed when the person became known: the next one
        years = 1
        while (later := _years_on(found, years)).closes <= known:
            years += 1
        return later
    return found


def _years_on(found: Window, years: int) -> Window:
    return Window(*(_year_on(moment, years) for moment in (found.opens, found.aim, found.closes)))


def _year_on(moment: datetime, years: int) -> datetime:
    local = moment.astimezone(OSLO)
    try:
        return local.replace(year=local.year + years)
    except ValueError:  # 29 February
        return local.replace(year=local.year + years, day=28)
