"""The forms without script: answered from published files, no database, nothing kept."""

import json
import logging
import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest

from samvirke.publishing import views
from samvirke.publishing.limits import Limit, address
from samvirke.reference.places import PlaceIndex, PlaceMunicipality


@pytest.fixture
def published(publish, root):
    publish()
    index = PlaceIndex(
        (
            PlaceMunicipality("0301", "oslo", "Oslo", "Oslo"),
            PlaceMunicipality("4601", "bergen", "Bergen", "Vestland"),
            PlaceMunicipality("5001", "trondheim", "Bergheim", "Trøndelag"),
        ),
        (("OSLO", 0, ("0150",)), ("LONGYEARBYEN", -1, ("9170",))),
    )
    (root / "www/_national/steder.json").write_text(json.dumps(index.published()))


def test_words_find_the_crisis_team(ask, published):
    reply = ask("/sok/", form={"q": "kriseteam", "kommune": "oslo", "sprak": "nb"})
    assert reply.status == "200 OK"
    assert b"Kriseteamet" in reply.body
    assert b"+4700000001" in reply.body
    assert reply.headers["Cache-Control"] == "no-store"
    assert "Set-Cookie" not in reply.headers


def test_who_does_not_want_to_live_gets_the_lines_first(ask, published):
    text = ask(
        "/sok/", form={"q": "jeg vil ikke leve lenger", "kommune": "oslo", "sprak": "nb"}
    ).body.decode()
    hits = text[text.index("data-hits") :]
    assert 0 < hits.index("tel:113") < hits.index("tel:116117") < hits.index("tel:116123")


@pytest.mark.parametrize("slug", ["finnes-ikke", "../../etc", "_assets", ""])
def test_an_unknown_municipality_gives_no_error_and_no_file(slug, ask, published, root):
    reply = ask("/sok/", form={"q": "kriseteam", "kommune": slug, "sprak": "nb"})
    assert reply.status == "503 Service Unavailable"  # these national pages have no index
    assert b"116117" in reply.body


def test_what_is_typed_is_shown_as_text(ask, published):
    reply = ask("/sok/", form={"q": "<script>alert(1)</script>", "kommune": "oslo", "sprak": "xx"})
    assert b"<script>alert" not in reply.body
    assert b"&lt;script&gt;" in reply.body


def test_what_is_typed_is_not_logged(ask, published, caplog):
    caplog.set_level(logging.DEBUG)
    ask("/sok/", form={"q": "hemmeligord", "kommune": "oslo"})
    ask("/finn/", form={"sted": "hemmeligord"})
    assert "hemmeligord" not in caplog.text


@pytest.mark.parametrize(
    ("place", "language", "to"),
    [
        ("0150", "nb", "/oslo/"),
        ("Oslo", "en", "/oslo/en/"),
        ("9170", "nb", "/hjelpelinjer/"),
        ("Longyearbyen", "nn", "/hjelpelinjer/"),
    ],
)
def test_a_sure_place_leads_there(place, language, to, ask, published):
    reply = ask("/finn/", form={"sted": place, "sprak": language})
    assert (reply.status[:3], reply.headers["Location"]) == ("303", to)


def test_an_unsure_place_gives_a_choice(ask, published):
    text = ask("/finn/", form={"sted": "berg"}).body.decode()
    assert 'href="/bergen/"' in text
    assert 'href="/trondheim/"' in text


@pytest.mark.parametrize("place", ["", "qqqqqq"])
def test_no_place_is_said_plainly(place, ask, published):
    assert "Vi fant ikke stedet" in ask("/finn/", form={"sted": place}).body.decode()


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"sec_fetch_site": "same-origin"}, "200"),
        ({"sec_fetch_site": "none"}, "200"),
        ({"sec_fetch_site": "cross-site"}, "403"),
        ({"sec_fetch_site": "same-site"}, "403"),
        ({"origin": "http://127.0.0.1:8000"}, "200"),
        ({"origin": "null"}, "200"),
        ({"origin": "https://evil.example.org"}, "403"),
        ({}, "200"),
    ],
)
def test_forms_come_from_our_own_pages(headers, status, ask, published):
    assert ask("/sok/", form={"q": "hjelp", "kommune": "oslo"}, **headers).status[:3] == status


@pytest.mark.parametrize("path", ["/sok/", "/finn/"])
@pytest.mark.parametrize("method", ["PUT", "OPTIONS", "TRACE", "DELETE", "PATCH"])
def test_a_form_is_only_posted(method, path, ask, published):
    reply = ask(path, method=method)
    assert (reply.status[:3], reply.headers["Allow"]) == ("405", "GET, HEAD, POST")
    assert b"116117" in reply.body


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_who_comes_back_to_a_form_is_led_to_the_front_page(method, ask, published):
    assert ask("/sok/", method=method).headers["Location"] == "/"


def test_two_classes_behind_one_address_may_search_at_the_same_time(ask, published, monkeypatch):
    """60 pupils, three searches each, as fast as they come."""
    monkeypatch.setattr(views, "LIMIT", Limit())
    together = threading.Barrier(60)

    def pupil(_number: int) -> list[str]:
        together.wait(30)
        return [ask("/sok/", form={"q": "kriseteam", "kommune": "oslo"}).status[:3] for _ in range(3)]

    with ThreadPoolExecutor(60) as pupils:
        answers = [status for statuses in pupils.map(pupil, range(60)) for status in statuses]
    assert Counter(answers) == {"200": 180}


def test_a_flood_is_slowed_and_told_the_numbers(ask, published, monkeypatch):
    monkeypatch.setattr(views, "LIMIT", Limit(burst=3, per_second=0.001))
    replies = [ask("/sok/", form={"q": "hjelp", "kommune": "oslo"}) for _ in range(4)]
    assert [reply.status[:3] for reply in replies] == ["200", "200", "200", "429"]
    assert b"116117" in replies[-1].body


def test_a_bucket_fills_again():
    limit = Limit(burst=2, per_second=1)
    assert [limit.allows("a", now) for now in (0, 0, 0, 1.5, 1.6)] == [True, True, False, True, False]
    assert limit.allows("b", 1.6)


@pytest.mark.parametrize(
    ("remote", "forwarded", "whose"),
    [
        ("203.0.113.7", "1.2.3.4", "203.0.113.7"),
        ("127.0.0.1", "1.2.3.4, 198.51.100.2", "198.51.100.2"),
        ("127.0.0.1:5555", "", "127.0.0.1"),
        ("2001:db8:1:2:3:4:5:6", "", "2001:db8:1:2::/64"),
        ("127.0.0.1", "nonsense", "127.0.0.1"),
    ],
)
def test_whose_bucket(remote, forwarded, whose):
    assert address(remote, forwarded) == whose
