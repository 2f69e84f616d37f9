"""What can be done with an incident, and what is refused."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import DatabaseError, connection, transaction

from samvirke.access.scope import Denied, NotYours, opened, system_scope
from samvirke.incidents import actions, figures, queries
from samvirke.incidents.actions import Planned
from samvirke.incidents.models import Entry, Incident
from samvirke.incidents.tests.conftest import HALDEN, HOUR, NOW, OSLO, TOLD, Night
from samvirke.kit.errors import BadInput
from samvirke.messaging.actions import send
from samvirke.messaging.models import Message

SYSTEM = system_scope("prøve")


def test_a_report_gets_the_next_reference_and_waits(night: Night) -> None:
    first, second = night.row(night.report()), night.row(night.report())
    year = TOLD.happened_at.astimezone().year
    assert (first.reference, second.reference) == (f"3101-{year}-01", f"3101-{year}-02")
    assert first.state == "reported"
    assert "Brann i et hus." in night.log(first.id)[0].text


def test_drills_are_counted_apart_and_a_failed_report_leaves_no_gap(night: Night) -> None:
    year = TOLD.happened_at.astimezone().year
    assert night.row(night.report(exercise=True)).reference == f"3101-{year}-ov-01"
    with pytest.raises(BadInput):
        night.report(kind="nonsense")
    with pytest.raises(ZeroDivisionError), opened(night.scope()):
        actions.report(night.scope(), HALDEN, TOLD, now=NOW)
        1 / 0  # noqa: B018
    assert night.row(night.report()).reference == f"3101-{year}-01"


def test_a_reference_goes_on_after_those_that_were_made_before_counting(night: Night) -> None:
    year = TOLD.happened_at.astimezone().year
    with opened(SYSTEM):
        Incident.objects.create(
            municipality_id=HALDEN,
            reference=f"3101-{year}-07",
            kind="fire",
            title="x",
            happened_at=NOW,
            reported_at=NOW,
        )
    assert night.row(night.report()).reference == f"3101-{year}-08"


def test_the_reporter_is_sealed_and_reading_is_logged(night: Night) -> None:
    incident = night.report()
    with connection.cursor() as cursor, opened(SYSTEM):
        cursor.execute("SELECT to_jsonb(r)::text FROM incidents_report r")
        assert "Jens" not in cursor.fetchone()[0]
    with opened(night.scope()) as scope:
        assert queries.reporter(scope, incident, NOW)["name"] == "Jens Politimann"
    with connection.cursor() as cursor, opened(SYSTEM):
        cursor.execute("SELECT count(*) FROM access_accesslog WHERE code = 'incidents.reporter:read'")
        assert cursor.fetchone()[0] == 1


def test_a_no_says_why_and_what_was_offered(night: Night) -> None:
    incident = night.report()
    for told in ({}, {"reason": "Få rammede"}):
        with pytest.raises(BadInput):
            actions.decide(night.scope(), incident, "no", now=NOW, **told)
    actions.decide(night.scope(), incident, "no", reason="Få rammede", offered="Fastlegen", now=NOW)
    assert night.row(incident).state == "refused"


def test_a_partly_says_why(night: Night) -> None:
    incident = night.report()
    with pytest.raises(BadInput):
        actions.decide(night.scope(), incident, "partly", now=NOW)
    actions.decide(night.scope(), incident, "partly", reason="To fra teamet", now=NOW)
    assert night.row(incident).state == "active"


def refused(night: Night) -> tuple[UUID, UUID]:
    incident = night.report()
    actions.decide(night.scope(), incident, "no", reason="Få", offered="Fastlegen", now=NOW)
    with opened(night.scope()) as scope:
        return incident, queries.decisions(scope, incident)[0].row.id


def test_a_second_opinion_is_somebody_elses(night: Night) -> None:
    incident, decision = refused(night)
    with pytest.raises(BadInput):
        actions.second_opinion(night.scope(), decision, "yes", now=NOW)
    actions.second_opinion(night.second, decision, "yes", now=NOW)
    assert night.row(incident).state == "active"
    with opened(night.scope()) as scope:
        assert len(queries.decisions(scope, incident)) == 2


def test_a_no_is_looked_at_once_and_may_be_decided_anew(night: Night) -> None:
    incident, decision = refused(night)
    actions.second_opinion(night.second, decision, "no", reason="Enig", offered="Legevakten", now=NOW)
    with pytest.raises(BadInput):
        actions.second_opinion(night.second, decision, "no", reason="Enig", offered="Legevakten", now=NOW)
    actions.decide(night.scope(), incident, "yes", now=NOW + HOUR)
    assert night.row(incident).state == "active"
    with pytest.raises(BadInput):
        actions.decide(night.scope(), incident, "no", reason="x", offered="x", now=NOW + HOUR)


def test_figures_count_refusals_and_no_drills(night: Night) -> None:
    refused(night)
    night.active()
    night.report(exercise=True)
    _, decision = refused(night)
    actions.second_opinion(night.second, decision, "no", reason="Enig", offered="Legen", now=NOW)
    with opened(night.scope()) as scope:
        (year,) = figures.years(scope)
    assert (year.reported, year.activated, year.refused, year.second) == (3, 1, 2, 1)


def test_closing_waits_for_what_holds_it(night: Night, settings: Any) -> None:
    incident = night.active()
    settings.INCIDENT_HOLDS = ["samvirke.incidents.tests.test_acts.holding"]
    with pytest.raises(BadInput, match="To følges opp"):
        actions.close(night.scope(), incident, "Ferdig", now=NOW)
    settings.INCIDENT_HOLDS = []
    actions.close(night.scope(), incident, "Ferdig", now=NOW)
    assert night.row(incident).state == "closed"
    actions.reopen(night.scope(), incident, "Nye rammede", now=NOW)
    assert night.row(incident).state == "active"


def holding(_scope: object, _incident: object) -> list[str]:
    return ["To følges opp."]


def test_the_log_is_added_to_and_never_changed(night: Night) -> None:
    incident, scope = night.active(), night.scope("contact-person")
    actions.write(scope, incident, "task", "Ring skolen", owner="Kari", deadline=NOW - HOUR, now=NOW)
    task = night.log(incident)[0]
    assert task.is_late(NOW)
    actions.correct(scope, task.row.id, "Ring barnehagen", now=NOW)
    actions.done(scope, task.row.id, "", now=NOW)
    with pytest.raises(BadInput):
        actions.done(scope, task.row.id, "", now=NOW)
    log = night.log(incident)
    assert [line.row.number for line in log] == [5, 4, 3, 2, 1]
    assert (log[2].corrected_by, log[2].done_by, log[1].about) == (4, 5, 3)
    with opened(SYSTEM):
        for statement in ("UPDATE incidents_entry SET kind = 'information'", "DELETE FROM incidents_entry"):
            with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
                with connection.cursor() as cursor:
                    cursor.execute(statement)
        assert Entry.objects.visible_to(SYSTEM).count() == 5


def test_a_task_needs_somebody(night: Night) -> None:
    incident = night.active()
    with pytest.raises(BadInput):
        actions.write(night.scope(), incident, "task", "Ring skolen", now=NOW)
    with pytest.raises(BadInput):
        actions.write(night.scope(), incident, "information", " ", now=NOW)


def test_a_neighbour_sees_nothing_until_it_takes_part_and_nothing_afterwards(night: Night) -> None:
    incident, oslo = night.active(), night.scope("team-leader@oslo", OSLO)
    with pytest.raises(NotYours):
        actions.write(oslo, incident, "information", "Vi kommer", now=NOW)
    actions.let_in(night.scope(), incident, OSLO, "participating", now=NOW)
    actions.write(oslo, incident, "information", "Vi kommer", now=NOW)
    assert night.log(incident)[0].row.municipality_id == OSLO
    with pytest.raises(NotYours):
        actions.decide(oslo, incident, "no", reason="x", offered="x", now=NOW)
    with pytest.raises(NotYours), opened(oslo):
        queries.reporter(oslo, incident, NOW)
    actions.let_out(night.scope(), incident, OSLO, now=NOW)
    with pytest.raises(NotYours):
        actions.write(oslo, incident, "information", "Vi er her", now=NOW)


def test_a_guest_is_one_person_and_only_until_the_moment(night: Night) -> None:
    incident = night.active()
    guest, other = night.scope("contact-person@oslo", OSLO), night.scope("team-leader@oslo", OSLO)
    email = night.cast["contact-person@oslo"].email
    with pytest.raises(BadInput):
        actions.invite_guest(night.scope(), incident, "ingen@example.no", OSLO, NOW + HOUR, now=NOW)
    with pytest.raises(BadInput):
        actions.invite_guest(night.scope(), incident, email, "5001", NOW + HOUR, now=NOW)
    actions.invite_guest(night.scope(), incident, email, OSLO, NOW + 2 * HOUR, now=NOW)
    actions.write(guest, incident, "information", "Jeg er framme", now=NOW)
    with pytest.raises(NotYours):
        actions.write(other, incident, "information", "Jeg også", now=NOW)
    with opened(night.scope()) as scope:
        (row,) = queries.guests(scope, incident, NOW)
    actions.end_guest(night.scope(), incident, row.id, now=NOW)
    with pytest.raises(NotYours):
        actions.write(guest, incident, "information", "Jeg er her ennå", now=NOW)


def test_the_lead_moves_when_it_is_accepted_and_not_before(night: Night) -> None:
    incident, oslo = night.active(), night.scope("team-leader@oslo", OSLO)
    actions.offer_lead(night.scope(), incident, OSLO, "Flere er rammet her", now=NOW)
    assert night.row(incident).municipality_id == HALDEN
    with pytest.raises(BadInput):
        actions.accept_lead(night.scope(), incident, now=NOW)
    with pytest.raises(BadInput):
        actions.close(night.scope(), incident, "Ferdig", now=NOW)
    with pytest.raises(Denied):
        actions.accept_lead(night.scope("contact-person@oslo", OSLO), incident, now=NOW)
    actions.accept_lead(oslo, incident, now=NOW)
    assert night.row(incident).municipality_id == OSLO
    actions.write(night.scope(), incident, "information", "Vi deltar", now=NOW)
    with pytest.raises(NotYours):
        actions.close(night.scope(), incident, "Ferdig", now=NOW)


def test_an_offer_can_be_refused_and_withdrawn(night: Night) -> None:
    incident, oslo = night.active(), night.scope("team-leader@oslo", OSLO)
    for scope in (oslo, night.scope()):
        actions.offer_lead(night.scope(), incident, OSLO, "Flere er rammet her", now=NOW)
        actions.end_offer(scope, incident, now=NOW)
        with pytest.raises(BadInput):
            actions.accept_lead(oslo, incident, now=NOW)
    assert night.row(incident).municipality_id == HALDEN


def test_the_application_cannot_move_the_lead_by_hand(night: Night) -> None:
    incident, oslo = night.active(), night.scope("team-leader@oslo", OSLO)
    actions.offer_lead(night.scope(), incident, OSLO, "Flere er rammet her", now=NOW)
    with opened(oslo), connection.cursor() as cursor:
        cursor.execute("UPDATE incidents_incident SET municipality_id = '0301' WHERE id = %s", [incident])
        assert cursor.rowcount == 0
        with pytest.raises(DatabaseError), transaction.atomic():
            cursor.execute("UPDATE incidents_takeover SET accepted = true, answered_at = now()")


def test_the_polices_words_must_be_approved_and_are_sealed(night: Night) -> None:
    incident, until = night.active(), NOW + HOUR
    with pytest.raises(BadInput):
        actions.assess(night.scope(), incident, "Lav", "Politiet", until, approved=False, now=NOW)
    with pytest.raises(BadInput):
        actions.assess(night.scope(), incident, "Lav", "Politiet", NOW, approved=True, now=NOW)
    actions.assess(night.scope(), incident, "Lav", "Operasjonssentralen", until, approved=True, now=NOW)
    with opened(night.scope()) as scope:
        assert [one.expired for one in queries.threats(scope, incident, NOW)] == [False]
        assert [one.expired for one in queries.threats(scope, incident, until)] == [True]
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM access_accesslog WHERE code = 'incidents.threat:read'")
            assert cursor.fetchone()[0] == 2
    with pytest.raises(Denied):
        actions.assess(night.scope("contact-person"), incident, "x", "y", until, approved=True, now=NOW)


def test_who_was_told_is_written_anew_and_the_newest_counts(night: Night) -> None:
    incident, scope = night.active(), night.scope("contact-person")
    with pytest.raises(BadInput):
        actions.tell(scope, incident, "nobody", "phone", "Kari", now=NOW)
    with pytest.raises(BadInput):
        actions.tell(scope, incident, "politi", "phone", " ", now=NOW)
    actions.tell(scope, incident, "politi", "not-needed", "De ringte oss", now=NOW)
    actions.tell(scope, incident, "politi", "phone", "Operasjonslederen", now=NOW + HOUR)
    with opened(scope):
        row, whom = queries.informed(scope, incident)["politi"]
    assert (row.how, whom) == ("phone", "Operasjonslederen")


def test_meetings_are_changed_and_cancelled_by_their_own_municipality(night: Night) -> None:
    incident = night.active()
    told = Planned("Samordning", NOW, NOW + HOUR, "Rådhuset", "Kriseledelsen")
    with pytest.raises(BadInput):
        actions.plan(night.scope(), incident, replace(told, ends=NOW), now=NOW)
    actions.plan(night.scope(), incident, told, now=NOW)
    actions.let_in(night.scope(), incident, OSLO, "participating", now=NOW)
    with opened(night.scope()) as scope:
        (row,) = queries.meetings(scope, incident)
    with pytest.raises(NotYours):
        actions.cancel(night.scope("team-leader@oslo", OSLO), row.id, now=NOW)
    actions.change(night.scope(), row.id, replace(told, place="Teams"), now=NOW)
    actions.cancel(night.scope(), row.id, now=NOW)
    with opened(night.scope()) as scope:
        (row,) = queries.meetings(scope, incident)
    assert (row.place, row.cancelled, row.sequence) == ("Teams", True, 2)


def test_what_is_to_be_better_has_somebody_and_a_deadline(night: Night) -> None:
    incident, day = night.active(), NOW.date() + timedelta(days=30)
    with pytest.raises(BadInput):
        actions.learn(night.scope(), incident, "better", "Listen var gammel", to_do="Ny liste", now=NOW)
    actions.learn(
        night.scope(),
        incident,
        "better",
        "Listen var gammel",
        to_do="Ny liste",
        owner="Beredskap",
        deadline=day,
        now=NOW,
    )
    with opened(night.scope()) as scope:
        (row,) = queries.lessons(scope, incident)
    assert row.owner == "Beredskap"
    actions.improved(night.scope(), row.row.id, now=NOW)
    with pytest.raises(BadInput):
        actions.improved(night.scope(), row.row.id, now=NOW)


def test_only_a_drill_is_deleted_and_all_of_it_goes(night: Night, settings: Any) -> None:
    settings.EXERCISE_ERASERS = []
    real, drill = night.active(), night.active(exercise=True)
    actions.tell(night.scope(), drill, "politi", "phone", "Lederen", now=NOW)
    with pytest.raises(BadInput):
        actions.delete(night.scope(), real, now=NOW)
    with opened(night.scope()), connection.cursor() as cursor:
        cursor.execute("SELECT samvirke_erase_exercise(%s)", [real])
        assert cursor.fetchone() == (False,)
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            cursor.execute("SELECT samvirke_erase_rows('incidents_incident', ARRAY[%s]::uuid[])", [real])
    with opened(night.scope("team-leader@oslo", OSLO)), connection.cursor() as cursor:
        cursor.execute("SELECT samvirke_erase_exercise(%s)", [drill])
        assert cursor.fetchone() == (False,)
    actions.delete(night.scope(), drill, now=NOW)
    with pytest.raises(NotYours):
        night.row(drill)
    with opened(SYSTEM), connection.cursor() as cursor:
        for name in ("report", "decision", "entry", "informed"):
            cursor.execute(f"SELECT count(*) FROM incidents_{name} WHERE incident_id = %s", [drill])  # noqa: S608
            assert cursor.fetchone() == (0,), name
        cursor.execute("SELECT count(*) FROM access_journal WHERE target = %s", [str(drill)])
        assert cursor.fetchone()[0] == 4
    assert night.row(real).state == "active"


def test_a_message_about_a_drill_never_leaves_whatever_the_caller_says(night: Night) -> None:
    drill, real = night.active(exercise=True), night.active()
    told: dict[str, Any] = {
        "to": ("account", night.cast["team-leader"].id), "template": "followup.alert", "channel": "email",
        "municipality": HALDEN, "now": NOW,
    }  # fmt: skip
    with opened(night.scope()) as scope:
        for about, stays in (
            ({"incident": drill}, True),
            ({"entry": night.log(drill)[0].row.id}, True),
            ({"incident": real}, False),
            ({"entry": night.log(real)[0].row.id, "n": 3}, False),
            ({}, False),
        ):
            message = send(scope, about=about, **told)  # type: ignore[arg-type]
            assert Message.objects.visible_to(scope).get(id=message).exercise == stays


@pytest.mark.parametrize("who", ["contact-person", "registrar", "health-professional"])
def test_the_team_reads_and_writes_and_does_not_lead(night: Night, who: str) -> None:
    incident, scope = night.report(), night.scope(who)
    actions.write(scope, incident, "information", "Vi er her", now=NOW)
    acts: list[Callable[[], object]] = [
        lambda: actions.decide(scope, incident, "yes", now=NOW),
        lambda: actions.report(scope, HALDEN, TOLD, now=NOW),
        lambda: actions.close(scope, incident, "x", now=NOW),
        lambda: actions.delete(scope, incident, now=NOW),
    ]
    for act in acts:
        with pytest.raises(Denied):
            act()
