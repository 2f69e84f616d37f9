"""Fixtures for tests that load: a copy of the data files, and the database as its owner."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from django.db import connection

from samvirke.reference.files import DATA


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """Return a folder with the data files that a test may break."""
    return Path(shutil.copytree(DATA, tmp_path / "data"))


@pytest.fixture
def owner_db(committed_db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Connect as the owner, as load-reference does; the application's role comes back afterwards."""
    owner = urlsplit(os.environ["DATABASE_OWNER_URL"])
    connection.close()
    monkeypatch.setitem(connection.settings_dict, "USER", unquote(owner.username or ""))
    monkeypatch.setitem(connection.settings_dict, "PASSWORD", unquote(owner.password or ""))
    yield
    connection.close()
