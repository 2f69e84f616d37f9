"""The way in, in a real browser over our own web server: passkey, app, identity provider, invented people."""

import json
import re
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.bench.measure import free_port, granian, server
from tests.browser.conftest import PROJECT, house, samvirke

AXE = PROJECT / "node_modules" / "axe-core" / "axe.min.js"
PASSWORD = "fjell vind hav lykt"
KEY = {
    "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
    "isUserVerified": True, "automaticPresenceSimulation": True,
}  # fmt: skip
PEOPLE = {"kari": {"email": "kari.lunde@halden.kommune.no", "email_verified": True, "name": "Kari Lunde"}}


@dataclass(frozen=True)
class Place:
    """Where Samvirke is served, by the name that people log in at and by number."""

    name: str
    number: str


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """Samvirke with the demonstration, and an identity provider that it knows."""
    folder, port, theirs = tmp_path_factory.mktemp("login"), free_port(), free_port()
    samvirke("load-demo", "--people", "12", owner=True)
    samvirke("publish", "--out", str(folder / "published"), "--municipality", "national", "--no-posters")
    told = {
        "id": "halden", "name": "Halden kommune", "server_url": f"http://127.0.0.1:{theirs}", "client_id": "samvirke",
        "client_secret": "a-secret-of-the-tests", "domains": ["halden.kommune.no"],
    }  # fmt: skip
    (folder / "providers.json").write_text(json.dumps([told]))
    node = shutil.which("node") or shutil.which("node", path=str(Path(sys.executable).parent))
    assert node
    script = PROJECT / "samvirke" / "accounts" / "tests" / "provider.mjs"
    back = f"http://localhost:{port}/arbeid/konto/tjeneste/halden/svar/"
    command = [node, str(script), str(theirs), back, json.dumps(PEOPLE)]
    environment = {
        **house(),
        "SAMVIRKE_PUBLISHED": str(folder / "published"),
        "IDENTITY_PROVIDERS_FILE": str(folder / "providers.json"),
        "PORT": str(port),
    }
    web = granian("samvirke.config.wsgi:application", port)
    with (
        server("provider", command, theirs),
        server("login", web, port, environment=environment),
    ):
        yield Place(f"http://localhost:{port}", f"http://127.0.0.1:{port}")


@pytest.fixture
def invited(place: Place) -> Callable[[str, str], str]:
    """Invite somebody as the command line does, and return the link here."""

    def link(email: str, *role: str) -> str:
        command = ["invite", "--role", *role] if role else ["create-administrator", "--municipality", "3101"]
        told = json.loads(samvirke(*command, "--email", email, "--name", "Anne Holm", "--json"))
        return str(re.sub(r"^http://localhost:\d+", place.name, told["link"]))

    return link


@pytest.fixture
def key(context: BrowserContext, tab: Page) -> None:
    """Give the browser a device that keeps passkeys and knows its owner."""
    devices = context.new_cdp_session(tab)
    devices.send("WebAuthn.enable")
    devices.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})


@pytest.mark.browser
def test_the_first_administrator_comes_in_with_a_passkey_and_again(
    place: Place, invited, context: BrowserContext, tab: Page, key: None
) -> None:
    tab.goto(invited("anne@halden.kommune.no"))
    tab.get_by_role("button", name="Lag passnøkkel og gå videre").click()
    expect(tab.get_by_role("heading", name="Reservekoder")).to_be_visible()
    assert tab.locator(".ac-codes li").count() == 10
    tab.get_by_role("link", name="Fortsett").click()
    tab.wait_for_url("**/arbeid/3101/**")
    tab.goto(f"{place.name}/arbeid/3101/medlemmer/")
    expect(tab.get_by_role("heading", name="Medlemmer og roller")).to_be_visible()
    assert context.cookies(f"{place.name}/arbeid/")
    assert not context.cookies(f"{place.name}/")

    tab.locator("summary", has_text="Anne Holm").click()
    tab.get_by_role("button", name="Logg ut").click()
    expect(tab.get_by_text("Du er logget ut.")).to_be_visible()
    tab.goto(f"{place.number}/arbeid/konto/logg-inn/")
    assert tab.url.startswith(place.name), "passkeys do not work on a number"
    tab.get_by_role("button", name="Logg inn med passnøkkel").click()
    tab.wait_for_url("**/arbeid/3101/**")
    tab.goto(f"{place.name}/arbeid/konto/to-trinn/")
    expect(tab.get_by_text("Du har én passnøkkel")).to_be_visible()


@pytest.mark.browser
def test_a_refused_passkey_is_said_and_the_page_still_works(place: Place, tab: Page) -> None:
    tab.goto(f"{place.name}/arbeid/konto/logg-inn/")
    tab.evaluate("() => { navigator.credentials.get = () => Promise.reject(new Error('no')) }")
    tab.get_by_role("button", name="Logg inn med passnøkkel").click()
    expect(tab.get_by_text("Passnøkkelen ble ikke brukt.")).to_be_visible()
    expect(tab.get_by_role("button", name="Logg inn med passnøkkel")).to_be_enabled()


@pytest.mark.browser
def test_password_and_app_then_a_passkey_as_well(place: Place, invited, tab: Page, key: None) -> None:
    tab.goto(invited("per@halden.kommune.no"))
    tab.get_by_label("Lag et passord").fill(PASSWORD)
    tab.get_by_role("button", name="Bruk passord og gå videre").click()
    tab.wait_for_url("**/arbeid/3101/**")
    tab.goto(f"{place.name}/arbeid/konto/to-trinn/app/")
    tab.get_by_text("Kan du ikke lese bildet?").click()
    expect(tab.locator(".ac-secret")).to_be_visible()
    secret = tab.locator(".ac-secret").inner_text()
    tab.get_by_label("Koden som appen viser").fill(shown_by(secret))
    tab.get_by_role("button", name="Koble til").click()
    expect(tab.get_by_role("heading", name="Reservekoder")).to_be_visible()
    tab.goto(f"{place.name}/arbeid/konto/passnokler/ny/")
    tab.get_by_label("Navn på passnøkkelen").fill("Jobbtelefonen")
    tab.get_by_role("button", name="Lag passnøkkel").click()
    expect(tab.get_by_role("heading", name="To trinn i innloggingen")).to_be_visible()
    tab.goto(f"{place.name}/arbeid/konto/passnokler/")
    expect(tab.get_by_text("Jobbtelefonen")).to_be_visible()
    tab.get_by_role("link", name="Fjern").click()
    dialog = tab.get_by_role("dialog")
    dialog.get_by_role("button", name="Fjern passnøkkelen").click()
    expect(tab.get_by_text("Du har ingen passnøkler ennå.")).to_be_visible()


def shown_by(secret: str) -> str:
    """Return what the app shows: the latest of the codes that are taken."""
    return format_hotp_value(hotp_value(secret, list(yield_hotp_counters_from_time())[-1]))


@pytest.mark.browser
def test_the_municipalitys_own_login_leads_out_and_back(place: Place, invited, tab: Page) -> None:
    """Chromium holds redirects after a form to the page's form-action: the login page's must name the provider."""
    invited(PEOPLE["kari"]["email"])
    refused: list[str] = []
    tab.on("console", lambda message: refused.append(message.text) if "form-action" in message.text else None)
    tab.goto(f"{place.name}/arbeid/konto/logg-inn/")
    tab.get_by_role("button", name="Halden kommune").click()
    tab.get_by_label("Bruker").fill("kari")
    tab.get_by_role("button", name="Logg inn hos kommunen").click()
    tab.wait_for_url("**/arbeid/3101/**")
    assert refused == []
    tab.goto(f"{place.name}/arbeid/konto/")
    expect(tab.get_by_text("kari.lunde@halden.kommune.no")).to_be_visible()


@pytest.mark.browser
@pytest.mark.parametrize("scripts", [True, False])
def test_one_click_makes_one_of_the_invented_people(place: Place, chromium: Browser, scripts: bool) -> None:
    context = chromium.new_context(
        locale="nb-NO", java_script_enabled=scripts, viewport={"width": 390, "height": 844}
    )
    tab = context.new_page()
    tab.goto(f"{place.name}/arbeid/konto/logg-inn/")
    tab.get_by_role("button", name="Logg inn som Administrator i kommunen").click()
    tab.wait_for_url("**/arbeid/9999/**")
    expect(tab.get_by_text("Eksempel: alle personer er oppdiktet.")).to_be_visible()
    tab.goto(f"{place.name}/arbeid/9999/medlemmer/")
    expect(tab.get_by_text("Liv Tangen")).to_be_visible()
    context.close()


SCREENS = (
    "9999/medlemmer/", "9999/medlemmer/inviter/", "9999/journal/", "9999/klar/", "9999/personopplysninger/", "roller/", "konto/",
    "konto/endre/", "konto/to-trinn/", "konto/to-trinn/app/", "konto/passnokler/", "konto/passnokler/ny/", "konto/okter/",
)  # fmt: skip


@pytest.mark.browser
@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_axe_violation_and_nothing_beside_the_page(
    place: Place, chromium: Browser, width: int, scheme
) -> None:
    context = chromium.new_context(
        locale="nb-NO", viewport={"width": width, "height": 900}, color_scheme=scheme
    )
    tab = context.new_page()
    wrong = []
    for path in ("konto/logg-inn/", "konto/glemt-passord/", "konto/invitasjon/x/"):
        tab.goto(f"{place.name}/arbeid/{path}")
        wrong += faults(tab, path)
    tab.goto(f"{place.name}/arbeid/konto/logg-inn/")
    tab.get_by_role("button", name="Logg inn som Administrator i kommunen").click()
    tab.wait_for_url("**/arbeid/9999/**")
    for path in SCREENS:
        tab.goto(f"{place.name}/arbeid/{path}")
        wrong += faults(tab, path)
    tab.goto(f"{place.name}/arbeid/9999/medlemmer/")
    tab.get_by_role("link", name="Liv Tangen").click()
    expect(tab.get_by_role("heading", name="Liv Tangen")).to_be_visible()
    wrong += faults(tab, "a member")
    context.close()
    assert not wrong, "\n".join(wrong)


def faults(tab: Page, where: str) -> list[str]:
    """Return axe's findings against WCAG 2.2 A and AA, and whether the page is wider than the screen."""
    tab.evaluate(AXE.read_text())
    rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    found = tab.evaluate("rules => axe.run(document, {runOnly: {type: 'tag', values: rules}})", rules)
    said = [
        f"{where}: {one['id']}: {node['html'][:150]}" for one in found["violations"] for node in one["nodes"]
    ]
    if tab.evaluate("document.documentElement.scrollWidth > innerWidth"):
        said.append(f"{where}: wider than the screen")
    return said
