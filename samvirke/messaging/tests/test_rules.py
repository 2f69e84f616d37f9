"""The life of a message: whatever happens in whatever order, it leaves at most once for each decision to send it."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from samvirke.messaging import rules
from samvirke.messaging.rules import Kind, Outcome, Reason, State

NOW = datetime(2026, 11, 20, 11, 0, tzinfo=UTC)
moments = st.datetimes(datetime(2026, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


@given(st.sampled_from(Kind), st.integers(0, 40), moments, moments)
def test_a_try_always_leads_on_and_never_waits_past_the_end(kind, attempts, now, give_up):
    then = rules.after(Outcome(kind, Reason.BUSY), attempts=attempts, now=now, give_up=give_up)
    assert (then.due is not None) == (then.state is State.QUEUED)
    if then.due:
        assert now < then.due < give_up
    if kind is Kind.SENT:
        assert then.reason is Reason.NONE


@given(st.integers(-3, 1000))
def test_pauses_grow_to_two_hours_and_no_longer(attempts):
    assert timedelta(seconds=30) <= rules.wait(attempts) <= rules.wait(attempts + 1) <= timedelta(hours=2)


def test_a_day_of_tries_is_some_twenty_tries():
    tries, moment = 0, NOW
    while moment < NOW + rules.TRIES_FOR:
        tries += 1
        moment += rules.wait(tries)
    assert 15 < tries < 25


def test_every_move_is_known_and_sent_is_the_end():
    assert set(rules.MOVES) == set(State)
    assert not rules.MOVES[State.SENT]
    assert all(
        State.SENT not in to
        for state, to in rules.MOVES.items()
        if state not in {State.HANDING_OVER, State.UNSURE}
    )
    assert not rules.ENDED & rules.HELD


class Life(RuleBasedStateMachine):
    """One message, workers that die or freeze at any point, a sweep, a server, and a person who decides.

    Every worker's claim has a number; `current` is the claim that stands in the row (None: nobody's). The row
    changes only as delivery.py does it: from the states and the claim that its conditional updates name.
    """

    def __init__(self) -> None:
        super().__init__()
        self.state = State.QUEUED
        self.current: int | None = None
        self.claims = 0
        self.ready: set[int] = set()  # claimed, has not said yet that it hands over
        self.leaving: set[int] = set()  # has said so, has not reached the server yet
        self.answers: dict[int, Kind] = {}  # what the server told a worker that has not written it down
        self.seen: tuple[State, int | None] | None = None  # what a sweep saw and has not acted on
        self.taken = 0
        self.decisions = 1  # the first one is the sender's

    @precondition(lambda self: self.state is State.QUEUED)
    @rule()
    def claim(self) -> None:
        self.claims += 1
        self.state, self.current = State.CLAIMED, self.claims
        self.ready.add(self.claims)

    @precondition(lambda self: self.ready)
    @rule(data=st.data())
    def say_handing_over(self, data: st.DataObject) -> None:
        one = data.draw(st.sampled_from(sorted(self.ready)))
        self.ready.remove(one)
        if self.state is State.CLAIMED and self.current == one:
            self.state = State.HANDING_OVER
            self.leaving.add(one)

    @precondition(lambda self: self.leaving)
    @rule(
        data=st.data(),
        kind=st.sampled_from([Kind.SENT, Kind.TEMPORARY, Kind.PERMANENT, Kind.UNSURE]),
        took=st.booleans(),
    )
    def reach_the_server(self, data: st.DataObject, kind: Kind, took: bool) -> None:
        one = data.draw(st.sampled_from(sorted(self.leaving)))
        self.leaving.remove(one)
        if kind is Kind.SENT or (kind is Kind.UNSURE and took):
            self.taken += 1
        self.answers[one] = kind

    @precondition(lambda self: self.answers)
    @rule(data=st.data())
    def write_down(self, data: st.DataObject) -> None:
        one = data.draw(st.sampled_from(sorted(self.answers)))
        then = rules.after(
            Outcome(self.answers.pop(one), Reason.BUSY), attempts=1, now=NOW, give_up=NOW + rules.TRIES_FOR
        )
        if self.current == one and then.state in rules.MOVES[self.state]:
            self.state = then.state
            self.current = one if then.state is State.UNSURE else None

    @precondition(lambda self: self.ready | self.leaving | set(self.answers))
    @rule(data=st.data())
    def die(self, data: st.DataObject) -> None:
        one = data.draw(st.sampled_from(sorted(self.ready | self.leaving | set(self.answers))))
        self.ready.discard(one)
        self.leaving.discard(one)
        self.answers.pop(one, None)

    @precondition(lambda self: self.state in rules.HELD)
    @rule()
    def sweep_looks(self) -> None:
        """The worker is dead, or so slow that we take it for dead."""
        self.seen = (self.state, self.current)

    @precondition(lambda self: self.seen)
    @rule()
    def sweep_writes(self) -> None:
        """Some time later; the worker may have come back since."""
        seen, self.seen = self.seen, None
        assert seen
        then = rules.after_silence(seen[0], attempts=1, now=NOW, give_up=NOW + rules.TRIES_FOR)
        assert then.state in rules.MOVES[seen[0]]
        if seen == (self.state, self.current):
            self.state = then.state
            self.current = self.current if then.state is State.UNSURE else None

    @rule()
    def nothing_happens(self) -> None:
        """So that there is always something to do."""

    @precondition(lambda self: self.state in rules.AGAIN)
    @rule()
    def send_again(self) -> None:
        self.state, self.current = State.QUEUED, None
        self.decisions += 1

    @invariant()
    def it_leaves_at_most_once_for_each_decision(self) -> None:
        assert self.taken <= self.decisions

    @invariant()
    def sent_means_taken(self) -> None:
        assert self.state is not State.SENT or self.taken


TestLife = Life.TestCase
