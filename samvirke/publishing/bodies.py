"""What is sent with a request, read whole by the web server's own thread before Django is asked.

Two reasons. A visitor who sends slowly takes one of a few places here, and none of Django's threads. And an answer
given while another thread still reads what is sent makes Granian hold Python's lock until the visitor leaves:
one slow form would stop every page (measured with Granian 2.8.7).
"""

import re
from io import BytesIO
from threading import BoundedSemaphore

from samvirke.publishing import fallback
from samvirke.publishing.fallback import Answer
from samvirke.publishing.lanes import Environ

READING = 32  # who may be sending at a time; far fewer than the web server's threads
MOMENT = 0.2  # seconds to wait for a place: those who have sent it all leave theirs at once
LARGEST = 1_000_000  # bytes; as client_max_body_size in deploy/nginx.conf
LARGEST_FILE = 5_100_000  # … where a file of services is sent, with the form around it; there too
FILES = re.compile(r"/arbeid/[0-9]{4}/import/")


class Bodies:
    """The places where what is sent is read."""

    def __init__(self) -> None:
        self.room = BoundedSemaphore(READING)

    def read(self, environ: Environ) -> Answer | None:
        """Put all that is sent into `environ`; return a refusal when it cannot be had. Without a length: nothing."""
        told = environ.get("CONTENT_LENGTH") or "0"
        if not (told.isascii() and told.isdigit()):
            return fallback.UNREADABLE
        length = int(told[:20])
        if length > (LARGEST_FILE if FILES.fullmatch(environ.get("PATH_INFO", "")) else LARGEST):
            return fallback.TOO_LARGE
        sent = b""
        if length:
            if not self.room.acquire(timeout=MOMENT):
                return fallback.UNAVAILABLE
            try:
                sent = environ["wsgi.input"].read(length)
            finally:
                self.room.release()
        if len(sent) != length:
            return fallback.UNREADABLE
        environ["wsgi.input"] = BytesIO(sent)
        return None
