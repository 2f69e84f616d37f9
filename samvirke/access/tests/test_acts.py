"""Acts inside acts: what waits for the end of the transaction is looked at when the outermost act is done."""

from datetime import datetime

import pytest
from django.db import IntegrityError, OperationalError, connection

from samvirke.access.acts import ACTS, TRIES, Done, action
from samvirke.access.permissions import Need
from samvirke.access.scope import Scope
from samvirke.access.tests.conftest import HALDEN, NOW, in_

pytestmark = pytest.mark.django_db


@pytest.fixture
def waiting_rule(db: None):
    """A constraint that waits for the end: two rows must not be equal."""
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMP TABLE waits (n int, CONSTRAINT once UNIQUE (n) DEFERRABLE INITIALLY DEFERRED)"
        )


def put(number: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO waits VALUES (%s)", [number])


@action("access.test.inner", needs=Need.WORK, says="prøvde inni")
def inner(scope: Scope, *, now: datetime) -> Done:
    put(1)
    return Done(HALDEN)


@action("access.test.outer", needs=Need.WORK, says="prøvde")
def outer(scope: Scope, *, mends: bool, now: datetime) -> Done:
    put(1)
    inner(scope, now=now)
    if mends:
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM waits")
    return Done(HALDEN)


def test_an_act_inside_may_leave_the_rest_to_the_outer_one(waiting_rule):
    outer(in_(HALDEN), mends=True, now=NOW)


def test_the_outermost_act_is_refused_as_a_whole(waiting_rule):
    with pytest.raises(IntegrityError):
        outer(in_(HALDEN), mends=False, now=NOW)


def test_every_act_has_words_for_the_journal():
    assert all(str(one.says) for one in ACTS.values())
    assert len(ACTS) > 10


def test_an_act_that_loses_a_race_is_done_again(waiting_rule):
    """A deadlock is made by hand: the first two tries raise what PostgreSQL raises to the one it stops."""
    tries = []

    @action("access.test.raced", needs=Need.WORK, says="prøvde igjen")
    def raced(scope: Scope, *, stopped: int, now: datetime) -> Done:
        tries.append(1)
        put(len(tries))
        if len(tries) <= stopped:
            with connection.cursor() as cursor:
                cursor.execute(
                    "DO $$ BEGIN RAISE EXCEPTION 'stopped' USING ERRCODE = 'deadlock_detected'; END $$"
                )
        return Done(HALDEN)

    raced(in_(HALDEN), stopped=2, now=NOW)
    with connection.cursor() as cursor:
        cursor.execute("SELECT array_agg(n) FROM waits")
        assert cursor.fetchone()[0] == [3]
    tries.clear()
    with pytest.raises(OperationalError):
        raced(in_(HALDEN), stopped=99, now=NOW)
    assert len(tries) == TRIES


def test_what_is_wrong_in_itself_is_not_done_again(waiting_rule):
    tries = []

    @action("access.test.wrong", needs=Need.WORK, says="prøvde galt")
    def wrong(scope: Scope, *, now: datetime) -> Done:
        tries.append(1)
        put(1)
        put(1)
        return Done(HALDEN)

    with pytest.raises(IntegrityError):
        wrong(in_(HALDEN), now=NOW)
    assert len(tries) == 1
