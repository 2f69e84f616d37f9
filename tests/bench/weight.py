"""What a first visit weighs, and what Lighthouse says of it on a phone."""

import json
import re
import shutil
import subprocess
import tempfile
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from tests.bench.measure import PROJECT, Figure, Server

CHROME_FLAGS = (
    "--headless=new --no-sandbox --disable-gpu --disable-background-networking "
    "--disable-component-update --disable-sync --no-first-run"
)
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")


def figures(site: Server, path: str) -> Iterator[Figure]:
    """Weigh the page at `path` with its style sheet (brotli), all of a first visit, and run Lighthouse."""
    base = f"http://127.0.0.1:{site.port}"
    page, page_bytes = _fetch(base + path)
    linked = set(re.findall(r'(?:href|src)="(/_assets/[^"#]+)', page))
    sizes = {address: _fetch(base + address)[1] for address in sorted(linked)}
    css = sum(size for address, size in sizes.items() if address.endswith(".css"))
    yield Figure("front_page_html", page_bytes / 1024, "KB brotli")
    yield Figure("front_page_html_and_css", (page_bytes + css) / 1024, "KB brotli", "at most 14")
    yield Figure(
        "front_page_first_visit", (page_bytes + sum(sizes.values())) / 1024, "KB brotli", "at most 60"
    )
    for category, score in _lighthouse(base + path).items():
        yield Figure(f"lighthouse_mobile_{category}", score, "of 100", "100")


def _fetch(url: str) -> tuple[str, int]:
    """Return the text (only of pages) and the bytes on the wire."""
    with urllib.request.urlopen(urllib.request.Request(url, headers={"Accept-Encoding": "br"})) as answer:
        size = len(answer.read())
    with urllib.request.urlopen(url) as answer:
        return answer.read().decode(), size


def _lighthouse(url: str) -> dict[str, float]:
    chrome = next(
        path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))
    )
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "report.json"
        subprocess.run(
            [
                str(PROJECT / "node_modules" / ".bin" / "lighthouse"), url, "--quiet", "--output=json",
                f"--output-path={out}", f"--only-categories={','.join(CATEGORIES)}",
                f"--chrome-flags={CHROME_FLAGS}",
            ],
            check=True, capture_output=True, env={"CHROME_PATH": chrome, "PATH": "/usr/bin:/bin:/usr/local/bin", "HOME": folder},
        )  # fmt: skip
        report = json.loads(out.read_text())
    return {name: 100 * report["categories"][name]["score"] for name in CATEGORIES}
