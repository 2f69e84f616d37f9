"""The course itself: a leader, contact persons who work through their lists, staff who fall ill and leave, a clock."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from uuid import UUID, uuid4

from samvirke.access.permissions import ROLES, Role
from samvirke.access.scope import Scope, opened, system_scope
from samvirke.accounts.actions.members import end_membership
from samvirke.accounts.models import Account, Membership
from samvirke.accounts.queries import holders
from samvirke.followup import actions, queries
from samvirke.followup.actions.assigning import LIMIT, MAY_BE_CONTACT
from samvirke.followup.actions.attempts import Tried
from samvirke.followup.models import Followup, Step
from samvirke.followup.rules.closing import Ending
from samvirke.followup.rules.outcomes import Outcome
from samvirke.followup.simulation.people import Invented, answer, invent
from samvirke.incidents.models import Incident

TICK = timedelta(hours=8)
PER_SHIFT = 8  # attempts a contact person makes in a shift
PLACES = ("3101", "3103")


@dataclass
class Staff:
    """One member of staff, with the membership that people are tied to."""

    account: UUID
    membership: UUID
    municipality: str
    role: Role
    away_until: datetime | None = None

    @property
    def scope(self) -> Scope:
        return Scope(self.account, frozenset({self.municipality}), ROLES[self.role].needs, self.municipality)


@dataclass
class Course:
    """One simulated course. `check` is called once a simulated week; it returns broken promises."""

    random: Random
    now: datetime
    staff_size: int
    check: Callable[[], list[dict[str, str]]]
    staff: list[Staff] = field(default_factory=list)
    people: dict[UUID, Invented] = field(default_factory=dict)
    refused: set[UUID] = field(default_factory=set)
    incidents: dict[str, UUID] = field(default_factory=dict)
    violations: list[dict[str, str]] = field(default_factory=list)
    attempts: int = 0

    def begin(self) -> None:
        """Let something happen in two municipalities, and staff come to work."""
        with opened(system_scope("simuler")):
            for place in PLACES:
                happened = self.now - timedelta(hours=3)
                row = Incident(
                    id=uuid4(), municipality_id=place, reference=f"{place}-sim", kind="exercise", title="Øvelse",
                    happened_at=happened, reported_at=self.now, state="active", exercise=True,
                )  # fmt: skip
                row.save(force_insert=True)
                self.incidents[place] = row.id
        for number in range(self.staff_size):
            role = Role.TEAM_LEADER if number < 2 * len(PLACES) else Role.CONTACT_PERSON
            self.hire(PLACES[number % len(PLACES)], role)
        for place in PLACES:
            self.hire(place, Role.ADMINISTRATOR)

    def hire(self, place: str, role: Role) -> None:
        """Let somebody begin."""
        account = Account(
            id=uuid4(), email=f"{uuid4().hex}@example.no", name="Oppdiktet", created_at=self.now
        )
        account.save(force_insert=True)
        row = Membership(account=account, role=role.value, municipality_id=place, since=self.now)
        with opened(system_scope("simuler")):
            row.save(force_insert=True)
        self.staff.append(Staff(account.id, row.id, place, role))

    def run(self, affected: int, days: int) -> Iterator[int]:
        """Go through the days, yielding each day's number."""
        start = self.now
        waiting = sorted(
            (invent(number, self.random) for number in range(affected)), key=lambda one: one.known_after
        )
        waiting.reverse()
        for day in range(days):
            for _ in range(int(timedelta(days=1) / TICK)):
                while waiting and start + waiting[-1].known_after <= self.now:
                    self.register(waiting.pop())
                for leader in self.at_work(Role.TEAM_LEADER):
                    self.lead(leader)
                self.shift()
                self.now += TICK
            self.life()
            if day % 7 == 0:
                self.violations += self.check()
            yield day
        self.violations += self.check()

    def at_work(self, role: Role) -> list[Staff]:
        """Return those with a role who are not away; nobody works at night, leaders excepted."""
        night = role is Role.CONTACT_PERSON and self.now.hour < 8
        return [] if night else [one for one in self.staff if one.role is role and not self.is_away(one)]

    def is_away(self, one: Staff) -> bool:
        return one.away_until is not None and one.away_until > self.now

    def register(self, one: Invented) -> None:
        place = self.random.choice(PLACES)
        leader = next(one for one in self.staff if one.role is Role.TEAM_LEADER and one.municipality == place)
        done = actions.register(
            leader.scope, self.incidents[place], one.identity, municipality=place, part=one.part,
            source=one.source, now=self.now,
        )  # fmt: skip
        if done.followup:
            self.people[done.followup] = one

    def lead(self, leader: Staff) -> None:
        """Hand out contact persons to those who wait, and settle what waits for the leader."""
        place, scope = leader.municipality, leader.scope
        with opened(scope):
            queue = queries.unassigned(scope, size=500)
            load = queries.load(scope, place, self.now)
            decisions = queries.leader_steps(scope, size=200)
            able = holders(scope, place, MAY_BE_CONTACT)
        size = {one: load[one].people if one in load else 0 for one in able}
        for row in queue:
            first, second, *_ = sorted(able, key=lambda one: (size[one], str(one)))
            actions.assign(
                scope, place, [row.id], first, second, now=self.now, over_limit=size[first] >= LIMIT
            )
            size[first] += 1
        for step in decisions:
            if step.opens <= self.now:
                self.decide(scope, step)

    def decide(self, scope: Scope, step: Step) -> None:
        followup = step.followup_id
        if step.code == "death-message":
            actions.message_delivered(scope, followup, "Politiet", now=self.now)
        elif step.code == "confirm-stop":
            actions.confirm_stop(scope, followup, "Bekreftet ut fra notatet.", now=self.now)
        elif step.code == "review-closing" and self.may_end(scope, followup):
            actions.close(
                scope, followup, Ending.OFFERED_A_YEAR, "Tilbudt i et år.", way_back_told=True, now=self.now
            )
        else:
            again = self.now + timedelta(days=self.random.choice([3, 7, 14]))
            actions.settle(scope, step.id, "Prøv igjen.", contact_again=again, now=self.now)

    def may_end(self, scope: Scope, followup: UUID) -> bool:
        with opened(scope):
            one = queries.followup(scope, followup)
        return one.first_reached_at is not None and self.now - one.known_at >= timedelta(days=366)

    def shift(self) -> None:
        """Let each contact person work through what is ready: their own people, and those of colleagues who are away."""
        here = {one.membership: one for one in self.at_work(Role.CONTACT_PERSON)}
        away = {one.membership for one in self.staff if self.is_away(one)}
        ready: dict[UUID, list[Followup]] = {}
        with opened(system_scope("simuler")) as scope:
            for row in queries.ready(scope, self.now):
                holder = row.deputy_id if row.contact_id in away else row.contact_id
                if holder in here:
                    ready.setdefault(holder, []).append(row)
        for holder, rows in ready.items():
            for row in rows[:PER_SHIFT]:
                self.attempt(here[holder].scope, row)

    def attempt(self, scope: Scope, row: Followup) -> None:
        person = self.people[row.id]
        outcome = answer(person.temper, row.id in self.refused, self.random)
        if outcome is Outcome.NO_THANKS:
            self.refused.add(row.id)
        elif outcome is Outcome.ACCEPTS:
            self.refused.discard(row.id)
        tried = Tried(
            "phone", outcome, note="Sa det klart." if outcome is Outcome.NEVER_AGAIN else "", done_what="Ringte 113.",
            by_whom="Kontaktpersonen", minutes=self.random.randint(2, 40),
        )  # fmt: skip
        actions.record_attempt(scope, row.id, tried, now=self.now)
        self.attempts += 1

    def life(self) -> None:
        """Let staff fall ill, come back, leave, and be replaced; never the last administrator or leader."""
        contacts = [one for one in self.staff if one.role is Role.CONTACT_PERSON]
        for one in contacts:
            if not self.is_away(one) and self.random.random() < 0.01:
                one.away_until = self.now + timedelta(days=self.random.randint(1, 14))
        if contacts and self.random.random() < 0.02:
            self.leave(self.random.choice(contacts))

    def leave(self, one: Staff) -> None:
        administrator = next(
            boss
            for boss in self.staff
            if boss.role is Role.ADMINISTRATOR and boss.municipality == one.municipality
        )
        end_membership(administrator.scope, one.municipality, one.account, now=self.now)
        self.staff.remove(one)
        self.hire(one.municipality, one.role)
