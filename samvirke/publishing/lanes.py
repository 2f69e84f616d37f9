"""Django behind a semaphore: a database that hangs takes these few threads, never the public pages."""

import logging
from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as TooSlow
from threading import BoundedSemaphore
from typing import Any

from samvirke.publishing.fallback import UNAVAILABLE, Answer

log = logging.getLogger(__name__)
Environ = dict[str, Any]
Application = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]


class Lane:
    """A few threads that run an application, and a limit to how many requests may wait for them.

    `threads` run at a time, `admitted` may be inside at all, and the visitor waits at most `patience`
    seconds. A request that hangs longer keeps its thread; the visitor gets the emergency numbers.
    """

    def __init__(self, application: Application, *, threads: int, admitted: int, patience: float) -> None:
        self.application, self.patience = application, patience
        self.room = BoundedSemaphore(admitted)
        self.pool = ThreadPoolExecutor(threads, thread_name_prefix="django")

    def answer(self, environ: Environ) -> Answer:
        """Return the application's answer, or the constant page when it is full, slow or broken."""
        if not self.room.acquire(blocking=False):
            return UNAVAILABLE
        waiting: Future[Answer] = self.pool.submit(run, self.application, environ)
        waiting.add_done_callback(lambda _: self.room.release())
        try:
            return waiting.result(self.patience)
        except TooSlow:
            waiting.cancel()
        except Exception:
            log.exception("Et kall feilet")  # without path or words: searches are never logged
        return UNAVAILABLE


def run(application: Application, environ: Environ) -> Answer:
    """Call a WSGI application and return all it says; the body is held in memory."""
    said: list[Any] = []

    def start_response(
        status: str, headers: list[tuple[str, str]], _error: Any = None
    ) -> Callable[[bytes], None]:
        said[:] = [status, headers]
        return written.append

    written: list[bytes] = []
    result = application(environ, start_response)
    try:
        written.extend(result)
    finally:
        if close := getattr(result, "close", None):
            close()
    return said[0], said[1], b"".join(written)
