"""Workers that are gone, and messages that nobody has a job for."""

from datetime import timedelta

import pytest
from django.db import connection

from samvirke.messaging import delivery
from samvirke.messaging.tests.conftest import NOW, change, row, write


def jobs_waiting() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'messaging.send'")
        return cursor.fetchone()[0]


def held(state: str, since: timedelta):
    id_ = write()
    change(id_, state=state, claim="11111111-1111-4111-8111-111111111111", claimed_at=NOW - since, attempts=1)
    return id_


@pytest.mark.parametrize(
    ("state", "since", "then"),
    [
        ("claimed", timedelta(seconds=100), "claimed"),
        ("claimed", timedelta(seconds=130), "queued"),
        ("handing-over", timedelta(minutes=4), "handing-over"),
        ("handing-over", timedelta(minutes=6), "unsure"),
    ],
)
def test_what_a_worker_held_too_long_is_freed_or_becomes_unsure(real, state, since, then):
    id_ = held(state, since)
    delivery.mend(NOW)
    assert row(id_).state == then


def test_a_message_that_kills_its_workers_is_given_up_after_a_day(real):
    id_ = held("claimed", timedelta(hours=1))
    delivery.mend(NOW + timedelta(hours=24))
    assert (row(id_).state, row(id_).reason) == ("failed", "worker-died")


def test_a_message_that_is_due_gets_one_job_whoever_looks(real):
    id_ = write()
    before = jobs_waiting()
    delivery.mend(NOW + timedelta(minutes=1))
    assert jobs_waiting() == before, "its job is there already"
    change(id_, asked_at=None, attempts=1, due_at=NOW + timedelta(minutes=5))
    delivery.mend(NOW + timedelta(minutes=4))
    assert jobs_waiting() == before, "it is not due"
    for _ in range(3):
        delivery.mend(NOW + timedelta(minutes=5))
    assert jobs_waiting() == before + 1
    delivery.mend(NOW + timedelta(minutes=16))
    assert jobs_waiting() == before + 2, "a job that was lost is written anew"


def test_looking_costs_few_queries_when_nothing_is_due(real, django_assert_max_num_queries):
    with django_assert_max_num_queries(20):
        delivery.mend(NOW)
