"""`make bench`: one line per figure, "name value unit  # what it should be". Ratios are of one run.

`python -m tests.bench serving rebuild` measures only those parts.
"""

import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import django

from tests.postgres_plugin import databases

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samvirke.config.settings")
django.setup()

from tests.bench import (  # noqa: E402  (need Django)
    affected,
    attempts,
    country,
    imports,
    live,
    rebuild,
    serving,
    simulate,
    weight,
    worklist,
)
from tests.bench.measure import Figure, free_port, granian, server  # noqa: E402

SERVICES = 32  # with 8 theme pages some 40 pages per language
MUNICIPALITY, SLUG = "3116", "skiptvet"


class Bench:
    """The parts, in the order they need each other."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.published = folder, folder / "published"
        self.filled = False

    def fill(self) -> None:
        if not self.filled:
            country.fill(SERVICES)
            self.filled = True

    def rebuild(self) -> Iterator[Figure]:
        self.fill()
        yield from rebuild.figures(self.published, self.folder)

    def live(self) -> Iterator[Figure]:
        self.fill()
        yield from live.figures(self.published, MUNICIPALITY)

    def serving(self) -> Iterator[Figure]:
        self._published()
        os.environ["BENCH_MUNICIPALITY"] = MUNICIPALITY
        yield from serving.figures(self.published, f"/{SLUG}/")

    def weight(self) -> Iterator[Figure]:
        self._published()
        port = free_port()
        environment = {"SAMVIRKE_PUBLISHED": str(self.published)}
        with server(
            "front", granian("tests.bench.apps:published", port), port, environment=environment
        ) as site:
            yield from weight.figures(site, f"/{SLUG}/")

    def imports(self) -> Iterator[Figure]:
        yield from imports.figures(self.folder)

    def attempts(self) -> Iterator[Figure]:
        yield from attempts.figures()

    def affected(self) -> Iterator[Figure]:
        yield from affected.figures()

    def worklist(self) -> Iterator[Figure]:
        yield from worklist.figures()

    def board(self) -> Iterator[Figure]:
        yield from worklist.board_figures()

    def simulate(self) -> Iterator[Figure]:
        yield from simulate.figures()

    def _published(self) -> None:
        self.fill()
        if not (self.published / "www" / SLUG).exists():
            live.publish(self.published, [MUNICIPALITY, "national"])


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="samvirke-bench-") as folder:
        Path(folder).chmod(0o755)  # nginx reads the pages under an account of its own
        bench = Bench(Path(folder))
        parts: dict[str, Callable[[], Iterator[Figure]]] = {
            "rebuild": bench.rebuild, "live": bench.live, "serving": bench.serving, "weight": bench.weight,
            "imports": bench.imports, "attempts": bench.attempts, "affected": bench.affected, "board": bench.board, "worklist": bench.worklist,
            "simulate": bench.simulate,
        }  # fmt: skip
        try:
            for name in sys.argv[1:] or parts:
                for figure in parts[name]():
                    print(figure, flush=True)
        finally:
            django.db.connections.close_all()
            databases.close()


if __name__ == "__main__":
    main()
