"""Jobs: in the caller's transaction, together, and never lost with a dead worker."""

import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import connection, transaction

from samvirke import jobs
from samvirke.jobs import checks, queue, sweeps, worker
from samvirke.jobs.worker import retry_stalled, run_waiting

RAN: list[str] = []


@pytest.fixture(autouse=True)
def _forget():
    RAN.clear()


@jobs.task("test.note", together=True)
def note(word: str) -> None:
    RAN.append(word)


SLOWLY = {"run": lambda _word: None}


@jobs.task("test.slow", together=True)
def slow(word: str) -> None:
    SLOWLY["run"](word)


@jobs.task("test.each")
def each(word: str) -> None:
    RAN.append(word)


def waiting() -> list[tuple[str, dict, str]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT task_name, args, status::text FROM procrastinate_jobs ORDER BY id")
        return cursor.fetchall()


def test_a_job_is_written_with_the_change(committed_db):
    with transaction.atomic():
        jobs.later("test.note", word="a")
    assert [(name, status) for name, _, status in waiting()] == [("test.note", "todo")]
    run_waiting()
    assert RAN == ["a"]
    assert waiting() == []


def test_no_change_no_job(committed_db):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        jobs.later("test.note", word="a")
        1 / 0  # noqa: B018
    assert waiting() == []


def test_an_unknown_name_is_refused():
    with pytest.raises(LookupError, match=r"jobs\.no-such"):
        jobs.later("jobs.no-such", word="a")


def test_a_hundred_changes_are_one_run_and_others_are_left_alone(committed_db):
    for _ in range(100):
        jobs.later("test.note", word="a")
    jobs.later("test.note", word="b")
    jobs.later("test.each", word="c")
    jobs.later("test.each", word="c")
    run_waiting()
    assert sorted(RAN) == ["a", "b", "c", "c"]
    assert waiting() == []


def test_a_change_that_commits_after_its_fellow_has_run_is_not_lost(committed_db):
    """Both enqueue; the first commits and its job runs; then the second commits: it must get a run of its own."""
    enqueued, may_commit = threading.Event(), threading.Event()

    def slow_editor():
        with transaction.atomic():
            jobs.later("test.note", word="a")
            enqueued.set()
            may_commit.wait(30)
        connection.close()

    editor = threading.Thread(target=slow_editor)
    editor.start()
    assert enqueued.wait(30)
    jobs.later("test.note", word="a")
    run_waiting()
    assert RAN == ["a"]
    may_commit.set()
    editor.join()
    run_waiting()
    assert RAN == ["a", "a"]


def test_jobs_of_a_dead_worker_are_done_by_the_living(committed_db):
    jobs.later("test.note", word="a")
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - interval '1 hour') RETURNING id"
        )
        worker = cursor.fetchone()[0]
        cursor.execute("UPDATE procrastinate_jobs SET status = 'doing', worker_id = %s", [worker])
    run_waiting()
    assert RAN == []
    retry_stalled(datetime.now(UTC))
    run_waiting()
    assert RAN == ["a"]


def test_jobs_of_a_pruned_worker_are_done_too(committed_db):
    jobs.later("test.note", word="a")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'doing', worker_id = NULL")
    retry_stalled(datetime.now(UTC))
    run_waiting()
    assert RAN == ["a"]


def test_two_tasks_cannot_share_a_name():
    with pytest.raises(ValueError, match=r"test\.note"):
        jobs.task("test.note")(each)


def test_the_check_finds_a_name_that_nobody_has(tmp_path, settings):
    room = tmp_path / "room"
    room.mkdir()
    (room / "actions.py").write_text(
        "from samvirke import jobs\njobs.later('test.note', word='a')\njobs.later('room.gone')\njobs.later(name)\n"
    )
    settings.BASE = tmp_path
    found = checks.known_names()
    assert [message.msg.rpartition(":")[2] for message in found] == [
        " ingen jobb heter 'room.gone'",
        " ingen jobb heter ''",
    ]


def test_every_name_asked_for_in_the_house_exists():
    assert checks.known_names() == []
    assert "publishing.build" in queue.TASKS
    assert list(checks.asked_for(Path(checks.__file__).parent)) == []


def test_a_sweep_that_fails_is_tried_again():
    stop, calls = threading.Event(), []

    def look(now: datetime) -> None:
        assert now.tzinfo
        calls.append(now)
        if len(calls) == 3:
            stop.set()
        if len(calls) < 3:
            raise OSError("away")

    sweeps.run(sweeps.Sweep("jobs.test", look, 0.001), stop)
    assert len(calls) == 3


@pytest.fixture
def start_worker(committed_db, monkeypatch):
    """Start a worker without sweeps that looks for waiting jobs when it starts, and then once a minute only."""
    monkeypatch.setattr(worker, "LOOK_AGAIN", 60.0)
    monkeypatch.setattr(sweeps, "SWEEPS", {})
    stop = threading.Event()
    thread = threading.Thread(target=worker.work, args=(stop,), daemon=True)
    yield thread.start
    stop.set()
    thread.join(30)


def test_a_job_that_waited_for_a_lock_starts_when_the_lock_is_free(start_worker, monkeypatch):
    started, may_end = threading.Semaphore(0), threading.Event()

    def hold(_word: str) -> None:
        started.release()
        may_end.wait(30)

    monkeypatch.setitem(SLOWLY, "run", hold)
    jobs.later("test.slow", word="a")
    start_worker()
    assert started.acquire(timeout=30)
    jobs.later("test.slow", word="a")
    assert not started.acquire(timeout=0.5), "two ran at a time"
    may_end.set()
    assert started.acquire(timeout=15)
