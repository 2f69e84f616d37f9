"""Published folders as the front sees them: cached in memory, fresh within a fifth of a second."""

import os
import time
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

from samvirke.publishing.compress import SUFFIXES, is_compressible
from samvirke.publishing.store import NATIONAL_SLUG, read_manifest
from samvirke.ui.headers import STRICT

LOOK_AGAIN = 0.2  # seconds between two looks at a folder's link
MEMORY = 64_000_000  # bytes of pages held per process; all are dropped when there are more
ROOT_FILES = {"robots.txt", "sitemap.xml"}
FETCHED_BY_OTHERS = (
    "innebygd.html",
    "innebygd.js",
    ".json",
)  # by the pages of municipalities, besides assets
TYPES = {
    ".html": "text/html; charset=utf-8", ".css": "text/css; charset=utf-8", ".txt": "text/plain; charset=utf-8",
    ".js": "text/javascript; charset=utf-8", ".json": "application/json", ".xml": "application/xml",
    ".svg": "image/svg+xml", ".png": "image/png", ".ico": "image/x-icon", ".pdf": "application/pdf",
    ".woff2": "font/woff2", ".webmanifest": "application/manifest+json",
}  # fmt: skip


class File(NamedTuple):
    """A file in one encoding, with all its headers but Cache-Control."""

    body: bytes
    etag: str
    headers: tuple[tuple[str, str], ...]


class Folder:
    """A site in view (a link to a build), or with `plain` a folder like any other."""

    def __init__(self, place: Path, *, plain: bool = False) -> None:
        self.place, self.plain = str(place), plain
        self.base = ""  # the folder to read from; "" : nothing is there
        self.looked = -1.0
        self.edge: float | None = None  # when its bytes are due to change, seconds since 1970
        self.files: dict[tuple[str, str], File] = {}
        self._version: str | int = ""

    def look(self, tick: float) -> bool:
        """Look whether there is another build, at most every LOOK_AGAIN; `tick`: monotonic seconds."""
        if tick - self.looked < LOOK_AGAIN:
            return bool(self.base)
        self.looked = tick
        version = self._now_there()
        if version != self._version or (self.edge is not None and self.edge <= time.time()):
            self.edge = self._read_edge()
        if version != self._version:
            self._version, self.files = version, {}
        return bool(self.base)

    def _now_there(self) -> str | int:
        try:
            target = os.readlink(self.place)  # noqa: PTH115
        except OSError:
            self.base = self.place if self.plain and os.path.isdir(self.place) else ""  # noqa: PTH112
            return os.stat(self.base).st_mtime_ns if self.base else ""  # noqa: PTH116
        self.base = os.path.normpath(f"{self.place}/../{target}")
        return target

    def _read_edge(self) -> float | None:
        manifest = read_manifest(Path(f"{self.base}.json"))
        return manifest.next_edge.timestamp() if manifest and manifest.next_edge else None

    def is_page(self, name: str) -> bool:
        """Say whether `name` is a folder with a page in it."""
        return os.path.isfile(f"{self.base}/{name}/index.html")  # noqa: PTH113


class Shelf:
    """Everything in www/."""

    def __init__(self, root: Path) -> None:
        self.www = root / "www"
        self.folders = {"": Folder(self.www, plain=True), "_assets": Folder(self.www / "_assets", plain=True)}
        self.held = 0

    def folder(self, name: str, tick: float) -> Folder | None:
        """Return the site of that name, "_assets", or "" for the few files beside them; None: not there."""
        found = self.folders.get(name)
        if found is None:
            found = Folder(self.www / name)
            if not found.look(tick):
                return None
            self.folders[name] = found
        return found if found.look(tick) else None

    def split(self, path: str, tick: float) -> tuple[Folder, str] | None:
        """Return the folder and the name inside it for a checked path ("/oslo/", "/kommuner/"); None: nothing."""
        first, slash, rest = path[1:].partition("/")
        if not slash and first in ROOT_FILES:
            found = self.folder("", tick)
            return (found, first) if found else None
        if first.startswith("_") and first != "_assets":
            return None
        if first and (found := self.folder(first, tick)):
            return found, rest if slash else "/"
        found = self.folder(NATIONAL_SLUG, tick)
        return (found, path[1:]) if found else None

    def file(self, folder: Folder, name: str, encoding: str) -> File | None:
        """Return a file in "br", "gzip" or "" (as it is); None when there is none."""
        files = folder.files  # kept: a switch meanwhile gives the folder a new one
        file = files.get((name, encoding))
        if file is None and (file := _read(folder, name, encoding)):
            self.held += len(file.body)
            if self.held > MEMORY:
                self.held = len(file.body)
                for other in self.folders.values():
                    other.files = {}
            files[name, encoding] = file
        return file


def _read(folder: Folder, name: str, encoding: str) -> File | None:
    encoding = encoding if is_compressible(name) else ""
    path = f"{folder.base}/{name}"
    try:
        body = Path(path + SUFFIXES.get(encoding, "")).read_bytes()
    except FileNotFoundError:
        if not encoding:
            return None
        return _read(folder, name, "gzip" if encoding == "br" else "")
    except OSError:
        return None
    etag = f'"{blake2b(body, digest_size=12).hexdigest()}"'
    return File(body, etag, _headers(folder, name, encoding, etag, len(body)))


def _headers(folder: Folder, name: str, encoding: str, etag: str, length: int) -> tuple[tuple[str, str], ...]:
    kind = name[name.rfind(".") :]
    headers = [
        ("Content-Type", TYPES.get(kind, "application/octet-stream")),
        ("Content-Length", str(length)),
        ("ETag", etag),
        *STRICT.items(),
    ]
    if is_compressible(name):
        headers.append(("Vary", "Accept-Encoding"))
    if encoding:
        headers.append(("Content-Encoding", encoding))
    if name.endswith(FETCHED_BY_OTHERS) or folder.place.endswith("/_assets"):
        headers.append(("Access-Control-Allow-Origin", "*"))
    return tuple(headers)
