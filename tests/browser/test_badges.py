"""What the page's script says about open and closed, minute by minute, against kit.hours."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import pytest
from django.conf import settings
from playwright.sync_api import Browser, Page, Route

from samvirke.catalogue.finnhjelp import build
from samvirke.catalogue.finnhjelp.site import PhoneView, Site
from samvirke.catalogue.tests import sites
from samvirke.kit import hours
from samvirke.kit.hours import OSLO
from samvirke.publishing.render import body_of

pytestmark = pytest.mark.browser

ORIGIN = "http://finnhjelp.test"
TEAM_HOURS = "Mo-Fr 08:30-15:00; PH off; Dec 24 08:30-12:00"
NIGHT = "Fr,Sa 22:00-04:00"
DAYS = ("2026-11-23", "2026-11-20", "2026-11-22", "2027-03-28", "2026-10-25", "2027-05-17", "2026-12-24", "2026-12-31",
        "2027-03-25", "2027-01-01")  # fmt: skip
CLOCKS = ("00:01", "03:59", "04:00", "08:29", "08:30", "11:59", "12:00", "14:59", "15:00", "22:00", "23:59")


@dataclass
class Shelf:
    """A tab, and the page that stands at the root of the origin it sees."""

    tab: Page
    body: bytes = b""

    def answer(self, route: Route) -> None:
        name = route.request.url.rsplit("/", 1)[1]
        if route.request.url == f"{ORIGIN}/":
            route.fulfill(body=self.body, content_type="text/html; charset=utf-8")
        elif "/_assets/" in route.request.url:
            route.fulfill(path=settings.ASSETS / name)
        else:
            route.fulfill(status=404)

    def open(self, whose: Site, built: datetime, at: datetime, path: str = "index.html") -> None:
        """Open a page as it was built at one moment, with the browser's clock at another."""
        (page,) = [page for page in build.pages(whose, built) if page.path == path]
        self.body = body_of(page)
        self.tab.clock.set_fixed_time(at)
        self.tab.goto(f"{ORIGIN}/")


@pytest.fixture
def shelf(chromium: Browser) -> Iterator[Shelf]:
    context = chromium.new_context(timezone_id="America/New_York", locale="en-US")  # a phone far from Norway
    shelf = Shelf(context.new_page())
    shelf.tab.route("**/*", shelf.answer)
    yield shelf
    context.close()


def site() -> Site:
    team = replace(
        sites.SERVICES[0],
        phones=(PhoneView("+4700000001", verified_at=sites.CHECKED, hours=TEAM_HOURS),),
        opening_hours=NIGHT,
    )
    return replace(sites.JOINED, services=(team,), helplines=(), languages=("nb", "en"), base_url="")


def badges(tab: Page) -> dict[str, str]:
    found = tab.locator(".sv-cards [data-hours]")
    return {str(one.get_attribute("data-kind")): one.inner_text() for one in found.all()}


def expected(osm: str, at: datetime, opened: str, closed: str) -> tuple[str, str]:
    """Beginning and end of what must be said, from an independent reading of the hours."""
    schedule = hours.parse(osm)
    if hours.is_open(schedule, at):
        until = hours.closes_at(schedule, at)
        assert until is not None
        return opened, until.astimezone(OSLO).strftime("%H.%M")
    following = hours.opens_next(schedule, at, 6)
    return (closed, following.astimezone(OSLO).strftime("%H.%M")) if following else ("", "")


@pytest.mark.parametrize("day", DAYS)
def test_badges_are_right_at_every_minute_looked_at(shelf: Shelf, day: str) -> None:
    for clock in CLOCKS:
        at = datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=OSLO)
        shelf.open(site(), at.replace(hour=0, minute=0), at)
        said = badges(shelf.tab)
        for kind, osm, opened, closed in (
            ("phone", TEAM_HOURS, "Telefontid nå til", "Telefontid igjen"),
            ("visit", NIGHT, "Åpen nå til", "Stengt – åpner"),
        ):
            start, end = expected(osm, at, opened, closed)
            assert said[kind].startswith(start), (at, kind, said)
            assert said[kind].endswith(end), (at, kind, said)


def test_the_call_box_follows_the_clock(shelf: Shelf) -> None:
    midnight = datetime(2026, 11, 23, tzinfo=OSLO)
    for clock, name, text in (
        ("08:29", "Legevakten", "116 117"),
        ("08:30", "Kriseteamet", "Telefontid til kl. 15.00. Får du ikke svar: 116 117"),
        ("14:59", "Kriseteamet", "Telefontid til kl. 15.00."),
        ("15:00", "Legevakten", "116 117"),
    ):
        shelf.open(site(), midnight, datetime.fromisoformat(f"2026-11-23T{clock}").replace(tzinfo=OSLO))
        (box,) = [box for box in shelf.tab.locator("[data-call]").all() if box.is_visible()]
        assert box.locator("h2").inner_text() == name
        assert text in " ".join(box.inner_text().split())


@pytest.mark.parametrize("drift", [timedelta(minutes=-6), timedelta(days=2), timedelta(days=400)], ids=str)
def test_a_stale_page_or_a_wrong_clock_gives_no_badge(shelf: Shelf, drift: timedelta) -> None:
    midnight = datetime(2026, 11, 23, tzinfo=OSLO)
    shelf.open(site(), midnight + timedelta(hours=10), midnight + drift)
    assert set(badges(shelf.tab).values()) == {""}
    (box,) = [box for box in shelf.tab.locator("[data-call]").all() if box.is_visible()]
    assert box.locator("h2").inner_text() == "Legevakten"


def test_english_times_and_isolated_digits(shelf: Shelf) -> None:
    at = datetime(2026, 11, 23, 10, tzinfo=OSLO)
    shelf.open(site(), at, at, "en/index.html")
    assert badges(shelf.tab)["phone"] == "Phone hours now until 15:00"
    isolated = shelf.tab.locator('.sv-cards [data-kind="phone"] bdi[dir="ltr"]')
    assert isolated.inner_text() == "15:00"
    assert json.loads(shelf.tab.locator("#tider").text_content() or "")["words"]["lang"] == "en"


def test_the_filter_shows_what_concerns_the_chosen(shelf: Shelf) -> None:
    at = datetime(2026, 11, 23, 10, tzinfo=OSLO)
    shelf.open(sites.JOINED, at, at)
    before = shelf.tab.locator(".sv-cards > li:visible").count()
    shelf.tab.get_by_label("Barn eller ungdom").check()
    shown = [card.inner_text() for card in shelf.tab.locator(".sv-cards > li:visible h3").all()]
    assert "Helsestasjon for ungdom" in shown
    assert "Psykisk helse og rus" not in shown
    assert len(shown) < before


@pytest.mark.parametrize(
    ("clock", "said"),
    [
        ("2026-11-22T08:00", "Åpen nå til kl. 24.00"),
        ("2026-11-22T20:00", "Åpen nå til kl. 24.00"),
        ("2026-11-21T23:58", "Åpen nå til i morgen kl. 24.00"),
    ],
)
def test_the_end_of_a_day_is_said_as_24_and_not_as_the_next_day(shelf: Shelf, clock: str, said: str) -> None:
    team = replace(sites.SERVICES[0], opening_hours="Sa,Su 00:00-24:00", phones=())
    at = datetime.fromisoformat(clock).replace(tzinfo=OSLO)
    shelf.open(replace(sites.JOINED, services=(team,)), datetime(2026, 11, 22, tzinfo=OSLO), at)
    assert badges(shelf.tab)["visit"] == said
