"""One edit until it is live: an action in the database, a real worker, the new address on the page over HTTP."""

import os
import statistics
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from samvirke.catalogue.actions import services
from samvirke.catalogue.models import Service
from samvirke.publishing import assets, build, sources
from samvirke.publishing.store import Store
from tests.bench.measure import PROJECT, Figure, free_port, granian, server

EDITS = 7
PATIENCE = 20.0  # seconds


def publish(published: Path, codes: list[str]) -> None:
    """Build these sites as they are in this minute."""
    assets.copy(settings.ASSETS, Store(published), time.time())
    for _ in build.publish(sources.load(codes), timezone.localtime(), published, documents=False):
        pass
    build.finished(published)


def figures(published: Path, municipality: str) -> Iterator[Figure]:
    """Edit one service several times; yield the median and the longest wait until the page shows it."""
    publish(published, [municipality, "national"])
    service = Service.objects.filter(municipality=municipality).order_by("external_id").first()
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
            url = f"http://127.0.0.1:{port}/{work.site.slug}/tjeneste/{service.slug}/"
            waits = [
                _wait(service, f"Nyveien {number}, oppgang {number}", url) for number in range(1, EDITS + 2)
            ]
        finally:
            worker.terminate()
            worker.wait(20)
    yield Figure("edit_to_live_median", statistics.median(waits[1:]), "s", "at most 1")
    yield Figure("edit_to_live_longest", max(waits[1:]), "s", "at most 1")


def _wait(service: Service, address: str, url: str) -> float:
    """Save a new address and return the seconds until the public page has it (the first one starts the worker)."""
    time.sleep(3)  # one edit at a time, as an editor makes them: the job before has drawn its posters
    start = time.perf_counter()
    services.edit_service(
        service.id, {"street_address": address}, now=timezone.now(), confirmed_by="Servicekontoret"
    )
    while time.perf_counter() - start < PATIENCE:
        with urllib.request.urlopen(url) as answer:
            if address in answer.read().decode():
                return time.perf_counter() - start
        time.sleep(0.01)
    raise RuntimeError(f"The edit was not on {url} after {PATIENCE:.0f} seconds")
