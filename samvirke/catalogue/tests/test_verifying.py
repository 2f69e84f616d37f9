"""When which reminder is due to whom, as properties of pure functions."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from samvirke.catalogue import rules, verifying
from samvirke.catalogue.rules import Answer, Pace, Shortened
from samvirke.catalogue.verifying import People, Piece, Round, Sent, day_of

START = datetime(2026, 11, 20, 11, 0, tzinfo=UTC)
EDITOR, APPROVER, ADMINISTRATOR, OTHER, SERVICE = (UUID(int=number) for number in range(1, 6))
PEOPLE = People(frozenset({EDITOR}), frozenset({APPROVER}), frozenset({ADMINISTRATOR}))
USUAL = Pace()

moments = st.integers(0, 60 * 24 * 500).map(lambda minutes: START + timedelta(minutes=minutes))
answers = st.builds(
    Answer,
    st.sampled_from(["confirmed", "not-applicable"]),
    st.integers(0, 60 * 24 * 60).map(lambda minutes: START - timedelta(minutes=minutes)),
    st.one_of(st.none(), moments.filter(lambda one: one > START)),
)
shortenings = st.builds(
    lambda days, since, length: Shortened(days, since, since + timedelta(hours=length)),
    st.integers(1, 60),
    moments,
    st.integers(1, 24 * 120),
)
paces = st.builds(
    Pace,
    st.integers(verifying.SHORTEST, verifying.LONGEST),
    st.lists(shortenings, max_size=3).map(tuple),
    st.one_of(st.none(), moments),
)


def piece(answer: Answer | None = None, code: str = "phone", owner: UUID = EDITOR) -> Piece:
    return Piece(
        SERVICE, code, answer or Answer("confirmed", START, START + rules.MAX_AGE), frozenset({owner})
    )


def swept(
    pieces: Sequence[Piece], moments: Iterable[datetime], pace: Pace = USUAL
) -> list[tuple[date, UUID, Round, Piece]]:
    """Sweep at each moment, remembering what was sent; return every piece of every letter."""
    sent: list[Sent] = []
    done = []
    for now in moments:
        for (person, round_), mine in verifying.plan(pieces, pace, PEOPLE, sent, now).items():
            done += [(day_of(now), person, round_, one) for one in mine]
        sent = [Sent(one.service, one.code, one.answer.at, round_, day) for day, _, round_, one in done]
    return done


def days(number: int, first: datetime = START) -> list[datetime]:
    return [first + timedelta(days=day) for day in range(number + 1)]


def test_day_by_day_there_are_three_reminders_on_their_days():
    found = [(day, person, round_) for day, person, round_, _ in swept([piece()], days(100))]
    assert found == [
        (date(2027, 2, 4), EDITOR, Round.SOON),
        (date(2027, 2, 18), EDITOR, Round.DUE),
        (date(2027, 2, 25), APPROVER, Round.LATE),
    ]


def test_in_one_jump_of_a_hundred_days_the_owner_gets_one_and_the_approver_one():
    found = [(person, round_) for _, person, round_, _ in swept([piece()], [START + timedelta(days=100)])]
    assert sorted(found) == [(EDITOR, Round.DUE), (APPROVER, Round.LATE)]


def test_the_due_day_counts_from_midnight_in_norway():
    before = datetime(2027, 2, 17, 22, 59, tzinfo=UTC)
    assert [one[2] for one in swept([piece()], [before])] == [Round.SOON]
    assert [one[2] for one in swept([piece()], [before + timedelta(minutes=1)])] == [Round.DUE]


def test_a_short_time_limit_is_told_of_when_half_of_it_is_left():
    found = swept([piece()], days(20), Pace(7))
    assert [(day, round_) for day, _, round_, _ in found] == [
        (date(2026, 11, 24), Round.SOON),
        (date(2026, 11, 27), Round.DUE),
        (date(2026, 12, 4), Round.LATE),
    ]


def test_what_a_shorter_limit_makes_due_at_once_is_given_its_week():
    shortened = Pace(shortened=(Shortened(14, START + timedelta(days=30), START + timedelta(days=60)),))
    found = [
        ((day - day_of(START)).days, round_) for day, _, round_, _ in swept([piece()], days(100), shortened)
    ]
    assert found == [
        (30, Round.DUE),
        (37, Round.LATE),
        # the limit is as usual again from day 60
        (76, Round.SOON),
        (90, Round.DUE),
        (97, Round.LATE),
    ]


def test_a_shorter_limit_that_begins_shortly_before_the_usual_day_gives_no_second_reminder():
    shortened = Pace(shortened=(Shortened(14, START + timedelta(days=85), START + timedelta(days=95)),))
    found = [
        ((day - day_of(START)).days, round_) for day, _, round_, _ in swept([piece()], days(110), shortened)
    ]
    assert found == [(76, Round.SOON), (85, Round.DUE), (92, Round.LATE)]


@given(answers, paces, st.lists(moments, max_size=40))
def test_of_the_same_confirmation_a_round_comes_again_only_when_its_day_was_moved_by_weeks(
    answer, pace, when
):
    found = swept([piece(answer)], sorted(when), pace)
    for round_ in Round:
        sent = [day for day, _, one, _ in found if one is round_]
        assert all((after - before).days > verifying.LEAD for before, after in pairwise(sent))
        if not pace.shortened and pace.since is None:
            assert len(sent) <= 1


@given(
    answers, st.integers(verifying.SHORTEST, verifying.LONGEST), st.lists(moments, min_size=1, max_size=40)
)
def test_however_often_one_looks_nobody_is_forgotten(answer, limit, when):
    found = {round_ for _, _, round_, _ in swept([piece(answer)], sorted(when), Pace(limit))}
    due_day = day_of(verifying.due(answer, Pace(limit), START))
    last = day_of(max(when))
    assert (Round.DUE in found) == (last >= due_day)
    assert (Round.LATE in found) == (last >= due_day + timedelta(days=verifying.GRACE))


@given(answers, paces, moments)
def test_reminders_and_pages_agree_on_what_is_overdue(answer, pace, now):
    on_page = rules.piece_state(told=True, answer=answer, now=now, max_age=pace.max_age(now))
    reach_back = pace.since is not None and now < pace.since  # a limit that does not count yet
    if not reach_back:
        assert (now >= verifying.due(answer, pace, now)) == (on_page == rules.OVERDUE)


@given(answers, paces, moments)
def test_desk_and_reminders_agree(answer, pace, now):
    stands = verifying.state(answer, pace, now)
    rounds = verifying.open_rounds(answer.at, verifying.due(answer, pace, now), day_of(now))
    assert not (stands == rules.OVERDUE and Round.DUE not in rounds)
    assert not (stands == verifying.SOON and not rounds)
    assert not (rounds and stands not in (rules.OVERDUE, verifying.SOON))


@given(st.lists(answers, min_size=1, max_size=6), moments)
def test_one_letter_for_each_person_and_round(given_answers, now):
    pieces = [piece(one, f"piece-{number}") for number, one in enumerate(given_answers)]
    found = verifying.plan(pieces, USUAL, PEOPLE, [], now)
    assert set(found) <= {(EDITOR, Round.SOON), (EDITOR, Round.DUE), (APPROVER, Round.LATE)}
    counted = Counter(
        one.code for (_, round_), mine in found.items() for one in mine if round_ is not Round.LATE
    )
    assert all(count == 1 for count in counted.values())


@given(answers, moments, st.integers(1, 200))
def test_a_new_confirmation_starts_anew(answer, now, later):
    before = swept([piece(answer)], [now])
    anew = replace(answer, at=now, due=None)
    sent = [Sent(SERVICE, "phone", answer.at, round_, day) for day, _, round_, _ in before]
    assert verifying.plan([piece(anew)], USUAL, PEOPLE, sent, now) == {}
    after = verifying.plan([piece(anew)], USUAL, PEOPLE, sent, now + timedelta(days=later))
    assert bool(after) == (later >= 90 - verifying.LEAD)


def test_a_reminder_counts_although_the_clock_was_set_back():
    found = swept([piece()], [START + timedelta(days=100), START + timedelta(days=95), *days(100)])
    assert Counter(round_ for _, _, round_, _ in found) == {Round.DUE: 1, Round.LATE: 1, Round.SOON: 1}


def test_who_owns_what():
    one = People(frozenset({EDITOR, OTHER}), frozenset({APPROVER}), frozenset({ADMINISTRATOR}), OTHER)
    assert one.owners(EDITOR) == {EDITOR}
    assert one.owners(None) == {OTHER}
    assert one.owners(SERVICE) == {OTHER}
    nobody = replace(one, default=None)
    assert nobody.owners(SERVICE) == {EDITOR, OTHER}
    assert nobody.responsible(SERVICE) is None
    assert replace(nobody, editors=frozenset()).owners(None) == {APPROVER}


def test_who_is_told_that_it_did_not_help():
    all_of_them = People(frozenset({EDITOR}), frozenset({EDITOR, APPROVER}), frozenset({ADMINISTRATOR}))
    assert all_of_them.above(frozenset({EDITOR})) == {APPROVER}
    assert all_of_them.above(frozenset({EDITOR, APPROVER})) == {ADMINISTRATOR}
    assert replace(all_of_them, administrators=frozenset()).above(frozenset({EDITOR, APPROVER})) == {
        EDITOR,
        APPROVER,
    }
    assert replace(all_of_them, approvers=frozenset()).above(frozenset({ADMINISTRATOR})) == {ADMINISTRATOR}
    assert People().above(frozenset()) == frozenset()
