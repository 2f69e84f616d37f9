"""A file of services from choosing it to undoing it, in a real browser, with and without script, on desk and phone."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.bench.measure import free_port, granian, server
from tests.browser.conftest import PROJECT, house, samvirke

CODE, PASSWORD, EMAIL = "3107", "fjell vind hav lykt", "ola@fredrikstad.kommune.no"
AXE = PROJECT / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
PEOPLE = f"""
from datetime import UTC, datetime
from allauth.account.models import EmailAddress
from samvirke.access.permissions import Role
from samvirke.access.scope import opened, system_scope
from samvirke.accounts.models import Account, Membership
from samvirke.catalogue.actions import join_municipality
now = datetime.now(UTC)
account = Account(email="{EMAIL}", name="Ola Rud", created_at=now)
account.set_password("{PASSWORD}")
account.save()
EmailAddress.objects.create(user=account, email=account.email, verified=True, primary=True)
scope = system_scope("the tests' editor")
with opened(scope):
    Membership(account=account, role=Role.EDITOR, municipality_id="{CODE}", since=now).save(force_insert=True)
join_municipality(scope, "{CODE}", now=now, error_email="post@fredrikstad.kommune.no")
"""
ROWS = """external_id;name;actor;phone;description;opening_hours
kriseteam;Kriseteamet;kriseteam;69 30 60 01;Hjelp når noe brått har hendt.;24/7
nav;Nav Fredrikstad;nav;69 30 60 02;Hjelp med penger.;Mo-Fr 10:00-14:00
rar;Et tilbud;trollmann;;;
feil;Feil nummer;ppt;113;;8-15
"""
TABS = ("new", "changed", "kindless", "rejected", "same", "missing")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Samvirke with one editor in a municipality that has joined."""
    samvirke("shell", "-c", PEOPLE)
    folder = tmp_path_factory.mktemp("published")
    samvirke("publish", "--out", str(folder), "--municipality", "national", "--no-posters")
    port = free_port()
    environment = {**house(), "SAMVIRKE_PUBLISHED": str(folder), "PORT": str(port)}
    with server("sheets", granian("samvirke.config.wsgi:application", port), port, environment=environment):
        yield f"http://localhost:{port}/arbeid/{CODE}"


def faults(page: Page) -> list[str]:
    """What axe finds against WCAG 2.2 A and AA, and whether the page is wider than the screen."""
    page.add_script_tag(path=AXE)
    found = page.evaluate("rules => axe.run(document, {runOnly: {type: 'tag', values: rules}})", RULES)
    wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
    return [f"{one['id']}: {one['nodes'][0]['html']}" for one in found["violations"]] + ["too wide"] * wide


def opened(browser: Browser, site: str, width: int, *, scripts: bool = True) -> Page:
    context = browser.new_context(
        locale="nb-NO",
        viewport={"width": width, "height": 844},
        java_script_enabled=scripts,
        bypass_csp=scripts,  # axe is put into the page
    )
    context.set_default_timeout(20_000)
    page = context.new_page()
    page.goto(f"{site}/import/")
    page.fill("[name=login]", EMAIL)
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")
    expect(page).to_have_url(f"{site}/import/")
    return page


def send(page: Page, path: Path, text: str) -> str:
    path.write_text(text, encoding="utf-8")
    page.set_input_files("[name=file]", str(path))
    page.get_by_role("button", name="Se hva filen endrer").click()
    return page.url


@pytest.mark.browser
@pytest.mark.parametrize("scripts", [True, False])
def test_a_file_is_seen_done_and_undone(site: str, chromium: Browser, tmp_path: Path, scripts: bool) -> None:
    page = opened(chromium, site, 1280, scripts=scripts)
    url = send(page, tmp_path / "tjenester.csv", ROWS.replace("kriseteam;Kri", f"team-{scripts};Kri"))
    page.get_by_label("Nav Fredrikstad").uncheck()
    page.get_by_role("button", name="Lagre valgene").click()
    expect(page.locator("main")).to_contain_text("Valgt: 1 ny.")
    expect(page.get_by_label("Nav Fredrikstad")).not_to_be_checked()
    page.get_by_role("button", name="Gjør endringene").click()
    expect(page.locator("main")).to_contain_text("Importen er gjort")
    page.get_by_role("link", name="Angre importen").click()
    asked = page.get_by_role("dialog") if scripts else page.locator("main")
    asked.get_by_role("button", name="Angre importen").click()
    expect(page.locator("main")).to_contain_text("Importen er angret")
    page.get_by_role("button", name="Gjør importen på nytt").click()
    expect(page.locator("main")).to_contain_text("Importen er gjort")
    assert page.url == url
    page.context.close()


@pytest.mark.browser
@pytest.mark.parametrize("width", [390, 1280])
def test_no_axe_violation(site: str, chromium: Browser, tmp_path: Path, width: int) -> None:
    page = opened(chromium, site, width)
    assert faults(page) == []
    url = send(page, tmp_path / "tjenester.csv", ROWS)
    for tab in TABS:
        page.goto(f"{url}?vis={tab}")
        assert faults(page) == [], tab
    page.goto(f"{site}/eksport/")
    assert faults(page) == []
    page.goto(f"{site}/import/")
    page.set_input_files("[name=file]", str(AXE))
    page.get_by_role("button", name="Se hva filen endrer").click()
    expect(page.locator(".ds-validation-message")).to_be_visible()
    assert faults(page) == []
    page.context.close()
