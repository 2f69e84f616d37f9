"""Sweeps: functions that look, with `now`, for what is due. Due work is never a job that waits in a queue.

@jobs.sweep("publishing.switch", every=0.25)
def switch(now: datetime) -> None: …
"""

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db import OperationalError, close_old_connections
from django.utils import timezone

log = logging.getLogger(__name__)
Look = Callable[[datetime], None]
LONGEST_PAUSE = 30.0  # seconds before a sweep that fails is tried again


@dataclass(frozen=True)
class Sweep:
    """A function that is called with the time, again and again. `every`: seconds between two calls."""

    name: str
    function: Look
    every: float


SWEEPS: dict[str, Sweep] = {}


def sweep(name: str, *, every: float) -> Callable[[Look], Look]:
    """Register a function of a room's tasks.py. It may run twice, late, or on two machines without harm."""

    def register(function: Look) -> Look:
        SWEEPS[name] = Sweep(name, function, every)
        return function

    return register


def run(one: Sweep, stop: threading.Event) -> None:
    """Call a sweep until told to stop; what fails is logged and tried again, ever more slowly."""
    failures = 0
    while not stop.is_set():
        try:
            one.function(timezone.now())
            failures = 0
        except Exception as error:
            failures += 1
            away = isinstance(error, OperationalError)  # the database: one line, no traceback
            log.warning("%s feilet og prøves igjen: %s", one.name, error, exc_info=failures == 1 and not away)
        finally:
            close_old_connections()
        stop.wait(min(one.every * 2**failures, max(LONGEST_PAUSE, one.every)) if failures else one.every)


def start(stop: threading.Event) -> list[threading.Thread]:
    """Start every sweep in a thread of its own: one that waits for the database does not hold up the others."""
    threads = [
        threading.Thread(target=run, args=(one, stop), name=one.name, daemon=True) for one in SWEEPS.values()
    ]
    for thread in threads:
        thread.start()
    return threads
