"""The national rebuild: what it costs beside the sum of its stages, how long it takes, and one edit to live."""

import os
import resource
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from samvirke.publishing import assets, build, compress, sources
from samvirke.publishing.render import body_of, digest, is_lazy
from samvirke.publishing.store import Store
from tests.bench.measure import Figure

SAMPLE = 24  # municipalities whose stages are measured one by one


@dataclass
class Stages:
    """Processor seconds per stage over the sample, and how many pages that was."""

    render: float = 0.0
    compress: float = 0.0
    digest: float = 0.0
    write: float = 0.0
    pages: int = 0

    @contextmanager
    def timed(self, stage: str) -> Iterator[None]:
        """Add the processor time of the block to a stage."""
        before = time.process_time()
        yield
        setattr(self, stage, getattr(self, stage) + time.process_time() - before)

    @property
    def total(self) -> float:
        return self.render + self.compress + self.digest + self.write


def figures(published: Path, spare: Path) -> Iterator[Figure]:
    """Build the whole country with two processes; before and after it, measure the stages on a sample."""
    moment = timezone.localtime()
    before = time.process_time()
    works = sources.load()
    loading = time.process_time() - before
    first = _stages(works, moment, spare / "before")
    wall, cpu, pages = _whole(works, moment, published)
    second = _stages(works, moment, spare / "after")
    per_page = (first.total + second.total) / (first.pages + second.pages)
    yield Figure("rebuild_pages", pages, "pages", "357 municipalities x 3 languages x 40 pages")
    yield Figure("rebuild_load", loading, "s of processor")
    yield Figure("rebuild_wall", wall, "s", "at most 40 on 2 cores")
    yield Figure("rebuild_cpu", cpu, "s of processor")
    for name in ("render", "compress", "digest", "write"):
        share = (getattr(first, name) + getattr(second, name)) / (first.total + second.total)
        yield Figure(f"rebuild_share_{name}", 100 * share, "percent of stages")
    yield Figure("rebuild_cpu_to_stages", cpu / (per_page * pages), "ratio", "at most 1.3")


def _whole(works: list[sources.Work], moment: datetime, published: Path) -> tuple[float, float, int]:
    assets.copy(settings.ASSETS, Store(published), time.time())
    wall, cpu = time.perf_counter(), _cpu()
    done = list(build.publish(works, moment, published, documents=False))
    build.finished(published)
    return time.perf_counter() - wall, _cpu() - cpu, sum(one.pages for one in done)


def _cpu() -> float:
    """Return processor seconds of this process and of its ended children."""
    parts = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(part.ru_utime + part.ru_stime for part in parts)


def _stages(works: list[sources.Work], moment: datetime, spare: Path) -> Stages:
    stages = Stages()
    chosen = [work for work in works if work.site.key != "national"][:: max(1, len(works) // SAMPLE)]
    for work in chosen:
        with stages.timed("render"):
            whole = [page for page in work.module.pages(work.site, moment) if not is_lazy(page)]
            made = [(page.path, body_of(page)) for page in whole]
        with stages.timed("digest"):
            for _, body in made:
                digest(body)
        with stages.timed("compress"):
            copies = [(path, compress.copies(path, body)) for path, body in made]
        with stages.timed("write"):
            _write(spare / work.site.key, copies)
        stages.pages += len(made)
    return stages


def _write(folder: Path, copies: list[tuple[str, dict[str, bytes]]]) -> None:
    """Write as plainly as files can be written: the floor that the real writing is held against."""
    for path, bodies in copies:
        target = f"{folder}/{path}"
        os.makedirs(target.rpartition("/")[0], exist_ok=True)  # noqa: PTH103
        for suffix, body in bodies.items():
            handle = os.open(target + suffix, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
            os.write(handle, body)
            os.close(handle)
