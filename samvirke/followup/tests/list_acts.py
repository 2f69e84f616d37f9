"""What is done to many at once, or twice, for the machine in test_promise.py: merges, plans that change, lists and tips."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from hypothesis import strategies as st
from hypothesis.stateful import rule

from samvirke.access.scope import Scope, opened, system_scope
from samvirke.followup import actions, plans, queries
from samvirke.followup.actions.registering import Ties
from samvirke.followup.actions.tips import Sent
from samvirke.followup.identity import Identity
from samvirke.followup.importing.reading import Sheet
from samvirke.followup.models import Followup, Intake, ListRow, ListRun, Merge, Tip
from samvirke.followup.newcomer import Newcomer
from samvirke.followup.rules.people import Part, Source
from samvirke.followup.tests.conftest import DAY, HALDEN, House
from samvirke.followup.tests.more_acts import NUMBER

PLANS = st.sampled_from(["direct", "other", "helper", "child"])
PARTS = st.sampled_from([Part.INJURED, Part.BEREAVED, Part.OTHER, Part.HELPER, Part.DEAD])
BIRTHS = st.sampled_from(["1990", "2018", ""])


class ListActs:
    """Rules of the machine. Each may be refused; none may leave anybody without the promise."""

    house: House
    now: datetime
    ids: list[UUID]
    pick: Callable[[int], UUID]
    try_: Callable[[Callable[[], object]], None]

    @property
    def lead(self) -> Scope:
        return self.house.leader

    def newest(self, model: type) -> UUID | None:
        with opened(system_scope("prøve")) as scope:
            found: list[UUID] = [row.id for row in model.objects.visible_to(scope)]  # type: ignore[attr-defined]
        return found[-1] if found else None

    def take_in(self) -> None:
        """Let the other rules reach whoever has come onto the list."""
        with opened(system_scope("prøve")) as scope:
            rows = Followup.objects.visible_to(scope).order_by("known_at", "id").values_list("id", flat=True)
            self.ids += [one for one in rows if one not in self.ids]

    @rule(number=NUMBER, other=NUMBER)
    def merge(self, number: int, other: int) -> None:
        kept, gone = (self.house.row(self.ids[one % len(self.ids)]).person_id for one in (number, other))
        if kept != gone:
            self.try_(lambda: actions.merge(self.lead, kept, gone, now=self.now))

    @rule(number=NUMBER)
    def let_apart(self, number: int) -> None:
        with opened(system_scope("prøve")) as scope:
            rows = list(Merge.objects.visible_to(scope).filter(undone_at__isnull=True).order_by("at", "id"))
        if rows:
            self.try_(lambda: actions.unmerge(self.lead, rows[number % len(rows)].id, now=self.now))

    @rule(number=NUMBER, birth=BIRTHS)
    def register_again(self, number: int, birth: str) -> None:
        person = self.house.row(self.pick(number)).person_id

        def act() -> None:
            with opened(self.lead) as scope:
                seen = queries.seen(scope, person, why="prøve", now=self.now).identity
                given = replace(seen, birth=birth or seen.birth)
                ties = Ties(same_as=person)
                self.house.register(given, part=Part.WITNESS, now=self.now, ties=ties)

        self.try_(act)

    @rule(name=PLANS, which=NUMBER, days=st.integers(-3, 3), undo=st.booleans())
    def change_plan(self, name: str, which: int, days: int, undo: bool) -> None:
        with opened(self.lead) as scope:
            version = plans.version_of(scope, HALDEN, name)
            template = plans.template(scope, HALDEN, name)
        if undo or template is None:
            self.try_(lambda: actions.undo_plan(self.lead, HALDEN, name, version=version, now=self.now))
            return
        steps = list(template.steps)
        step = steps.pop(which % len(steps))
        if days:
            moved = {at: getattr(step, at) + days * DAY for at in ("opens", "aim", "closes")}
            steps.append(replace(step, **moved))
        self.try_(
            lambda: actions.change_plan(
                self.lead, HALDEN, name, steps, template.parts, version=version, now=self.now
            )
        )

    @rule(number=NUMBER, part=PARTS, birth=BIRTHS, at_once=st.booleans(), keep=st.booleans())
    def take_a_list(self, number: int, part: Part, birth: str, at_once: bool, keep: bool) -> None:
        people = {
            2 + row: Newcomer(
                Identity(first="Ane", last=f"Liste{number % 9}{row}", birth=birth), part, Source.EPS, self.now
            )
            for row in range(2)
        }
        sheet = Sheet(read=len(people), people=people)
        if at_once:
            self.try_(
                lambda: actions.import_list(self.lead, self.house.incident, HALDEN, sheet, now=self.now)
            )
        else:
            self.try_(
                lambda: actions.prepare_list(self.lead, self.house.incident, HALDEN, sheet, now=self.now)
            )
        if not at_once and (run := self.newest(ListRun)):
            with opened(system_scope("prøve")) as scope:
                rows = ListRow.objects.visible_to(scope).filter(run=run).values_list("id", flat=True)
                answers = dict.fromkeys(rows, "same" if keep else "another")
            self.try_(lambda: actions.answer_rows(self.lead, run, answers, now=self.now))
            end = actions.carry_out_list if number % 5 else actions.drop_list
            self.try_(lambda: end(self.lead, run, now=self.now))
        self.take_in()

    @rule(number=NUMBER, registers=st.booleans())
    def write_on_the_page(self, number: int, registers: bool) -> None:
        if not self.newest(Intake):
            self.try_(lambda: actions.open_form(self.lead, self.house.incident, HALDEN, now=self.now))
        sent = Sent(f"Bo Tips{number}", "00 00 77 31")
        outside = system_scope("public-form", HALDEN)
        self.try_(lambda: actions.receive(outside, HALDEN, sent, now=self.now))
        tip = self.newest(Tip)
        given = Identity(first="Bo", last=f"Tips{number}", phones=("00 00 77 31",))
        facts = {"part": Part.WITNESS, "source": Source.SELF}
        if tip and registers:
            self.try_(lambda: actions.register_from_tip(self.lead, tip, given, facts, now=self.now))
        elif tip:
            self.try_(lambda: actions.answer_tip(self.lead, tip, "Ringte.", relevant=True, now=self.now))
        self.take_in()
