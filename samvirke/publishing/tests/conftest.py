"""Fixtures of the publishing tests: a page source of our own, and a folder to publish in."""

import json
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.template import engines

from samvirke.publishing import assets, build, sources
from samvirke.publishing.store import Store
from samvirke.publishing.tests import fake_source

OSLO = sources.OSLO
MORNING = datetime(2026, 11, 23, 9, 30, tzinfo=OSLO)


@pytest.fixture
def source(settings: Any) -> Iterator[Any]:
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
    yield fake_source
    engines._templates = None


@pytest.fixture
def root(tmp_path: Path, settings: Any) -> Path:
    """The folder published into, with one style sheet beside it."""
    settings.PUBLISHED = tmp_path / "published"
    settings.ASSETS = tmp_path / "assets"
    settings.ASSETS.mkdir()
    (settings.ASSETS / "public.0123456789.css").write_text("p{color:red}" * 50)
    (settings.ASSETS / "manifest.json").write_text('{"public.css": "public.0123456789.css"}')
    return settings.PUBLISHED


@pytest.fixture
def publish(source: Any, root: Path, settings: Any) -> Callable[..., list[build.Built]]:
    """Publish everything (or some codes) as at a moment."""

    def act(moment: datetime = MORNING, codes: list[str] | None = None, **options: Any) -> list[build.Built]:
        options.setdefault("processes", 1)
        options.setdefault("loaded", moment)
        assets.copy(settings.ASSETS, Store(root), 1_800_000_000.0)
        built = list(build.publish(sources.load(codes), moment, root, **options))
        build.finished(root)
        return built

    return act
