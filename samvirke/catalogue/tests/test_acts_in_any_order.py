"""Two municipalities, several people, acts in any order: nobody touches the neighbour's, nothing goes unsaid or unseen."""

from dataclasses import dataclass
from itertools import takewhile
from typing import Any
from uuid import UUID

from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    precondition,
    rule,
    run_state_machine_as_test,
)

from samvirke.access.permissions import Role
from samvirke.access.scope import Denied, NotYours, Scope, opened
from samvirke.catalogue import actions, pages, queries, rules, sites
from samvirke.catalogue.importing import ImportRow
from samvirke.catalogue.inputs import ServiceInput, TextInput
from samvirke.catalogue.models import Draft, Joined, OwnKind, Service, ServiceVersion
from samvirke.catalogue.stored import snapshot
from samvirke.catalogue.tests.conftest import HALDEN, NOW, SYSTEM, every, whole
from samvirke.catalogue.tests.people import KARI, LIV, OLA, SARPSBORG, as_, journal
from samvirke.kit.errors import BadInput

PEOPLE = [
    as_(Role.EDITOR, KARI),
    as_(Role.APPROVER, OLA),
    as_(Role.APPROVER, LIV),
    as_(Role.TEAM_LEADER, LIV),
    as_(Role.EDITOR, KARI, SARPSBORG),
    as_(Role.APPROVER, OLA, SARPSBORG),
]
PUBLISHES = {
    "catalogue.service.published",
    "catalogue.draft.approved",
    "catalogue.service.confirmed",
    "catalogue.service.withdrawn",
    "catalogue.notice.added",
}

person = st.sampled_from(PEOPLE)
number = st.integers(0, 5)
word = st.sampled_from(["Storgata 1", "Storgata 2", "Storgata 3"])
name = st.sampled_from(["Nav", "Nav-kontoret"])
by = st.sampled_from(["Lederen", "Legen"])


def rows(code: str) -> dict[str, Any]:
    """Return all that a municipality has, down to its versions and drafts."""
    with opened(SYSTEM):
        services = queries.services_of(SYSTEM, code)
        ids = [service.id for service in services]
        return {
            "services": [(str(one.id), one.slug, one.version, snapshot(one)) for one in services],
            "versions": list(
                ServiceVersion.objects.visible_to(SYSTEM).filter(service__in=ids).order_by("id").values()
            ),
            "drafts": list(
                Draft.objects.visible_to(SYSTEM).filter(municipality=code).order_by("id").values()
            ),
            "others": [
                list(model.objects.visible_to(SYSTEM).filter(municipality=code).order_by("pk").values())
                for model in (Joined, OwnKind)
            ],
        }


@dataclass
class Everything:
    """What there is: each municipality's rows, what its pages show, the journal."""

    rows: dict[str, Any]
    shown: dict[str, Any]
    journal: list[Any]


class Acts(RuleBasedStateMachine):
    """Halden wants a second person, Sarpsborg does not."""

    @initialize()
    def two_municipalities(self) -> None:
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        for code in (HALDEN, SARPSBORG):
            actions.join_municipality(SYSTEM, code, now=NOW, needs_approval=code == HALDEN)
            actions.create_service(SYSTEM, code, whole("nav", "Nav"), now=NOW, confirmed_by="Lederen")
            actions.create_service(SYSTEM, code, whole("ppt", "PPT"), now=NOW)
        self.seen = self.everything()

    def teardown(self) -> None:
        if hasattr(self, "atomic"):
            transaction.set_rollback(True)
            self.atomic.__exit__(None, None, None)

    def service(self, which: int) -> Any:
        found = sorted(every(Service), key=lambda one: (one.municipality_id, one.slug))
        return found[which % len(found)]

    def given(self, service: Any, street: str, title: str) -> ServiceInput:
        with opened(SYSTEM):
            now = queries.as_input(queries.service_for(SYSTEM, service.id))
        return whole(now.kind, title, street_address=street)

    def do(self, scope: Scope, act: Any) -> None:
        """Let somebody try an act; whatever comes of it, look at what became of everything."""
        (mine,) = scope.municipalities
        theirs = SARPSBORG if mine == HALDEN else HALDEN
        before, self.seen = self.seen, None  # type: ignore[assignment]
        refused = False
        try:
            found = act()
        except (BadInput, Denied, NotYours):
            found, refused = [], True
        self.seen = after = self.everything()
        done = found if isinstance(found, list) else [found]
        written = [one for one in done if not one.nothing]
        new = after.journal[len(before.journal) :]
        if refused:
            assert after == before
        assert [row.account for row in new] == [scope.account] * len(new)
        assert all(row.municipality_id == mine for row in new)
        assert after.rows[theirs] == before.rows[theirs]
        assert after.shown[theirs] == before.shown[theirs]
        if written and not isinstance(written[0], actions.Imported):
            assert len(new) == len(written)
        if (
            after.rows[mine] == before.rows[mine]
        ):  # a sheet that was read in and changed nothing is told of all the same
            assert {row.code for row in new} <= {"catalogue.services.imported"}
        else:
            assert new
        self.nothing_is_shown_that_nobody_confirmed(after)
        if mine == HALDEN and after.shown[HALDEN] != before.shown[HALDEN]:
            self.it_was_published_by_another(scope, new)

    def everything(self) -> Everything:
        shown = {site.key: sites.at(site, NOW).services for site in pages.load([HALDEN, SARPSBORG])}
        return Everything({code: rows(code) for code in (HALDEN, SARPSBORG)}, shown, journal())

    def nothing_is_shown_that_nobody_confirmed(self, now: Everything) -> None:
        stored = {one[0]: one for code in now.rows for one in now.rows[code]["services"]}
        for services in now.shown.values():
            for view in services:
                content = stored[view.id][3]
                sure = {
                    piece
                    for piece, answer in content["answers"].items()
                    if answer["state"] == rules.CONFIRMED
                }
                assert content["state"] == "confirmed"
                assert rules.SERVICES in sure
                assert rules.ADDRESS in sure or not view.address
                assert rules.PHONE in sure or not view.phones
                assert rules.OPENING_HOURS in sure or not view.opening_hours
                assert view.address.startswith(content["service"]["street_address"] if view.address else "")
                assert view.name["nb"] == content["service"]["texts"]["nb"]["name"]

    def it_was_published_by_another(self, scope: Scope, new: list[Any]) -> None:
        """Where a second person is wanted, nobody changes the page alone, but by taking down or confirming again."""
        assert {row.code for row in new} <= PUBLISHES
        for row in new:
            assert str(scope.account) not in row.payload["about"].get("writers", [])
            told = {path for path in row.payload["fields"] if not path.startswith(("answers.", "state"))}
            if row.code == "catalogue.service.confirmed":
                assert not told
                self.somebody_else_wrote(scope, UUID(row.target))

    def somebody_else_wrote(self, scope: Scope, service: UUID) -> None:
        with opened(SYSTEM):
            earlier = queries.history(SYSTEM, service)[1:]
        for version in takewhile(lambda one: one.state != "confirmed", earlier):
            wrote = [path for path in version.changes if not path.startswith(("answers.", "state", "notice"))]
            assert not wrote or version.account != scope.account

    @rule(who=person, title=name, sure=st.booleans(), home=st.sampled_from([HALDEN, SARPSBORG]))
    def creates(self, who, title, sure, home):
        made = whole("nav", title)
        self.do(
            who,
            lambda: actions.create_service(who, home, made, now=NOW, confirmed_by="Lederen" if sure else ""),
        )

    @rule(who=person, which=number, street=word, who_stands=st.sampled_from(["", "Lederen"]))
    def edits(self, who, which, street, who_stands):
        one = self.service(which)
        self.do(
            who,
            lambda: actions.edit_service(
                who, one.id, {"street_address": street}, now=NOW, confirmed_by=who_stands, version=one.version
            ),
        )

    @rule(who=person, which=number, street=word, title=name)
    def saves_a_draft(self, who, which, street, title):
        one = self.service(which)
        given = self.given(one, street, title)
        self.do(who, lambda: actions.save_draft(who, one.id, given, version=one.version, now=NOW))

    @rule(who=person, which=number, street=word, title=name, stands=by)
    def publishes(self, who, which, street, title, stands):
        one = self.service(which)
        given = self.given(one, street, title)
        self.do(
            who,
            lambda: actions.publish(
                who,
                one.id,
                given,
                version=one.version,
                revision=self.revision(one),
                confirmed_by=stands,
                now=NOW,
            ),
        )

    @rule(who=person, which=number, stands=by)
    def publishes_what_there_is(self, who, which, stands):
        one = self.service(which)
        with opened(SYSTEM):
            draft = queries.draft_of(SYSTEM, one.id)
            given = draft.given if draft else queries.as_input(queries.service_for(SYSTEM, one.id))
        self.do(
            who,
            lambda: actions.publish(
                who,
                one.id,
                given,
                version=one.version,
                revision=self.revision(one),
                confirmed_by=stands,
                now=NOW,
            ),
        )

    def revision(self, one: Any) -> int:
        return next((draft.revision for draft in every(Draft, service=one)), 0)

    @precondition(lambda _: bool(every(Draft, state="sent")))
    @rule(who=person, approves=st.booleans())
    def answers_a_draft(self, who, approves):
        draft = min(every(Draft, state="sent"), key=lambda one: str(one.id))
        if approves:
            self.do(who, lambda: actions.approve(who, draft.id, now=NOW))
        else:
            self.do(who, lambda: actions.send_back(who, draft.id, "Se gatenummeret.", now=NOW))

    @rule(who=person, which=number, stands=by, pieces=st.sampled_from([None, ["services"], ["address"]]))
    def confirms(self, who, which, stands, pieces):
        one = self.service(which)
        self.do(who, lambda: actions.confirm_many(who, [(one.id, pieces)], stands, now=NOW))

    @rule(who=person, which=number, what=st.sampled_from(["withdraw", "bring_back", "drop_draft"]))
    def takes_away(self, who, which, what):
        one = self.service(which)
        self.do(who, lambda: getattr(actions, what)(who, one.id, now=NOW))

    @rule(who=person, which=number, back=st.integers(1, 3))
    def restores(self, who, which, back):
        one = self.service(which)
        self.do(who, lambda: actions.restore(who, one.id, back, now=NOW))

    @rule(who=person, which=number)
    def translates(self, who, which):
        one = self.service(which)
        self.do(who, lambda: actions.set_translation(who, one.id, "en", TextInput("Help"), now=NOW))

    @rule(who=person, which=number)
    def puts_up_a_notice(self, who, which):
        one = self.service(which)
        day = NOW.date()
        self.do(who, lambda: actions.add_notice(who, {"nb": "Stengt"}, day, day, now=NOW, service_id=one.id))

    @rule(
        who=person,
        home=st.sampled_from([HALDEN, SARPSBORG]),
        stands=st.sampled_from(["", "Lederen"]),
        street=word,
    )
    def imports(self, who, home, stands, street):
        row = ImportRow(
            2, "a", {"external_id": "a", "kind": "nav", "street_address": street}, {"name": "Lest inn"}
        )
        self.do(who, lambda: actions.import_rows(who, home, [row], now=NOW, confirmed_by=stands))

    @rule(who=person, home=st.sampled_from([HALDEN, SARPSBORG]))
    def sets_up(self, who, home):
        self.do(who, lambda: actions.configure_municipality(who, home, now=NOW, needs_approval=False))


def test_acts_in_any_order(db):
    run_state_machine_as_test(
        Acts,
        settings=settings(
            max_examples=8,
            stateful_step_count=10,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
