"""deploy/nginx.conf under Debian's nginx says the same as the front, answer by answer.

Collected where the packages nginx and libnginx-mod-http-brotli-static are; test_deploy.py reads the file everywhere.
"""

import http.client
import socket
import subprocess
import threading
import time
from pathlib import Path
from urllib.parse import urlencode
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest

from samvirke.publishing.tests.conftest import BROTLI, NGINX
from samvirke.ui.headers import STRICT

CONF = Path(__file__).parents[3] / "deploy" / "nginx.conf"
SAME = {
    *STRICT, "Content-Type", "Content-Encoding", "Content-Length", "Vary", "Cache-Control", "Location",
    "Access-Control-Allow-Origin", "Last-Modified",
}  # fmt: skip


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Quiet(WSGIRequestHandler):
    def log_message(self, *_):
        pass


@pytest.fixture
def nginx(publish, ask, root, tmp_path):
    """The web server nginx over the published pages, with the front as the application behind it."""
    publish()
    behind = make_server("127.0.0.1", 0, ask.front, handler_class=Quiet)
    threading.Thread(target=behind.serve_forever, daemon=True).start()
    port = free_port()
    site = CONF.read_text().replace("127.0.0.1:8080", f"127.0.0.1:{port}")
    site = site.replace("127.0.0.1:8000", f"127.0.0.1:{behind.server_port}")
    site = site.replace("/var/lib/samvirke/published/www", str(root / "www"))
    (tmp_path / "site.conf").write_text(site)
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    paths = " ".join(f"{kind}_temp_path {tmp_path}/{kind};" for kind in kinds)
    user = "user root;" if Path("/proc/self").stat().st_uid == 0 else ""
    (tmp_path / "nginx.conf").write_text(
        f"load_module {BROTLI}; {user} daemon off; master_process off; pid {tmp_path}/pid;\n"
        f"error_log {tmp_path}/error.log; events {{}}\n"
        f"http {{ {paths} include {tmp_path}/site.conf; }}\n"
    )
    process = subprocess.Popen([NGINX, "-c", tmp_path / "nginx.conf", "-e", tmp_path / "error.log"])
    for _ in range(200):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                break
        time.sleep(0.05)
    yield port, behind
    process.terminate()
    process.wait(10)
    behind.shutdown()
    behind.server_close()


def fetch(port, path, method="GET", form=None, **headers):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    if form is not None:
        method, sent["Content-Type"] = "POST", "application/x-www-form-urlencoded"
    connection.putrequest(method, path, skip_accept_encoding=True)
    body = urlencode(form).encode() if form is not None else b""
    for name, value in {**sent, **({"Content-Length": str(len(body))} if form is not None else {})}.items():
        connection.putheader(name, value)
    connection.endheaders(body or None)
    answer = connection.getresponse()
    result = answer.status, answer.headers, answer.read()
    connection.close()
    return result


PATHS = [
    "/", "/oslo/", "/oslo/en/", "/oslo/sok.json", "/oslo/innebygd.html", "/oslo/plakat.pdf", "/steder.json",
    "/om-siden/", "/_assets/public.0123456789.css", "/_assets/search.0123456789.js", "/sitemap.xml", "/robots.txt",
    "/oslo/sider.xml", "/oslo", "/om-siden", "/oslo/om-siden?a=1", "/finnes-ikke/", "/oslo/finnes-ikke", "/_national/",
    "/_national/index.html", "/.hidden", "/503.html", "/helse/",
]  # fmt: skip


def test_it_says_what_the_front_says(nginx, ask):
    port, _ = nginx
    for path in PATHS:
        for accepted in ("br, gzip", "gzip", ""):
            mine = ask(path, accept_encoding=accepted)
            status, headers, body = fetch(port, path, accept_encoding=accepted)
            assert status == int(mine.status[:3]), path
            if status == 301:
                assert headers["Location"] == mine.headers["Location"]
                continue
            for name in SAME:
                assert headers.get_all(name) == ([mine.headers[name]] if name in mine.headers else None), (
                    path,
                    name,
                )
            assert body == mine.body, path


def test_what_has_not_changed_is_not_sent_again(nginx):
    port, _ = nginx
    tags = set()
    for accepted in ("br", "gzip", ""):
        _, headers, _ = fetch(port, "/oslo/", accept_encoding=accepted)
        tags.add(headers["ETag"])
        status, again, body = fetch(port, "/oslo/", accept_encoding=accepted, if_none_match=headers["ETag"])
        assert (status, body) == (304, b"")
        assert again["Cache-Control"] == headers["Cache-Control"]
    assert len(tags) == 3
    assert not any(tag.startswith("W/") for tag in tags)


def test_two_editions_of_one_length_within_a_second_have_different_etags(nginx, publish, source):
    port, _ = nginx
    _, first, _ = fetch(port, "/oslo/")
    source.FACTS["0301"] = "+4700000009"
    publish()
    _, second, body = fetch(port, "/oslo/")
    assert b"+4700000009" in body
    assert first["Content-Length"] == second["Content-Length"]
    assert first["ETag"] != second["ETag"]


def test_forms_reach_the_application_and_pages_do_not(nginx, ask):
    port, _ = nginx
    status, headers, body = fetch(port, "/sok/", form={"q": "kriseteam", "kommune": "oslo", "sprak": "nb"})
    assert (status, headers["Cache-Control"]) == (200, "no-store")
    assert b"Kriseteamet" in body
    assert len(headers.get_all("Content-Security-Policy")) == 1
    assert fetch(port, "/oslo/", form={"a": "b"})[0] == 405


def test_when_the_application_is_gone_pages_stand_and_forms_tell_the_numbers(nginx):
    port, behind = nginx
    behind.shutdown()
    behind.server_close()
    assert fetch(port, "/oslo/")[0] == 200
    status, headers, body = fetch(port, "/sok/", form={"q": "hjelp"})
    assert (status, headers["Cache-Control"]) == (503, "no-store")
    assert b"116117" in body
