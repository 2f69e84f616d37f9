"""What an editor should mend first; pure."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from samvirke.catalogue import desk, rules
from samvirke.catalogue.desk import Seen, Urgency, What
from samvirke.catalogue.rules import Answer, Facts, Item, ServiceFacts

NOW = datetime(2026, 11, 20, 11, 0, tzinfo=UTC)
ALL = frozenset(rules.SERVICE_PIECES)
EMPTY = Facts("3101", joined=True)


def answers(days_ago: int = 1, pieces: frozenset[str] = ALL) -> dict[str, Answer]:
    return dict.fromkeys(pieces, Answer(rules.CONFIRMED, NOW - timedelta(days=days_ago)))


def seen(kind: str = "nav", **changes) -> Seen:
    one = Seen(kind, kind, kind.capitalize(), "confirmed", ALL, answers())
    return replace(one, **changes)


def facts_of(*services: Seen) -> Facts:
    shown = tuple(
        ServiceFacts(
            one.id, one.kind, "kommune", one.name, one.told, ("+4769174500",), "samme dag", one.answers
        )
        for one in services
        if one.state == "confirmed"
    )
    return replace(EMPTY, services=shown)


def whole() -> list[Seen]:
    return [seen(need.kind) for need in rules.REQUIRED] + [seen(rules.ACUTE_WARD)]


def test_a_complete_municipality_has_an_empty_desk():
    assert desk.lines(whole(), facts_of(*whole()), NOW) == []


def test_what_is_wrong_comes_before_what_is_due_before_what_is_missing():
    services = [
        seen("ppt", told=ALL - {rules.ADDRESS}, answers=answers(pieces=ALL - {rules.ADDRESS})),
        seen("nav", answers=answers(91)),
        seen("krisesenter", answers=answers(1, ALL - {rules.PHONE})),
        seen("barnevern", answers=answers(80)),
    ]
    found = desk.lines(services, facts_of(*services), NOW)
    about = [(line.urgency, line.what, line.kind) for line in found if line.service]
    assert about == [
        (Urgency.WRONG, What.HIDDEN, "krisesenter"),
        (Urgency.DUE, What.DUE, "nav"),
        (Urgency.MISSING, What.MISSING, "ppt"),
        (Urgency.SOON, What.SOON, "barnevern"),
    ]


def test_a_service_has_one_line_however_many_pieces_are_due():
    [line] = [line for line in desk.lines([seen(answers=answers(91))], EMPTY, NOW) if line.service]
    assert line.pieces == rules.SERVICE_PIECES
    assert line.since == NOW - timedelta(days=1)


def test_a_piece_that_does_not_apply_is_due_again_like_the_others():
    no_phone = answers(1, ALL - {rules.PHONE, rules.PHONE_HOURS}) | {
        rules.PHONE: Answer(rules.NOT_APPLICABLE, NOW - timedelta(days=100))
    }
    one = seen("kriseteam", told=ALL - {rules.PHONE, rules.PHONE_HOURS}, answers=no_phone)
    [line] = [line for line in desk.lines([one], EMPTY, NOW) if line.service]
    assert (line.what, line.pieces) == (What.DUE, (rules.PHONE,))


def test_a_service_nobody_can_reach_is_wrong_whatever_is_confirmed():
    [line] = [line for line in desk.lines([seen(reachable=False)], EMPTY, NOW) if line.service]
    assert (line.urgency, line.what) == (Urgency.WRONG, What.NO_WAY_IN)
    closed = seen(access="through", through_told=False)
    assert [line.what for line in desk.lines([closed], EMPTY, NOW) if line.service] == [What.NO_THROUGH]


def test_a_draft_of_a_kind_the_letter_asks_for_is_missing_and_another_draft_is_quiet():
    drafts = [seen("nav", state="draft", answers={}), seen("skole", state="draft", answers={})]
    assert [(line.what, line.kind) for line in desk.lines(drafts, EMPTY, NOW) if line.service] == [
        (What.DRAFT, "nav")
    ]


def test_a_kind_without_a_service_is_lacking_until_it_is_answered():
    lacking = [line.kind for line in desk.lines([], EMPTY, NOW) if line.what is What.LACKING]
    assert set(lacking) == {need.kind for need in rules.REQUIRED}
    answered = replace(EMPTY, answers={"kind:krisesenter": Answer(rules.NOT_APPLICABLE, NOW)})
    assert "krisesenter" not in [line.kind for line in desk.lines([], answered, NOW)]
    later = desk.lines([], answered, NOW + timedelta(days=91))
    assert [(line.what, line.pieces) for line in later if line.kind == "krisesenter"] == [
        (What.DUE, ("kind:krisesenter",))
    ]


def test_the_letters_musts_have_a_line_each_unless_a_line_about_a_service_says_it():
    duties = [line.pieces for line in desk.lines([], EMPTY, NOW) if line.what is What.DUTY]
    assert set(duties) == {(rules.GP_SAME_DAY,), (rules.ACUTE_SPECIALIST,)}
    drafted = [seen(rules.ACUTE_WARD, state="draft")]
    found = desk.lines(drafted, EMPTY, NOW)
    assert [line.what for line in found if line.kind == rules.ACUTE_WARD] == [What.DRAFT]


def test_how_far_the_municipality_has_come_is_counted_in_kinds():
    services = [seen("nav"), seen("ppt", state="draft"), seen("skole", state="draft")]
    answered = replace(facts_of(*services), answers={"kind:krisesenter": Answer(rules.NOT_APPLICABLE, NOW)})
    assert desk.kinds(services, answered) == desk.Kinds(10, 1, 1, 1)


def test_a_kind_one_does_not_have_counts_neither_for_nor_against():
    before = rules.completeness(EMPTY, NOW)
    answered = replace(EMPTY, answers={"kind:ppt": Answer(rules.NOT_APPLICABLE, NOW)})
    after = rules.completeness(answered, NOW)
    of_kind = [item for item in after.items if item.kind == "ppt"]
    assert of_kind == [Item(rule, None, rules.NOT_APPLICABLE, "ppt") for rule in rules.SERVICE_RULES]
    assert after.score == before.score == 0.0
    assert {item.state for item in rules.completeness(answered, NOW + timedelta(days=91)).items} == {
        rules.MISSING,
        rules.OVERDUE,
    }


def test_nobody_can_answer_that_they_have_no_doctors():
    for kind in (rules.GP, rules.LEGEVAKT):
        answered = replace(EMPTY, answers={f"kind:{kind}": Answer(rules.NOT_APPLICABLE, NOW)})
        assert {i.state for i in rules.completeness(answered, NOW).items if i.kind == kind} == {rules.MISSING}


@given(st.lists(st.sampled_from("abcdef"), unique=True), st.data())
def test_neighbours_walk_through_the_list_and_back(order, data):
    for one in order:
        before, after = desk.neighbours(order, one)
        assert before is None or desk.neighbours(order, before)[1] == one
        assert after is None or desk.neighbours(order, after)[0] == one
    assert desk.neighbours(order, "x") == (None, None)
