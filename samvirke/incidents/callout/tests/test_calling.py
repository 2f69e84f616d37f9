"""An alert from the first message to legevakt: who is called, when the next is, who is told, and how often."""

from datetime import timedelta
from uuid import UUID

import pytest

from samvirke.access.models import Journal
from samvirke.access.scope import Denied, NotYours, opened, system_scope
from samvirke.incidents import seals
from samvirke.incidents.callout import actions, running
from samvirke.incidents.callout.actions import Order
from samvirke.incidents.callout.rules import Answer, Function
from samvirke.incidents.callout.tests.conftest import MINUTE, NOW
from samvirke.incidents.models import Entry
from samvirke.kit.errors import BadInput
from samvirke.messaging import delivery
from samvirke.messaging.models import Message, Recorded
from tests.cast import HALDEN, OSLO

TEAM = {"leder", "nestleder", "lege", "lege2", "prest"}


def run(now):
    """Let the sweep look three times: nothing may happen twice."""
    for _ in range(3):
        running.escalate_due(now)


def said(team, callout, key, answer, now, *, minutes=None):
    call = team.calls(callout)[key].id
    scope = system_scope("prøve", HALDEN)
    actions.answer(scope, HALDEN, call, answer, minutes, now=now)


def deliver_all(now=NOW):
    with opened(system_scope("prøve")) as scope:
        ids = list(Message.objects.visible_to(scope).filter(state="queued").values_list("id", flat=True))
    for id_ in ids:
        delivery.deliver(id_, now)
    with opened(system_scope("prøve")) as scope:
        return list(Recorded.objects.visible_to(scope).filter(message__in=ids))


def test_everybody_who_is_there_is_called_by_sms_and_email(crew):
    callout = crew.begin()
    assert set(crew.calls(callout)) == TEAM
    assert sorted(crew.sent()) == sorted((key, channel) for key in TEAM for channel in ("email", "sms"))


def test_only_the_first_of_the_chosen_functions_is_called(crew):
    callout = crew.begin(Function.DOCTOR, Function.PRIEST)
    assert set(crew.calls(callout)) == {"lege", "prest"}


def test_a_function_that_nobody_has_is_said(crew):
    callout = crew.begin(Function.DOCTOR, Function.SCHOOL)
    assert crew.row(callout).unfilled == ["school"]


def test_who_does_not_answer_in_time_is_followed_by_the_next_once(crew):
    callout = crew.begin(Function.DOCTOR)
    run(NOW + 5 * MINUTE - timedelta(seconds=1))
    assert set(crew.calls(callout)) == {"lege"}
    run(NOW + 5 * MINUTE)
    calls = crew.calls(callout)
    assert {key: one.because for key, one in calls.items()} == {"lege": "chosen", "lege2": "next"}
    assert calls["lege2"].due_at == NOW + 10 * MINUTE
    run(NOW + 14 * MINUTE)
    assert set(crew.calls(callout)) == {"lege", "lege2"}
    assert crew.sent().count(("lege2", "sms")) == 1


def test_who_cannot_is_followed_by_the_next_at_once(crew):
    callout = crew.begin(Function.DOCTOR)
    said(crew, callout, "lege", Answer.CANNOT, NOW + MINUTE)
    assert set(crew.calls(callout)) == {"lege", "lege2"}
    run(NOW + 5 * MINUTE)
    assert set(crew.calls(callout)) == {"lege", "lege2"}


def test_nobody_answers_and_legevakt_and_leadership_are_told_exactly_once(crew):
    callout = crew.begin()
    run(NOW + 15 * MINUTE - timedelta(seconds=1))
    assert crew.sent("incidents.nobody") == []
    run(NOW + 15 * MINUTE)
    run(NOW + 40 * MINUTE)
    told = sorted(crew.sent("incidents.nobody"))
    assert told == sorted((key, channel) for key in ("legevakt", "ledelse") for channel in ("email", "sms"))
    assert (crew.row(callout).told_at, crew.row(callout).told) == (NOW + 15 * MINUTE, 2)


def test_nobody_is_told_when_one_comes(crew):
    callout = crew.begin()
    said(crew, callout, "prest", Answer.COMING, NOW + 14 * MINUTE, minutes=30)
    run(NOW + 60 * MINUTE)
    assert crew.sent("incidents.nobody") == []
    assert crew.calls(callout)["prest"].minutes == 30


def test_they_are_told_after_all_when_the_only_one_changes_their_mind(crew):
    callout = crew.begin(Function.PRIEST)
    said(crew, callout, "prest", Answer.COMING, NOW + MINUTE, minutes=10)
    run(NOW + 20 * MINUTE)
    said(crew, callout, "prest", Answer.CANNOT, NOW + 21 * MINUTE)
    assert len(crew.sent("incidents.nobody")) == 4
    run(NOW + 22 * MINUTE)
    assert len(crew.sent("incidents.nobody")) == 4


def test_they_are_told_at_once_when_everybody_has_said_no(crew):
    callout = crew.begin(Function.DOCTOR)
    said(crew, callout, "lege", Answer.CANNOT, NOW + MINUTE)
    assert crew.sent("incidents.nobody") == []
    said(crew, callout, "lege2", Answer.CANNOT, NOW + 2 * MINUTE)
    assert len(crew.sent("incidents.nobody")) == 4
    assert crew.row(callout).told_at == NOW + 2 * MINUTE


def test_a_municipality_without_these_contacts_is_not_told_again_and_again(small):
    small.add("lege")
    callout = small.begin()
    run(NOW + 15 * MINUTE)
    assert (small.row(callout).told, small.row(callout).told_at) == (0, NOW + 15 * MINUTE)


def test_an_alert_that_is_over_calls_and_tells_nobody(crew):
    callout = crew.begin(Function.DOCTOR)
    actions.end(crew.leader, HALDEN, callout, now=NOW + MINUTE)
    run(NOW + 60 * MINUTE)
    assert set(crew.calls(callout)) == {"lege"}
    assert crew.sent("incidents.nobody") == []


def test_the_municipality_chooses_its_times(crew):
    actions.set_times(crew.leader, HALDEN, 2, 4, now=NOW)
    crew.begin(Function.DOCTOR)
    run(NOW + 2 * MINUTE)
    assert ("lege2", "sms") in crew.sent()
    run(NOW + 4 * MINUTE)
    assert len(crew.sent("incidents.nobody")) == 4
    with pytest.raises(BadInput):
        actions.set_times(crew.leader, HALDEN, 0, 15, now=NOW)


def test_the_incidents_log_tells_when_the_team_was_called_and_that_nobody_came(crew):
    crew.begin()
    crew.begin(incident=None)
    run(NOW + 15 * MINUTE)
    with opened(crew.leader) as scope:
        rows = list(Entry.objects.visible_to(scope).filter(incident=crew.incident).order_by("number"))
        told = [seals.read(row.incident_id, "entry", row.id, row.sealed)["text"] for row in rows]
    assert [row.at for row in rows] == [NOW, NOW + 15 * MINUTE]
    assert "Kriseteamet er varslet. Antall: 5." in told[0]
    assert "Ingen i kriseteamet har sagt at de kommer." in told[1]


@pytest.mark.parametrize("state", ["refused", "closed"])
def test_the_team_is_not_called_out_for_what_is_over(crew, state):
    over = crew.happen(state=state)
    with pytest.raises(BadInput, match="avsluttet"):
        crew.begin(incident=over)


def test_a_second_press_is_the_same_alert(crew):
    first = crew.begin()
    assert crew.begin(now=NOW + timedelta(seconds=20)) == first
    assert len(crew.sent()) == 10
    assert crew.begin(now=NOW + 2 * MINUTE) != first


def test_nobody_to_call_is_said(small):
    with pytest.raises(BadInput, match="116 117"):
        small.begin()


def test_what_is_sent_names_nobody_and_nothing_that_happened(crew):
    crew.begin(place="Rådhuset, inngang B")
    found = deliver_all()
    assert len(found) == 10
    for one in found:
        assert "Kriseteamet i Halden kalles ut" in one.text
        assert "Rådhuset, inngang B" in one.text
        assert "/arbeid/svar/" in one.text
        assert "Brann" not in one.text + one.subject
        assert "PRØVE" not in one.text
    assert len({one.text.split("/arbeid/svar/")[1] for one in found}) == 5


def test_each_gets_it_in_their_own_language(small):
    small.add("lege", language="en")
    small.begin()
    with opened(system_scope("prøve")) as scope:
        ids = list(Message.objects.visible_to(scope).values_list("id", flat=True))
    for id_ in ids:
        delivery.deliver(id_, NOW)
    with opened(system_scope("prøve")) as scope:
        assert set(Message.objects.visible_to(scope).values_list("language", flat=True)) == {"en"}


def test_a_test_says_so_in_every_message_and_keeps_its_figures(crew):
    callout = crew.begin(incident=None)
    said(crew, callout, "lege", Answer.COMING, NOW + MINUTE, minutes=10)
    said(crew, callout, "lege", Answer.CANNOT, NOW + 2 * MINUTE)
    found = deliver_all()
    run(NOW + 15 * MINUTE)
    found += deliver_all(NOW + 15 * MINUTE)
    assert any("Ingen i kriseteamet" in one.text for one in found)
    assert all(one.text.startswith("PRØVE, ikke en hendelse.") for one in found)
    assert all(one.subject.startswith("PRØVE") for one in found if one.channel == "email")
    row = crew.row(callout)
    assert (row.test, row.incident_id) == (True, None)


def test_who_has_answered_gets_no_late_message(crew):
    callout = crew.begin(Function.PRIEST)
    said(crew, callout, "prest", Answer.COMING, NOW + MINUTE, minutes=10)
    assert deliver_all(NOW + 2 * MINUTE) == []


def test_an_exercise_says_so_and_no_message_is_for_the_outside(crew):
    drill = crew.happen(exercise=True)
    crew.begin(incident=drill)
    run(NOW + 15 * MINUTE)
    with opened(system_scope("prøve")) as scope:
        rows = list(Message.objects.visible_to(scope).filter(template__startswith="incidents."))
    assert len(rows) == 14
    assert all(row.exercise for row in rows)
    assert all(one.text.startswith("ØVELSE.") for one in deliver_all(NOW + 15 * MINUTE))


def test_calls_made_by_hand_are_written_down_afterwards(crew):
    made = actions.write_down(crew.leader, HALDEN, Order(crew.incident), NOW - 60 * MINUTE, now=NOW)
    callout = UUID(str(made.target))
    for key, answer, minutes in (("lege", Answer.COMING, 20), ("prest", Answer.NONE, None)):
        at = NOW - 50 * MINUTE
        actions.enter_by_hand(crew.leader, HALDEN, callout, crew.ids[key], at, answer, minutes, now=NOW)
    run(NOW + 60 * MINUTE)
    calls = crew.calls(callout)
    assert {key: (one.because, one.answer, one.answered_how) for key, one in calls.items()} == {
        "lege": ("by-hand", "coming", "by-hand"),
        "prest": ("by-hand", "", ""),
    }
    assert crew.sent() == crew.sent("incidents.nobody") == []
    with pytest.raises(BadInput):
        actions.enter_by_hand(
            crew.leader, HALDEN, callout, crew.ids["leder"], NOW + MINUTE, Answer.COMING, 1, now=NOW
        )


def test_an_answer_on_the_phone_counts_in_a_running_alert(crew):
    callout = crew.begin(Function.PRIEST)
    at = NOW + 3 * MINUTE
    actions.enter_by_hand(crew.leader, HALDEN, callout, crew.ids["prest"], at, Answer.COMING, 15, now=at)
    run(NOW + 60 * MINUTE)
    assert crew.calls(callout)["prest"].entered_by == crew.people["team-leader"].id
    assert crew.sent("incidents.nobody") == []


def test_a_neighbour_and_who_may_not_are_refused(crew):
    callout = crew.begin()
    with pytest.raises(NotYours):
        actions.end(crew.neighbour, OSLO, callout, now=NOW)
    with pytest.raises(NotYours):
        actions.begin(crew.neighbour, OSLO, Order(crew.incident), now=NOW)
    with pytest.raises(NotYours):
        actions.begin(crew.neighbour, HALDEN, Order(None), now=NOW)
    with pytest.raises(Denied):
        actions.begin(crew.people["contact-person"].scope(HALDEN), HALDEN, Order(crew.incident), now=NOW)
    assert crew.row(callout).ended_at is None


def test_the_journal_tells_what_was_done_and_no_name(crew):
    callout = crew.begin()
    run(NOW + 15 * MINUTE)
    with opened(system_scope("prøve")) as scope:
        rows = list(Journal.objects.visible_to(scope).filter(code__startswith="incidents.callout"))
    assert [row.code for row in rows if row.target == str(callout)] == [
        "incidents.callout.begun",
        "incidents.callout.escalated",
    ]
    assert "Ødegård" not in str([row.payload for row in rows])
