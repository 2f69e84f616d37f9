"""Edits until they are live: an action in the database, a real worker, the new address on the page over HTTP."""

import os
import re
import statistics
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from samvirke.access.scope import system_scope
from samvirke.catalogue.actions import services
from samvirke.catalogue.models import Service
from samvirke.publishing import assets, build, sources
from samvirke.publishing.store import Store
from tests.bench.measure import PROJECT, Figure, free_port, granian, server

EDITS = 7
GAPS = (0.1, 0.3, 0.7, 1.5)  # seconds between edits in a row
PATIENCE = 20.0  # seconds


def publish(published: Path, codes: list[str]) -> None:
    """Build these sites as they are in this minute."""
    assets.copy(settings.ASSETS, Store(published), time.time())
    for _ in build.publish(sources.load(codes), timezone.localtime(), published, documents=False):
        pass
    build.finished(published)


def figures(published: Path, municipality: str) -> Iterator[Figure]:
    """Edit one service many times; yield how long it took until the page showed it, alone and in a row."""
    publish(published, [municipality, "national"])
    service = Service.objects.published().filter(municipality=municipality).order_by("external_id").first()
    if service is None:
        raise RuntimeError(f"The bench's municipality {municipality} has no service")
    (work,) = sources.load([municipality])
    port = free_port()
    environment = {"SAMVIRKE_PUBLISHED": str(published)}
    command = [sys.executable, "-c", "from samvirke.config.cli import main; main()", "worker"]
    with server("front", granian("tests.bench.apps:published", port), port, environment=environment):
        worker = subprocess.Popen(
            command, cwd=PROJECT, env={**os.environ, **environment}, stderr=subprocess.DEVNULL
        )
        try:
            edits = _Edits(service, f"http://127.0.0.1:{port}/{work.site.slug}/tjeneste/{service.slug}/")
            alone = [edits.in_a_row(1, 0)[0] for _ in range(EDITS + 1)][1:]  # the first one starts the worker
            rows = {gap: edits.in_a_row(EDITS, gap) for gap in GAPS}
        finally:
            worker.terminate()
            worker.wait(20)
    yield Figure("edit_to_live_median", statistics.median(alone), "s", "at most 1")
    yield Figure("edit_to_live_longest", max(alone), "s", "at most 1")
    for gap, waits in rows.items():
        yield Figure(f"edit_to_live_longest_each_{gap}_s", max(waits), "s", "at most 1")


class _Edits:
    """Saves new addresses of one service and looks for them on its public page."""

    def __init__(self, service: Service, url: str) -> None:
        self.service, self.url, self.saved = service, url, 0

    def in_a_row(self, count: int, gap: float) -> list[float]:
        """Save `count` edits, `gap` seconds apart; return the seconds until the page showed each, or a later one."""
        time.sleep(3)  # what came before is done
        first, starts, waits = self.saved + 1, list[float](), list[float]()
        while len(waits) < count:
            if len(starts) < count and (not starts or time.perf_counter() - starts[-1] >= gap):
                starts.append(time.perf_counter())
                self._save()
            shown = self._shown()
            waits += [time.perf_counter() - start for start in starts[len(waits) : shown - first + 1]]
            if time.perf_counter() - starts[-1] > PATIENCE:
                raise RuntimeError(f"The edit was not on {self.url} after {PATIENCE:.0f} seconds")
            time.sleep(0.01)
        return waits

    def _save(self) -> None:
        self.saved += 1
        address = {"street_address": f"Nyveien {self.saved}, oppgang {self.saved}"}
        services.edit_service(
            system_scope("bench", str(self.service.municipality_id)),
            self.service.id,
            address,
            now=timezone.now(),
            confirmed_by="Servicekontoret",
        )

    def _shown(self) -> int:
        with urllib.request.urlopen(self.url) as answer:
            found = re.search(r"Nyveien (\d+), oppgang", answer.read().decode())
        return int(found[1]) if found else 0
