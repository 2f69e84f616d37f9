"""The letter's rules, as properties of pure functions."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from samvirke.catalogue import rules
from samvirke.catalogue.rules import Answer, Facts, ServiceFacts, completeness, service_states

NOW = datetime(2026, 11, 20, 11, 0, tzinfo=UTC)
KINDS = [need.kind for need in rules.REQUIRED]
STATES = {"present", "missing", "overdue", "not-applicable"}

answers = st.builds(
    Answer,
    st.sampled_from(["confirmed", "not-applicable"]),
    st.integers(0, 200).map(lambda days: NOW - timedelta(days=days)),
    st.one_of(st.none(), st.integers(-50, 300).map(lambda days: NOW + timedelta(days=days))),
)
services = st.builds(
    ServiceFacts,
    id=st.uuids().map(str),
    kind=st.sampled_from([*KINDS, "akuttmottak", "barnevernvakt", "amk", "dps"]),
    level=st.sampled_from(["kommune", "spesialist"]),
    name=st.sampled_from(["", "Legevakten", "Akuttmottaket ved sykehuset", "Teamet"]),
    told=st.frozensets(st.sampled_from(rules.SERVICE_PIECES)),
    numbers=st.lists(st.sampled_from(["+4769174500", "116117", "+4702800"]), max_size=2).map(tuple),
    words=st.sampled_from(["", "Fastlegen gir øyeblikkelig hjelp.", "Ring samme dag", "Timebestilling"]),
    answers=st.dictionaries(st.sampled_from(rules.SERVICE_PIECES), answers),
)
municipalities = st.builds(
    Facts,
    st.just("3101"),
    st.booleans(),
    st.lists(services, max_size=6).map(tuple),
    st.dictionaries(st.sampled_from(rules.RULES), answers),
)


def whole(kind: str, **changes: Any) -> ServiceFacts:
    """Return a service that tells everything, confirmed today."""
    told = frozenset(rules.SERVICE_PIECES)
    sure = dict.fromkeys(told, Answer("confirmed", NOW))
    level = "spesialist" if kind == "akuttmottak" else "kommune"
    facts = ServiceFacts(
        kind, kind, level, kind, told, ("+4769174500",), "Øyeblikkelig hjelp på dagtid", sure
    )
    return replace(facts, **changes)


def complete() -> Facts:
    return Facts("3101", joined=True, services=tuple(whole(kind) for kind in [*KINDS, "akuttmottak"]))


@given(municipalities, st.integers(1, 400))
def test_every_rule_has_a_verdict_and_the_score_follows_from_them(facts, days):
    found = completeness(facts, NOW, timedelta(days=days))
    states = [item.state for item in found.items]
    assert set(states) <= STATES
    assert {item.rule for item in found.items} == set(rules.RULES)
    counted = [state for state in states if state != "not-applicable"]
    assert found.score == states.count("present") / len(counted)
    assert 0 <= found.score <= 1
    for rule in rules.MUNICIPALITY_RULES:
        assert sum(item.rule == rule for item in found.items) == 1


@given(municipalities)
def test_a_municipality_that_has_not_joined_has_told_nothing(facts):
    found = completeness(replace(facts, joined=False), NOW)
    assert found.score == 0
    assert {item.state for item in found.items} == {"missing"}
    assert len(found.items) == 6 * len(KINDS) + 3


@given(municipalities, st.integers(0, 400), st.integers(0, 400))
def test_time_alone_never_makes_more_present(facts, earlier, later):
    first, second = sorted((earlier, later))
    at = [completeness(facts, NOW + timedelta(days=days)).items for days in (first, second)]
    for before, after in zip(*at, strict=True):
        assert (before.state, after.state) in {
            ("present", "present"),
            ("present", "overdue"),
            ("overdue", "overdue"),
            ("missing", "missing"),
            ("not-applicable", "not-applicable"),
            ("not-applicable", "overdue"),
        }


@given(municipalities, st.integers(1, 400), st.integers(1, 400))
def test_a_shorter_time_limit_never_makes_more_present(facts, one, other):
    short, long = sorted((one, other))
    assert (
        completeness(facts, NOW, timedelta(days=short)).score
        <= completeness(facts, NOW, timedelta(days=long)).score
    )


@given(municipalities, st.sampled_from(rules.SERVICE_RULES))
def test_confirming_a_piece_never_lowers_the_score(facts, rule):
    for number, service in enumerate(facts.services):
        better = replace(
            service, told=service.told | {rule}, answers={**service.answers, rule: Answer("confirmed", NOW)}
        )
        changed = replace(facts, services=(*facts.services[:number], better, *facts.services[number + 1 :]))
        before, after = completeness(facts, NOW), completeness(changed, NOW)
        if (
            service.answers.get(rule, Answer("confirmed", NOW)).state == "confirmed"
            and rule not in service.told
        ):
            assert after.score >= before.score


def test_all_told_and_confirmed_is_one():
    found = completeness(complete(), NOW)
    assert found.score == 1
    assert len(found.items) == 6 * len(KINDS) + 3


def test_after_ninety_days_all_is_overdue():
    assert completeness(complete(), NOW + timedelta(days=90, seconds=-1)).score == 1
    found = completeness(complete(), NOW + timedelta(days=90))
    assert {item.state for item in found.items} == {"overdue"}
    assert found.score == 0


def test_a_value_nobody_has_confirmed_is_missing_and_so_is_a_confirmed_nothing():
    unsure = whole("nav", answers={})
    assert set(rules.service_states(unsure, NOW).values()) == {"missing"}
    empty = whole("nav", told=frozenset({"services"}))
    assert rules.service_states(empty, NOW)["phone"] == "missing"


def test_a_team_without_premises_is_not_marked_down():
    answers = {**whole("kriseteam").answers, "address": Answer("not-applicable", NOW)}
    team = whole("kriseteam", told=frozenset(rules.SERVICE_PIECES) - {"address"}, answers=answers)
    others = tuple(service for service in complete().services if service.kind != "kriseteam")
    found = completeness(replace(complete(), services=(team, *others)), NOW)
    assert found.score == 1
    assert [item.rule for item in found.items if item.state == "not-applicable"] == ["address"]


def test_without_a_phone_that_applies_there_are_no_phone_hours():
    answers = {piece: one for piece, one in whole("kriseteam").answers.items() if piece != "phone-hours"}
    team = whole(
        "kriseteam", told=frozenset({"services"}), answers={**answers, "phone": Answer("not-applicable", NOW)}
    )
    assert rules.service_states(team, NOW)["phone-hours"] == "not-applicable"


def test_what_must_be_told_cannot_be_answered_away():
    nothing = Facts("3101", joined=True, answers=dict.fromkeys(rules.RULES, Answer("not-applicable", NOW)))
    assert {item.state for item in completeness(nothing, NOW).items} == {"missing"}
    there = whole("nav", answers={"services": Answer("not-applicable", NOW)})
    assert rules.service_states(there, NOW)["services"] == "missing"


def test_the_national_number_alone_is_not_the_local_legevakt():
    for numbers in ((), ("116117",), ("+4702800",), ("113",)):
        assert (
            rules.out_of_hours_legevakt([whole("legevakt", numbers=numbers)], NOW, rules.MAX_AGE) == "missing"
        )
    assert rules.out_of_hours_legevakt([whole("legevakt")], NOW, rules.MAX_AGE) == "present"
    assert rules.out_of_hours_legevakt([whole("legevakt", name="")], NOW, rules.MAX_AGE) == "missing"
    assert rules.out_of_hours_legevakt([whole("nav")], NOW, rules.MAX_AGE) == "missing"


def test_the_emergency_department_must_be_named():
    assert (
        rules.acute_specialist([whole("amk", level="spesialist", name="113")], NOW, rules.MAX_AGE)
        == "missing"
    )
    assert rules.acute_specialist([whole("akuttmottak")], NOW, rules.MAX_AGE) == "present"
    named = whole("dps", level="spesialist", name="Akuttmottaket Kalnes")
    assert rules.acute_specialist([named], NOW, rules.MAX_AGE) == "present"


def test_the_gps_duty_is_told_in_the_gps_own_text_or_by_the_municipality():
    silent = replace(complete(), services=tuple(whole(kind, words="Bestill time") for kind in KINDS))
    verdict = {item.rule: item.state for item in completeness(silent, NOW).items}
    assert verdict["gp-same-day"] == "missing"
    said = replace(silent, answers={"gp-same-day": Answer("confirmed", NOW - timedelta(days=91))})
    verdict = {item.rule: item.state for item in completeness(said, NOW).items}
    assert verdict["gp-same-day"] == "overdue"
    for words in ("Augeblikkeleg hjelp på dagtid", "Same-day appointments", "Har plass samme dag"):
        assert rules.gp_same_day(silent, [whole("fastlege", words=words)], NOW, rules.MAX_AGE) == "present"


def test_the_list_of_required_services_is_data():
    only = [rules.Required("nav")]
    found = completeness(complete(), NOW, required=only)
    assert {item.kind for item in found.items} == {"nav", None}


def test_the_barnevernvakt_is_checked_along_with_barnevernet_but_does_not_replace_it():
    alone = Facts("3101", joined=True, services=(whole("barnevernvakt"),))
    found = [item for item in completeness(alone, NOW).items if item.kind in ("barnevern", "barnevernvakt")]
    assert [item.state for item in found] == ["present"] * 6 + ["missing"] * 6


def test_phone_hours_grow_old_with_the_answer_that_there_is_no_phone():
    no_phone = Answer("not-applicable", NOW)
    service = replace(whole("kriseteam"), answers={"phone": no_phone})
    assert service_states(service, NOW)["phone-hours"] == "not-applicable"
    assert service_states(service, NOW + timedelta(days=91))["phone-hours"] == "overdue"
