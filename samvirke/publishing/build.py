"""Building sites: rendered, compressed, written beside what is in view, then switched in one step.

The bytes of a build are a function of the site's data and the moment alone. Its name is a fingerprint of
them, so building twice gives the same folder, and a page that did not change is linked, not written.
"""

import contextlib
import gc
import os
import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from multiprocessing import get_context
from pathlib import Path

from django.db import connections

from samvirke.publishing import compress, sitemap
from samvirke.publishing.render import body_of, digest, is_lazy, lazy_body, lazy_digest
from samvirke.publishing.sources import Work
from samvirke.publishing.store import MAKING, Manifest, Store, write_whole

LARGEST_LEAP = 2**28  # seconds: see _dated


@dataclass(frozen=True)
class Built:
    """What building one site came to. `written` + `unchanged` = `pages`; `switched`: the public sees another build."""

    manifest: Manifest
    pages: int
    written: int
    unchanged: int
    switched: bool


def build(work: Work, moment: datetime, store: Store, *, ahead: bool = False) -> Built:
    """Build one site as it is at `moment` (aware, Europe/Oslo) and put it in view.

    `ahead`: keep it ready on the shelf "next" instead. The caller holds `store.locked(key)`, and has loaded
    the data inside it or knows that nobody built the site meanwhile.
    """
    bodies, lazy = _rendered(work, moment)
    files = {path: digest(body) for path, body in bodies.items()}
    told = [compress.VERSION, *(f"{path} {made}" for path, made in sorted((files | lazy).items()))]
    manifest = Manifest(
        work.site.key, work.site.slug, digest("\n".join(told).encode()), moment,
        work.module.next_edge(work.site, moment), files, lazy,
    )  # fmt: skip
    seen = store.linked(store.www, work.site.slug)
    written = (
        0 if store.folder(manifest.key, manifest.build).is_dir() else _write(store, manifest, bodies, seen)
    )
    store.note(manifest)
    attach_documents(store, manifest)
    if ahead:
        store.put(store.next, manifest)
        store.clean(manifest.key, manifest.slug)
        switched = False
    else:
        switched = store.switch(manifest)
    total = len(bodies) + len(lazy)
    return Built(manifest, total, written, total - written, switched)


def _rendered(work: Work, moment: datetime) -> tuple[dict[str, bytes], dict[str, str]]:
    bodies: dict[str, bytes] = {}
    lazy: dict[str, str] = {}
    indexed: list[str] = []
    for page in work.module.pages(work.site, moment):
        _refuse_unsafe(page.path)
        if is_lazy(page):
            lazy[page.path] = lazy_digest(page)
            continue
        bodies[page.path] = body_of(page)
        if page.indexed:
            indexed.append(page.path)
    if indexed:
        bodies[sitemap.NAME] = sitemap.of_site(work.site.slug, indexed)
    return bodies, lazy


def _refuse_unsafe(path: str) -> None:
    if path.startswith("/") or any(part.startswith(".") or not part for part in path.split("/")):
        raise ValueError(f"{path!r} kan ikke være stien til en side")


def _write(store: Store, manifest: Manifest, bodies: dict[str, bytes], seen: Manifest | None) -> int:
    """Write a build's folder; it gets its name when it is whole. Returns how many pages were not linked."""
    making = store.builds / manifest.key / f"{MAKING}-{os.getpid()}"
    shutil.rmtree(making, ignore_errors=True)
    old = store.folder(seen.key, seen.build) if seen else None
    written, made = 0, set[str]()
    for path, body in bodies.items():
        target = f"{making}/{path}"
        folder = target.rpartition("/")[0]
        if folder not in made:
            os.makedirs(folder, exist_ok=True)  # noqa: PTH103  (Path costs as much again, 40,000 times)
            made.add(folder)
        if not (
            old and seen and seen.files.get(path) == manifest.files[path] and _linked(f"{old}/{path}", target)
        ):
            _write_copies(target, path, body, manifest.files[path])
            written += 1
    making.rename(store.folder(manifest.key, manifest.build))
    return written


def _linked(old: str, target: str) -> bool:
    """Give a page of the last build another name in this one, its copies too; False when one is gone."""
    try:
        for suffix in ("", ".gz", ".br") if compress.is_compressible(target) else ("",):
            os.link(old + suffix, target + suffix)
    except FileExistsError:
        return True
    except OSError:
        return False
    return True


def _write_copies(target: str, path: str, body: bytes, fingerprint: str) -> None:
    stamp = _dated(fingerprint)
    for suffix, content in compress.copies(path, body).items():
        name = target + suffix
        handle = os.open(name, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
        try:
            os.write(handle, content)
            os.utime(handle, (stamp, stamp))
        finally:
            os.close(handle)


def _dated(fingerprint: str) -> int:
    """Return a file time made from the content.

    nginx makes its ETag of time and length alone: two editions within one second would share it, and a
    browser would keep the wrong telephone number. It also makes the whole folder reproducible.
    """
    return 1_500_000_000 + int(fingerprint[:12], 16) % LARGEST_LEAP


def lacking(store: Store, manifest: Manifest) -> bool:
    """Say whether a build lacks a document."""
    folder = store.folder(manifest.key, manifest.build)
    return not all((folder / path).exists() for path in manifest.lazy)


def attach_documents(store: Store, manifest: Manifest) -> None:
    """Link the documents that are made already into a build. The caller holds the site's lock.

    Without it the build could be taken away meanwhile, and half of it would come back.
    """
    for path, fingerprint in manifest.lazy.items():
        target = store.folder(manifest.key, manifest.build) / path
        if target.exists():
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        with contextlib.suppress(FileExistsError, FileNotFoundError):
            os.link(store.posters / fingerprint, target)


def draw_documents(work: Work, moment: datetime, store: Store) -> int:
    """Make the documents (posters) of a site as they are at `moment`, but for those made already; return how many."""
    made = 0
    for page in work.module.pages(work.site, moment):
        if not is_lazy(page) or (store.posters / (fingerprint := lazy_digest(page))).exists():
            continue
        body = lazy_body(page)
        write_whole(store.posters / fingerprint, body)
        stamp = _dated(digest(body))
        os.utime(store.posters / fingerprint, (stamp, stamp))
        made += 1
    return made


def processors() -> int:
    """Return how many processes building uses: one per processor we may use, at most eight."""
    return min(len(os.sched_getaffinity(0)), 8)


@dataclass(frozen=True)
class _Round:
    """What the forked processes inherit instead of being sent it."""

    works: Sequence[Work]
    moment: datetime
    store: Store
    before: Mapping[str, object] | None
    ahead: bool

    def build(self, number: int) -> Built:
        work = self.works[number]
        slug = work.site.slug
        with self.store.locked(work.site.key):
            seen = self.store.linked(self.store.www, slug)
            if seen and self.before is not None and self.store.stamp(slug) != self.before.get(slug):
                total = len(seen.files) + len(
                    seen.lazy
                )  # an edit was built meanwhile, of newer data than ours
                return Built(seen, total, 0, total, switched=False)
            return build(work, self.moment, self.store, ahead=self.ahead)

    def document(self, number: int) -> int:
        work = self.works[number]
        with self.store.locked(work.site.key):
            seen = self.store.linked(self.store.www, work.site.slug)
            made = draw_documents(work, seen.valid_from, self.store) if seen else 0
            if seen:
                attach_documents(self.store, seen)
            return made


_round: _Round


def _build_one(number: int) -> Built:
    return _round.build(number)


def _document_one(number: int) -> int:
    return _round.document(number)


def publish(
    works: Sequence[Work], moment: datetime, root: Path, *, before: Mapping[str, object] | None = None,
    ahead: bool = False, documents: bool = True, processes: int | None = None,
) -> Iterator[Built]:  # fmt: skip
    """Build many sites as they are at `moment`, over several processes when there are many; yields each when done.

    `before`: `Store.stamps()` from just before the data was read; a site that somebody has built since is
    left alone, so that an edit meanwhile is not undone.
    Documents (posters) are made after all pages are in view, and only those that are not made already.
    """
    global _round  # noqa: PLW0603  (forked processes inherit the data; sending 357 sites costs more than building some)
    store = Store(root)
    store.prepare()
    _round = _Round(works, moment, store, before, ahead)
    numbers = range(len(works))
    count = min(processes or processors(), len(works))
    if count < 2 or len(works) < 4:
        yield from map(_build_one, numbers)
        if documents and not ahead:
            for number in numbers:
                _document_one(number)
        return
    connections.close_all()  # a connection must not be shared with a forked process
    gc.freeze()
    try:
        with get_context("fork").Pool(count) as pool:
            yield from pool.imap_unordered(_build_one, numbers, chunksize=2)
            if documents and not ahead:
                for _ in pool.imap_unordered(_document_one, numbers, chunksize=2):
                    pass
    finally:
        gc.unfreeze()


def finished(root: Path) -> None:
    """Bring what spans sites up to date after a round: the sitemap of sitemaps, robots.txt."""
    sitemap.write_root(Store(root))


def withdraw_others(works: Sequence[Work], root: Path) -> None:
    """Take sites out of view that no page source has any longer. `works` must be all there are."""
    store = Store(root)
    slugs = {work.site.slug for work in works}
    for slug in store.slugs(store.www):
        if works and slug not in slugs:
            store.withdraw(slug)
