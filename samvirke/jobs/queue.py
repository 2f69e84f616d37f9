"""Jobs: rows in PostgreSQL, written in the same transaction as the change that needs them.

    jobs.later("publishing.build", municipality="0301")      in an action
    @jobs.task("publishing.build", together=True)            in a room's tasks.py
    def build(municipality: str) -> None: …

Names, not imports: actions enqueue tasks and tasks call actions. A system check knows every name.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db import connection
from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app

Ids = str | int
Function = TypeVar("Function", bound=Callable[..., None])
# 2, 4, 8 … seconds between tries, about an hour in all; what still fails stands in the table as failed.
AGAIN = RetryStrategy(max_attempts=11, exponential_wait=2)


@dataclass(frozen=True)
class Task:
    """A kind of job. `together`: waiting jobs with the same ids are all done by the one that starts."""

    name: str
    function: Callable[..., None]
    together: bool


TASKS: dict[str, Task] = {}


def task(name: str, *, together: bool = False) -> Callable[[Function], Function]:
    """Register a function of a room's tasks.py under a name "room.verb".

    It gets the ids that `later` was given, as keywords, and may run twice without harm. `together` is for
    work such as building a site: never two at a time for the same ids, and a hundred changes in a row
    become one or two runs.
    """

    def register(function: Function) -> Function:
        if name in TASKS and TASKS[name].function.__qualname__ != function.__qualname__:
            raise ValueError(f"To jobber heter {name}. Gi den ene et annet navn.")
        TASKS[name] = Task(name, function, together)

        def run(context: JobContext, /, **ids: Ids) -> None:
            try:
                if together and context.job and context.job.id:
                    _take_along(name, ids, context.job.id)
                function(**ids)
            finally:
                connection.close()  # the worker's threads come and go; a connection must not stay with one

        app.task(name=name, pass_context=True, retry=AGAIN)(run)
        return function

    return register


def later(name: str, **ids: Ids) -> None:
    """Enqueue a job in the caller's transaction: no commit, no job. Raises LookupError for an unknown name."""
    if name not in TASKS:
        raise LookupError(f"Ingen jobb heter {name}. Registrer den med @jobs.task i rommets tasks.py.")
    lock = f"{name} {json.dumps(ids, sort_keys=True)}" if TASKS[name].together else None
    app.configure_task(name, lock=lock).defer(**ids)


def _take_along(name: str, ids: dict[str, Any], running: int) -> None:
    """Remove other waiting jobs with the same ids: their changes are committed, so this run will see them.

    A lock when enqueuing would not do: a job could start before the transaction that met the lock commits,
    and that change would never be built.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT procrastinate_cancel_job_v1(id, false, true) FROM procrastinate_jobs "
            "WHERE task_name = %s AND args = %s::jsonb AND status = 'todo' AND id <> %s",
            [name, json.dumps(ids), running],
        )
