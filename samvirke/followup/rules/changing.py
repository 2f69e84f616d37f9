"""What a new version of a contact plan does to the plans that run: which steps come, move, fall away and come back.

Nothing is moved into the past, and no step is added whose deadline has passed: nobody is late because a plan changed.
What is done stays done.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from samvirke.followup.rules.plan import StepPlan, Window, window

AHEAD = frozenset({"open", "paused"})
A_YEAR = timedelta(days=330)


@dataclass(frozen=True)
class Standing:
    """A step of a plan that runs. `withdrawn`: an earlier change of the plan took it away. All moments aware."""

    id: UUID
    code: str
    window: Window
    state: str
    facts: tuple[object, ...]
    withdrawn: bool = False


@dataclass(frozen=True)
class Change:
    """What happens to one person's plan. `moved` and `back` say what the step becomes."""

    added: tuple[tuple[StepPlan, Window], ...] = ()
    moved: tuple[tuple[UUID, StepPlan, Window], ...] = ()
    back: tuple[tuple[UUID, StepPlan, Window], ...] = ()
    cancelled: tuple[UUID, ...] = ()

    @property
    def nothing(self) -> bool:
        """Say whether the plan stays as it is."""
        return not (self.added or self.moved or self.back or self.cancelled)


def facts(step: StepPlan) -> tuple[object, ...]:
    """Return what else than its time tells whether a step is the same: who, how, why."""
    return step.owner.value, step.channel, step.health, step.reason, step.source


def change(
    standing: Sequence[Standing],
    steps: Iterable[StepPlan],
    *,
    known: datetime,
    event: datetime,
    now: datetime,
) -> Change:
    """Return what the steps of a new version do to a plan that runs for somebody known since `known`."""
    mine = {step.code: step for step in standing}
    added, moved, back = [], [], []
    codes = set()
    for step in steps:
        codes.add(step.code)
        due, there = window(step, known=known, event=event), mine.get(step.code)
        if due.closes <= now:
            continue
        if there is None:
            added.append((step, due))
        elif there.state in AHEAD and (_times(there.window) != _times(due) or there.facts != facts(step)):
            moved.append((there.id, step, due))
        elif there.withdrawn:
            back.append((there.id, step, due))
    gone = tuple(step.id for step in standing if step.state in AHEAD and step.code not in codes)
    return Change(tuple(added), tuple(moved), tuple(back), gone)


def faults(steps: Sequence[StepPlan]) -> list[str]:
    """Return what is wrong with a plan, as codes of plan_words.PLAN_FAULTS."""
    return list(_faults(steps))


def crooked(steps: Sequence[StepPlan]) -> list[str]:
    """Return the codes of the steps that make a plan faulty by their times or by saying no reason, in the order of the plan."""
    return [
        step.code
        for step in steps
        if not timedelta(0) <= step.opens <= step.aim <= step.closes or not step.reason.strip()
    ]


def _faults(steps: Sequence[StepPlan]) -> Iterator[str]:
    codes = [step.code for step in steps]
    if "first" not in codes:
        yield "no-first"
    if len(set(codes)) < len(codes):
        yield "twice"
    if any(not step.opens <= step.aim <= step.closes for step in steps):
        yield "order"
    if any(step.opens < timedelta(0) for step in steps):
        yield "before"
    if not any(step.aim >= A_YEAR for step in steps):
        yield "no-year"
    if any(not step.reason.strip() for step in steps):
        yield "no-reason"


def _times(found: Window) -> tuple[datetime, datetime]:
    """The opening is left out: after an unanswered call it waits on purpose."""
    return found.aim, found.closes
