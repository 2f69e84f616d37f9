"""The follow-up engine's rules: nobody is without a next step, a no is asked again, a clear refusal is respected."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samvirke.followup import words
from samvirke.followup.rules import closing, outcomes, people, plan
from samvirke.followup.rules.closing import Case, Ending
from samvirke.followup.rules.outcomes import RENEWED_OFFERS, Before, Outcome, Settles, follows
from samvirke.followup.rules.people import REFERENCE, Birth, Part
from samvirke.followup.rules.plan import DEFAULTS, Anchor, Owner, Template, template_for, window

NOW = datetime(2026, 11, 20, 11, 0, tzinfo=UTC)
CONTACTED = sorted(set(Part) - REFERENCE)
moments = st.datetimes(datetime(2024, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


@pytest.mark.parametrize("child", [False, True])
@pytest.mark.parametrize("part", CONTACTED)
def test_every_part_has_a_plan_that_begins_with_a_first_contact_and_lasts_a_year(part, child):
    template = template_for(part, child=child)
    assert template.steps[0].code == "first"
    assert any(step.anchor is Anchor.EVENT and step.aim > timedelta(days=340) for step in template.steps)
    codes = [step.code for step in template.steps]
    assert len(codes) == len(set(codes))
    assert all(step.reason and step.source for step in template.steps)
    assert all(step.opens <= step.aim <= step.closes for step in template.steps)


def test_the_first_contact_is_within_two_days():
    first = window(template_for(Part.BEREAVED).steps[0], known=NOW, event=NOW)
    assert first.closes - NOW == timedelta(hours=48)


@given(st.sampled_from(CONTACTED), moments, st.timedeltas(timedelta(0), timedelta(days=1500)))
def test_late_found_people_miss_no_step(part, event, late):
    known = event + late
    for step in template_for(part).steps:
        found = window(step, known=known, event=event)
        assert found.opens <= found.aim <= found.closes
        assert found.closes > known
        if step.anchor is Anchor.KNOWN:
            assert found.opens >= known


@given(moments)
def test_the_anniversary_step_lies_in_the_weeks_before_the_day(event):
    found = window(plan.YEAR_1, known=event, event=event)
    assert timedelta(days=340) < found.opens - event < found.closes - event < timedelta(days=366)


def test_deadlines_are_computed_from_the_window():
    found = window(plan.FIRST, known=NOW, event=NOW)
    assert not found.is_over(NOW + timedelta(hours=48))
    assert found.is_over(NOW + timedelta(hours=48, seconds=1))


histories = st.builds(
    Before,
    now=st.just(NOW),
    unanswered=st.integers(0, 10),
    refusals=st.lists(st.timedeltas(timedelta(0), timedelta(days=400)).map(lambda ago: NOW - ago), max_size=6).map(sorted),
    chosen=st.none() | st.timedeltas(timedelta(hours=1), timedelta(days=200)).map(lambda ahead: NOW + ahead),
    paused=st.booleans(),
)  # fmt: skip


@given(st.sampled_from(list(Outcome)), histories)
def test_every_outcome_leaves_something_planned(outcome, before):
    found = follows(outcome, before)
    plan_goes_on = not found.pause_plan and not found.stop
    assert found.add is not None or plan_goes_on
    assert found.settles is not Settles.STAYS or found.wait_until > before.now
    if found.add:
        assert before.now <= found.add.window.opens <= found.add.window.aim <= found.add.window.closes
        assert found.add.reason
    if found.pause_plan:
        assert found.add is not None


@given(histories)
def test_a_no_is_never_the_end_and_is_never_asked_again_too_soon(before):
    found = follows(Outcome.NO_THANKS, before)
    assert found.add
    assert not found.stop
    if found.add.owner is Owner.CONTACT and not before.chosen:
        assert found.add.window.opens >= before.now + timedelta(weeks=2)
    if len(before.refusals) >= len(RENEWED_OFFERS) and not before.chosen:
        assert found.add.owner is Owner.LEADER


def test_four_noes_are_asked_again_at_the_proposed_times():
    said, seen = [], []
    moment = NOW
    for _ in range(4):
        add = follows(Outcome.NO_THANKS, Before(moment, refusals=tuple(said))).add
        seen.append(((add.window.opens - NOW).days // 7, (add.window.closes - NOW).days // 7))
        said.append(moment)
        moment = add.window.aim
    assert seen == [(2, 3), (6, 8), (12, 14), (50, 52)]


@given(histories)
def test_a_wish_never_to_be_contacted_holds_at_once_and_is_confirmed_by_the_leader(before):
    found = follows(Outcome.NEVER_AGAIN, before)
    assert found.stop
    assert found.add.owner is Owner.LEADER


@given(st.sampled_from(sorted(outcomes.UNANSWERED)), histories)
def test_three_tries_then_the_leader_looks(outcome, before):
    found = follows(outcome, before)
    if before.unanswered < 2:
        assert found.settles is Settles.STAYS
        assert found.wait_until - before.now >= timedelta(hours=16)
    else:
        assert found.settles is Settles.GIVEN_UP
        assert found.add.owner is Owner.LEADER


def test_acute_danger_alerts_and_asks_and_comes_back_within_a_day():
    found = follows(Outcome.ACUTE_DANGER, Before(NOW))
    assert found.alert
    assert found.ask_what_was_done
    assert found.add.window.closes - NOW <= timedelta(days=1)
    assert next(iter(Outcome)) is Outcome.ACUTE_DANGER


@given(
    st.sampled_from(list(Ending)),
    st.integers(0, 800),
    st.booleans(),
    st.booleans(),
    st.none() | st.integers(0, 90),
)
def test_follow_up_ends_by_rule_only(ending, days, asked, told, age):
    case = Case(NOW - timedelta(days=days), offers=1, asked_to_end=asked, age=age, told_way_back=told)
    found = closing.obstacles(ending, case, NOW)
    if ending is Ending.OFFERED_A_YEAR:
        assert (not found) == (days >= 365 and told)
    if ending is Ending.OWN_WISH:
        assert (not found) == (asked and told and not (age is not None and age < 16))


@given(st.dates(date(1920, 1, 1), date(2026, 11, 1)), st.dates(date(2026, 11, 1), date(2030, 1, 1)))
def test_a_birth_year_alone_never_makes_anybody_older(day, today):
    assert Birth(day.year).age(today) <= Birth(day.year, day).age(today)
    if Birth(day.year, day).age(today) < 18:
        assert people.is_child(Birth(day.year), today)


def test_the_default_templates_take_everybody():
    ages = (False, True)
    found = {template_for(part, child=child).name for part in CONTACTED for child in ages}
    assert found == {one.name for one in DEFAULTS}


def test_children_have_the_same_times_as_others_and_what_they_need_in_between():
    """No source gives them other intervals. What only a talk of its own settles stands in their plan alone."""
    others = {step.code: step for step in template_for(Part.BEREAVED).steps}
    theirs = {step.code: step for step in template_for(Part.BEREAVED, child=True).steps}
    assert theirs.keys() - others.keys() == plan.ON_THEIR_OWN
    for code, step in others.items():
        times = [(one.anchor, one.opens, one.aim, one.closes) for one in (step, theirs[code])]
        assert times[0] == times[1], code
    assert template_for(Part.OTHER, child=True).name == "other"
    own = Template("witness", 3, theirs["first"] and (theirs["first"],), frozenset({Part.WITNESS}))
    assert template_for(Part.WITNESS, [own, *DEFAULTS], child=True).name == "child"
    assert template_for(Part.WITNESS, [own, *DEFAULTS]).name == "witness"


def test_every_reason_that_a_rule_gives_has_words():
    before = [
        Before(NOW),
        Before(NOW, chosen=NOW + timedelta(days=3)),
        Before(NOW, unanswered=2, refusals=(NOW,) * 5),
    ]
    said = {found.add.reason for one in before for out in Outcome if (found := follows(out, one)).add}
    planned = {step for template in DEFAULTS for step in template.steps}
    assert said | {step.reason for step in planned} <= set(words.REASONS)
    assert {step.source for step in planned} <= set(words.BASIS)
    worst = Case(NOW, offers=0, age=4, open_referrals=1)
    assert {code for ending in Ending for code in closing.obstacles(ending, worst, NOW)} == set(
        words.OBSTACLES
    )
