"""With commits that are real: jobs, several workers, a database that goes away, and what is left behind."""

import random
import threading
from collections import Counter

from django.db import OperationalError, connection

from samvirke.access.scope import opened
from samvirke.jobs.worker import run_waiting
from samvirke.messaging import delivery
from samvirke.messaging.tests import people
from samvirke.messaging.tests.conftest import HALDEN, NOW, OSLO, SYSTEM, delivered, row, write
from samvirke.messaging.tests.standins import Post, serving


def test_what_is_known_is_written_down_when_the_database_comes_back(committed_real, settings, monkeypatch):
    monkeypatch.setattr(delivery, "PAUSES", (0, 0, 0))
    real_settle, tries = delivery._settle, []

    def failing(*given, **more):
        tries.append(1)
        if len(tries) < 3:
            raise OperationalError("away")
        real_settle(*given, **more)

    monkeypatch.setattr(delivery, "_settle", failing)
    with serving(Post()) as post:
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TLS = "127.0.0.1", post.port, "none"
        assert delivered().state == "sent"
        assert (len(post.taken), len(tries)) == (1, 3)


def test_the_job_sends_and_is_done(committed_real, settings):
    with serving(Post()) as post:
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TLS = "127.0.0.1", post.port, "none"
        id_ = write(municipality=None)
        run_waiting()
        assert (row(id_).state, len(post.taken), jobs_left()) == ("sent", 1, 0)


def test_eight_workers_at_once_never_send_twice(committed_real, settings):
    """Each takes all messages in an order of its own, while sweeps look for dead workers all the time."""
    ids = [write(municipality=random.choice([HALDEN, OSLO, None])) for _ in range(24)]
    errors = []

    def worker(seed: int) -> None:
        try:
            order = ids * 2
            random.Random(seed).shuffle(order)
            for number, id_ in enumerate(order):
                delivery.deliver(id_, NOW)
                if number % 6 == seed % 6:
                    delivery.mend(NOW)
        except BaseException as error:  # noqa: BLE001
            errors.append(error)
        finally:
            connection.close()

    with serving(Post()) as post:
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TLS = "127.0.0.1", post.port, "none"
        threads = [threading.Thread(target=worker, args=(seed,)) for seed in range(8)]
        for one in threads:
            one.start()
        for one in threads:
            one.join()
        assert errors == []
        assert Counter(row(id_).state for id_ in ids) == {"sent": 24}
        assert Counter(mail["Message-ID"] for mail in post.taken) == {
            f"<{id_}@samvirke.example.org>": 1 for id_ in ids
        }


def test_nothing_of_the_letter_or_the_address_is_stored_or_logged(committed_real, settings, caplog):
    """The whole database is read, text by text, after a message was sent, one failed and one was lost."""
    caplog.set_level("DEBUG")
    with serving(Post()) as post:
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TLS = "127.0.0.1", post.port, "none"
        delivered()
        post.answers["RCPT"] = f"550 {people.PEOPLE['kari'].email} is unknown {people.SECRET}"
        delivered()
        post.answers.clear()
        post.hang_up = True
        delivered()
        people.SAID["reminder"] = ValueError(people.SECRET)
        delivered()
    stored = whole_database()
    assert "kari" in stored
    assert any(record.name == "samvirke.messaging.delivery" for record in caplog.records)
    assert "test.reminder" in stored
    for secret in (people.PEOPLE["kari"].email, "41234567", people.SECRET, "Blåbærsyltetøy"):
        assert secret not in stored
        assert not any(
            secret in record.getMessage() for record in caplog.records if record.name != "mail.log"
        )


def jobs_left() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'messaging.send'")
        return cursor.fetchone()[0]


def whole_database() -> str:
    with opened(SYSTEM), connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
        )
        found = []
        for (table,) in cursor.fetchall():
            if not table.startswith(("reference_", "django_")):
                cursor.execute(f'SELECT to_jsonb(t)::text FROM "{table}" t')
                found += [text for (text,) in cursor.fetchall()]
    return "\n".join(found)


def test_a_slow_server_keeps_no_transaction_open(committed_real, settings):
    with serving(Post(stall="DATA")) as post:
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TLS = "127.0.0.1", post.port, "none"
        id_ = write()
        one = threading.Thread(target=lambda: (delivery.deliver(id_, NOW), connection.close()))
        one.start()
        assert post.reached.wait(30)
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity"
                " WHERE state = 'idle in transaction' AND datname = current_database()"
            )
            assert cursor.fetchone() == (0,)
        post.go_on.set()
        one.join()
        assert row(id_).state == "sent"
