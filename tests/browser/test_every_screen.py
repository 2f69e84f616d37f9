"""Every screen of incidents, call-out and follow-up that a leader can follow a link to, on a phone.

Found by following links, one of each kind: a new screen is walked without being named here.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.bench.measure import free_port, granian, server
from tests.browser.conftest import PROJECT, house, samvirke

AXE = PROJECT / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
ROOMS = ("hendelser", "kriseteam", "oppfolging")
ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
ONE_OF_MANY = re.compile(r"/varslet/[^/]+/$|/planer/[^/]+/$|\?.*$")
"""Addresses that show the same template with other words: one of them is enough."""
NO_PAGE = re.compile(r"/mal/$|\.ics$")
FEWEST = 40


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Samvirke with a small demonstration."""
    samvirke("load-demo", "--people", "12", owner=True)
    published = str(tmp_path_factory.mktemp("published"))
    samvirke("publish", "--out", published, "--municipality", "national", "--no-posters")  # styles come along
    port = free_port()
    environment = {**house(), "SAMVIRKE_PUBLISHED": published, "PORT": str(port)}
    with server("screens", granian("samvirke.config.wsgi:application", port), port, environment=environment):
        yield f"http://localhost:{port}"


@pytest.mark.browser
def test_no_screen_has_an_axe_violation_or_is_wider_than_a_phone(place: str, tab: Page) -> None:
    tab.goto(f"{place}/arbeid/")
    tab.locator('form[action="/arbeid/konto/demonstrasjon/team-leader/"] button').click()
    tab.wait_for_url("**/arbeid/9999/**")
    seen: set[str] = set()
    found: dict[str, list[str]] = {}
    ahead = [f"/arbeid/9999/{room}/" for room in ROOMS]
    inside = tuple(ahead)
    while ahead:
        address = ahead.pop(0)
        kind = ONE_OF_MANY.sub("", ID.sub("…", address))
        if kind in seen or NO_PAGE.search(address):
            continue
        seen.add(kind)
        opened(tab, place + address)
        if wrong := faults(tab):
            found[kind] = wrong
        hrefs = tab.eval_on_selector_all("a[href]", "all => all.map(a => a.pathname + a.search)")
        ahead += [href for href in hrefs if href.startswith(inside)]
    assert not found
    assert len(seen) >= FEWEST, sorted(seen)


def opened(tab: Page, address: str) -> None:
    """Open a screen; whoever asks whether one knows the person is answered no."""
    answer = tab.goto(address)
    assert answer
    assert answer.status == 200, address
    if "/kjenner-du/" in tab.url and "/kjenner-du/" not in address:
        tab.locator("button[value=nei]").click()
        tab.goto(address)


def faults(tab: Page) -> list[str]:
    """Return axe's findings, and whether the page is wider than the screen."""
    tab.evaluate(Path(AXE).read_text(encoding="utf-8") + ";0")
    found = tab.evaluate("rules => axe.run(document, {runOnly: {type: 'tag', values: rules}})", RULES)
    lines = [f"{one['id']}: {one['nodes'][0]['html'][:120]}" for one in found["violations"]]
    wide = tab.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return lines + ([f"{wide} px wider than the phone"] if wide > 0 else [])
