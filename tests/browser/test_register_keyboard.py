"""People are put on the list one after the other, with the keyboard alone and fast enough for the first evening."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.bench.measure import free_port, granian, server
from tests.browser.conftest import house, samvirke

PEOPLE = [("Ada", "Prøvestad", "1991", "00007701"), ("Bo", "Diktberg", "24.12.2001", "00007702")]
KEYS_PER_SECOND = 2.0  # slow: a tired person who looks at the keys
LONGEST = 30.0  # seconds for one person, as the issue asks


@pytest.fixture
def place(tmp_path: Path) -> Iterator[str]:
    """Samvirke with a small demonstration."""
    samvirke("load-demo", "--people", "12", owner=True)
    port = free_port()
    environment = {**house(), "SAMVIRKE_PUBLISHED": str(tmp_path / "published"), "PORT": str(port)}
    with server("desk", granian("samvirke.config.wsgi:application", port), port, environment=environment):
        yield f"http://localhost:{port}"


@pytest.mark.browser
def test_one_person_after_the_other_with_the_keyboard_alone(place: str, tab: Page) -> None:
    tab.goto(f"{place}/arbeid/konto/logg-inn/")
    tab.get_by_role("button", name="Logg inn som Leder av kriseteamet").click()
    tab.wait_for_url("**/arbeid/9999/**")
    tab.goto(f"{place}/arbeid/9999/hendelser/")
    link = tab.get_by_role("link", name="Øvelse: brann").get_attribute("href")
    assert link
    tab.goto(f"{place}/arbeid/9999/oppfolging/ny/{link.rstrip('/').rsplit('/', 1)[-1]}/")
    for first, last, birth, phone in PEOPLE:
        keys = ["Space", "Tab", *first, "Tab", *last, "Tab", *birth, "Tab", *phone, "Enter"]
        assert tab.evaluate("document.activeElement.name") == "protection", "ready for the next at once"
        for key in keys:
            tab.keyboard.press(key) if len(key) > 1 else tab.keyboard.type(key)
        expect(tab.get_by_text(f"Registrert: {first} {last}.")).to_be_visible()
        assert len(keys) / KEYS_PER_SECOND < LONGEST
