"""Every public template as people meet it: accessible, narrow, keyboard only, without JavaScript, right to left."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

pytestmark = [pytest.mark.browser]

AXE = Path(__file__).parent.parent.parent / "node_modules" / "axe-core" / "axe.min.js"
MUNICIPAL = [
    "",
    "barn-og-unge/",
    "bekymret/",
    "kveld-natt-helg/",
    "stor-hendelse/",
    "fagfolk/",
    "om-siden/",
    "sok/",
]
NATIONAL = [
    "",
    "kommuner/",
    "hjelpelinjer/",
    "skjul-spor/",
    "tilgjengelighet/",
    "personvern/",
    "innebygging/",
]
EXAMPLE = "eksempel"
BADGE = ".sv-badge"


def paths(language: str) -> list[str]:
    """Return one address per template; the default language has no part of its own in the address."""
    part = "" if language == "nb" else f"{language}/"
    municipal = [f"/{EXAMPLE}/{part}{path}" for path in MUNICIPAL]
    return [*municipal, f"/oslo/{part}", *(f"/{part}{path}" for path in NATIONAL)]


def violations(tab: Page) -> list[str]:
    """Return axe's findings against WCAG 2.2 A and AA as readable lines."""
    tab.evaluate(AXE.read_text())
    rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    found = tab.evaluate("rules => axe.run(document, {runOnly: {type: 'tag', values: rules}})", rules)
    return [f"{item['id']}: {node['html'][:140]}" for item in found["violations"] for node in item["nodes"]]


def too_wide(tab: Page) -> int:
    return int(tab.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


@pytest.mark.parametrize("language", ["nb", "en", "ar"])
@pytest.mark.parametrize("width", [390, 1280])
def test_no_axe_violation_on_any_template(country: str, tab: Page, language: str, width: int) -> None:
    tab.set_viewport_size({"width": width, "height": 900})
    wrong = []
    for path in paths(language):
        answer = tab.goto(country + path)
        assert answer, path
        assert answer.status == 200, path
        wrong += [f"{path} {line}" for line in violations(tab)]
    assert not wrong, "\n".join(wrong)


def test_nothing_sticks_out_at_320_pixels(country: str, tab: Page) -> None:
    tab.set_viewport_size({"width": 320, "height": 640})
    wrong = []
    for path in paths("nb") + paths("ar"):
        tab.goto(country + path)
        if too_wide(tab) > 0:
            wrong.append(f"{path}: {too_wide(tab)} px")
    assert not wrong, wrong


def test_no_third_party_no_cookie_no_error(country: str, context: BrowserContext) -> None:
    tab = context.new_page()
    asked, said = [], []
    tab.on("request", lambda request: asked.append(request.url))
    tab.on(
        "console", lambda message: said.append(message.text) if message.type in ("error", "warning") else None
    )
    tab.on("pageerror", lambda error: said.append(str(error)))
    for path in paths("nb"):
        tab.goto(country + path)
    assert not [url for url in asked if not url.startswith((country, "data:"))]
    assert context.cookies() == []
    assert said == []


def test_digits_stay_in_order_right_to_left(country: str, tab: Page) -> None:
    tab.goto(f"{country}/{EXAMPLE}/ar/")
    assert tab.locator("html").get_attribute("dir") == "rtl"
    numbers = tab.locator("a[href^='tel:']").all()
    assert numbers
    for number in numbers:
        isolated = number.evaluate("""link => [...link.querySelectorAll('bdi')].every(
            part => getComputedStyle(part).direction === 'ltr') && link.querySelector('bdi') !== null""")
        assert isolated, number.inner_text()


def test_first_phone_screen_has_the_numbers_to_ring(country: str, tab: Page) -> None:
    tab.goto(f"{country}/{EXAMPLE}/")
    for number in ("113", "112", "110", "116117", "116123", "116111"):
        box = tab.locator(f"a[href='tel:{number}']").first.bounding_box()
        assert box, number
        assert box["y"] + box["height"] <= 844, f"{number} ends at {box}"


def test_quick_exit_by_key_and_without_script(
    country: str, context: BrowserContext, chromium: Browser
) -> None:
    tab = context.new_page()
    tab.route(
        "https://**", lambda route: route.fulfill(status=200, content_type="text/html", body="elsewhere")
    )
    tab.goto(f"{country}/{EXAMPLE}/")
    for _ in range(3):
        tab.keyboard.press("Shift")
    tab.wait_for_url("https://**")
    plain = chromium.new_context(java_script_enabled=False).new_page()
    plain.goto(f"{country}/{EXAMPLE}/")
    assert (plain.locator("[data-quick-exit]").get_attribute("href", timeout=1000) or "").startswith(
        "https://"
    )


def test_search_with_and_without_script(country: str, tab: Page, chromium: Browser) -> None:
    tab.goto(f"{country}/{EXAMPLE}/sok/")
    with tab.expect_request("**/sok.json"):  # who is quicker than the script is answered by the server
        tab.locator("main [data-search] input[type=search]").fill("jeg orker ikke leve")
    tab.keyboard.press("Enter")
    first = tab.locator("[data-results] li").first
    first.wait_for()
    assert "113" in first.inner_text()
    assert "orker" not in tab.url
    plain = chromium.new_context(java_script_enabled=False).new_page()
    plain.goto(f"{country}/{EXAMPLE}/sok/")
    plain.locator("main [data-search] input[type=search]").fill("jeg orker ikke leve")
    plain.keyboard.press("Enter")
    plain.wait_for_url("**/sok/")
    assert "113" in plain.locator("main ol li").first.inner_text()
    assert "orker" not in plain.url


def test_find_the_municipality_by_postal_code(country: str, tab: Page, chromium: Browser) -> None:
    for page in (tab, chromium.new_context(java_script_enabled=False).new_page()):
        page.goto(f"{country}/")
        page.locator("main form input[type=search], main form input[type=text]").first.fill("0150")
        page.keyboard.press("Enter")
        page.wait_for_url("**/oslo/**")


def test_a_saved_or_old_page_shows_no_badge(country: str, context: BrowserContext) -> None:
    tab = context.new_page()
    tab.goto(f"{country}/{EXAMPLE}/")
    tab.locator(f"{BADGE}:visible").first.wait_for()
    later = context.new_page()
    later.clock.install(time="2031-01-01T12:00:00")
    later.goto(f"{country}/{EXAMPLE}/")
    assert later.locator(f"{BADGE}:visible").count() == 0


def test_print_has_numbers_and_no_badges(country: str, tab: Page) -> None:
    tab.goto(f"{country}/{EXAMPLE}/")
    tab.emulate_media(media="print")
    assert tab.locator(f"{BADGE}:visible").count() == 0
    assert tab.locator("a[href='tel:116117']:visible").count() > 0


def test_keyboard_reaches_the_content_and_shows_where_it_is(country: str, tab: Page) -> None:
    tab.goto(f"{country}/{EXAMPLE}/")
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.getAttribute('href')") == "#innhold"
    tab.keyboard.press("Enter")
    assert tab.evaluate("document.activeElement.id") == "innhold"
