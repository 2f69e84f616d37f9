"""Whom to call, who is next, when others are told: for any team."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samvirke.incidents.callout import rules
from samvirke.incidents.callout.rules import CALLED, TOLD, Answer, Because, Call, Function, Member, Slot

NOW = datetime(2026, 11, 20, 21, 0, tzinfo=UTC)
IDS = [UUID(int=number) for number in range(1, 9)]


@st.composite
def teams(draw: st.DrawFn) -> list[Member]:
    size = draw(st.integers(0, len(IDS)))
    return [
        Member(
            IDS[number],
            draw(st.sampled_from([*CALLED[:3], *TOLD])),
            draw(st.integers(1, 3)),
            draw(st.none() | st.sampled_from(IDS[:size])),
            draw(st.booleans()),
        )
        for number in range(size)
    ]


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)  # a busy machine is no fault
@given(teams(), st.sets(st.sampled_from(CALLED[:3])))
def test_who_is_called_is_there_and_in_the_team_and_called_once(team, wanted):
    found = rules.start(team, wanted)
    there = {one.id for one in team if not one.away and one.function not in TOLD}
    called = [slot.member for slot in found.slots]
    assert set(called) <= there
    assert len(called) == len(set(called))
    if not wanted:
        assert set(called) == there
    else:
        assert {slot.function for slot in found.slots} | set(found.unfilled) == wanted


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)  # a busy machine is no fault
@given(teams(), st.sets(st.sampled_from(CALLED[:3]), min_size=1))
def test_going_on_to_the_next_ends_and_reaches_everybody_of_the_function(team, wanted):
    slots = list(rules.start(team, wanted).slots)
    for slot in slots:  # grows while it is gone through, as when nobody ever answers
        following = rules.next_for(slot, team, {one.member for one in slots})
        if following:
            slots.append(following)
    called = [slot.member for slot in slots]
    assert len(called) == len(set(called))
    filled = {slot.function for slot in slots}
    assert {one.id for one in team if one.function in filled and not one.away} <= set(called)


def test_the_deputy_comes_before_the_next_in_order():
    doctor, other, priest = IDS[:3]
    team = [
        Member(doctor, Function.DOCTOR, 1, deputy=priest),
        Member(other, Function.DOCTOR, 2),
        Member(priest, Function.PRIEST, 1),
    ]
    first = rules.start(team, {Function.DOCTOR}).slots[0]
    assert first == Slot(doctor, Function.DOCTOR, Because.CHOSEN)
    second = rules.next_for(first, team, {doctor})
    assert second == Slot(priest, Function.DOCTOR, Because.DEPUTY)
    assert rules.next_for(second, team, {doctor, priest}) == Slot(other, Function.DOCTOR, Because.NEXT)


def test_a_deputy_is_called_at_once_for_who_is_away():
    doctor, other, priest = IDS[:3]
    team = [
        Member(doctor, Function.DOCTOR, 1, deputy=priest, away=True),
        Member(other, Function.DOCTOR, 2),
        Member(priest, Function.PRIEST, 1),
    ]
    assert rules.start(team, {Function.DOCTOR}).slots == (Slot(priest, Function.DOCTOR, Because.DEPUTY),)


def a_call(answer: Answer = Answer.NONE, *, moved_on: bool = False) -> Call:
    return Call(NOW, NOW + timedelta(minutes=5), answer, NOW if answer else None, moved_on=moved_on)


def test_the_next_is_called_after_the_deadline_at_once_after_a_no_and_never_twice():
    late, early = NOW + timedelta(minutes=5), NOW + timedelta(minutes=4, seconds=59)
    assert not rules.must_move_on(a_call(), early)
    assert rules.must_move_on(a_call(), late)
    assert rules.must_move_on(a_call(Answer.CANNOT), early)
    assert not rules.must_move_on(a_call(Answer.COMING), late)
    assert not rules.must_move_on(a_call(moved_on=True), late)


def test_others_are_told_when_nobody_has_said_yes():
    tell_at = NOW + timedelta(minutes=15)
    assert not rules.must_tell([a_call()], tell_at, tell_at - timedelta(seconds=1))
    assert rules.must_tell([a_call()], tell_at, tell_at)
    assert not rules.must_tell([a_call(), a_call(Answer.COMING)], tell_at, tell_at)
    assert rules.must_tell([a_call(Answer.CANNOT, moved_on=True)], tell_at, NOW)
    assert not rules.must_tell([a_call(Answer.CANNOT, moved_on=True), a_call()], tell_at, NOW)


def test_figures_say_how_many_and_how_fast():
    answered = [
        Call(NOW, NOW + timedelta(minutes=5), Answer.COMING, NOW + timedelta(seconds=seconds))
        for seconds in (40, 100, 400)
    ]
    found = rules.figures([*answered, a_call()])
    assert (found.called, found.answered, found.silent, found.in_time) == (4, 3, 1, 2)
    assert (found.first, found.middle, found.last) == (40, 100, 400)


def test_away_counts_both_days_and_an_open_end():
    first, last = date(2026, 12, 20), date(2026, 12, 24)
    assert [rules.is_away(first, last, first + timedelta(days=n)) for n in (-1, 0, 4, 5)] == [
        False,
        True,
        True,
        False,
    ]
    assert rules.is_away(first, None, date(2027, 6, 1))
    assert not rules.is_away(None, None, first)


def test_numbers_are_confirmed_every_third_month_and_asked_for_every_other_week():
    verified = NOW - timedelta(days=90)
    assert rules.verification_is_due(verified, NOW)
    assert not rules.verification_is_due(verified, NOW - timedelta(seconds=1))
    assert rules.may_ask(verified, None, NOW)
    assert not rules.may_ask(verified, NOW - timedelta(days=13), NOW)
    assert rules.may_ask(verified, NOW - timedelta(days=14), NOW)
