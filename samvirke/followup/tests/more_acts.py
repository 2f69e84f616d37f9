"""What else is done around people, for the machine in test_promise.py: staff kept away, families, wishes, the long tail."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from hypothesis import strategies as st
from hypothesis.stateful import rule

from samvirke.access.scope import Scope, opened, system_scope
from samvirke.followup import actions, queries, words
from samvirke.followup.actions.attempts import Tried
from samvirke.followup.models import Attempt, Followup, Person, Relation
from samvirke.followup.rules.interpreting import Kind
from samvirke.followup.rules.outcomes import Outcome
from samvirke.followup.rules.people import Protection
from samvirke.followup.tests.conftest import DAY, House

NUMBER = st.integers(0, 99)
STAFF = st.sampled_from(["team-leader", "contact-person", "health-professional"])


class MoreActs:
    """Rules of the machine. Each may be refused; none may leave anybody without the promise."""

    house: House
    now: datetime
    pick: Callable[[int], UUID]
    try_: Callable[[Callable[[], object]], None]

    @property
    def leader(self) -> Scope:
        return self.house.leader

    @rule(number=NUMBER, who=STAFF, inhabil=st.booleans())
    def declare(self, number: int, who: str, inhabil: bool) -> None:
        scope = self.house.scope(who)
        inhabil = inhabil and who != "team-leader"  # somebody must be left who may do the rest
        self.try_(lambda: actions.declare(scope, self.pick(number), inhabil=inhabil, now=self.now))

    @rule(number=NUMBER, who=STAFF, back=st.booleans())
    def keep_away(self, number: int, who: str, back: bool) -> None:
        account = self.house.people[who].id
        if back or who == "team-leader":
            self.try_(lambda: actions.unbar(self.leader, self.pick(number), account, now=self.now))
        else:
            self.try_(lambda: actions.bar(self.leader, self.pick(number), account, now=self.now))

    @rule(number=NUMBER, end=st.booleans())
    def name(self, number: int, end: bool) -> None:
        account = self.house.people["team-leader"].id
        if end:
            self.try_(lambda: actions.end_access(self.leader, self.pick(number), account, now=self.now))
        else:
            self.try_(
                lambda: actions.name_access(self.leader, self.pick(number), account, "Prøve", now=self.now)
            )

    @rule(number=NUMBER, other=NUMBER, together=st.booleans(), apart=st.booleans())
    def relate(self, number: int, other: int, together: bool, apart: bool) -> None:
        person = self.house.row(self.pick(other)).person_id
        self.try_(
            lambda: actions.relate(
                self.leader, self.pick(number), person, "sibling", household=together, apart=apart, now=self.now
            )
        )  # fmt: skip

    @rule(number=NUMBER)
    def end_relation(self, number: int) -> None:
        with opened(system_scope("prøve")) as scope:
            there = list(Relation.objects.visible_to(scope).order_by("id"))
            found = there[number % len(there)] if there else None
            one = found and Followup.objects.visible_to(scope).filter(person=found.person_id).first()
        if found and one:
            self.try_(lambda: actions.end_relation(self.leader, one.id, found.id, now=self.now))

    @rule(number=NUMBER, closed=st.booleans())
    def close_family(self, number: int, closed: bool) -> None:
        self.try_(lambda: actions.close_family(self.leader, self.pick(number), closed=closed, now=self.now))

    @rule(number=NUMBER)
    def leave_household(self, number: int) -> None:
        self.try_(lambda: actions.leave_household(self.leader, self.pick(number), now=self.now))

    @rule(number=NUMBER, outcome=st.sampled_from(list(Outcome)))
    def visit(self, number: int, outcome: Outcome) -> None:
        house = self.house.row(self.pick(number)).household_id
        with opened(system_scope("prøve")) as scope:
            rows = queries.followups(scope).filter(household=house) if house else []
            ids = [row.id for row in rows]
        tried = Tried("visit", outcome, note="Sagt klart.", done_what="113", by_whom="Kari")
        if ids:
            self.try_(
                lambda: actions.record_household_visit(self.leader, dict.fromkeys(ids, tried), now=self.now)
            )

    @rule(number=NUMBER, fewer=st.booleans(), only=st.sampled_from(sorted(words.ONLY)))
    def wish(self, number: int, fewer: bool, only: str) -> None:
        self.try_(
            lambda: actions.record_wishes(
                self.leader, self.pick(number), fewer=fewer, only=only, through_parents=True, now=self.now
            )
        )  # fmt: skip

    @rule(number=NUMBER, state=st.sampled_from(sorted(words.CONSENT_STATES)))
    def consent(self, number: int, state: str) -> None:
        first = {
            name: next(iter(getattr(words, name))) for name in ("PURPOSES", "RECIPIENTS", "GIVEN_BY", "HOW")
        }
        self.try_(
            lambda: actions.record_consent(
                self.leader, self.pick(number), purpose=first["PURPOSES"], recipient=first["RECIPIENTS"], state=state,
                given_by=first["GIVEN_BY"], how=first["HOW"], said_at=self.now, now=self.now,
            )
        )  # fmt: skip

    @rule(
        number=NUMBER,
        which=NUMBER,
        kind=st.sampled_from(list(Kind)),
        days=st.integers(-2, 9),
        gone=st.booleans(),
    )
    def interpret(self, number: int, which: int, kind: Kind, days: int, gone: bool) -> None:
        steps = self.house.steps(self.pick(number), state="open")
        if steps and gone:
            booked = next((step for step in steps if step.interpreter), steps[0])
            self.try_(lambda: actions.interpreter_cannot_come(self.leader, booked.id, now=self.now))
        elif steps:
            step, when = steps[which % len(steps)], self.now + days * DAY
            self.try_(
                lambda: actions.book_interpreter(
                    self.leader, step.id, kind, when, "Tolketjenesten", now=self.now
                )
            )

    @rule(number=NUMBER, reason=st.sampled_from(["", "Vil gå over til de lange kontaktene"]))
    def keep_tail(self, number: int, reason: str) -> None:
        self.try_(
            lambda: actions.keep_tail(
                self.leader, self.pick(number), reason, way_back_told=True, now=self.now
            )
        )

    @rule(number=NUMBER, protection=st.sampled_from(list(Protection)))
    def edit(self, number: int, protection: Protection) -> None:
        with opened(self.leader) as scope:
            person = Person.objects.visible_to(scope).get(id=self.house.row(self.pick(number)).person_id)

        def act() -> None:
            seen = queries.seen(self.leader, person.id, why="edit", now=self.now).identity
            actions.edit_person(
                self.leader, person.id, seen, version=person.version, now=self.now, protection=protection,
                language="nb", interpreter=number % 2 == 0,
            )  # fmt: skip

        def inside() -> None:
            with opened(self.leader):
                act()

        self.try_(inside)

    @rule(number=NUMBER)
    def journal(self, number: int) -> None:
        one = self.pick(number)
        with opened(system_scope("prøve")) as scope:
            found = Attempt.objects.visible_to(scope).filter(followup=one).order_by("-at").first()
        if found:
            self.try_(
                lambda: actions.note_journalled(
                    self.leader, one, found.id, "CosDoc", self.now.date(), now=self.now
                )
            )

    @rule(number=NUMBER)
    def wait_a_year(self, number: int) -> None:
        if number < 10:
            self.now += 370 * DAY
