"""deploy/nginx.conf read as text: the same headers, types and addresses as the front's. test_nginx.py runs it."""

import re
from pathlib import Path

from samvirke.publishing import front, shelf
from samvirke.ui.headers import STRICT

CONF = (Path(__file__).parents[3] / "deploy" / "nginx.conf").read_text()


def test_the_strict_headers_are_the_same():
    told = dict(re.findall(r'add_header ([\w-]+) "(.*)" always;', CONF))
    assert told == STRICT


def test_the_types_are_the_same():
    block = re.search(r"types \{(.*?)\}", CONF, re.DOTALL)[1]
    told = {f".{ending}": kind for kind, ending in re.findall(r"(\S+)\s+(\w+);", block)}
    assert told == {ending: kind.partition(";")[0] for ending, kind in shelf.TYPES.items()}
    with_charset = {kind.partition(";")[0] for kind in shelf.TYPES.values() if "charset" in kind}
    assert with_charset == {"text/html", *re.search(r"charset_types (.*);", CONF)[1].split()}


def test_what_may_be_kept_is_the_same():
    assert f'"{front.FOREVER}"' in CONF
    assert f'"public, max-age={front.LONGEST_AGE}, must-revalidate"' in CONF


def test_the_traps_are_avoided():
    for line in (
        "tcp_nopush off;",
        "gzip_static on;",
        "brotli_static on;",
        "gzip_vary on;",
        "access_log off;",
    ):
        assert line in CONF
