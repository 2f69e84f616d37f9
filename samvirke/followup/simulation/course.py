"""The course itself: a leader, contact persons who work through their lists, staff who fall ill and leave, a clock.

The same seed gives the same course: whatever chooses goes by numbers given here, never by ids.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from random import Random
from uuid import UUID, uuid4

from samvirke.access.permissions import ROLES, Role
from samvirke.access.scope import Scope, opened, system_scope
from samvirke.accounts.actions.members import end_membership
from samvirke.accounts.models import Account, Membership
from samvirke.followup import actions, opening, queries
from samvirke.followup.actions.assigning import LIMIT
from samvirke.followup.actions.attempts import Tried
from samvirke.followup.models import Followup, Household, Step
from samvirke.followup.rules.closing import Ending
from samvirke.followup.rules.outcomes import Outcome
from samvirke.followup.simulation.people import NOTES, Invented, answer, invent_all
from samvirke.incidents.models import Incident
from samvirke.kit.errors import BadInput

TICK = timedelta(hours=8)
PER_SHIFT = 8  # attempts a contact person makes in a shift
PLACES = ("3101", "3103")
BECOMES_ILL, LEAVES, IS_INHABIL = 0.01, 0.02, 0.003
LONG_ILLNESS = timedelta(days=12)
NEVER_BACK = timedelta(days=10_000)


@dataclass
class Staff:
    """One member of staff, with the membership that people are tied to."""

    number: int
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
    check: Callable[[], list[dict[str, str]]]
    places: tuple[str, ...] = PLACES
    tick: timedelta = TICK
    per_shift: int = PER_SHIFT
    leaves: float = LEAVES
    falls_ill: float = BECOMES_ILL
    staff: list[Staff] = field(default_factory=list)
    hired: int = 0
    incidents: dict[str, UUID] = field(default_factory=dict)
    people: dict[UUID, Invented] = field(default_factory=dict)
    by_number: dict[int, UUID] = field(default_factory=dict)
    homes: dict[int, tuple[str, UUID]] = field(default_factory=dict)
    refused: set[UUID] = field(default_factory=set)
    moved: set[UUID] = field(default_factory=set)
    wishes: list[UUID] = field(default_factory=list)
    away: dict[UUID, datetime] = field(default_factory=dict)  # ended, and when they come back
    declared: set[tuple[UUID, UUID]] = field(default_factory=set)
    inhabil: set[tuple[UUID, UUID]] = field(default_factory=set)
    violations: list[dict[str, str]] = field(default_factory=list)
    attempts: int = 0

    def begin(self, staff_size: int) -> None:
        """Let something happen in each municipality, and staff come to work."""
        with opened(system_scope("simuler")):
            for place in self.places:
                happened = self.now - timedelta(hours=3)
                row = Incident(
                    id=uuid4(), municipality_id=place, reference=f"{place}-sim", kind="exercise", title="Øvelse",
                    happened_at=happened, reported_at=self.now, state="active", exercise=True,
                )  # fmt: skip
                row.save(force_insert=True)
                self.incidents[place] = row.id
        for number in range(staff_size):
            role = Role.TEAM_LEADER if number < 2 * len(self.places) else Role.CONTACT_PERSON
            self.hire(self.places[number % len(self.places)], role)
        for place in self.places:
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
        self.join(account.id, row.id, place, role)

    def join(self, account: UUID, membership: UUID, place: str, role: Role) -> None:
        """Let somebody who has a role work in the course."""
        self.hired += 1
        self.staff.append(Staff(self.hired, account, membership, place, role))

    def run(self, affected: int, days: int) -> Iterator[int]:
        """Go through the days, yielding each day's number."""
        start, waiting = self.now, invent_all(affected, self.random)
        waiting.reverse()
        for day in range(days):
            for _ in range(int(timedelta(days=1) / self.tick)):
                while waiting and start + waiting[-1].known_after <= self.now:
                    self.register(waiting.pop())
                for place in self.places:
                    self.lead(self.leader(place))
                self.shift()
                self.now += self.tick
            self.life()
            if day % 7 == 0:
                self.violations += self.check()
            yield day
        self.violations += self.check()

    def leader(self, place: str) -> Staff:
        return next(one for one in self.staff if one.role is Role.TEAM_LEADER and one.municipality == place)

    def contacts(self, place: str) -> list[Staff]:
        return [one for one in self.staff if one.role is Role.CONTACT_PERSON and one.municipality == place]

    def is_away(self, one: Staff) -> bool:
        return one.away_until is not None and one.away_until > self.now

    def in_order(self, rows: Iterable[Followup]) -> list[Followup]:
        """Return the course's own by priority, deadline, and number: ids are new in every course."""
        mine = [row for row in rows if row.id in self.people]
        return sorted(mine, key=lambda row: (row.priority, row.next_closes, self.people[row.id].number))

    def register(self, one: Invented) -> None:
        """Put somebody on the list, with their household if they have one."""
        place = self.random.choice(self.places)
        if one.family in self.homes:
            place = self.homes[one.family][0]
        done = actions.register(
            self.leader(place).scope, self.incidents[place], one.identity, municipality=place, part=one.part,
            source=one.source, now=self.now, protection=one.protection, language=one.language,
            interpreter=one.language != "nb", household=self.home(one, place),
        )  # fmt: skip
        if done.followup:
            self.people[done.followup] = one
            self.by_number[one.number] = done.followup

    def home(self, one: Invented, place: str) -> UUID | None:
        """Return the household of somebody in a family, made with its second member, who brings the first one in."""
        first = self.by_number.get(one.family) if one.family is not None else None
        if one.family is None or first is None:
            return None
        if one.family not in self.homes:
            house = Household(id=uuid4(), municipality_id=place)
            with opened(system_scope("simuler")) as scope:
                row = queries.followup(scope, first)
                house.municipality_id = row.municipality_id
                house.save(force_insert=True)
                row.household_id = house.id
                row.save(update_fields=["household"])
            self.homes[one.family] = (row.municipality_id, house.id)
        home_place, house_id = self.homes[one.family]
        return house_id if home_place == place else None

    def lead(self, leader: Staff) -> None:
        """Hand out contact persons, settle what waits for the leader, and end what people have asked to end."""
        scope = leader.scope
        with opened(scope):
            queue = self.in_order(queries.unassigned(scope, size=500))
            decisions = queries.leader_steps(scope, size=500)
        if queue:
            self.hand_out(leader, queue)
        mine = [step for step in decisions if step.followup_id in self.people and step.opens <= self.now]
        for step in sorted(mine, key=lambda step: (step.closes, self.people[step.followup_id].number)):
            self.decide(leader, step)
        self.end_wishes(leader)
        for followup in [one for one, back in self.away.items() if back <= self.now]:
            if self.is_here(scope, followup):
                del self.away[followup]
                actions.reopen(scope, followup, "Ringte selv, og vil ha kontakt igjen.", now=self.now)

    def hand_out(self, leader: Staff, queue: list[Followup]) -> None:
        place, scope = leader.municipality, leader.scope
        with opened(scope):
            load = queries.load(scope, place, self.now)
        able = [one for one in self.contacts(place) if not self.is_away(one)] or self.contacts(place)
        size = {one.membership: load[one.membership].people if one.membership in load else 0 for one in able}
        for row in queue:
            free = [one for one in able if (one.membership, row.id) not in self.inhabil]
            first, second, *_ = sorted(
                [*free, leader], key=lambda one: (one is leader, size.get(one.membership, 0), one.number)
            )
            over = size.get(first.membership, 0) >= LIMIT
            actions.assign(
                scope, place, [row.id], first.membership, second.membership, now=self.now, over_limit=over
            )
            size[first.membership] = size.get(first.membership, 0) + 1

    def decide(self, leader: Staff, step: Step) -> None:
        scope, followup = leader.scope, step.followup_id
        if step.code == "death-message":
            if self.random.random() < 0.5:
                actions.message_delivered(scope, followup, "Operasjonssentralen", now=self.now)
        elif step.code == "confirm-stop":
            self.open(leader, followup)
            actions.confirm_stop(
                scope, followup, "Bekreftet ut fra notatet.", child_reviewed=True, now=self.now
            )
            self.away[followup] = self.now + (self.people[followup].temper.comes_back or NEVER_BACK)
        elif step.code == "review-closing" and self.may_end(scope, followup):
            self.end(leader, followup, Ending.OFFERED_A_YEAR)
        else:
            again = self.now + timedelta(days=self.random.choice([3, 7, 14]))
            actions.settle(scope, step.id, "Prøv igjen.", contact_again=again, now=self.now)

    def end_wishes(self, leader: Staff) -> None:
        """End what people have asked to end. A child's wish alone ends nothing: the plan goes on."""
        for followup in [one for one in self.wishes if self.is_here(leader.scope, one)]:
            self.wishes.remove(followup)
            try:
                self.end(leader, followup, Ending.OWN_WISH)
            except BadInput:
                continue
            self.away[followup] = self.now + (self.people[followup].temper.comes_back or NEVER_BACK)

    def end(self, leader: Staff, followup: UUID, ending: Ending) -> None:
        if self.open(leader, followup):
            reason = "Tilbudt i et år." if ending is Ending.OFFERED_A_YEAR else "Personen ba om det."
            asked = ending is Ending.OWN_WISH
            actions.close(
                leader.scope, followup, ending, reason, way_back_told=True, asked=asked, now=self.now
            )

    def is_here(self, scope: Scope, followup: UUID) -> bool:
        with opened(scope):
            return queries.followups(scope).filter(id=followup).exists()

    def may_end(self, scope: Scope, followup: UUID) -> bool:
        with opened(scope):
            one = queries.followup(scope, followup)
        return one.first_reached_at is not None and self.now - one.known_at >= timedelta(days=366)

    def open(self, one: Staff, followup: UUID) -> bool:
        """Say of oneself, before a record opens, whether one is too close; return whether one may go on.

        A leader who must see somebody with a shielded address names themselves first.
        """
        key = (one.membership, followup)
        if key not in self.declared:
            with opened(one.scope):
                may = opening.may_open(one.scope, queries.followup(one.scope, followup).person_id)
            if one.role is Role.TEAM_LEADER and not may:
                actions.name_access(one.scope, followup, one.account, "Avgjør saken.", now=self.now)
            close = one.role is Role.CONTACT_PERSON and self.random.random() < IS_INHABIL
            actions.declare(one.scope, followup, inhabil=close, now=self.now)
            (self.inhabil if close else self.declared).add(key)
            return not close
        return True

    def shift(self) -> None:
        """Let each contact person work through what is ready: their own people, and those of colleagues who are away."""
        if self.now.hour < 8 and self.tick < timedelta(days=1):
            return
        here = {
            one.membership: one
            for place in self.places
            for one in self.contacts(place)
            if not self.is_away(one)
        }
        ready: dict[UUID, list[Followup]] = {membership: [] for membership in here}
        with opened(system_scope("simuler", *self.places)) as scope:
            found = self.in_order(queries.ready(scope, self.now))
        for row in found:
            holder = row.contact_id if row.contact_id in here else row.deputy_id
            if holder in ready:
                ready[holder].append(row)
        for membership, rows in ready.items():
            for row in rows[: self.per_shift]:
                if self.open(here[membership], row.id):
                    self.attempt(here[membership].scope, row)

    def attempt(self, scope: Scope, row: Followup) -> None:
        temper, known = self.people[row.id].temper, self.now - row.known_at
        outcome = answer(
            temper, known, self.random, refused=row.id in self.refused, moved=row.id in self.moved
        )
        tried = Tried(
            "phone", outcome, note=self.random.choice(NOTES[outcome]), minutes=self.random.randint(2, 40)
        )
        if outcome is Outcome.ACUTE_DANGER:
            tried = replace(tried, done_what="Ringte 113.", by_whom="Kontaktpersonen")
        actions.record_attempt(scope, row.id, tried, now=self.now)
        self.attempts += 1
        if outcome is Outcome.NO_THANKS:
            self.refused.add(row.id)
        elif outcome is Outcome.MOVED:
            self.moved.add(row.id)
        elif outcome is Outcome.ACCEPTS:
            self.refused.discard(row.id)
            if temper.ends and known > temper.ends and row.id not in self.away:
                self.wishes.append(row.id)

    def life(self) -> None:
        """Let staff fall ill, come back, leave, and be replaced; never the last administrator or leader."""
        contacts = [one for place in self.places for one in self.contacts(place)]
        for one in contacts:
            if not self.is_away(one) and self.random.random() < self.falls_ill:
                one.away_until = self.now + timedelta(days=self.random.randint(1, 21))
                if one.away_until - self.now > LONG_ILLNESS:
                    self.hand_over_from(one)
        if contacts and self.random.random() < self.leaves:
            self.leave(self.random.choice(contacts))

    def hand_over_from(self, ill: Staff) -> None:
        """Give those of somebody who is away for long to colleagues who have few, with the ill one as deputy."""
        leader, place = self.leader(ill.municipality), ill.municipality
        able = [one for one in self.contacts(place) if not self.is_away(one) and one is not ill]
        with opened(leader.scope):
            rows = queries.followups(leader.scope).filter(live=True, contact_id=ill.membership)
            mine, load = self.in_order(rows), queries.load(leader.scope, place, self.now)
        size = {one.membership: load[one.membership].people if one.membership in load else 0 for one in able}
        for row in mine:
            free = [one for one in able if (one.membership, row.id) not in self.inhabil]
            if not free:
                continue
            to = min(free, key=lambda one: (size[one.membership], one.number))
            size[to.membership] += 1
            actions.hand_over(
                leader.scope, row.id, to.membership, ill.membership, "Kontaktpersonen er syk. Les planen.",
                person_told="phone", now=self.now,
            )  # fmt: skip

    def leave(self, one: Staff) -> None:
        """Let somebody leave, in the name of an administrator, and somebody else begin."""
        administrator = next(
            boss
            for boss in self.staff
            if boss.role is Role.ADMINISTRATOR and boss.municipality == one.municipality
        )
        end_membership(administrator.scope, one.municipality, one.account, now=self.now)
        self.staff.remove(one)
        self.hire(one.municipality, one.role)
