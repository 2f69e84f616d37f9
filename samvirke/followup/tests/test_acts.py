"""From the queue to a year of contact: each act and each refusal."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import connection

from samvirke.access.models import AccessLog, Journal
from samvirke.access.scope import Denied, NotYours, opened, system_scope
from samvirke.accounts.actions.members import end_membership
from samvirke.followup import actions, queries
from samvirke.followup.actions.attempts import Tried
from samvirke.followup.identity import Identity
from samvirke.followup.models import Barred, Person, Relation
from samvirke.followup.rules.closing import Ending
from samvirke.followup.rules.outcomes import Outcome
from samvirke.followup.rules.people import Part
from samvirke.followup.rules.plan import template_for
from samvirke.followup.tests.conftest import DAY, HALDEN, NOW, OSLO, SOMEBODY, promise
from samvirke.kit.errors import BadInput
from samvirke.messaging.models import Message


def test_somebody_registered_stands_in_the_queue_with_a_whole_plan(at_work):
    found = at_work.register()
    one = at_work.row(found.followup)
    assert one.queued_since == NOW
    assert one.contact_id is None
    steps = at_work.steps(found.followup)
    assert [step.code for step in steps][:3] == ["first", "day-3", "day-7"]
    assert one.next_step_id == steps[0].id
    assert steps[0].closes - NOW == timedelta(hours=48)
    assert not promise()


def test_nothing_in_the_database_names_the_person(at_work):
    at_work.register(replace(SOMEBODY, email="ida@example.no", street="Storgata 1"))
    with opened(system_scope("prøve")), connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        for (table,) in cursor.fetchall():
            cursor.execute(f"SELECT coalesce(string_agg(t::text, ' '), '') FROM {table} t")
            text = cursor.fetchone()[0]
            for word in (
                "Solbakken",
                "Ida Marie",
                "1991-03-14",
                "+4700001234",
                "ida@example.no",
                "Storgata 1",
            ):
                assert word not in text, (table, word)


def test_the_leader_opens_a_person_and_it_is_logged(at_work):
    found = at_work.register()
    with opened(at_work.leader) as scope:
        seen = queries.seen(scope, found.person, why="list", now=NOW)
        assert seen.identity.name == "Ida Marie Solbakken"
        assert seen.identity.birth == "1991-03-14"
        (row,) = AccessLog.objects.visible_to(scope)
        assert row.account == at_work.people["team-leader"].id
        assert row.payload["ids"] == [str(found.person)]


@pytest.mark.parametrize("who", ["contact-person", "registrar", "editor", "administrator", "reviewer"])
def test_who_is_not_involved_sees_nobody(at_work, who):
    found = at_work.register()
    with opened(at_work.scope(who)) as scope:
        for ask in (
            lambda: queries.followup(scope, found.followup),
            lambda: queries.seen(scope, found.person, why="x", now=NOW),
        ):
            with pytest.raises(NotYours):
                ask()
        assert not queries.followups(scope).filter(live=True)


def test_a_neighbour_sees_nobody_and_finds_no_door(at_work):
    found = at_work.assigned()
    neighbour = at_work.scope("team-leader@oslo", OSLO)
    with opened(neighbour) as scope:
        assert not queries.followups(scope).filter(live=True)
        assert not Person.objects.visible_to(scope).exists()
    for act in (
        lambda: actions.record_attempt(neighbour, found, Tried("phone", Outcome.ACCEPTS), now=NOW),
        lambda: actions.close(neighbour, found, Ending.OWN_WISH, "x", way_back_told=True, now=NOW),
        lambda: actions.add_step(neighbour, found, "trial", NOW + DAY, "x", now=NOW),
        lambda: actions.reopen(neighbour, found, "x", now=NOW),
    ):
        with pytest.raises(NotYours):
            act()


def test_a_deputy_sees_those_they_stand_in_for(at_work):
    found = at_work.assigned()
    for who in ("contact-person", "health-professional"):
        with opened(at_work.scope(who)) as scope:
            assert queries.followup(scope, found).id == found


def test_whom_the_person_has_barred_sees_nothing_though_they_lead(at_work):
    found = at_work.assigned()
    one = at_work.row(found)
    with opened(system_scope("prøve")):
        Barred.objects.bulk_create(
            [
                Barred(
                    person_id=one.person_id, municipality_id=HALDEN, account=at_work.people["team-leader"].id,
                    by_person=True, at=NOW,
                )
            ]
        )  # fmt: skip
    with opened(at_work.leader) as scope, pytest.raises(NotYours):
        queries.followup(scope, found)


def test_a_contact_person_who_is_reached_and_accepts_goes_on_with_the_plan(at_work):
    found = at_work.assigned()
    at_work.attempt(found, Outcome.ACCEPTS, NOW + DAY)
    one = at_work.row(found)
    assert one.first_reached_at == NOW + DAY
    assert at_work.steps(found, state="open")[0].code == "day-3"
    with opened(at_work.leader) as scope:
        codes = [row.code for row in Journal.objects.visible_to(scope).order_by("at", "id")]
        assert codes.count("followup.attempt.recorded") == 1
    assert not promise()


def test_one_conversation_settles_what_was_due(at_work):
    found = at_work.assigned()
    at_work.attempt(found, Outcome.ACCEPTS, NOW + 8 * DAY)
    assert [step.code for step in at_work.steps(found, state="done")] == ["first", "day-3", "day-7"]


def test_a_no_is_asked_again_and_the_plan_rests_meanwhile(at_work):
    found, when = at_work.assigned(), NOW + DAY
    for number in range(1, 5):
        at_work.attempt(found, Outcome.NO_THANKS, when)
        one = at_work.row(found)
        (step,) = at_work.steps(found, state="open")
        assert (step.code, one.next_step_id) == (f"offer-{number}", step.id)
        assert at_work.steps(found, state="paused")
        when = step.aim
    at_work.attempt(found, Outcome.NO_THANKS, when)
    assert at_work.row(found).next_owner == "team-leader"
    assert not promise()


def test_a_yes_after_a_no_takes_up_the_plan(at_work):
    found = at_work.assigned()
    at_work.attempt(found, Outcome.NO_THANKS, NOW + DAY)
    at_work.attempt(found, Outcome.ACCEPTS, NOW + 20 * DAY)
    assert not at_work.steps(found, state="paused")
    assert {step.settled_because for step in at_work.steps(found, state="cancelled")} == {"time-passed"}
    assert at_work.steps(found, state="open")[0].code in {"week-3", "mapping-1"}


def test_three_unanswered_calls_reach_the_leader(at_work):
    found = at_work.assigned()
    for day in (1, 2):
        at_work.attempt(found, Outcome.NO_ANSWER, NOW + day * DAY)
        assert at_work.steps(found, code="first")[0].state == "open"
        assert at_work.row(found).next_opens > NOW + day * DAY
    at_work.attempt(found, Outcome.NO_ANSWER, NOW + 3 * DAY)
    with opened(at_work.leader) as scope:
        assert [step.code for step in queries.leader_steps(scope)] == ["review-unanswered"]


def test_never_again_holds_at_once_and_is_confirmed_without_a_call(at_work):
    found = at_work.assigned()
    at_work.attempt(found, Outcome.NEVER_AGAIN, NOW + DAY)
    one = at_work.row(found)
    assert one.stopped
    assert [step.code for step in at_work.steps(found, state="open")] == ["confirm-stop"]
    assert not promise()
    actions.confirm_stop(at_work.leader, found, "Sagt klart til kontaktpersonen.", now=NOW + 2 * DAY)
    assert at_work.row(found).state == "closed"
    again = at_work.register(replace(SOMEBODY, first="Ida"), now=NOW + 3 * DAY)
    assert again.stopped
    assert [step.code for step in at_work.steps(again.followup, state="open")] == ["confirm-stop"]


def test_acute_danger_alerts_the_leader_and_says_what_was_done(at_work):
    found = at_work.assigned()
    with pytest.raises(BadInput, match="hva som ble gjort"):
        actions.record_attempt(at_work.contact, found, Tried("phone", Outcome.ACUTE_DANGER), now=NOW + DAY)
    at_work.attempt(found, Outcome.ACUTE_DANGER, NOW + DAY)
    assert at_work.row(found).next_closes <= NOW + 2 * DAY
    with opened(at_work.leader) as scope:
        (message,) = Message.objects.visible_to(scope).filter(template="followup.alert")
        assert message.recipient_id == str(at_work.people["team-leader"].id)


def test_who_leaves_lets_go_of_people_who_are_seen_at_once(at_work):
    found = at_work.assigned()
    leaver = at_work.people["contact-person"]
    end_membership(at_work.scope("administrator"), HALDEN, leaver.id, now=NOW + DAY)
    one = at_work.row(found)
    assert (one.contact_id, one.queued_since) == (None, NOW + DAY)
    with opened(at_work.leader) as scope:
        assert [row.id for row in queries.unassigned(scope)] == [found]
    assert not promise()


def test_a_leader_steps_in_for_a_deputy_who_leaves(at_work):
    found = at_work.assigned()
    end_membership(
        at_work.scope("administrator"), HALDEN, at_work.people["health-professional"].id, now=NOW + DAY
    )
    one = at_work.row(found)
    assert (one.contact_id, one.deputy_id) == (
        at_work.member("contact-person"),
        at_work.member("team-leader"),
    )


def test_a_hand_over_needs_a_note_and_that_the_person_knows(at_work):
    found = at_work.assigned()
    new = at_work.member("team-leader"), at_work.member("contact-person")
    for note, told, field in (("", "phone", "note"), ("Ring etter kl. 16.", "", "person_told")):
        with pytest.raises(BadInput) as refused:
            actions.hand_over(at_work.leader, found, *new, note, person_told=told, now=NOW)
        assert refused.value.field == field
    actions.hand_over(at_work.leader, found, *new, "Ring etter kl. 16.", person_told="phone", now=NOW)
    assert at_work.row(found).contact_id == new[0]


def test_two_who_must_be_kept_apart_never_share_a_contact_person(at_work):
    first = at_work.assigned()
    second = at_work.register(Identity(first="Olav", last="Hagen", birth="1988"))
    with opened(system_scope("prøve")):
        Relation.objects.bulk_create(
            [
                Relation(
                    municipality_id=HALDEN, person_id=at_work.row(first).person_id, other_id=second.person,
                    kind="other", no_contact=True, added_at=NOW,
                )
            ]
        )  # fmt: skip
    with pytest.raises(BadInput, match="atskilt"):
        actions.assign(
            at_work.leader, HALDEN, [second.followup], at_work.member("contact-person"),
            at_work.member("team-leader"), now=NOW,
        )  # fmt: skip


def test_follow_up_ends_after_a_year_by_a_signature_and_comes_back_when_asked(at_work):
    found = at_work.assigned()
    at_work.attempt(found, Outcome.ACCEPTS, NOW + DAY)
    with pytest.raises(BadInput, match="tolv måneder"):
        actions.close(
            at_work.leader, found, Ending.OFFERED_A_YEAR, "Ferdig", way_back_told=True, now=NOW + 300 * DAY
        )
    with pytest.raises(BadInput, match="komme tilbake"):
        actions.close(
            at_work.leader, found, Ending.OFFERED_A_YEAR, "Ferdig", way_back_told=False, now=NOW + 370 * DAY
        )
    with pytest.raises(Denied):
        actions.close(
            at_work.contact, found, Ending.OFFERED_A_YEAR, "Ferdig", way_back_told=True, now=NOW + 370 * DAY
        )
    actions.close(
        at_work.leader, found, Ending.OFFERED_A_YEAR, "Ferdig", way_back_told=True, now=NOW + 370 * DAY
    )
    assert at_work.row(found).state == "closed"
    assert not at_work.steps(found, state="open")
    logged = actions.record_attempt(
        at_work.leader, found, Tried("phone", Outcome.ACCEPTS), now=NOW + 380 * DAY
    )
    assert logged.next_step is None
    actions.reopen(at_work.leader, found, "Ringte selv", now=NOW + 400 * DAY)
    assert at_work.row(found).queued_since == NOW + 400 * DAY
    assert not promise()


def test_a_childs_no_alone_ends_nothing(at_work):
    found = at_work.assigned(Identity(first="Nora", last="Lie", birth="2014"))
    at_work.attempt(found, Outcome.NO_THANKS, NOW + DAY)
    with pytest.raises(BadInput, match="barn"):
        actions.close(
            at_work.leader, found, Ending.OWN_WISH, "Vil ikke", way_back_told=True, now=NOW + 2 * DAY
        )


def test_the_last_step_cannot_be_skipped_away(at_work):
    found = at_work.assigned()
    for step in at_work.steps(found, state="open"):
        actions.skip(at_work.leader, step.id, "Prøve", now=NOW)
    assert at_work.row(found).next_owner == "team-leader"
    assert not promise()


def test_a_pause_ends_with_a_step(at_work):
    found = at_work.assigned()
    actions.pause(at_work.leader, found, NOW + 30 * DAY, "På sykehus i utlandet", now=NOW)
    (step,) = at_work.steps(found, state="open")
    assert (step.code, step.opens) == ("after-pause", NOW + 30 * DAY)


def test_a_household_visit_settles_each_members_own_steps(at_work):
    with opened(system_scope("prøve")):
        house = at_work_household()
    found = [at_work.assigned(Identity(first=name, last="Lie"), household=house) for name in ("Ane", "Bo")]
    actions.record_household_visit(
        at_work.contact, {one: Tried("visit", Outcome.ACCEPTS) for one in found}, now=NOW + DAY
    )
    assert all(at_work.steps(one, code="first")[0].state == "done" for one in found)


def at_work_household():
    from_model = queries.Followup._meta.get_field("household").related_model
    row = from_model(id=uuid4(), municipality_id=HALDEN)
    row.save(force_insert=True)
    return row.id


def test_health_help_that_is_not_journalled_is_seen(at_work):
    found = at_work.assigned()
    at_work.attempt(found, Outcome.ACCEPTS, NOW + DAY)
    mapping = at_work.steps(found, code="mapping-1")[0]
    for journalled in (None, ("CosDoc", date(2026, 12, 28))):
        actions.record_attempt(
            at_work.contact, found, Tried("meeting", Outcome.ACCEPTS, journalled=journalled), now=NOW + 38 * DAY,
            step_id=mapping.id,
        )  # fmt: skip
    with opened(at_work.leader) as scope:
        lacking = queries.not_journalled(scope)
        assert len(lacking) == 1


# --- the database itself ---------------------------------------------------------------------------------------------


def test_who_never_wants_contact_gets_none_whatever_is_written_down_after(at_work):
    one = at_work.assigned()
    at_work.attempt(one, Outcome.NEVER_AGAIN, NOW + DAY)
    at_work.attempt(one, Outcome.NOT_NOW, NOW + 2 * DAY)
    refused = pytest.raises(BadInput, match="vil ikke kontaktes")
    with refused:
        actions.pause(at_work.leader, one, NOW + 9 * DAY, "Ferie", now=NOW + 3 * DAY)
    with refused:
        actions.add_step(at_work.leader, one, "trial", NOW + 9 * DAY, "Rettssak", now=NOW + 3 * DAY)
    assert {step.owner for step in at_work.steps(one, state="open")} == {"team-leader"}
    assert at_work.row(one).next_owner == "team-leader"


def test_who_comes_back_before_the_death_message_is_delivered_waits_with_the_leader(at_work):
    found = at_work.assigned(part=Part.BEREAVED)
    actions.close(
        at_work.leader, found, Ending.NOT_AFFECTED, "Feil person.", way_back_told=True, now=NOW + DAY
    )
    actions.reopen(at_work.leader, found, "Ringte selv.", now=NOW + 2 * DAY)
    assert at_work.row(found).next_owner == "team-leader"
    assert [step.code for step in at_work.steps(found, state="open")] == ["death-message"]
    assert not promise()


def test_who_came_back_gets_a_whole_plan_when_the_death_message_is_delivered(at_work):
    found = at_work.assigned(part=Part.BEREAVED)
    over = "Feil person."
    actions.close(at_work.leader, found, Ending.NOT_AFFECTED, over, way_back_told=True, now=NOW + DAY)
    actions.reopen(at_work.leader, found, "Ringte selv.", now=NOW + 2 * DAY)
    later = NOW + 3 * DAY
    actions.message_delivered(at_work.leader, found, "Operasjonsleder Moe", now=later)
    one = at_work.row(found)
    due = at_work.steps(found, state="open")
    assert {step.code for step in due} == {step.code for step in template_for(Part.BEREAVED).steps}
    first = due[0]
    assert (first.code, first.opens, first.closes) == ("first", later, later + 2 * DAY)
    assert (one.next_step_id, one.next_owner) == (first.id, "contact-person")
    assert one.contact_id is None
    assert one.queued_since == NOW + 2 * DAY
    assert not promise()


def test_of_who_is_closed_only_the_message_is_noted(at_work):
    found = at_work.assigned(part=Part.BEREAVED)
    over = "Feil person."
    actions.close(at_work.leader, found, Ending.NOT_AFFECTED, over, way_back_told=True, now=NOW + DAY)
    actions.message_delivered(at_work.leader, found, "Operasjonsleder Moe", now=NOW + 2 * DAY)
    one = at_work.row(found)
    assert (one.state, one.waits_for_message, one.next_step_id) == ("closed", False, None)
    assert at_work.steps(found, state="open") == []
    actions.reopen(at_work.leader, found, "Ringte selv.", now=NOW + 3 * DAY)
    assert at_work.row(found).next_owner == "contact-person"
    assert not promise()
