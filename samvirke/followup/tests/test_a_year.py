"""A year, and the long tail after it, day by day: everybody is offered contact as the plan says, whatever they answer."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import pairwise
from uuid import UUID

import pytest

from samvirke.access.scope import opened, system_scope
from samvirke.followup import actions, figures, queries
from samvirke.followup.identity import Identity
from samvirke.followup.models import Attempt, Followup, Step
from samvirke.followup.rules.outcomes import RENEWED_OFFERS, Outcome
from samvirke.followup.rules.people import Part
from samvirke.followup.rules.plan import template_for
from samvirke.followup.tests.conftest import DAY, NOW, House

pytestmark = [pytest.mark.slow]
PARTS = [Part.INJURED, Part.WITNESS, Part.CLOSE_TO_INJURED, Part.OTHER, Part.HELPER]
# How somebody answers the first calls; after that they accept. Every outcome that can be answered is somebody's.
COURSES: dict[str, list[Outcome]] = {
    "says yes": [],
    "no answer once": [Outcome.NO_ANSWER],
    "no answer thrice": [Outcome.NO_ANSWER] * 3,
    "another answers": [Outcome.ANOTHER_ANSWERED, Outcome.NO_ANSWER],
    "not now": [Outcome.NOT_NOW],
    "not now, twice": [Outcome.NOT_NOW, Outcome.NOT_NOW],
    "unable": [Outcome.UNABLE],
    "no": [Outcome.NO_THANKS],
    "no, twice": [Outcome.NO_THANKS] * 2,
    "no, thrice": [Outcome.NO_THANKS] * 3,
    "no, always": [Outcome.NO_THANKS] * 4,
    "needs an interpreter": [Outcome.NEEDS_INTERPRETER],
    "wrong number": [Outcome.WRONG_NUMBER],
    "moved": [Outcome.MOVED],
    "abroad": [Outcome.ABROAD],
    "danger": [Outcome.ACUTE_DANGER],
    "yes, then no": [Outcome.ACCEPTS, Outcome.NO_THANKS],
    "yes, then silence": [Outcome.ACCEPTS, Outcome.NO_ANSWER, Outcome.NO_ANSWER, Outcome.NO_ANSWER],
    "never again": [Outcome.NEVER_AGAIN],
    "yes, then never again": [Outcome.ACCEPTS, Outcome.NEVER_AGAIN],
    "dies": [Outcome.ACCEPTS, Outcome.DECEASED],
}


@dataclass
class Year:
    """A house where everybody who is ready is called on the day they are ready, and the leader decides each morning."""

    house: House
    now: datetime = NOW
    people: dict[UUID, str] = field(default_factory=dict)
    left: dict[UUID, list[Outcome]] = field(default_factory=dict)

    def begin(self) -> None:
        for number, (name, answers) in enumerate(COURSES.items()):
            late = timedelta(days=number % 3 * 25)  # some are found late
            given = Identity(first="Ane", last=f"Prøve{number}", birth="1990")
            found = self.house.assigned(given, part=PARTS[number % len(PARTS)], now=NOW + late)
            self.people[found], self.left[found] = name, list(answers)

    def days(self, count: int) -> Iterator[None]:
        """Go on day by day, once a day."""
        for _ in range(count):
            self.lead()
            self.call()
            self.now += DAY
            yield

    def call(self) -> None:
        with opened(system_scope("prøve")) as scope:
            ready = queries.ready(scope, self.now)
        for row in ready:
            if row.known_at > self.now:
                continue
            outcome = self.left[row.id].pop(0) if self.left[row.id] else Outcome.ACCEPTS
            self.house.attempt(row.id, outcome, self.now)

    def lead(self) -> None:
        with opened(self.house.leader) as scope:
            steps = queries.leader_steps(scope, size=200)
        for step in steps:
            if step.opens > self.now:
                continue
            if step.code == "confirm-stop":
                actions.confirm_stop(self.house.leader, step.followup_id, "Ut fra notatet.", now=self.now)
            elif step.code == "confirm-death":
                continue  # waits with the leader: nobody is contacted meanwhile
            else:
                again = self.now + 2 * DAY
                actions.settle(self.house.leader, step.id, "Prøv igjen.", contact_again=again, now=self.now)

    def rows(self) -> dict[str, Followup]:
        with opened(system_scope("prøve")) as scope:
            return {self.people[row.id]: row for row in Followup.objects.visible_to(scope)}

    def said(self, name: str) -> list[Attempt]:
        with opened(system_scope("prøve")) as scope:
            rows = Attempt.objects.visible_to(scope).filter(followup=self.rows()[name].id)
            return list(rows.order_by("at"))

    def steps(self, name: str) -> list[Step]:
        return self.house.steps(self.rows()[name].id)


def lost() -> list[dict[str, str]]:
    with opened(system_scope("prøve")):
        return figures.lost()


def test_a_year_and_the_long_tail_with_every_outcome(at_work):
    year = Year(at_work)
    year.begin()
    for day, _ in enumerate(year.days(366)):
        if day % 10 == 0:
            assert lost() == []
    after_a_year(year)
    for _ in range(30):  # the long tail, month by month
        year.now += 30 * DAY
        for _ in year.days(1):
            assert lost() == []
    after_three_years(year)


STOPPED = {"never again", "yes, then never again", "dies"}


def after_a_year(year: Year) -> None:
    rows = year.rows()
    for name, row in rows.items():
        if name in STOPPED:
            continue
        first = year.said(name)[0]
        assert first.at - row.known_at <= timedelta(hours=48), name
        codes = {step.code for step in template_for(Part(row.part), child=row.as_child).steps}
        done = {step.code for step in year.steps(name) if step.state != "open"}
        ahead = {step.code for step in year.steps(name) if step.state in {"open", "paused"}}
        assert codes <= done | ahead, name  # no step of the plan is missing
        late = [step for step in year.steps(name) if step.state == "open" and step.closes < year.now]
        assert late == [], name
        assert row.state == "active", name
    nobody_waits_too_long(year)
    a_no_is_offered_again(year)
    assert [rows[name].state for name in sorted(STOPPED)] == ["active", "closed", "closed"]
    for name in STOPPED:
        assert year.said(name)[-1].outcome in {Outcome.NEVER_AGAIN, Outcome.DECEASED}, name


def nobody_waits_too_long(year: Year) -> None:
    """Whatever they answered, nobody in the plan for the directly affected is left alone for more than its longest gap."""
    for name, row in year.rows().items():
        if name in STOPPED or row.part in {Part.OTHER, Part.HELPER} or "no" in name.split(", ")[0].split():
            continue
        moments = [one.at for one in year.said(name)]
        gaps = [after - before for before, after in pairwise(moments)]
        assert max(gaps) <= timedelta(weeks=30), name


def a_no_is_offered_again(year: Year) -> None:
    """The n-th offer comes within its window, counted from the first no."""
    for name, count in (("no", 1), ("no, twice", 2), ("no, thrice", 3), ("no, always", 4)):
        said = year.said(name)
        first = next(one for one in said if one.outcome == Outcome.NO_THANKS).at
        again = [one.at - first for one in said if one.at > first]
        for (opens, closes), waited in zip(RENEWED_OFFERS[:count], again, strict=False):
            assert opens <= waited <= closes, name


def after_three_years(year: Year) -> None:
    for name, row in year.rows().items():
        codes = {step.code for step in year.steps(name) if step.state == "done"}
        if name not in STOPPED and row.part not in {Part.OTHER, Part.HELPER}:
            assert {"month-18", "year-2", "year-3"} & codes, name
        assert row.state == "closed" or row.next_step_id, name
