"""The front: published files before Django.

Serves what `store.Store` lays in www/, in the encoding the browser can read, and hands the rest to Django
behind a semaphore. It starts before the database does and never asks it anything.

The way of a request: `hot` (path and encoding to ready headers and bytes) → the folder's cache → the disk.
Nearly all end in the first dictionary, so that a page costs little more than in a web server.
"""

import logging
import re
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote

from samvirke.publishing import fallback
from samvirke.publishing.bodies import Bodies
from samvirke.publishing.fallback import Answer
from samvirke.publishing.lanes import Application, Environ, Lane
from samvirke.publishing.shelf import LOOK_AGAIN, File, Folder, Shelf
from samvirke.publishing.store import NATIONAL_SLUG
from samvirke.ui.headers import STRICT

HOT = 8192  # ready answers held
LONGEST_REMEMBERED = 100  # signs of Accept-Encoding; browsers send some 30
LONGEST_AGE = 60  # seconds a browser or proxy may keep a page without asking
LATE_AGE = 5  # … when the next edge has passed and nothing has been switched yet
FOREVER = "public, max-age=31536000, immutable"
HASHED = re.compile(r"\.[0-9a-f]{8,}\.[a-z0-9]+$")
# No empty part, none that begins with a full stop, no backslash, no control character.
SAFE = re.compile(r"(?:/[^/.\\\x00-\x1f][^/\\\x00-\x1f]*)*/?")
WITHOUT_DATABASE = ("/sok/", "/finn/", "/helse/")  # these answer also when the database hangs
QUICK, SLOW = 96, 16  # how many may wait for each lane
PATIENCE = 12.0  # seconds; the database's own limits are 3 to connect and 10 for a statement
StartResponse = Callable[..., Any]
log = logging.getLogger(__name__)


class Hot(NamedTuple):
    """A ready answer, good until `until` (monotonic seconds)."""

    until: float
    headers: list[tuple[str, str]]
    body: list[bytes]


class Encodings(dict[str, str]):
    """Accept-Encoding to the best of br, gzip and "" (as it is); remembers what it has worked out."""

    def __missing__(self, header: str) -> str:
        wanted: dict[str, float] = {}
        for part in header.lower().split(","):
            name, _, rest = part.strip().partition(";")
            wanted[name.strip()] = _weight(rest)
        rest_of_them = wanted.get("*", 0.0)
        weights = {name: wanted.get(name, rest_of_them) for name in ("br", "gzip")}
        best = max(weights, key=lambda name: weights[name])  # br first when they weigh the same
        plain = wanted.get("identity", 0.0)
        choice = best if weights[best] > 0 and weights[best] >= plain else ""
        if len(header) > LONGEST_REMEMBERED:
            return choice
        if len(self) > 500:
            self.clear()
        self[header] = choice
        return choice


def _weight(parameters: str) -> float:
    for parameter in parameters.split(";"):
        name, _, value = parameter.strip().partition("=")
        if name == "q":
            try:
                return float(value)
            except ValueError:
                return 0.0
    return 1.0


class Front:
    """A WSGI application: published files, and Django for the addresses that are Django's."""

    def __init__(self, django_app: Application, root: Path, knows: Callable[[str], bool]) -> None:
        self.knows = knows
        self.shelf = Shelf(root)
        self.hot: dict[tuple[str, str], Hot] = {}
        self.encodings = Encodings()
        self.bodies = Bodies()
        self.quick = Lane(django_app, threads=2, admitted=QUICK, patience=PATIENCE)
        self.slow = Lane(django_app, threads=4, admitted=SLOW, patience=PATIENCE)

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request. The first lines are all that most requests need."""
        path, encoding = environ["PATH_INFO"], self.encodings[environ.get("HTTP_ACCEPT_ENCODING", "")]
        if environ["REQUEST_METHOD"] == "GET" and "HTTP_IF_NONE_MATCH" not in environ:
            hot = self.hot.get((path, encoding))
            if hot is not None and time.monotonic() < hot.until:
                start_response("200 OK", hot.headers)
                return hot.body
        status, headers, body = self.answer(environ, path, encoding)
        start_response(status, headers)
        return [b"" if environ["REQUEST_METHOD"] == "HEAD" else body]

    def answer(self, environ: Environ, path: str, encoding: str) -> Answer:
        """Return status, headers and body for a request that has no ready answer."""
        method, tick = environ["REQUEST_METHOD"], time.monotonic()
        try:
            name = path.encode("latin-1").decode()
        except UnicodeError:
            return self._not_found(encoding, tick)
        if not SAFE.fullmatch(name):
            return self._not_found(encoding, tick)
        found = self.shelf.split(name, tick)
        if method in {"GET", "HEAD"} and found:
            published = self._published(environ, found, (path, encoding))
            if published:
                return published
        try:
            known = self.knows(name)
        except Exception:
            log.exception("Django lar seg ikke laste")
            return fallback.UNAVAILABLE
        if known:
            return self._from_django(environ, name, encoding, tick)
        if found and method not in {"GET", "HEAD"}:
            return fallback.NOT_ALLOWED
        if not self.shelf.folder(NATIONAL_SLUG, tick):
            return fallback.BEING_MADE
        return self._not_found(encoding, tick)

    def _published(
        self, environ: Environ, found: tuple[Folder, str], asked: tuple[str, str]
    ) -> Answer | None:
        folder, name = found
        path, encoding = asked
        if name == "/":
            return _moved(path, environ.get("QUERY_STRING", ""))
        if not name or name.endswith("/"):
            name += "index.html"
        file = self.shelf.file(folder, name, encoding)
        if file is None:
            return _moved(path, environ.get("QUERY_STRING", "")) if folder.is_page(name) else None
        headers = [*file.headers, ("Cache-Control", cache_control(folder, name, time.time()))]
        if _matches(environ.get("HTTP_IF_NONE_MATCH", ""), file.etag):
            kept = [
                header
                for header in headers
                if header[0] not in {"Content-Length", "Content-Type", "Content-Encoding"}
            ]
            return "304 Not Modified", kept, b""
        self._keep(asked, folder, headers, file)
        return "200 OK", headers, file.body

    def _keep(
        self, asked: tuple[str, str], folder: Folder, headers: list[tuple[str, str]], file: File
    ) -> None:
        if len(self.hot) > HOT:
            self.hot.clear()
        self.hot[asked] = Hot(folder.looked + LOOK_AGAIN, headers, [file.body])

    def _from_django(self, environ: Environ, name: str, encoding: str, tick: float) -> Answer:
        if refused := self.bodies.read(environ):
            return refused
        lane = self.quick if name in WITHOUT_DATABASE else self.slow
        answer = lane.answer(environ)
        status = answer[0]
        if status.startswith("400"):
            return fallback.UNREADABLE
        if status >= "500":
            return fallback.UNAVAILABLE
        if status.startswith("404"):
            return self._not_found(encoding, tick)
        return answer

    def _not_found(self, encoding: str, tick: float) -> Answer:
        national = self.shelf.folder(NATIONAL_SLUG, tick)
        file = self.shelf.file(national, "404.html", encoding) if national else None
        if file is None:
            return fallback.NOT_FOUND
        kept = [header for header in file.headers if header[0] != "ETag"]
        return "404 Not Found", [*kept, ("Cache-Control", "no-cache")], file.body


def front(django_app: Application, root: Path, knows: Callable[[str], bool] = lambda _path: True) -> Front:
    """Return the WSGI application that serves the published files under `root` before `django_app`.

    `knows` says which addresses are Django's; all others are answered here. Without it Django is asked.
    """
    return Front(django_app, root, knows)


def cache_control(folder: Folder, name: str, now: float) -> str:
    """Return how long a file may be kept: hashed names for ever, pages for a minute, never past the next edge."""
    if folder.place.endswith("/_assets") and HASHED.search(name):
        return FOREVER
    left = LONGEST_AGE if folder.edge is None else folder.edge - now
    age = LATE_AGE if left <= 0 else min(LONGEST_AGE, int(left))
    return f"public, max-age={age}, must-revalidate"


def _matches(header: str, etag: str) -> bool:
    """Compare If-None-Match weakly, as GET wants it."""
    return bool(header) and any(part.strip().removeprefix("W/") in {etag, "*"} for part in header.split(","))


def _moved(path: str, query: str) -> Answer:
    target = quote(path.encode("latin-1")) + "/" + (f"?{query}" if query else "")
    headers = [("Location", target), ("Content-Length", "0"), ("Cache-Control", "public, max-age=60")]
    return "301 Moved Permanently", [*headers, *STRICT.items()], b""
