"""A published country in a real browser: the demonstration, an unjoined municipality, Oslo and the national pages."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.bench.measure import free_port, granian, server
from tests.postgres_plugin import databases

PROJECT = Path(__file__).parent.parent.parent
SITES = ["9999", "0301", "5610", "national"]


@cache
def house() -> dict[str, str]:
    """Name the browser tests' own database, as the environment says it: servers hold it open while they run."""
    return databases.clone(f"t_browser_{os.getpid()}")


def samvirke(*arguments: str, owner: bool = False, **environment: str) -> str:
    """Run a command as a person would and return what it prints."""
    own = {"DATABASE_URL": house()["DATABASE_OWNER_URL"]} if owner else {}
    result = subprocess.run(
        [str(Path(sys.executable).parent / "samvirke"), *arguments],
        cwd=PROJECT,
        env={**os.environ, **house(), **own, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stderr
    return result.stdout


@pytest.fixture(scope="session")
def country(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Publish four sites in four languages (Arabic is the right-to-left test language) and serve them."""
    folder = tmp_path_factory.mktemp("published")
    samvirke("load-demo", "--people", "12", owner=True)
    wanted = [part for code in SITES for part in ("--municipality", code)]
    samvirke("publish", "--out", str(folder), *wanted, PUBLIC_LANGUAGES="nb,nn,en,ar")
    port = free_port()
    with server(
        "front",
        granian("samvirke.config.wsgi:application", port),
        port,
        environment={**house(), "SAMVIRKE_PUBLISHED": str(folder)},
    ):
        yield f"http://127.0.0.1:{port}"


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """Start Debian's Chromium when it is there, else Playwright's own.

    It ends with the module: while Playwright's event loop lives, Django takes this thread for an async one and keeps
    its connections by context, so that tests of other modules would leave theirs open.
    """
    found = next((path for name in ("chromium", "chromium-browser") if (path := shutil.which(name))), None)
    quiet = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking",
             "--disable-component-update", "--disable-sync", "--no-first-run", "--disable-quic"]  # fmt: skip
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=quiet)
        yield browser
        browser.close()


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    made = chromium.new_context(
        locale="nb-NO", timezone_id="Europe/Oslo", viewport={"width": 390, "height": 844}
    )
    yield made
    made.close()


@pytest.fixture
def tab(context: BrowserContext) -> Page:
    return context.new_page()
