"""Where published pages lie, and the one atomic step that puts them in view.

builds/<key>/<build>/…     files, each with .gz and .br
builds/<key>/<build>.json  what the build is made of: see Manifest
www/<slug>                 symbolic link to the build in view
previous/<slug>            the build before that, kept until the next switch
next/<slug>                a build made ahead, waiting for its moment
www/_assets/…              style sheets, scripts, icons under hashed names
posters/                   documents made once per content
"""

import contextlib
import fcntl
import json
import os
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from functools import lru_cache
from pathlib import Path

MAKING = ".making"
NATIONAL_SLUG = "_national"


@dataclass(frozen=True)
class Manifest:
    """One build. Times are aware.

    `valid_from`: the moment it shows. `next_edge`: when its bytes would change by time alone, None: never.
    `files`: path to hash of the uncompressed bytes. `lazy`: path to hash of a document made apart.
    """

    key: str
    slug: str
    build: str
    valid_from: datetime
    next_edge: datetime | None
    files: Mapping[str, str] = field(default_factory=dict)
    lazy: Mapping[str, str] = field(default_factory=dict)

    def written(self) -> bytes:
        """Return the manifest as JSON, the same bytes for the same content."""
        fields = asdict(self) | {
            "valid_from": self.valid_from.isoformat(),
            "next_edge": self.next_edge and self.next_edge.isoformat(),
        }
        return json.dumps(fields, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def read_manifest(path: Path) -> Manifest | None:
    """Return the manifest in a file, or None when there is none that can be read."""
    try:
        return _manifest(path, path.stat().st_mtime_ns)
    except OSError:
        return None


@lru_cache(maxsize=2048)  # the schedule looks at all sites twice a second
def _manifest(path: Path, changed: int) -> Manifest | None:  # noqa: ARG001  (`changed` makes a new file a new key)
    try:
        fields = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return None
    for name in ("valid_from", "next_edge"):
        fields[name] = fields[name] and datetime.fromisoformat(fields[name])
    return Manifest(**fields)


class Store:
    """The folder of one installation's published pages."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.www, self.next, self.previous = root / "www", root / "next", root / "previous"
        self.builds, self.posters, self.assets = root / "builds", root / "posters", root / "www" / "_assets"

    def prepare(self) -> None:
        """Make the folders. Runs twice unharmed."""
        for folder in (self.assets, self.next, self.previous, self.builds, self.posters):
            folder.mkdir(parents=True, exist_ok=True)

    @contextlib.contextmanager
    def locked(self, key: str) -> Iterator[None]:
        """Hold one site for the block: load, build and switch in here, so that the later change wins."""
        folder = self.builds / key
        folder.mkdir(parents=True, exist_ok=True)
        with (folder / ".lock").open("w") as handle:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield

    def folder(self, key: str, build: str) -> Path:
        return self.builds / key / build

    def manifest(self, key: str, build: str) -> Manifest | None:
        return read_manifest(self.builds / key / f"{build}.json")

    def linked(self, shelf: Path, slug: str) -> Manifest | None:
        """Return the manifest of the build that `slug` on a shelf (www, next, previous) points at."""
        try:
            target = (shelf / slug).readlink()
        except OSError:
            return None
        return self.manifest(target.parent.name, target.name)

    def stamp(self, slug: str) -> object:
        """Return something that changes whenever a site is built: take it before loading, compare before building."""
        try:
            target = (self.www / slug).readlink()
            return target.name, (self.builds / target.parent.name / f"{target.name}.json").stat().st_mtime_ns
        except OSError:
            return None

    def stamps(self) -> dict[str, object]:
        """Return the stamp of every site in view."""
        return {slug: self.stamp(slug) for slug in self.slugs(self.www)}

    def slugs(self, shelf: Path) -> list[str]:
        """Return the sites on a shelf, sorted."""
        if not shelf.is_dir():
            return []
        return sorted(entry.name for entry in os.scandir(shelf) if entry.is_symlink())

    def note(self, manifest: Manifest) -> None:
        """Write a build's manifest beside its folder."""
        write_whole(self.builds / manifest.key / f"{manifest.build}.json", manifest.written())

    def put(self, shelf: Path, manifest: Manifest) -> None:
        """Point a shelf's link at a build, in one step that readers see whole or not at all."""
        fresh = shelf / f".{manifest.slug}.{os.getpid()}"
        fresh.unlink(missing_ok=True)
        fresh.symlink_to(Path("..") / "builds" / manifest.key / manifest.build)
        fresh.rename(shelf / manifest.slug)

    def switch(self, manifest: Manifest) -> bool:
        """Put a finished build in view; say whether anything changed. Drops the build made ahead."""
        seen = self.linked(self.www, manifest.slug)
        changed = seen is None or seen.build != manifest.build
        if changed:
            if seen is not None:
                self.put(self.previous, seen)
            self.put(self.www, manifest)
        (self.next / manifest.slug).unlink(missing_ok=True)
        if changed:
            self.clean(manifest.key, manifest.slug)
        return changed

    def clean(self, key: str, slug: str) -> None:
        """Remove builds that nothing points at, and what a crash left half made."""
        kept = {
            found.build
            for shelf in (self.www, self.next, self.previous)
            if (found := self.linked(shelf, slug))
        }
        for entry in list(os.scandir(self.builds / key)):
            if entry.name == ".lock" or entry.name.removesuffix(".json") in kept:
                continue
            if entry.is_dir(follow_symlinks=False):
                shutil.rmtree(entry.path, ignore_errors=True)
            else:
                Path(entry.path).unlink(missing_ok=True)

    def withdraw(self, slug: str) -> None:
        """Take a site out of view."""
        for shelf in (self.www, self.next, self.previous):
            (shelf / slug).unlink(missing_ok=True)


def write_whole(path: Path, body: bytes) -> None:
    """Write a file so that nobody ever reads half of it."""
    fresh = path.with_name(f".{path.name}.{os.getpid()}")
    fresh.write_bytes(body)
    fresh.rename(path)
