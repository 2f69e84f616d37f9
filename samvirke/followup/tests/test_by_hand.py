"""Hands on the database: no statement of the application's role, and no two together, leaves anybody without the promise."""

import os
import random
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager

import psycopg
import pytest

from samvirke.access.scope import opened, system_scope
from samvirke.accounts.models import Membership
from samvirke.followup import figures, queries
from samvirke.followup.identity import Identity
from samvirke.followup.tests.conftest import House, house
from tests.cast import move_in

pytestmark = [pytest.mark.fault]

# Hands on the database, in the application's role and inside a scope that may write everything here. {f} is a
# follow-up with a contact person, {p} its person, {s} its next step, {c} its contact person's membership.
HANDS = {
    "delete the next step": "DELETE FROM followup_step WHERE id = '{s}'",
    "close the next step": "UPDATE followup_step SET state = 'done', settled_at = now() WHERE id = '{s}'",
    "close every step": "UPDATE followup_step SET state = 'cancelled', settled_at = now(), settled_because = 'x' WHERE followup_id = '{f}'",
    "give the step to somebody else": "UPDATE followup_step SET followup_id = '{other}' WHERE id = '{s}'",
    "take the step's deadline": "UPDATE followup_step SET closes = NULL WHERE id = '{s}'",
    "move the deadline alone": "UPDATE followup_step SET closes = closes + interval '9 years' WHERE id = '{s}'",
    "forget the next step": "UPDATE followup_followup SET next_step_id = NULL WHERE id = '{f}'",
    "point at nothing": "UPDATE followup_followup SET next_step_id = gen_random_uuid() WHERE id = '{f}'",
    "point at another's step": "UPDATE followup_followup SET next_step_id = '{os}' WHERE id = '{f}'",
    "take the contact person": "UPDATE followup_followup SET contact_id = NULL WHERE id = '{f}'",
    "take both": "UPDATE followup_followup SET contact_id = NULL, deputy_id = NULL WHERE id = '{f}'",
    "take the deputy": "UPDATE followup_followup SET deputy_id = NULL WHERE id = '{f}'",
    "let one be both": "UPDATE followup_followup SET deputy_id = contact_id WHERE id = '{f}'",
    "invent a contact person": "UPDATE followup_followup SET contact_id = gen_random_uuid() WHERE id = '{f}'",
    "take a neighbour's": "UPDATE followup_followup SET contact_id = '{n}' WHERE id = '{f}'",
    "end the membership alone": "UPDATE accounts_membership SET active = false, ended_at = now() WHERE id = '{c}'",
    "move the membership": "UPDATE accounts_membership SET municipality_id = '0301' WHERE id = '{c}'",
    "delete the membership": "DELETE FROM accounts_membership WHERE id = '{c}'",
    "delete the account": "DELETE FROM accounts_account WHERE id = (SELECT account_id FROM accounts_membership WHERE id = '{c}')",
    "close without a signature": "UPDATE followup_followup SET state = 'closed' WHERE id = '{f}'",
    "close by an invented signature": "UPDATE followup_followup SET state = 'closed', closing_id = gen_random_uuid() WHERE id = '{f}'",
    "call it something else": "UPDATE followup_followup SET state = 'paused' WHERE id = '{f}'",
    "have no state": "UPDATE followup_followup SET state = NULL WHERE id = '{f}'",
    "delete the follow-up": "DELETE FROM followup_followup WHERE id = '{f}'",
    "delete the person": "DELETE FROM followup_person WHERE id = '{p}'",
    "have no municipality": "UPDATE followup_followup SET municipality_id = NULL WHERE id = '{f}'",
    "move the follow-up alone": "UPDATE followup_followup SET municipality_id = '0301' WHERE id = '{f}'",
    "move the person": "UPDATE followup_person SET municipality_id = '0301' WHERE id = '{p}'",
    "delete the municipality": "DELETE FROM reference_municipality WHERE code = '3101'",
    "renumber the municipality": "UPDATE reference_municipality SET code = '3999' WHERE code = '3101'",
    "empty the steps": "TRUNCATE followup_step CASCADE",
    "empty everything": "TRUNCATE followup_followup CASCADE",
    "look away": "SET session_replication_role = 'replica'",
    "drop the rule": "ALTER TABLE followup_followup DROP CONSTRAINT next_step_is_an_open_one_of_its_own",
    "switch triggers off": "ALTER TABLE followup_followup DISABLE TRIGGER ALL",
    "become the owner": "SET ROLE samvirke_owner",
}


def ids(made: House) -> dict[str, object]:
    with opened(system_scope("prøve")) as scope:
        one, other = queries.followups(scope).filter(live=True, contact_id__isnull=False).order_by("id")[:2]
        neighbour = Membership.objects.visible_to(scope).get(account=made.people["contact-person@oslo"].id)
    return {"f": one.id, "p": one.person_id, "s": one.next_step_id, "c": one.contact_id, "other": other.id,
            "os": other.next_step_id, "n": neighbour.id}  # fmt: skip


def lost() -> list[dict[str, str]]:
    with opened(system_scope("prøve")):
        return figures.lost()


def by_hand(statement: str) -> None:
    """Do it as somebody would who sat at the database: everything in the scope, constraints deferred, then commit."""
    with session() as hand:
        hand.execute(statement)
        hand.commit()


@contextmanager
def session() -> Iterator[psycopg.Connection]:
    with closing(psycopg.connect(os.environ["DATABASE_URL"])) as hand:
        hand.execute("SELECT set_config('samvirke.scope', '*', true)")
        hand.execute("SET CONSTRAINTS ALL DEFERRED")
        yield hand


def got_through(statement: str) -> bool:
    try:
        by_hand(statement)
    except psycopg.Error:
        return False
    return True


def test_no_way_around_the_promise_by_hand(at_hand):
    made, found = at_hand
    assert [way for way, statement in HANDS.items() if got_through(statement.format_map(found))] == []
    assert made.row(found["f"]).next_step_id == found["s"]
    assert not lost()


def small_house() -> tuple[House, dict[str, object]]:
    made = house(move_in())
    for number in range(3):
        made.assigned(Identity(first="Ane", last=f"Prøve{number}", birth="1990"))
    return made, ids(made)


@pytest.fixture
def at_hand(committed_db) -> tuple[House, dict[str, object]]:
    """Return a committed house with people in follow-up, and the ids that the hands reach for."""
    return small_house()


def test_eight_hands_at_once_find_no_way_either(at_hand):
    """Each session does several of them in one transaction, in any order; every commit is refused."""
    made, found = at_hand
    ways = [one.format_map(found) for one in HANDS.values() if one.startswith(("UPDATE", "DELETE"))]

    def hand(seed: int) -> int:
        chosen = random.Random(seed)
        return sum(got_through(chosen.choice(ways)) for _ in range(40))

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(hand, range(8))) == 0
    assert not lost()
    assert made.row(found["f"]).next_step_id == found["s"]


# Two sessions that are each in order, and together would lose somebody: one of them must be refused.
BOTH = {
    "one points at the second step and closes the first, the other closes the second": (
        [
            """UPDATE followup_followup f SET (next_step_id, next_opens, next_closes, next_owner) =
            (SELECT id, opens, closes, owner FROM followup_step WHERE followup_id = f.id AND state = 'open'
            AND id <> '{s}' ORDER BY closes LIMIT 1) WHERE id = '{f}'""",
            "UPDATE followup_step SET state = 'done', settled_at = now() WHERE id = '{s}'",
        ],
        [
            "UPDATE followup_step SET state = 'done', settled_at = now() WHERE followup_id = '{f}' AND id <> '{s}'",
        ],
    ),
    "one gives a contact person, the other ends their membership": (
        ["UPDATE followup_followup SET contact_id = '{free}' WHERE id = '{f}'"],
        ["UPDATE accounts_membership SET active = false, ended_at = now() WHERE id = '{free}'"],
    ),
    "one gives a deputy, the other moves them": (
        ["UPDATE followup_followup SET deputy_id = '{free}' WHERE id = '{f}'"],
        ["DELETE FROM accounts_membership WHERE id = '{free}'"],
    ),
}


@pytest.mark.parametrize("both", BOTH)
@pytest.mark.parametrize("first", [0, 1])
def test_two_sessions_that_each_look_right_cannot_both_commit(at_hand, both, first):
    made, found = at_hand
    found["free"] = made.member("team-leader")
    sides = [[one.format_map(found) for one in side] for side in BOTH[both]]
    if first:
        sides.reverse()
    assert "refused" in at_the_same_time(sides)
    assert not lost()


def at_the_same_time(sides: Sequence[Sequence[str]]) -> list[str]:
    """Let two sessions do their work up to the commit, then commit both; return how each went."""

    def one(side: Sequence[str]) -> str:
        try:
            with session() as hand:
                hand.execute("SET lock_timeout = '10s'")
                for statement in side:
                    hand.execute(statement)
                hand.execute("SELECT pg_sleep(0.2)")
                hand.commit()
        except psycopg.Error:
            return "refused"
        return "committed"

    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(one, sides))
