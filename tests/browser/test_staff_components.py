"""Every component of the screens for people who log in, in a real browser, under the strict headers."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Dialog, Page, expect

from samvirke.ui.hours_field import HoursInput
from samvirke.ui.hours_grid import read
from tests.browser.staff_pages import NOW, Handler, served
from tests.browser.test_public_pages import too_wide, violations

pytestmark = [pytest.mark.browser]

PATHS = ["/", "/tom", "/feil"]
SAVE = "form.st-form > .st-actions button[type=submit]"


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    with served() as address:
        yield address


@pytest.fixture(autouse=True)
def _nothing_posted() -> None:
    Handler.posted.clear()


@pytest.fixture
def errors(tab: Page) -> list[str]:
    """What the browser complains of: refused by the content policy, script errors."""
    found: list[str] = []

    def hear(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            found.append(message.text)

    tab.on("console", hear)
    tab.on("pageerror", lambda error: found.append(str(error)))
    return found


def saved(name: str = "opening_hours") -> str:
    """The opening hours in the last form that was saved."""
    data = next(data for path, data in reversed(Handler.posted) if path not in {"/vis/", "/bli/"})
    reading = read(HoursInput().value_from_datadict(data, {}, name))
    assert not reading.problems
    return reading.osm


def save(tab: Page) -> None:
    with tab.expect_response(
        lambda response: response.request.method == "POST" and "/vis/" not in response.url
    ):
        tab.locator(SAVE).click()


@pytest.mark.parametrize("language", ["nb", "ar"])
@pytest.mark.parametrize("width", [390, 1280])
def test_no_axe_violation(site: str, tab: Page, errors: list[str], language: str, width: int) -> None:
    tab.set_viewport_size({"width": width, "height": 900})
    wrong = []
    for path in PATHS:
        tab.goto(f"{site}{path}?{language}", wait_until="networkidle")
        wrong += [f"{path} {line}" for line in violations(tab)]
    assert not wrong, "\n".join(wrong)
    assert not errors


def test_no_axe_violation_in_what_opens(site: str, tab: Page) -> None:
    tab.emulate_media(reduced_motion="reduce")  # a dialog that fades in has other contrasts on its way
    tab.goto(f"{site}/", wait_until="networkidle")
    tab.locator(".st-burger").click()
    assert not violations(tab)
    tab.keyboard.press("Escape")
    tab.locator(".st-drop--end summary").click()
    assert not violations(tab)
    tab.keyboard.press("Escape")
    tab.locator("[data-dialog]").click()
    expect(tab.get_by_role("dialog")).to_be_visible()
    assert not violations(tab)


@pytest.mark.parametrize("language", ["nb", "ar"])
def test_nothing_sticks_out_at_320_pixels(site: str, tab: Page, language: str) -> None:
    tab.set_viewport_size({"width": 320, "height": 640})
    for path in PATHS:
        tab.goto(f"{site}{path}?{language}", wait_until="networkidle")
        assert too_wide(tab) <= 0, path


def test_everything_is_there_in_forced_colours(site: str, chromium: Browser) -> None:
    context = chromium.new_context(forced_colors="active", viewport={"width": 1280, "height": 900})
    tab = context.new_page()
    tab.goto(f"{site}/feil", wait_until="networkidle")
    for selector in (".st-menu a[aria-current]", ".ds-error-summary", ".st-banner"):
        assert (
            tab.locator(selector).first.evaluate("node => parseFloat(getComputedStyle(node).borderTopWidth)")
            >= 1
        ), selector
    assert not violations(tab)
    context.close()


def test_paper_gets_the_hours_and_no_buttons(site: str, tab: Page) -> None:
    tab.goto(f"{site}/", wait_until="networkidle")
    tab.emulate_media(media="print")
    expect(tab.locator(".st-header")).to_be_hidden()
    expect(tab.locator(SAVE)).to_be_hidden()
    expect(tab.get_by_text("stengt på helligdager").first).to_be_visible()


def test_a_time_is_read_from_left_to_right_in_arabic(site: str, tab: Page) -> None:
    tab.goto(f"{site}/?ar", wait_until="networkidle")
    assert tab.locator("html").get_attribute("dir") == "rtl"
    for selector in ("#id_opening_hours_d0-from1", "#id_opening_hours_s0-times"):
        assert tab.locator(selector).evaluate("node => getComputedStyle(node).direction") == "ltr"
    assert tab.locator(".st-said .sv-num").first.evaluate("node => getComputedStyle(node).direction") == "ltr"


def test_hours_are_filled_in_with_the_keyboard_alone(site: str, tab: Page, errors: list[str]) -> None:
    tab.goto(f"{site}/tom", wait_until="networkidle")
    keys, focus = tab.keyboard, "document.activeElement.id || document.activeElement.textContent.trim()"
    tab.locator("#id_opening_hours_d0-from1").focus()
    keys.type("8")
    keys.press("Tab")
    keys.type("1530")
    for _ in range(4):
        keys.press("Tab")
    assert tab.evaluate(focus) == "Kopier mandag til tirsdag–fredag"
    keys.press("Enter")
    assert tab.evaluate(focus) == "id_opening_hours_d5-from1"
    expect(tab.locator("#id_opening_hours_preview")).to_contain_text("Helligdager: Velg hva som gjelder.")
    while (
        tab.evaluate(focus) != "id_opening_hours_holidays-own"
    ):  # a group without a choice is entered from the end
        keys.press("Shift+Tab" if "phone" in tab.evaluate(focus) else "Tab")
        if tab.evaluate("document.activeElement.type") == "radio":
            break
    keys.press("Space")
    while tab.evaluate(focus) != "id_opening_hours_holidays-closed":
        keys.press("ArrowUp")
    preview = tab.locator("#id_opening_hours_preview")
    expect(preview).to_contain_text("mandag–fredag kl. 08.00–15.30")
    expect(preview).to_contain_text("Torsdag 24. desember 2026 kl. 19.00: Stengt – åpner mandag kl. 08.00")
    save(tab)
    assert saved() == "Mo-Fr 08:00-15:30; PH off"
    assert not errors


def test_the_sentence_follows_what_is_typed_and_asked(site: str, tab: Page) -> None:
    tab.goto(f"{site}/", wait_until="networkidle")
    preview = tab.locator("#id_opening_hours_preview")
    expect(preview).to_contain_text("Stengt – åpner mandag kl. 08.00")
    tab.fill("#id_opening_hours_ask-day", "23.12")
    tab.fill("#id_opening_hours_ask-clock", "17")
    expect(preview).to_contain_text("Onsdag 23. desember 2026 kl. 17.00: Åpen nå til kl. 18.00")
    tab.fill("#id_opening_hours_d2-to1", "25:00")
    expect(preview).to_contain_text("Onsdag: «25:00» er ikke et klokkeslett.")


def test_closed_and_times_do_not_stand_together(site: str, tab: Page) -> None:
    tab.goto(f"{site}/", wait_until="networkidle")
    tab.check("#id_opening_hours_d0-closed")
    expect(tab.locator("#id_opening_hours_d0-from1")).to_have_value("")
    tab.check("#id_opening_hours_d0-around")
    expect(tab.locator("#id_opening_hours_d0-closed")).not_to_be_checked()
    tab.fill("#id_opening_hours_d0-from1", "9")
    expect(tab.locator("#id_opening_hours_d0-around")).not_to_be_checked()


def test_more_times_and_exceptions_come_and_go(site: str, tab: Page) -> None:
    tab.goto(f"{site}/tom", wait_until="networkidle")
    row = tab.locator("#id_opening_hours .st-week tr[data-day='1']")
    more = row.get_by_role("button", name="Tirsdag: legg til en tid")
    for number, (start, end) in enumerate([("8", "9"), ("10", "11"), ("12", "13")], 1):
        tab.fill(f"#id_opening_hours_d1-from{number}", start)
        tab.fill(f"#id_opening_hours_d1-to{number}", end)
        if number < 3:
            more.click()
    expect(more).to_be_hidden()
    tab.check("#id_opening_hours_holidays-closed")
    part = tab.locator("#id_opening_hours")
    part.locator("summary", has_text="Unntak").click()
    part.get_by_role("button", name="Legg til unntak").click()
    assert tab.evaluate("document.activeElement.id") == "id_opening_hours_s1-first"
    tab.fill("#id_opening_hours_s1-first", "24.12")
    tab.fill("#id_opening_hours_s0-first", "31.12")
    tab.fill("#id_opening_hours_s0-times", "8-12")
    part.get_by_role("button", name="Fjern unntaket").first.click()
    save(tab)
    assert saved() == "Tu 08:00-09:00,10:00-11:00,12:00-13:00; PH off; Dec 24 off"


def test_own_hours_on_holidays_are_asked_for_when_chosen(site: str, tab: Page) -> None:
    tab.goto(f"{site}/", wait_until="networkidle")
    times = tab.locator("#id_opening_hours_holiday-times")
    expect(times).to_be_hidden()
    tab.check("#id_opening_hours_holidays-own")
    expect(times).to_be_visible()


def test_without_script_hours_are_edited_and_tried_out(site: str, chromium: Browser) -> None:
    context = chromium.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844})
    tab = context.new_page()
    tab.goto(f"{site}/tom")
    tab.fill("#id_opening_hours_d0-from1", "8-11 og 12-15")
    tab.fill("#id_opening_hours_d1-from1", "9")
    tab.fill("#id_opening_hours_d1-to1", "10")
    tab.fill("#id_opening_hours_d1-from2", "11")
    tab.fill("#id_opening_hours_d1-to2", "12")
    tab.check("#id_opening_hours_holidays-closed")
    with context.expect_page() as opened:
        tab.locator("#id_opening_hours").get_by_role("button", name="Vis").click()
    expect(opened.value.locator("main")).to_contain_text("mandag kl. 08.00–11.00 og 12.00–15.00")
    expect(opened.value.locator("main")).to_contain_text("Ingenting er lagret")
    tab.locator("#id_opening_hours_d1-to2").press("Enter")
    assert saved() == "Mo 08:00-11:00,12:00-15:00; Tu 09:00-10:00,11:00-12:00; PH off"
    expect(tab.get_by_role("button", name="Kopier mandag til tirsdag–fredag")).to_have_count(0)
    context.close()


def test_without_script_the_question_is_a_page_and_the_menus_open(site: str, chromium: Browser) -> None:
    context = chromium.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844})
    tab = context.new_page()
    tab.goto(f"{site}/")
    tab.get_by_role("button", name="Meny").click()
    expect(tab.get_by_role("link", name="Medlemmer")).to_be_visible()
    tab.keyboard.press("Escape")
    tab.locator(".st-drop--end summary").click()
    expect(tab.get_by_role("link", name="Min konto")).to_be_visible()
    tab.goto(f"{site}/")
    tab.get_by_role("link", name="Fjern tjenesten").click()
    expect(tab.get_by_role("heading", name="Fjerne tjenesten?")).to_be_visible()
    tab.get_by_role("button", name="Fjern").click()
    assert [path for path, _ in Handler.posted] == ["/fjern/"]
    context.close()


def test_the_question_is_a_dialog_with_script(site: str, tab: Page) -> None:
    tab.goto(f"{site}/", wait_until="networkidle")
    link = tab.get_by_role("link", name="Fjern tjenesten")
    link.click()
    dialog = tab.get_by_role("dialog", name="Fjerne tjenesten?")
    expect(dialog).to_be_visible()
    dialog.get_by_role("link", name="Avbryt").click()
    expect(dialog).to_have_count(0)
    assert link.evaluate("node => node === document.activeElement")
    link.press("Enter")
    expect(dialog).to_be_visible()
    tab.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    link.click()
    with tab.expect_navigation():
        dialog.get_by_role("button", name="Fjern").click()
    assert [path for path, _ in Handler.posted if path != "/vis/"] == ["/fjern/"]


def test_the_summary_of_errors_takes_the_focus_and_leads_to_the_inputs(site: str, tab: Page) -> None:
    tab.goto(f"{site}/feil", wait_until="networkidle")
    assert tab.evaluate("document.activeElement.matches('[data-errors]')")
    tab.get_by_role("link", name="Onsdag: «25:00»").click()
    assert tab.evaluate("document.activeElement.id") == "id_opening_hours_d2-to1"
    described = str(tab.locator("#id_opening_hours_d2-to1").get_attribute("aria-describedby")).split()
    assert "Onsdag: «25:00» er ikke et klokkeslett." in " ".join(
        tab.locator(f"[id='{name}']").inner_text() for name in described
    )


def test_what_is_typed_is_not_lost_by_a_wrong_click(site: str, tab: Page) -> None:
    asked: list[str] = []

    def accept(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    tab.on("dialog", accept)
    tab.goto(f"{site}/", wait_until="networkidle")
    tab.reload()
    assert asked == []
    tab.fill("#id_name", "Nytt navn")
    tab.reload()
    assert asked == ["beforeunload"]
    tab.fill("#id_name", "Nytt navn")
    save(tab)
    assert asked == ["beforeunload"]


def test_a_form_is_sent_once(site: str, tab: Page) -> None:
    tab.goto(f"{site}/", wait_until="networkidle")
    with tab.expect_navigation():
        tab.locator(SAVE).evaluate("button => { button.click(); button.click() }")
    tab.wait_for_load_state("networkidle")
    assert len([path for path, _ in Handler.posted if path != "/vis/"]) == 1


def test_menus_close_with_escape_and_beside(site: str, tab: Page) -> None:
    tab.set_viewport_size({"width": 1280, "height": 900})
    tab.goto(f"{site}/", wait_until="networkidle")
    expect(tab.get_by_role("link", name="Medlemmer")).to_be_visible()
    place, account = tab.locator(".st-drop summary").all()
    place.click()
    account.click()
    assert tab.locator("details[data-drop][open]").count() == 1
    tab.keyboard.press("Escape")
    assert tab.locator("details[data-drop][open]").count() == 0
    assert account.evaluate("node => node === document.activeElement")
    place.click()
    tab.locator("h1").click()
    assert tab.locator("details[data-drop][open]").count() == 0


def test_who_is_about_to_be_logged_out_can_stay(site: str, context: BrowserContext) -> None:
    tab = context.new_page()
    tab.clock.install(time=NOW)
    tab.goto(f"{site}/okt")
    notice = tab.locator("#st-session")
    tab.clock.run_for(27 * 60_000)
    expect(notice).to_be_hidden()
    tab.clock.run_for(90_000)
    expect(notice).to_be_visible()
    assert re.search("snart logget ut", notice.inner_text())
    notice.get_by_role("button", name="Fortsett").click()
    expect(notice).to_be_hidden()
    assert ("/bli/", {}) in [(path, dict(data)) for path, data in Handler.posted]
    tab.clock.run_for(5 * 60_000)
    expect(notice).to_be_hidden()
