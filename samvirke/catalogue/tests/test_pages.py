"""The page builders: what may and may not stand on a public page. Pure; no database."""

import html
import json
import pickle
import re
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from samvirke.catalogue.finnhjelp import build, choose, times
from samvirke.catalogue.finnhjelp.site import Gap, Notice, Site
from samvirke.catalogue.tests import sites
from samvirke.kit.hours import OSLO
from samvirke.kit.page import Page
from samvirke.reference import emergency

MONDAY = datetime(2026, 11, 23, 10, 0, tzinfo=OSLO)
SUNDAY = datetime(2026, 11, 22, 12, 0, tzinfo=OSLO)
MOMENTS = (
    MONDAY,
    SUNDAY,
    datetime(2027, 5, 17, 11, 0, tzinfo=OSLO),
    datetime(2026, 12, 24, 19, 0, tzinfo=OSLO),
    datetime(2026, 10, 25, 2, 30, tzinfo=OSLO),
)


def made(site: Site, moment: datetime = MONDAY) -> dict[str, Page]:
    return {page.path: page for page in build.pages(site, moment)}


def text_of(page: Page) -> str:
    with translation.override(page.language):
        return render_to_string(page.template or "", dict(page.data))


def visible(markup: str) -> str:
    """What a reader without scripts sees."""
    bare = re.sub(r"<script.*?</script>|<title>.*?</title>", "", markup, flags=re.DOTALL)
    return html.unescape(re.sub(r"<[^>]+>", " ", bare))


def call_box(page: Page) -> str:
    """The text of the box that is shown without a script."""
    boxes = re.findall(r'<section class="ds-card sv-call".*?</section>', text_of(page), flags=re.DOTALL)
    (shown,) = [box for box in boxes if not re.match(r"<section[^>]* hidden", box)]
    return " ".join(visible(shown).split())


def rendered(site: Site, moment: datetime = MONDAY) -> dict[str, str]:
    return {path: text_of(page) for path, page in made(site, moment).items() if page.template}


@pytest.mark.parametrize("site", sites.ALL, ids=lambda site: site.slug)
def test_every_link_between_pages_resolves(site):
    known = {"/"} | {f"/_assets/{name}" for name in _assets()}
    for one in sites.ALL:
        folder = "" if one.national else f"{one.slug}/"
        known |= {f"/{folder}{page.path}".removesuffix("index.html") for page in build.pages(one, MONDAY)}
    known |= {f"/{place.slug}/{folder}" for place in sites.PLACES for folder in ("", "nn/", "en/")}
    for path, markup in rendered(site).items():
        for address in re.findall(r'(?:href|action|data-index|data-places)="(/[^"#]*)', markup):
            assert address in known or address in ("/sok/", "/finn/"), (path, address)


def _assets():
    return json.loads((settings.ASSETS / "manifest.json").read_text()).values()


def test_only_languages_that_exist_are_offered():
    site = replace(sites.JOINED, languages=("nb", "en"))
    pages = rendered(site)
    assert not [path for path in pages if path.startswith("nn/")]
    for markup in pages.values():
        assert 'hreflang="nn"' not in markup
    assert 'hreflang="en"' in pages["index.html"]


@pytest.mark.parametrize("moment", MOMENTS, ids=str)
@pytest.mark.parametrize("site", sites.ALL, ids=lambda site: site.slug)
def test_no_text_says_now(site, moment):
    claims = re.compile(r"\b(nå|akkurat nå|i dag|i kveld|today|now)\b", re.IGNORECASE)
    for path, markup in rendered(replace(site, languages=("nb", "en")), moment).items():
        found = claims.search(visible(markup).replace("right now", ""))
        assert not found, (path, found)


def test_what_nobody_confirmed_is_not_published():
    for path, markup in rendered(sites.JOINED).items():
        assert "Ubekreftet tjeneste" not in markup, path
    assert "tjeneste/ubekreftet/index.html" not in made(sites.JOINED)


def test_an_unjoined_municipality_says_so_and_keeps_out_of_search_engines():
    for site in (sites.UNJOINED, sites.OSLO):
        pages = made(site)
        for path, page in pages.items():
            assert not page.indexed, path
            if page.template:
                assert 'name="robots" content="noindex"' in text_of(page), path
        front = text_of(pages["index.html"])
        assert "Kommunen har ikke bekreftet denne siden" in front
        assert site.municipality.website in front
        assert "Kriseteamet" not in front  # not its own services, even if there should be any
        assert "skal</em> gi øyeblikkelig hjelp" in front


def test_a_joined_municipality_is_indexed_and_the_invented_one_is_not():
    real = replace(sites.JOINED, invented=False)
    assert made(real)["index.html"].indexed
    assert not made(real)["sok/index.html"].indexed
    assert not made(sites.JOINED)["index.html"].indexed
    assert "oppdiktet" in rendered(sites.JOINED)["tjeneste/ppt/index.html"]


def test_oslo_shows_its_hospitals_by_district():
    front = visible(rendered(sites.OSLO)["index.html"])
    assert re.search(r"Lovisenberg Diakonale Sykehus\s+Gamle Oslo, Grünerløkka, Sagene", front)


@pytest.mark.parametrize("site", sites.ALL, ids=lambda site: site.slug)
def test_numbers_and_times_are_isolated_from_text_direction(site):
    number = re.compile(r"\d{2} \d{2} \d{2} \d{2}|\d{3} \d{2} \d{3}|116 1\d\d|\d{2}\.\d{2}–\d{2}\.\d{2}")
    for path, markup in rendered(site).items():
        body = re.sub(r"<script.*?</script>|<head>.*?</head>", "", markup, flags=re.DOTALL)
        bare = re.sub(r'<bdi dir="ltr" class="sv-num">[^<]*</bdi>', "", body)
        bare = re.sub(r'\w[\w-]*="[^"]*"', "", bare)
        assert not number.search(bare), (path, number.search(bare))


def test_the_emergency_numbers_of_the_frame_are_the_constants():
    markup = rendered(sites.UNJOINED)["om-siden/index.html"]
    for number in (*emergency.LIFE_IN_DANGER, emergency.OUT_OF_HOURS):
        assert f'href="tel:{number.number}"' in markup
        assert f">{number.display}</bdi>" in markup
    front = rendered(sites.UNJOINED)["index.html"]
    for number in emergency.SOMEONE_TO_TALK_TO:
        assert f'href="tel:{number.number}"' in front


def test_the_first_screen_comes_in_order():
    markup = rendered(replace(sites.JOINED, invented=False))["index.html"]
    marks = (
        "tel:113",
        "tel:112",
        "tel:110",
        "tel:116117",
        "sv-call",
        "tel:116123",
        "tel:116111",
        'role="search"',
    )
    places = [markup.index(mark) for mark in marks]
    assert places == sorted(places)


def test_helplines_without_a_confirmed_number_show_name_and_link():
    markup = rendered(sites.NATIONAL)["hjelpelinjer/index.html"]
    assert "https://leve.no" in markup
    assert "ikke fått bekreftet" in markup


def test_general_text_promises_nothing_that_belongs_to_a_service():
    for path, markup in rendered(sites.UNJOINED).items():
        assert "gratis" not in visible(markup).lower(), path


def test_a_notice_stands_through_its_last_day():
    until = date(2026, 11, 23)
    site = replace(sites.JOINED, notices=(Notice({"nb": "Rådhuset er stengt."}, until=until),))
    assert "Rådhuset er stengt." in rendered(site, MONDAY)["index.html"]
    assert "Rådhuset er stengt." not in rendered(site, MONDAY + timedelta(days=1))["index.html"]


def test_the_data_block_holds_absolute_spans():
    markup = rendered(sites.JOINED)["tjeneste/kriseteam/index.html"]
    block = json.loads(re.search(r'id="tider">(.*?)</script>', markup)[1])
    assert block["built"] == times.minute(datetime(2026, 11, 23, tzinfo=OSLO))
    assert block["until"] == times.minute(datetime(2026, 11, 25, tzinfo=OSLO))
    opens = times.minute(datetime(2026, 11, 23, 8, 30, tzinfo=OSLO))
    assert block["spans"][0][:2] == [opens, opens + 390]
    assert block["spans"][0][-2] >= block["until"]  # the next opening after the days that are known


def test_badges_are_quiet_when_a_line_keeps_other_hours():
    holiday = datetime(2026, 12, 22, 12, tzinfo=OSLO)
    assert _phone_badges(MONDAY) == 1
    assert _phone_badges(holiday) == 0


def _phone_badges(moment):
    markup = rendered(sites.NATIONAL, moment)["hjelpelinjer/index.html"]
    return len(re.findall('data-kind="phone"', markup))


@pytest.mark.parametrize("day", ["12-20", "12-31", "01-01", "01-03"])
def test_a_range_may_pass_new_year(day):
    assert times.in_range(day, "12-20", "01-03")
    assert not times.in_range("07-01", "12-20", "01-03")


def test_pages_change_at_the_edges_and_only_there():
    edge = build.next_edge(sites.JOINED, MONDAY)
    assert edge == datetime(2026, 11, 23, 11, 0, tzinfo=OSLO)  # mental health's phone hours end
    assert build.next_edge(sites.UNJOINED, MONDAY) == datetime(2026, 11, 24, tzinfo=OSLO)
    late = datetime(2026, 11, 23, 23, 59, tzinfo=OSLO)
    assert build.next_edge(sites.JOINED, late) == datetime(2026, 11, 24, tzinfo=OSLO)


def test_between_edges_a_page_keeps_its_bytes():
    def front(moment):
        return rendered(sites.JOINED, moment)["index.html"]

    assert front(MONDAY) == front(MONDAY + timedelta(minutes=59))
    assert front(MONDAY) != front(MONDAY + timedelta(minutes=61))


def test_the_same_input_gives_the_same_bytes_also_after_pickling():
    again = pickle.loads(pickle.dumps(sites.JOINED))  # noqa: S301
    assert rendered(sites.JOINED) == rendered(again)


def test_structured_data_is_only_what_is_confirmed():
    markup = rendered(sites.JOINED)["tjeneste/krisesenter/index.html"]
    data = json.loads(re.search(r'ld\+json">(.*?)</script>', markup)[1])
    assert data["@type"] == "GovernmentService"
    assert "+4700000008" not in json.dumps(data)
    assert "ld+json" not in rendered(sites.UNJOINED)["index.html"]


def test_what_is_missing_is_said_openly():
    about = visible(rendered(sites.JOINED)["om-siden/index.html"])
    assert "Krisesenteret: telefonnummer" in about
    assert "bør sjekkes på nytt" in about
    service = visible(rendered(sites.JOINED)["tjeneste/krisesenter/index.html"])
    assert "hemmelig av hensyn til sikkerheten" in service
    assert re.search(r"ikke oppgitt:\s+telefonnummer, åpningstid", service)


def test_each_service_that_lacks_something_has_one_line():
    team, line = {"nb": "Kriseteamet"}, {"nb": "Legevakten", "en": "The doctor"}
    gaps = (
        Gap("phone", team, "overdue"), Gap("phone-hours", team), Gap("address", team, "overdue"), Gap("phone", line),
        Gap("gp-same-day"), Gap("gp-same-day"), Gap("services", state="overdue"), Gap("address", line),
    )  # fmt: skip
    page = made(replace(sites.JOINED, gaps=gaps))
    assert page["om-siden/index.html"].data["gaps"] == [
        "Kriseteamet: telefontid; telefonnummer, adresse (bør sjekkes på nytt)",
        "Legevakten: telefonnummer, adresse",
        "At fastlegen skal gi øyeblikkelig hjelp på dagtid",
        "At tjenesten finnes (bør sjekkes på nytt)",
    ]
    assert page["en/om-siden/index.html"].data["gaps"][1] == "The doctor: phone number, address"


def test_hostile_text_is_escaped():
    nasty = {"nb": "</script><script>alert(1)</script>"}
    site = replace(sites.JOINED, services=(replace(sites.SERVICES[0], name=nasty, description=nasty),))
    for path, markup in rendered(site).items():
        assert "<script>alert" not in markup, path


def test_no_inline_script_or_style():
    for path, markup in rendered(sites.JOINED).items():
        assert not re.search(r"<style|\sstyle=|\son\w+=", markup), path
        for script in re.findall(r"<script([^>]*)>", markup):
            assert "src=" in script or "json" in script, (path, script)


def test_late_services_are_found():
    late = [s.slug for s in choose.shown(sites.JOINED) if choose.out_of_hours(s, MONDAY)]
    assert late == ["legevakt", "barnevernvakt"]


def test_the_foot_promises_no_more_than_the_oldest_check():
    markup = visible(rendered(sites.JOINED)["index.html"])
    assert "sist sjekket" not in markup
    assert re.search(r"Alle opplysningene er sjekket \d+\.\xa0\w+\s+\d{4}\s+eller senere", markup)


def test_everyone_includes_the_other_groups():
    team = replace(sites.SERVICES[0], audience={})
    markup = rendered(replace(sites.JOINED, services=(team,)))
    assert "Alle, også pårørende" in markup["index.html"]
    assert "Everyone, including relatives" in markup["en/index.html"]


def test_an_address_that_does_not_exist_has_a_page_of_the_house():
    pages = made(sites.NATIONAL)
    markup = text_of(pages["404.html"])
    assert [path for path in pages if path.endswith("404.html")] == ["404.html"]
    assert "Vi finner ikke siden" in markup
    assert '<p lang="en">We cannot find that page.' in markup
    assert {"tel:113", "tel:116117", "/kommuner/", "/"} <= set(re.findall(r'href="([^"]+)"', markup))
    assert 'role="search"' in markup
    assert '<meta name="robots" content="noindex">' in markup
    assert not pages["404.html"].indexed


@pytest.mark.parametrize("site", sites.ALL, ids=lambda site: site.slug)
def test_a_date_is_never_split_between_two_lines(site):
    months = "januar|februar|mars|april|mai|juni|juli|august|september|oktober|november|desember|december"
    seen = 0
    for moment in MOMENTS:
        for path, markup in rendered(site, moment).items():
            text = visible(markup)
            assert not re.search(rf"\d\.? (?:{months})\b", text, re.IGNORECASE), path
            seen += len(re.findall(rf"\d\.?\xa0(?:{months})\b", text, re.IGNORECASE))
    assert seen or not site.joined


def test_every_number_in_the_foot_and_every_age_range_is_isolated():
    markup = rendered(sites.JOINED)["index.html"]
    bare = re.sub(r'<bdi dir="ltr" class="sv-num">[^<]*</bdi>', "", markup.split("<body>")[1])
    for number in ("110", "112", "113", "13–24"):
        assert number in visible(markup)
        assert number not in visible(bare), number
