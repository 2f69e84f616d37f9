"""What is sent with a form: read whole before Django is asked, and never so that it holds up the pages."""

import threading
from io import BytesIO

import pytest
from django.core.wsgi import get_wsgi_application

from samvirke.publishing import bodies
from samvirke.publishing.front import Encodings, front


class Slow:
    """A visitor who sends the beginning of a form and then nothing, until `gone`."""

    def __init__(self) -> None:
        self.asked, self.gone = threading.Event(), threading.Event()
        self.reader = ""

    def read(self, _size: int) -> bytes:
        self.reader = threading.current_thread().name
        self.asked.set()
        self.gone.wait(30)
        return b"q=a"

    readline = read


def call(serving, source, length="100"):
    said = []
    environ = {
        "REQUEST_METHOD": "POST", "PATH_INFO": "/sok/", "QUERY_STRING": "", "HTTP_HOST": "127.0.0.1:8000",
        "SERVER_NAME": "127.0.0.1", "SERVER_PORT": "8000", "wsgi.url_scheme": "http", "REMOTE_ADDR": "127.0.0.1",
        "CONTENT_TYPE": "application/x-www-form-urlencoded", "CONTENT_LENGTH": length, "wsgi.input": source,
    }  # fmt: skip
    body = b"".join(serving(environ, lambda status, fields: said.extend((status, dict(fields)))))
    return said[0], said[1], body


def serve(root):
    return front(get_wsgi_application(), root, lambda path: path == "/sok/")


def test_a_slow_form_is_never_read_by_a_thread_that_is_left(root, publish):
    """Granian stands still when an answer is given while another thread reads what is sent."""
    publish()
    serving, slow = serve(root), Slow()
    slow.gone.set()
    call(serving, slow)
    assert slow.reader
    assert not slow.reader.startswith("django")


def test_slow_forms_take_a_few_places_and_the_next_is_told_the_numbers(root, publish):
    publish()
    serving, slow = serve(root), [Slow() for _ in range(bodies.READING)]
    threads = [threading.Thread(target=call, args=(serving, one)) for one in slow]
    for thread, one in zip(threads, slow, strict=True):
        thread.start()
        assert one.asked.wait(10)
    status, _headers, body = call(serving, BytesIO(b"q=angst"), "7")
    assert status.startswith("503")
    assert b"116117" in body
    for one in slow:
        one.gone.set()
    for thread in threads:
        thread.join(10)
    assert call(serving, BytesIO(b"q=angst&kommune=oslo"), "20")[0].startswith("200")


@pytest.mark.parametrize(
    ("length", "sent", "status"),
    [
        ("5000000", b"q=a", "413"),
        ("100", b"q=a", "400"),
        ("-1", b"q=a", "400"),
        ("x", b"q=a", "400"),
        ("\u00b2", b"q=a", "400"),
    ],
)
def test_what_cannot_be_a_form(length, sent, status, root, publish):
    publish()
    found, headers, body = call(serve(root), BytesIO(sent), length)
    assert found[:3] == status
    assert headers["Cache-Control"] == "no-store"
    assert b"116117" in body


def test_what_django_cannot_read_is_told_the_numbers(root, publish):
    publish()
    form = b"&".join(b"a%d=1" % number for number in range(3000))
    status, headers, body = call(serve(root), BytesIO(form), str(len(form)))
    assert status[:3] == "400"
    assert b"116117" in body
    assert "Content-Security-Policy" in headers
    assert headers["Cache-Control"] == "no-store"


def test_long_headers_are_not_remembered():
    encodings = Encodings()
    assert encodings["br, " + "x" * 5000] == "br"
    assert encodings["br, gzip"] == "br"
    assert list(encodings) == ["br, gzip"]
