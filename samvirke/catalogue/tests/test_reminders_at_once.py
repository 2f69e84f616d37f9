"""Reminders with commits that are real: several workers, one that dies in the middle, and a real mail server."""

import subprocess
import sys
import threading
from collections import Counter
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection

from samvirke.access.scope import opened
from samvirke.catalogue import actions, reminding
from samvirke.catalogue.models import Reminder
from samvirke.catalogue.tests.conftest import HALDEN, NOW, SYSTEM, every, whole
from samvirke.jobs.worker import run_waiting
from samvirke.messaging.models import Message
from samvirke.messaging.tests.conftest import make_real
from samvirke.messaging.tests.standins import Post, serving
from tests.cast import CAST, OSLO, move_in

EDITOR, APPROVER = CAST["editor"].id, CAST["approver"].id
DIES = """
import os, sys, django
from datetime import datetime
django.setup()
from samvirke.catalogue import reminding
from samvirke.catalogue.actions import verification
send, calls = verification.messaging.send, []
def dying(scope, **given):
    if given["municipality"] == "3101":
        calls.append(send(scope, **given))
        if len(calls) == 2:
            os._exit(9)
        return calls[-1]
    return send(scope, **given)
verification.messaging.send = dying
reminding.remind(datetime.fromisoformat(sys.argv[1]))
"""


@pytest.fixture
def towns(committed_db: None) -> None:
    """Halden and Oslo with their people; Eli answers for Halden's services. No pages are waiting to be built."""
    move_in()
    for code in (HALDEN, OSLO):
        actions.join_municipality(SYSTEM, code, now=NOW)
        for kind in ("kriseteam", "ppt", "barnevern"):
            given = whole(kind, f"{kind.title()} på Åsen", postal_code="", street_address="Åsen 1")
            actions.create_service(SYSTEM, code, given, now=NOW, confirmed_by="Redaktøren")
    actions.set_default_verifier(SYSTEM, HALDEN, EDITOR, now=NOW)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs WHERE task_name = 'publishing.build'")


def letters() -> Counter[tuple[UUID, str]]:
    """Count the letters to each person in each round."""
    found = {(row.letter, row.account, row.round) for row in every(Reminder)}
    return Counter((account, round_) for _, account, round_ in found)


def everybody_once() -> bool:
    """Say whether Halden's and Oslo's people have got what a jump of a hundred days gives, once."""
    oslo = {(CAST["editor@oslo"].id, "due"), (CAST["approver@oslo"].id, "late")}
    return (
        letters() == dict.fromkeys({(EDITOR, "due"), (APPROVER, "late")} | oslo, 1)
        and len(every(Message)) == 4
    )


def test_four_workers_at_once_send_each_letter_once(towns):
    at, start, errors = NOW + timedelta(days=100), threading.Barrier(4), []

    def worker() -> None:
        try:
            start.wait()
            for _ in range(3):
                reminding.remind(at)
        except BaseException as error:  # noqa: BLE001
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=worker) for _ in range(4)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert errors == []
    assert everybody_once()


def test_one_that_comes_while_another_is_at_it_waits_and_finds_nothing_left(towns, monkeypatch):
    at, inside, go_on = NOW + timedelta(days=100), threading.Event(), threading.Event()
    send = actions.verification.messaging.send

    def slow(*given: Any, **more: Any) -> UUID:
        inside.set()
        assert go_on.wait(10)
        return send(*given, **more)

    def first() -> None:
        reminding.remind(at)
        connection.close()

    monkeypatch.setattr(actions.verification.messaging, "send", slow)
    thread = threading.Thread(target=first)
    thread.start()
    assert inside.wait(10)
    threading.Timer(0.3, go_on.set).start()
    reminding.remind(at)
    thread.join()
    assert everybody_once()


@pytest.mark.fault
def test_what_a_worker_that_died_had_begun_is_done_by_the_next_and_nothing_twice(towns):
    at = NOW + timedelta(days=100)
    died = subprocess.run([sys.executable, "-c", DIES, at.isoformat()], capture_output=True, check=False)
    assert died.returncode == 9, died.stderr
    assert set(letters()) == {(CAST["editor@oslo"].id, "due"), (CAST["approver@oslo"].id, "late")}
    reminding.remind(at)
    assert everybody_once()


def test_from_due_pieces_to_the_mail_of_the_owner_and_then_the_approvers(towns, settings):
    make_real()
    settings.DEFAULT_FROM_EMAIL = "Samvirke i Ås <ikke-svar@samvirke.example.org>"
    with opened(SYSTEM):
        CAST["editor@oslo"].account.memberships.visible_to(SYSTEM).update(active=False, ended_at=NOW)
    with serving(Post()) as post:
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TLS = "127.0.0.1", post.port, "none"
        reminding.remind(NOW + timedelta(days=90))
        run_waiting()
        mine = [mail for mail in post.taken if mail["To"] == CAST["editor"].email]
        assert len(mine) == 1
        assert post.recipients.count(CAST["editor"].email) == 1
        assert set(post.recipients) == {CAST["editor"].email, CAST["approver@oslo"].email}
        text = mine[0].get_content()
        assert mine[0]["Subject"] == "Opplysninger for Halden må bekreftes på nytt"
        assert "– Barnevern på Åsen: alle opplysningene. Frist: 18. februar 2027." in text
        assert "http://localhost:8000/arbeid/3101/" in text
        reminding.remind(NOW + timedelta(days=97))
        run_waiting()
        assert post.recipients.count(CAST["approver"].email) == 1
        assert post.recipients.count(CAST["editor"].email) == 1
        (late,) = [mail for mail in post.taken if mail["To"] == CAST["approver"].email]
        assert late["Subject"] == "Opplysninger for Halden er ikke bekreftet"
        assert {row.state for row in every(Message)} == {"sent"}
