"""Run jobs and sweeps."""

import signal
import threading
from typing import Any

from samvirke.jobs.worker import work
from samvirke.ui.commands import Command as Base


class Command(Base):
    help = "Kjør jobber og faste oppgaver til du stopper den. «serve» starter en selv."

    def act(self, **_options: Any) -> Any:
        stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        work(stop)
        return {"stopped": True}

    def show(self, result: Any) -> None:
        """Say nothing: `serve` has said it."""
