"""The worker: runs jobs as they are written, and the sweeps beside them. Any number of workers may run."""

import asyncio
import contextlib
import logging
import threading
from datetime import datetime

from asgiref.sync import async_to_sync
from procrastinate import App
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector

from samvirke.jobs import sweeps
from samvirke.jobs.sweeps import sweep

log = logging.getLogger(__name__)
POLITE = 4.0  # seconds a job gets to finish when the worker stops
HEARTBEAT = 5.0
DEAD_AFTER = 20.0  # seconds without a heartbeat
LOOK_AGAIN = 0.5  # seconds: finds a job whose message was lost; the database tells of new jobs and free locks


@sweep("jobs.retry-stalled", every=10)
def retry_stalled(_now: datetime) -> None:
    """Give the jobs of dead workers to the living. Procrastinate forgets a dead worker, but not to do its job."""
    async_to_sync(_retry_stalled)()


async def _retry_stalled() -> None:
    for job in await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=DEAD_AFTER):
        log.warning("Jobb %s (%s) ble avbrutt og prøves igjen", job.id, job.task_name)
        await app.job_manager.retry_job(job)


def run_waiting() -> None:
    """Run the jobs that are waiting, then return. For tests and commands."""
    with app.replace_connector(_connector().get_worker_connector()) as ours:
        asyncio.run(_run_waiting(ours))


async def _run_waiting(ours: App) -> None:
    async with ours.open_async():
        await ours.run_worker_async(wait=False, install_signal_handlers=False, delete_jobs="successful")


def work(stop: threading.Event) -> None:
    """Run jobs and sweeps until `stop` is set; a database that is away is waited for."""
    logging.getLogger("psycopg.pool").setLevel(logging.ERROR)  # it warns four times a second; we say it once
    threads = sweeps.start(stop)
    pause = 0.25
    while not stop.is_set():
        try:
            asyncio.run(_work(stop))
            pause = 0.25
        except Exception as error:  # noqa: BLE001  (the worker outlives whatever the database does)
            log.warning("Jobbkøen svarer ikke og prøves igjen: %s", error)
            stop.wait(pause)
            pause = min(pause * 2, 5.0)
    for thread in threads:
        thread.join(1.0)


async def _work(stop: threading.Event) -> None:
    ours = app.with_connector(_connector().get_worker_connector())
    async with ours.open_async():
        running = asyncio.create_task(
            ours.run_worker_async(
                concurrency=2, install_signal_handlers=False, delete_jobs="successful",
                shutdown_graceful_timeout=POLITE, fetch_job_polling_interval=LOOK_AGAIN,
                update_heartbeat_interval=HEARTBEAT, stalled_worker_timeout=DEAD_AFTER,
            )
        )  # fmt: skip
        while not stop.is_set() and not running.done():  # noqa: ASYNC110  (set by a signal, seen from a thread)
            await asyncio.sleep(0.2)
        if not running.done():
            running.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await running


def _connector() -> DjangoConnector:
    connector = app.connector
    if not isinstance(connector, DjangoConnector):
        raise TypeError("jobbkøen er åpnet to ganger")
    return connector
