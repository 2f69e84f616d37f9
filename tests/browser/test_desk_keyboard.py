"""From an empty municipality to a complete one with the keyboard alone, and what residents then read.

The editor's way is walked as a person walks it: Tab, Enter, Space and letters, no mouse and no jumps. Keys are
counted, and turned into time by the keystroke-level model (Card, Moran and Newell: 0.28 s a key for an average
typist, 1.35 s to think before each thing filled in or pressed).
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.bench.measure import free_port, granian, server
from tests.browser.conftest import house, samvirke

CODE, PASSWORD, EMAIL = "3103", "fjell vind hav lykt", "eli@moss.kommune.no"
KEY, THINK, MOST = 0.28, 1.35, 20 * 60
PEOPLE = f"""
from datetime import UTC, datetime
from allauth.account.models import EmailAddress
from samvirke.access.permissions import Role
from samvirke.access.scope import opened, system_scope
from samvirke.accounts.models import Account, Membership
now = datetime.now(UTC)
account = Account(email="{EMAIL}", name="Eli Rud", created_at=now)
account.set_password("{PASSWORD}")
account.save()
EmailAddress.objects.create(user=account, email=account.email, verified=True, primary=True)
with opened(system_scope("the tests' editor")):
    for role in (Role.EDITOR, Role.ADMINISTRATOR):
        Membership(account=account, role=role, municipality_id="{CODE}", since=now).save(force_insert=True)
"""
PHONES = [f"69 24 80 {number:02}" for number in range(10, 40)]


@dataclass
class Hands:
    """Somebody at a keyboard. `focus` is what is marked by the ring, as its CSS would find it."""

    page: Page
    keys: int = 0
    thoughts: int = 0
    stops: list[str] = field(default_factory=list)

    @property
    def seconds(self) -> float:
        return self.keys * KEY + self.thoughts * THINK

    def to(self, selector: str, most: int = 120) -> None:
        """Press Tab until the focus is on something."""
        for _ in range(most):
            if self.page.evaluate("selector => document.activeElement?.matches(selector) ?? false", selector):
                return
            self.press("Tab")
            self.stops.append(
                self.page.evaluate(
                    "(document.activeElement?.outerHTML ?? '').replace(/\\s+/g, ' ').slice(0, 90)"
                )
            )
        raise AssertionError(f"{selector} was not reached; last: {self.stops[-5:]}")

    def press(self, key: str) -> None:
        self.page.keyboard.press(key)
        self.keys += 1

    def write(self, selector: str, text: str) -> None:
        self.to(selector)
        self.thoughts += 1
        self.page.keyboard.type(text)
        self.keys += len(text)

    def do(self, selector: str, key: str = "Enter") -> None:
        self.to(selector)
        self.thoughts += 1
        self.press(key)

    def go(self, selector: str) -> None:
        """Follow a link or press a button that leads to another page."""
        self.to(selector)
        self.thoughts += 1
        with self.page.expect_navigation():
            self.press("Enter")


@pytest.fixture
def place(tmp_path) -> Iterator[tuple[str, str]]:
    """Samvirke with one editor in a municipality where nothing is."""
    samvirke("shell", "-c", PEOPLE)
    port, folder = free_port(), tmp_path / "published"
    samvirke("publish", "--out", str(folder), "--municipality", "national", "--no-posters")
    environment = {**house(), "SAMVIRKE_PUBLISHED": str(folder), "PORT": str(port)}
    with server("desk", granian("samvirke.config.wsgi:application", port), port, environment=environment):
        yield f"http://localhost:{port}", str(folder)


@pytest.fixture
def wide(chromium: Browser) -> Iterator[Page]:
    made = chromium.new_context(
        locale="nb-NO", timezone_id="Europe/Oslo", viewport={"width": 1280, "height": 900}
    )
    made.set_default_timeout(20_000)
    yield made.new_page()
    made.close()


def fill_in(hands: Hands, number: str) -> None:
    """One service: opening hours, phone, phone hours, address; confirm, publish, and on to the next."""
    hours = "#id_opening_hours_"
    hands.write(f"{hours}d0-from1", "8")
    hands.write(f"{hours}d0-to1", "15.30")
    hands.do("[data-copy]")
    hands.do(f"{hours}holidays-closed", "Space")
    hands.write("#id_phones-0-number", number)
    hands.do("[data-like]")
    hands.write("#id_street_address", "Storgata 14")
    hands.write("#id_postal_code", "1530")


@pytest.mark.browser
@pytest.mark.slow
def test_from_empty_to_complete_with_the_keyboard_alone(place: tuple[str, str], wide: Page) -> None:
    address, folder = place
    hands = Hands(wide)
    wide.goto(f"{address}/arbeid/")
    hands.write("[name=login]", EMAIL)
    hands.write("[name=password]", PASSWORD)
    hands.go("button[type=submit]")
    expect(wide).to_have_url(f"{address}/arbeid/{CODE}/arbeidsbord/")

    hands.go(f"main a[href$='/{CODE}/oppsett/']")
    hands.write("#id_error_email", "post@moss.kommune.no")
    hands.go("main button[type=submit]")
    hands.go(f"main a[href$='/{CODE}/maler/']")
    hands.go("main button[type=submit]")
    hands.go("main a[href*='/tjenester/']:not([href$='/ny/'])")

    names = []
    for number in PHONES:
        if "/tjenester/" not in wide.url:
            break
        names.append(wide.locator("#id_name").input_value())
        fill_in(hands, number)
        hands.go("button[value=next]")
    assert len(names) == 11

    expect(wide.get_by_text("100 prosent")).to_be_visible()
    expect(wide.get_by_text("Det er ingenting å ordne")).to_be_visible()

    [told] = json.loads(samvirke("completeness", "--municipality", CODE, "--json"))
    assert told["score"] == 1.0
    print(f"{hands.keys} keys, {hands.thoughts} things to fill in or press: {hands.seconds / 60:.1f} minutes")
    assert hands.seconds < MOST

    samvirke("publish", "--out", folder, "--municipality", CODE, "--no-posters")
    wide.goto(address.replace("localhost", "127.0.0.1") + "/moss/")
    for name, number in zip(names, PHONES, strict=False):
        card = wide.locator("li.ds-card", has=wide.get_by_role("link", name=name, exact=True)).first
        expect(card).to_contain_text("Storgata 14, 1530 MOSS", ignore_case=True)
        if name != "Kriseteamet":
            expect(card).to_contain_text("mandag–fredag kl. 08.00–15.30")
        if name not in ("Kriseteamet", "Akuttmottaket"):
            expect(card).to_contain_text(number)
