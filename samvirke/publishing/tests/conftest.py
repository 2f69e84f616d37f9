"""Fixtures of the publishing tests: a page source of our own, and a folder to publish in."""

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import unquote_to_bytes, urlencode
from wsgiref.util import setup_testing_defaults

import pytest
from django.core.wsgi import get_wsgi_application
from django.urls import is_valid_path

from samvirke.kit.hours import OSLO
from samvirke.publishing import assets, build, sources
from samvirke.publishing.front import front
from samvirke.publishing.store import Store
from samvirke.publishing.tests import fake_source

NGINX = shutil.which("nginx", path="/usr/sbin:/usr/bin:/usr/local/sbin:/usr/local/bin")
BROTLI = Path("/usr/lib/nginx/modules/ngx_http_brotli_static_module.so")
# deploy/nginx.conf can be run only where nginx and its brotli module are installed.
collect_ignore = [] if NGINX and BROTLI.exists() else ["test_nginx.py"]
MORNING = datetime(2026, 11, 23, 9, 30, tzinfo=OSLO)


@pytest.fixture
def source(settings: Any) -> Any:
    """The invented municipalities as the only page source."""
    fake_source.reset()
    settings.PAGE_SOURCES = [fake_source.__name__]
    templates = json.loads(json.dumps(settings.TEMPLATES))
    templates[0]["DIRS"] = [str(Path(__file__).parent / "templates")]
    templates[0]["OPTIONS"]["loaders"] = [
        "django.template.loaders.filesystem.Loader",
        "django.template.loaders.app_directories.Loader",
    ]
    settings.TEMPLATES = templates
    return fake_source


@pytest.fixture
def root(tmp_path: Path, settings: Any) -> Path:
    """The folder published into, with one style sheet beside it."""
    settings.PUBLISHED = tmp_path / "published"
    settings.ASSETS = tmp_path / "assets"
    settings.ASSETS.mkdir()
    names = {}
    for name in ("public.css", "public.js", "search.js", "icons.svg", "favicon.svg"):
        stem, _, ending = name.partition(".")
        names[name] = f"{stem}.0123456789.{ending}"
        (settings.ASSETS / names[name]).write_text("p{color:red}" * 50)
    (settings.ASSETS / "manifest.json").write_text(json.dumps(names))
    return settings.PUBLISHED


@pytest.fixture
def publish(source: Any, root: Path, settings: Any) -> Callable[..., list[build.Built]]:
    """Publish everything (or some codes) as at a moment."""

    def act(moment: datetime = MORNING, codes: list[str] | None = None, **options: Any) -> list[build.Built]:
        options.setdefault("processes", 1)
        assets.copy(settings.ASSETS, Store(root), 1_800_000_000.0)
        built = list(build.publish(sources.load(codes), moment, root, **options))
        build.finished(root)
        return built

    return act


@dataclass
class Reply:
    status: str
    headers: dict[str, str]
    body: bytes


@pytest.fixture
def ask(root: Path) -> Callable[..., Reply]:
    """Ask the front as a browser would: method, path, headers, form; one front per test."""
    serving = front(get_wsgi_application(), root, lambda path: bool(is_valid_path(path)))

    def act(path: str, *, method: str = "GET", form: dict[str, str] | None = None, **headers: str) -> Reply:
        sent = urlencode(form or {}).encode()
        environ: dict[str, Any] = {}
        setup_testing_defaults(environ)
        path, _, query = path.partition("?")
        environ |= {
            "REQUEST_METHOD": "POST" if form is not None else method,
            "PATH_INFO": unquote_to_bytes(path).decode("latin-1"),
            "QUERY_STRING": query,
            "HTTP_HOST": "127.0.0.1:8000",
            "REMOTE_ADDR": "127.0.0.1",
            "CONTENT_TYPE": "application/x-www-form-urlencoded",
            "CONTENT_LENGTH": str(len(sent)),
            "wsgi.input": BytesIO(sent),
        }
        environ |= {f"HTTP_{name.upper()}": value for name, value in headers.items()}
        said: list[Any] = []
        body = b"".join(serving(environ, lambda status, fields: said.extend((status, fields))))
        assert len({name for name, _ in said[1]}) == len(said[1]), "a header is sent twice"
        return Reply(said[0], dict(said[1]), body)

    act.front = serving  # type: ignore[attr-defined]
    return act
