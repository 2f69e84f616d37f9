"""Real workers, killed at each stage: what has left is never sent twice by itself, what has not is sent."""

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import psycopg
import pytest
from django.db import connection
from django.utils import timezone

from samvirke.access.scope import opened
from samvirke.jobs import worker
from samvirke.messaging import actions, delivery
from samvirke.messaging.models import Message
from samvirke.messaging.tests.conftest import SYSTEM, row, write
from samvirke.messaging.tests.standins import Post, serving

pytestmark = [pytest.mark.fault]
PATIENCE = 120.0  # seconds; the machine may be busy with other tests
SETTINGS = """
from samvirke.config.settings import *
PAGE_SOURCES = []
MESSAGE_RECIPIENTS = {"account": "samvirke.messaging.tests.people.worker"}
MESSAGE_TEMPLATES = {"test.reminder": "samvirke.messaging.tests.people.reminder"}
"""
COMMAND = (sys.executable, "-c", "from samvirke.config.cli import main; main()", "worker")


class Workers:
    """Workers as the command line starts them, with the tests' people and letters."""

    def __init__(self, folder: Path, port: int) -> None:
        (folder / "killed_workers.py").write_text(SETTINGS)
        self.environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "killed_workers",
            "PYTHONPATH": str(folder),
            "SAMVIRKE_DATA": str(folder),
            "EMAIL_HOST": "127.0.0.1",
            "EMAIL_PORT": str(port),
            "EMAIL_TLS": "none",
            "EMAIL_FROM": "Samvirke <ikke-svar@samvirke.example.org>",
        }
        self.said = (folder / "said").open("a")
        self.running: list[subprocess.Popen[str]] = []

    def start(self, number: int = 1) -> None:
        self.running += [
            subprocess.Popen(COMMAND, env=self.environment, stdout=self.said, stderr=self.said, text=True)
            for _ in range(number)
        ]

    def kill(self, which: int = 0) -> None:
        one = self.running.pop(which)
        one.send_signal(signal.SIGKILL)
        one.wait()

    def end(self) -> None:
        while self.running:
            self.kill()
        self.said.close()


@pytest.fixture
def post(committed_real, settings) -> Iterator[Post]:
    with serving(Post()) as one:
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TLS = "127.0.0.1", one.port, "none"
        yield one


@pytest.fixture
def workers(post, tmp_path) -> Iterator[Workers]:
    some = Workers(tmp_path, post.port)
    yield some
    some.end()


@pytest.fixture
def owner() -> Iterator[psycopg.Connection]:
    with psycopg.connect(os.environ["DATABASE_OWNER_URL"]) as own:
        yield own


def until(so: Callable[[], bool], what: str) -> None:
    end = time.monotonic() + PATIENCE
    while not so():
        assert time.monotonic() < end, f"this never came: {what}"
        time.sleep(0.05)


def later(**time_: float):
    return timezone.now() + timedelta(**time_)


def start_one(workers: Workers, post: Post, stall: str) -> UUID:
    post.stall = stall
    id_ = write(now=timezone.now())
    workers.start()
    assert post.reached.wait(PATIENCE), Path(workers.said.name).read_text()
    return id_


def jobs_left() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'messaging.send'")
        return cursor.fetchone()[0]


def take_over(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the living do the jobs of the dead at once, instead of in half a minute."""
    monkeypatch.setattr(worker, "DEAD_AFTER", 0.0)
    worker.retry_stalled(timezone.now())
    worker.run_waiting()


def test_killed_before_anything_left_it_is_sent_by_another(workers, post, monkeypatch):
    id_ = start_one(workers, post, "MAIL")
    assert row(id_).state == "claimed"
    workers.kill()
    post.go_on.set()
    take_over(monkeypatch)
    assert (row(id_).state, jobs_left()) == ("claimed", 0), "the job is done over, and finds it taken"
    delivery.mend(later(minutes=3))
    assert (row(id_).state, row(id_).reason) == ("queued", "worker-died")
    delivery.deliver(id_, later(minutes=10))
    assert (row(id_).state, len(post.taken)) == ("sent", 1)


def test_killed_while_the_server_has_the_message_it_is_unsure_until_a_person_decides(
    workers, post, monkeypatch
):
    id_ = start_one(workers, post, "DATA")
    assert row(id_).state == "handing-over"
    workers.kill()
    post.go_on.set()
    assert len(post.taken) == 1
    take_over(monkeypatch)
    delivery.mend(later(minutes=6))
    assert (row(id_).state, row(id_).reason) == ("unsure", "worker-died")
    for hours in (1, 10, 30):
        delivery.mend(later(hours=hours))
        delivery.deliver(id_, later(hours=hours))
    assert (row(id_).state, len(post.taken)) == ("unsure", 1)
    actions.send_again(SYSTEM, id_, now=timezone.now())
    worker.run_waiting()
    assert row(id_).state == "sent"
    assert Counter(mail["Message-ID"] for mail in post.taken) == {f"<{id_}@samvirke.example.org>": 2}


def test_killed_with_the_answer_in_its_hand_it_is_unsure(workers, post, owner, monkeypatch):
    id_ = start_one(workers, post, "DATA")
    owner.execute("SELECT 1 FROM messaging_message WHERE id = %s FOR UPDATE", [id_])
    post.go_on.set()
    until(lambda: is_waiting_for_a_row(owner), "the worker wants to write down the answer")
    workers.kill()
    owner.rollback()
    take_over(monkeypatch)
    assert row(id_).state == "handing-over"
    delivery.mend(later(minutes=6))
    delivery.deliver(id_, later(minutes=6))
    assert (row(id_).state, len(post.taken)) == ("unsure", 1)


def is_waiting_for_a_row(own: psycopg.Connection) -> bool:
    found = own.execute("SELECT count(*) FROM pg_locks WHERE NOT granted").fetchone()
    return bool(found and found[0])


def test_killed_after_it_was_written_down_it_is_not_sent_again(workers, post, owner, monkeypatch):
    id_ = start_one(workers, post, "DATA")
    owner.execute("SELECT 1 FROM procrastinate_jobs WHERE task_name = 'messaging.send' FOR UPDATE")
    post.go_on.set()
    until(lambda: row(id_).state == "sent", "it is written down")
    workers.kill()
    owner.rollback()
    assert jobs_left() == 1, "the job was not done when its worker died"
    take_over(monkeypatch)
    delivery.mend(later(hours=1))
    assert (row(id_).state, len(post.taken), jobs_left()) == ("sent", 1, 0)


def test_eight_workers_of_which_some_are_killed_never_send_twice(workers, post):
    workers.start(8)
    until(lambda: living() == 8, "eight workers are there")
    ids = [write(now=timezone.now()) for _ in range(40)]
    until(lambda: len(post.taken) >= 10, "they are at work")
    for _ in range(3):
        workers.kill()
    until(lambda: not states()["queued"], "all have been taken up")
    until(lambda: states()["claimed"] + states()["handing-over"] <= 3 * 2, "the living are done")
    time.sleep(1)
    delivery.mend(later(minutes=6))
    for id_ in ids:
        delivery.deliver(id_, later(minutes=20))
    assert set(states()) <= {"sent", "unsure"}
    arrived = Counter(mail["Message-ID"] for mail in post.taken)
    assert max(arrived.values()) == 1
    assert {f"<{id_}@samvirke.example.org>" for id_ in ids if row(id_).state == "sent"} <= set(arrived)


def states() -> Counter[str]:
    with opened(SYSTEM):
        return Counter(Message.objects.visible_to(SYSTEM).values_list("state", flat=True))


def living() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_workers")
        return cursor.fetchone()[0]
