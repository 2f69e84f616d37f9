"""The script of a search page alone: words stay on the page, data is never markup, offline works."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, Route

from samvirke.publishing.search import SearchEntry, build_index, dump

pytestmark = pytest.mark.browser

SCRIPT = Path(__file__).parents[2] / "samvirke/ui/static/ui/search.js"
PAGE = """<!doctype html><html lang="nb"><title>x</title><script src="/search.js" defer></script>
<form method="post" action="/sok/" data-search data-search-area data-index="/sok.json" data-none="Fant ikke noe."
  data-count-one="Ett treff" data-count-many="{n} treff" data-offline="Uten nett." data-crisis="Ring 113.">
<input type="search" name="q" aria-label="Søk"><button>Søk</button>
<p role="status" data-search-status></p><ol data-results hidden></ol></form></html>"""
HOSTILE = "<img src=x onerror=document.title='taken'>"


def index() -> bytes:
    lines = {
        "113": "Nødtelefon",
        "112": "Politi",
        "110": "Brann",
        "116117": "Legevakt",
        "mental-helse-116123": "Mental Helse",
    }
    found = [
        SearchEntry(key, name, f"tel:{key[:6]}", "emergency", key, phone=key[:6])
        for key, name in lines.items()
    ]
    found.append(SearchEntry("team", HOSTILE, "javascript:alert(1)", "service", "kriseteam", note=HOSTILE))
    found.append(SearchEntry("lege", "Fastlegene", "/lege/", "service", "fastlege", phone="+47 00 00 00 01"))
    return dump(build_index(found, "nb"))


def serve(context: BrowserContext, asked: list[tuple[str, str]], *, index_status: int = 200) -> None:
    def answer(route: Route) -> None:
        path = "/" + route.request.url.split("/", 3)[3]
        asked.append((route.request.method, path))
        if path == "/search.js":
            route.fulfill(body=SCRIPT.read_bytes(), content_type="text/javascript")
        elif path == "/sok.json":
            route.fulfill(status=index_status, body=index(), content_type="application/json")
        else:
            route.fulfill(body=PAGE, content_type="text/html; charset=utf-8")

    context.route("**/*", answer)


def ask(tab: Page, words: str) -> None:
    tab.get_by_role("searchbox").fill(words)
    tab.keyboard.press("Enter")


def test_answers_on_the_page_and_keeps_the_words_there(context: BrowserContext, tab: Page) -> None:
    asked: list[tuple[str, str]] = []
    serve(context, asked)
    tab.goto("http://samvirke.test/")
    ask(tab, "mannen min er død")
    tab.locator("[data-results] li").first.wait_for()
    assert tab.get_by_role("status").inner_text() == "4 treff"
    team, doctor = tab.locator("[data-results] li").nth(0), tab.locator("[data-results] li").nth(1)
    assert HOSTILE in team.inner_text()
    assert team.locator("a, img").count() == 0
    assert doctor.locator("a[href='tel:+4700000001'] bdi[dir=ltr]").inner_text() == "+47 00 00 00 01"
    assert tab.title() == "x"
    assert tab.url == "http://samvirke.test/"
    assert asked == [("GET", "/"), ("GET", "/search.js"), ("GET", "/sok.json")]


def test_goes_on_without_a_network(context: BrowserContext, tab: Page) -> None:
    serve(context, [])
    tab.goto("http://samvirke.test/")
    ask(tab, "fastlege")
    tab.locator("[data-results] li").first.wait_for()
    context.set_offline(True)
    ask(tab, "jeg vil ikke leve")
    tab.get_by_text("Ring 113.").wait_for()
    assert "113" in tab.locator("[data-results] li").first.inner_text()
    ask(tab, "xqzzk")
    tab.get_by_text("Fant ikke noe.").wait_for()
    ask(tab, " ")
    assert not tab.locator("[data-results]").is_visible()


def test_posts_the_form_when_the_index_cannot_be_had(context: BrowserContext, tab: Page) -> None:
    asked: list[tuple[str, str]] = []
    serve(context, asked, index_status=404)
    tab.goto("http://samvirke.test/")
    ask(tab, "fastlege")
    tab.wait_for_url("**/sok/")
    assert ("POST", "/sok/") in asked
    assert json.loads(index())["lang"] == "nb"
