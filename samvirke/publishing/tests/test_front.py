"""The front: the right bytes, headers and refusals, and the switch seen at once."""

import gzip
import time
from datetime import UTC, datetime, timedelta

import brotli
import pytest
from django.http import HttpResponse
from django.urls import path

from samvirke.publishing import front as module
from samvirke.publishing import shelf
from samvirke.publishing.fallback import NUMBERS
from samvirke.publishing.lanes import Lane
from samvirke.publishing.tests.conftest import MORNING
from samvirke.reference import emergency
from samvirke.ui.headers import STRICT


@pytest.fixture(autouse=True)
def _look_at_once(monkeypatch):
    monkeypatch.setattr(module, "LOOK_AGAIN", -1.0)
    monkeypatch.setattr(shelf, "LOOK_AGAIN", -1.0)


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        ("gzip, deflate, br, zstd", "br"),
        ("gzip", "gzip"),
        ("br;q=0, gzip", "gzip"),
        ("br;q=0.2, gzip;q=0.9", "gzip"),
        ("BR", "br"),
        ("*", "br"),
        ("*;q=0", None),
        ("identity;q=1, gzip;q=0.5", None),
        ("gzip;q=nonsense", None),
        ("", None),
        ("deflate", None),
    ],
)
def test_the_encoding_the_browser_can_read(accepted, encoding, ask, publish, root):
    publish()
    reply = ask("/oslo/", accept_encoding=accepted)
    assert reply.headers.get("Content-Encoding") == encoding
    unpack = {"br": brotli.decompress, "gzip": gzip.decompress, None: bytes}[encoding]
    assert unpack(reply.body) == (root / "www/oslo/index.html").read_bytes()
    assert reply.headers["Vary"] == "Accept-Encoding"
    assert reply.headers["Content-Length"] == str(len(reply.body))


def test_headers_of_a_page(ask, publish):
    publish()
    reply = ask("/oslo/")
    assert reply.status == "200 OK"
    assert reply.headers["Content-Type"] == "text/html; charset=utf-8"
    assert STRICT.items() <= reply.headers.items()
    assert "Set-Cookie" not in reply.headers
    assert "Access-Control-Allow-Origin" not in reply.headers


@pytest.mark.parametrize(
    "name", ["/oslo/innebygd.html", "/oslo/sok.json", "/steder.json", "/_assets/public.0123456789.css"]
)
def test_what_other_sites_fetch_may_be_fetched(name, ask, publish):
    publish()
    assert ask(name).headers["Access-Control-Allow-Origin"] == "*"


def test_each_encoding_has_its_own_etag_and_304_says_so(ask, publish):
    publish()
    etags = {ask("/oslo/", accept_encoding=encoding).headers["ETag"] for encoding in ("br", "gzip", "")}
    assert len(etags) == 3
    etag = ask("/oslo/", accept_encoding="br").headers["ETag"]
    for sent in (etag, f"W/{etag}", f'"other", {etag}', "*"):
        reply = ask("/oslo/", accept_encoding="br", if_none_match=sent)
        assert (reply.status, reply.body) == ("304 Not Modified", b"")
        assert {"ETag", "Vary", "Cache-Control"} <= set(reply.headers)
    assert ask("/oslo/", accept_encoding="gzip", if_none_match=etag).status == "200 OK"


def test_head_has_the_headers_and_no_body(ask, publish):
    publish()
    whole, head = ask("/oslo/"), ask("/oslo/", method="HEAD")
    assert head.body == b""
    assert head.headers == whole.headers


@pytest.mark.parametrize(
    ("asked", "to"),
    [("/oslo", "/oslo/"), ("/oslo/om-siden", "/oslo/om-siden/"), ("/om-siden?a=1&b=2", "/om-siden/?a=1&b=2")],
)
def test_a_missing_slash_is_added(asked, to, ask, publish):
    publish()
    reply = ask(asked)
    assert (reply.status[:3], reply.headers["Location"]) == ("301", to)


@pytest.mark.parametrize(
    "path_",
    [
        "/../../etc/passwd", "/oslo/../../../builds", "/oslo/%2e%2e/%2e%2e/robots.txt", "/oslo/..%2f..", "/.hidden",
        "/oslo/.lock", "//oslo/", "/oslo//index.html", "/_national/", "/_national/index.html", "/oslo/\\..\\x",
        "/oslo/%00", "/builds/", "/oslo/index.html/", "/%ff", "/www", "/oslo/index.html%0d%0aX: y", "/_assets/",
        "//evil.example.org", "/503.html", "/sitemap.xml.gz", "/sitemap.xml.gz/", "/robots.txt/",
    ],
)  # fmt: skip
def test_nothing_outside_the_pages_is_served(path_, ask, publish):
    publish()
    reply = ask(path_)
    assert reply.status == "404 Not Found"
    assert "Location" not in reply.headers


def test_percent_encoded_letters_are_read(ask, publish, source):
    source.SLUGS["5001"] = "trøndelag"
    try:
        publish()
        assert ask("/tr%C3%B8ndelag/").status == "200 OK"
        assert ask("/tr%C3%B8ndelag").headers["Location"] == "/tr%C3%B8ndelag/"
    finally:
        source.SLUGS["5001"] = "trondheim"


def test_the_page_for_what_is_not_there_is_the_published_one(ask, publish):
    publish()
    reply = ask("/oslo/finnes-ikke/")
    assert (reply.status, reply.body) == ("404 Not Found", b"<p>Siden finnes ikke. Ring 113.")
    assert STRICT.items() <= reply.headers.items()


def test_pages_may_be_kept_a_minute_and_never_past_the_edge():
    now = datetime(2026, 11, 23, 14, 59, 30, tzinfo=UTC).timestamp()
    place = shelf.Folder(module.Path("/x/www/oslo"))
    for edge, age in ((None, 60), (now + 3600, 60), (now + 12.9, 12), (now - 1, 5)):
        place.edge = edge
        assert module.cache_control(place, "index.html", now) == f"public, max-age={age}, must-revalidate"
    assets = shelf.Folder(module.Path("/x/www/_assets"))
    assert "immutable" in module.cache_control(assets, "public.0123456789.css", now)
    assert "immutable" not in module.cache_control(assets, "public.css", now)


def test_the_edge_is_read_from_the_build(ask, publish):
    now = datetime.now(UTC).astimezone(MORNING.tzinfo)
    publish(now)
    ask("/oslo/")
    edge = ask.front.shelf.folders["oslo"].edge
    assert now.timestamp() < edge <= (now + timedelta(days=1)).timestamp()


def test_a_switch_is_seen_at_once(ask, publish, source):
    publish()
    ask("/oslo/")
    source.FACTS["0301"] = "+4700000009"
    publish(MORNING + timedelta(minutes=1), ["0301"])
    assert b"+4700000009" in ask("/oslo/").body


def test_within_a_fifth_of_a_second_the_link_is_not_read_again(ask, publish, monkeypatch):
    monkeypatch.setattr(module, "LOOK_AGAIN", 60.0)
    monkeypatch.setattr(shelf, "LOOK_AGAIN", 60.0)
    publish()
    first = ask("/oslo/")
    monkeypatch.setattr(shelf.Folder, "_now_there", lambda _: pytest.fail("looked again"))
    assert ask("/oslo/").body == first.body


def test_memory_is_bounded(ask, publish, monkeypatch):
    monkeypatch.setattr(shelf, "MEMORY", 300)
    publish()
    for name in ("oslo", "bergen", "trondheim"):
        assert ask(f"/{name}/").status == "200 OK"
    assert ask.front.shelf.held <= 600


def test_before_anything_is_published_the_numbers_stand(ask):
    reply = ask("/")
    assert reply.status == "503 Service Unavailable"
    assert reply.headers["Refresh"] == "2"
    assert b'href="tel:113"' in reply.body
    assert b'href="tel:116117"' in reply.body


def test_the_constant_pages_name_the_numbers_the_rest_of_the_house_names():
    named = {getattr(emergency, name).number for name in ("MEDICAL", "POLICE")}
    assert named <= {number for number, *_ in NUMBERS}
    assert {"113", "112", "110", "116117", "116123"} == {number for number, *_ in NUMBERS}


def test_a_page_cannot_be_posted_to(ask, publish):
    publish()
    reply = ask("/oslo/", form={"a": "b"})
    assert (reply.status[:3], reply.headers["Allow"]) == ("405", "GET, HEAD")


def test_health_needs_nothing(ask):
    reply = ask("/helse/")
    assert (reply.status, reply.body) == ("200 OK", b"ok\n")


def _broken(_request):
    raise RuntimeError("the database is away")


def _slow(_request):
    time.sleep(0.5)
    return HttpResponse("late")


urlpatterns = [path("broken/", _broken), path("slow/", _slow)]


@pytest.mark.urls(__name__)
def test_what_breaks_in_django_gives_numbers_and_no_traceback(ask, publish, caplog):
    publish()
    reply = ask("/broken/")
    assert reply.status == "503 Service Unavailable"
    assert b"116117" in reply.body
    assert b"Traceback" not in reply.body


@pytest.mark.urls(__name__)
def test_what_hangs_in_django_is_left_after_a_while_and_pages_still_answer(ask, publish):
    publish()
    ask.front.slow = Lane(ask.front.slow.application, threads=1, admitted=1, patience=0.05)
    assert ask("/slow/").status == "503 Service Unavailable"
    started = time.monotonic()
    assert ask("/slow/").status == "503 Service Unavailable"  # the only place is taken: at once
    assert time.monotonic() - started < 0.05
    assert ask("/oslo/").status == "200 OK"
    ask.front.slow.pool.shutdown(wait=True)


def test_a_django_that_cannot_be_loaded_gives_numbers_and_pages_still_answer(ask, publish, monkeypatch):
    publish()

    def broken(_path: str) -> bool:
        raise NameError("a module that cannot be imported")

    monkeypatch.setattr(ask.front, "knows", broken)
    reply = ask("/arbeid/")
    assert reply.status == "503 Service Unavailable"
    assert b"116117" in reply.body
    assert ask("/oslo/").status == "200 OK"
