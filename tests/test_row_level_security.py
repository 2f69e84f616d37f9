"""The second belt: without a scope, the application's role finds nothing of a municipality's and can write nothing.

Rooms put their tables' rows into ROWS; a table without a row there fails, so that nothing is proven of an empty table.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.db.models import Model
from django.db.utils import DatabaseError

from samvirke.access import log, readiness
from samvirke.access.permissions import Need, Role
from samvirke.access.scope import NATIONAL, Scope, opened, system_scope
from samvirke.accounts.models import Account, Invitation, Membership
from samvirke.catalogue import actions
from samvirke.catalogue.importing import File
from samvirke.catalogue.inputs import ChannelInput, PhoneInput, ServiceInput, TextInput
from samvirke.catalogue.models import Reminder
from samvirke.followup import actions as followup
from samvirke.followup import queries
from samvirke.followup.actions.attempts import Tried
from samvirke.followup.identity import Identity
from samvirke.followup.models import (
    Absence,
    Barred,
    Block,
    Consent,
    ContactChange,
    Declared,
    Household,
    Intake,
    ListRow,
    ListRun,
    Merge,
    Named,
    PlanTemplate,
    Reference,
    Relation,
    SavedFilter,
    Tip,
)
from samvirke.followup.rules.outcomes import Outcome
from samvirke.followup.rules.people import Part, Source
from samvirke.incidents.callout import actions as team
from samvirke.incidents.callout.contact import Contact
from samvirke.incidents.callout.rules import Function
from samvirke.incidents.models import (
    CalendarKey,
    Decision,
    Entry,
    Guest,
    Incident,
    Informed,
    Lesson,
    Meeting,
    Numbering,
    Participation,
    Report,
    Takeover,
    Threat,
)
from samvirke.messaging.models import Message, Recorded

NOW = datetime(2026, 11, 20, 11, 0, tzinfo=UTC)
HALDEN, OSLO = "3101", "0301"
KARI = UUID("11111111-1111-4111-8111-111111111111")

# Tables of persons that cannot be closed by a scope, and why.
WITHOUT_POLICY = {
    "accounts_account": "who somebody is comes before what they may see; only names, and passwords as digests",
}
# What everybody may read, because it stands on public pages: table → which rows.
PUBLIC_ROWS = {
    "catalogue_joined": "true",
    "catalogue_service": "state = 'confirmed'",
    "catalogue_servicearea": "service_id IN (SELECT id FROM catalogue_service)",
    "catalogue_servicetext": "service_id IN (SELECT id FROM catalogue_service)",
    "catalogue_phone": "service_id IN (SELECT id FROM catalogue_service)",
    "catalogue_channel": "service_id IN (SELECT id FROM catalogue_service)",
    "catalogue_notice": "municipality_id IS NOT NULL OR service_id IN (SELECT id FROM catalogue_service)",
    "catalogue_verification": "municipality_id IS NOT NULL OR service_id IN (SELECT id FROM catalogue_service)",
}


def as_person(code: str) -> Scope:
    return Scope(KARI, frozenset({code}), frozenset(Need), municipality=code)


def catalogue_rows(code: str, scope: Scope) -> None:
    given = ServiceInput(
        kind="nav",
        texts={"nb": TextInput("Nav")},
        phones=(PhoneInput("22 00 00 00"),),
        channels=(ChannelInput("web", "https://www.example.no"),),
    )
    actions.join_municipality(scope, code, now=NOW)
    actions.confirm_duty(scope, code, "gp-same-day", "Legen", now=NOW)
    for by in ("", "Lederen"):
        made = actions.create_service(
            scope, code, given, now=NOW, areas=[("municipality", code)], confirmed_by=by
        )
        actions.answer_not_applicable(scope, made.service, "address", {"nb": "Nei"}, "Lederen", now=NOW)
        actions.add_notice(
            scope, {"nb": "Stengt"}, date(2026, 12, 1), date(2026, 12, 2), now=NOW, service_id=made.service
        )
    actions.add_own_kind(scope, code, {"nb": "Senter"}, "kommune", now=NOW)
    actions.save_draft(scope, made.service, replace(given, owner="Nav"), version=3, now=NOW)


def import_rows(code: str, scope: Scope) -> None:
    sheet = File("ark.csv", b"external_id;name;actor\na;Nav;nav\n")
    actions.prepare_import(scope, code, sheet, now=NOW)


def verification_rows(code: str, scope: Scope) -> None:
    done = actions.shorten_verification(
        scope, code, 7, until=NOW + timedelta(days=9), reason="Prøve", now=NOW
    )
    letter = UUID(str(done.target))
    with opened(scope):
        Reminder.objects.create(
            municipality_id=code, letter=letter, message=letter, account=KARI, round="due",
            piece="gp-same-day", confirmed_at=NOW, due_at=NOW + timedelta(days=7), day=NOW.date(), sent_at=NOW,
        )  # fmt: skip


def access_rows(code: str, scope: Scope) -> None:
    readiness.record(scope, code, "dpia", "2026/1", NOW.date(), now=NOW)
    with opened(scope):
        log.note_read(scope, code, "test.person", ["1"], why="prøve", now=NOW)


def messaging_rows(code: str, scope: Scope) -> None:
    with opened(scope):
        message = Message.objects.create(
            municipality_id=code, channel="email", recipient_kind="account", recipient_id=str(KARI),
            template="x", created_at=NOW, due_at=NOW, give_up_at=NOW + timedelta(days=1),
        )  # fmt: skip
        Recorded.objects.create(
            message=message, municipality_id=code, channel="email", address="a@b.no", at=NOW
        )


def account_rows(code: str, scope: Scope) -> None:
    account = Account.objects.create(email=f"kari@{code}.no", name="Kari", created_at=NOW)
    with opened(scope):
        Membership.objects.create(account=account, role=Role.EDITOR, municipality_id=code, since=NOW)
        Invitation.objects.create(
            email="ola@b.no", nonce="x", role=Role.EDITOR, municipality_id=code,
            invited_at=NOW, expires_at=NOW + timedelta(days=7),
        )  # fmt: skip


def followup_rows(code: str, scope: Scope) -> None:
    """A person who was hit, with all that can hang on one; and the keys that seal it."""
    incident = Incident(
        municipality_id=code, reference=f"{code}-1", kind="fire", title="Brann", happened_at=NOW, reported_at=NOW,
        state="active", exercise=True,
    )  # fmt: skip
    with opened(scope):
        incident.save(force_insert=True)
        Participation.objects.create(incident=incident, municipality_id=code, part="home", since=NOW)
        house = Household.objects.create(municipality_id=code)
    facts: dict[str, Any] = {"municipality": code, "part": Part.WITNESS, "source": Source.SELF, "now": NOW}
    done = followup.register(scope, incident.id, Identity("Ola", "Nes", "1990"), household=house.id, **facts)
    other = followup.register(scope, incident.id, Identity("Liv", "Moe", "1991"), **facts)
    assert done.followup
    assert done.person
    assert other.person
    tried = Tried("meeting", Outcome.NEVER_AGAIN, note="Nei.", journalled=("System", NOW.date()))
    with opened(scope):
        step = next(one.id for one in queries.steps(scope, done.followup) if one.health)
    followup.record_attempt(scope, done.followup, tried, now=NOW, step_id=step)
    followup.confirm_stop(scope, done.followup, "Sagt klart.", now=NOW)
    row: dict[str, Any] = {"municipality_id": code}
    with opened(scope):
        Relation.objects.create(
            person_id=done.person, other_id=other.person, kind="friend", added_at=NOW, **row
        )
        Consent.objects.create(
            person_id=done.person, purpose="share", recipient="x", state="given", given_by="self", how="oral",
            said_at=NOW, **row,
        )  # fmt: skip
        Barred.objects.create(person_id=done.person, account=KARI, by_person=True, at=NOW, **row)
        Declared.objects.create(person_id=done.person, account=KARI, at=NOW, **row)
        Named.objects.create(person_id=done.person, account=KARI, at=NOW, **row)
        Block.objects.create(tokens=[b"x"], at=NOW, **row)
        Tip.objects.create(about_self=True, sealed=b"x", token=b"x", incident=incident, at=NOW, **row)
        Reference.objects.create(person_id=done.person, incident=incident, part="dead", at=NOW, **row)
        Intake.objects.create(incident=incident, opened_at=NOW, **row)
        run = ListRun.objects.create(incident=incident, rows_read=1, at=NOW, **row)
        ListRow.objects.create(run=run, number=2, state="new", sealed=b"x", **row)
        Merge.objects.create(
            kept_id=done.person, gone_id=other.person, sealed=b"x", before={}, version=1, at=NOW, **row
        )
        ContactChange.objects.create(followup_id=done.followup, why="left", at=NOW, **row)
        Absence.objects.create(membership_id=KARI, first=NOW.date(), last=NOW.date(), **row)
        SavedFilter.objects.create(account=KARI, name="Tolk", choices={"tolk": "1"}, **row)
        PlanTemplate.objects.create(name="direct", version=1, steps=[], made_at=NOW, **row)


def incident_rows(code: str, scope: Scope) -> None:
    """An incident with all that can stand in one; the offer and the guest come from a third municipality."""
    incident = Incident(
        municipality_id=code, reference=f"{code}-2", kind="fire", title="Brann", happened_at=NOW, reported_at=NOW, state="active"
    )  # fmt: skip
    row: dict[str, Any] = {"incident": incident, "municipality_id": code, "at": NOW}
    told: dict[str, Any] = {**row, "sealed": b"x"}
    with opened(scope):
        incident.save(force_insert=True)
        Numbering.objects.create(municipality_id=code, year=2026, exercise=False, last=1)
        Report.objects.create(source="politi", **told)
        Decision.objects.create(answer="yes", **told)
        Entry.objects.create(number=1, kind="information", happened_at=NOW, **told)
        Threat.objects.create(approved=True, valid_until=NOW, **told)
        Informed.objects.create(actor="politi", how="phone", **told)
        Lesson.objects.create(question="worked", **told)
        Takeover.objects.create(to_id="5001", reason="Prøve", **row)
        Guest.objects.create(home_id="5001", account=KARI, until=NOW, **row)
        Meeting.objects.create(
            incident=incident, municipality_id=code, title="Møte", starts=NOW, ends=NOW + timedelta(hours=1),
            place="Rådhuset", invited="Teamet", changed_at=NOW,
        )  # fmt: skip
        CalendarKey.objects.create(municipality_id=code, account=KARI, digest=code.encode(), made_at=NOW)


def team_rows(code: str, scope: Scope) -> None:
    """Somebody in the crisis team, who is called out."""
    added = team.add(scope, code, team.Facts(Function.DOCTOR, Contact("Liv Moe", ("00 00 11 03",))), now=NOW)
    assert added.target
    team.set_times(scope, code, 5, 15, now=NOW)
    team.begin(scope, code, team.Order(None), now=NOW)


ROWS: list[Callable[[str, Scope], None]] = [
    incident_rows,
    catalogue_rows,
    import_rows,
    verification_rows,
    access_rows,
    account_rows,
    messaging_rows,
    followup_rows,
    team_rows,
]


def tenants() -> list[type[Model]]:
    """Return every table that holds rows of a municipality or a person, and is closed."""
    found = [model for model in apps.get_models() if getattr(model, "holds", "") in {"TENANT", "PERSONAL"}]
    return [model for model in found if table(model) not in WITHOUT_POLICY]


def table(model: type[Model]) -> str:
    return model._meta.db_table


KEYS = {table(model): model._meta.pk.column for model in tenants()}
COLUMNS = {
    table(model): ", ".join(f'"{one.column}"' for one in model._meta.concrete_fields if not one.generated)
    for model in tenants()
}


def ask(statement: str, *arguments: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, arguments)
        return cursor.fetchall()


def change(statement: str, *arguments: Any, keys: bool = False) -> int:
    """Run a statement; return how many rows it touched, none when it was refused (`keys`: by a foreign key too)."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, arguments)
            return cursor.rowcount
    except DatabaseError as error:
        if "row-level security" in str(error) or "permission denied" in str(error):
            return 0
        if keys and "foreign key" in str(error):
            return 0
        raise


@pytest.fixture
def rows(db: None) -> dict[str, dict[str, list[dict[str, Any]]]]:
    """Fill two municipalities; return each one's rows by table."""
    found: dict[str, dict[str, list[dict[str, Any]]]] = {}
    for code in (HALDEN, OSLO):
        for make in ROWS:
            make(code, as_person(code))
        with opened(system_scope("prøve", code)):
            found[code] = {table(model): list(mine(model, code)) for model in tenants()}
    return found


def mine(model: type[Model], code: str) -> Iterator[dict[str, Any]]:
    """Yield a municipality's rows of a table: what only its scope shows, and what stands on its pages."""
    names = {field.column for field in model._meta.concrete_fields}
    for (text,) in ask(f"SELECT to_jsonb(t)::text FROM {table(model)} t ORDER BY 1"):
        row = json.loads(text)
        whose = row.get("municipality_id")
        if whose is None and "service_id" in names and row["service_id"]:
            ((whose,),) = ask(
                "SELECT municipality_id FROM catalogue_service WHERE id = %s", row["service_id"]
            )
        if whose is None and "run_id" in names:
            ((whose,),) = ask("SELECT municipality_id FROM catalogue_importrun WHERE id = %s", row["run_id"])
        if whose == code:
            yield row


def test_every_tenants_table_has_row_level_security_that_is_not_forced_on_the_owner(db):
    switched = {
        name: (on, forced)
        for name, on, forced in ask("SELECT relname, relrowsecurity, relforcerowsecurity FROM pg_class")
    }
    wrong = [table(model) for model in tenants() if switched[table(model)] != (True, False)]
    assert tenants()
    assert not wrong, f"add the policies (docs/how-to/add-a-tenant-table.md): {wrong}"


def test_every_tenants_table_is_tried_with_rows(rows):
    lacking = [table(model) for model in tenants() if not rows[HALDEN][table(model)]]
    assert not lacking, f"add rows of these to ROWS: {lacking}"


def test_without_a_scope_only_what_is_published_can_be_read(rows):
    for model in tenants():
        name = table(model)
        public = PUBLIC_ROWS.get(name, "false")
        ((wrong,),) = ask(f"SELECT count(*) FROM {name} WHERE NOT ({public})")
        assert wrong == 0, name
        ((right,),) = ask(f"SELECT count(*) FROM {name} WHERE {public}")
        assert bool(right) == (name in PUBLIC_ROWS), name


@pytest.mark.parametrize("scope", [None, NATIONAL, OSLO])
def test_anothers_rows_can_be_neither_changed_nor_deleted_nor_added(rows, scope):
    with opened(system_scope("prøve", scope)) if scope else transaction.atomic():
        for name, theirs in rows[HALDEN].items():
            for row in theirs:
                key = KEYS[name]
                assert change(f"UPDATE {name} SET {key} = {key} WHERE {key} = %s", row[key]) == 0, name
                assert change(f"DELETE FROM {name} WHERE {key} = %s", row[key]) == 0, name
                own = COLUMNS[name]
                again = (
                    f"INSERT INTO {name} ({own}) SELECT {own} FROM jsonb_populate_record(null::{name}, %s)"
                )
                assert change(again, json.dumps(row)) == 0, name
            with transaction.atomic():
                assert change(f"DELETE FROM {name}") <= len(rows[OSLO][name]) * (scope == OSLO), name
                transaction.set_rollback(True)
    with opened(system_scope("prøve", HALDEN)):
        for model in tenants():
            assert list(mine(model, HALDEN)) == rows[HALDEN][table(model)]


def test_a_row_cannot_be_moved_to_or_from_a_neighbour(rows):
    of_halden, of_oslo = (rows[code]["catalogue_service"][1]["id"] for code in (HALDEN, OSLO))
    with opened(system_scope("prøve", OSLO)):
        for name, (first, *_) in ((name, found) for name, found in rows[OSLO].items() if found):
            if first.get("service_id"):
                give = f"UPDATE {name} SET service_id = %s WHERE id = %s"
                assert change(give, of_halden, first["id"]) == 0, name
                assert (
                    change(f"UPDATE {name} SET service_id = %s WHERE service_id = %s", of_oslo, of_halden)
                    == 0
                )
            if first.get("municipality_id"):
                for other in (HALDEN, None):
                    give = f"UPDATE {name} SET municipality_id = %s WHERE municipality_id = %s"
                    assert change(give, other, OSLO, keys=True) == 0, name
        assert change("UPDATE catalogue_service SET municipality_id = %s WHERE id = %s", OSLO, of_halden) == 0


def test_the_whole_cast_is_seen_with_a_scope_of_everything(rows):
    with opened(system_scope("prøve")):
        for model in tenants():
            ((count,),) = ask(f"SELECT count(*) FROM {table(model)}")
            assert count >= len(rows[HALDEN][table(model)]) + len(rows[OSLO][table(model)])
