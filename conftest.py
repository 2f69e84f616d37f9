"""Fixtures for every room. The database is tests/postgres_plugin.py's."""

from collections.abc import Iterator, Mapping

import pytest
from django.db import connection
from django.test import override_settings
from pytest_django import DjangoDbBlocker

from tests.cast import Player, move_in
from tests.postgres_plugin import databases


@pytest.fixture(scope="session")
def django_db_setup() -> None:
    """Nothing to set up: the worker's clone of the template is there before Django is."""


@pytest.fixture
def committed_db(django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Give a test a database where commits are real; the worker gets a fresh clone afterwards."""
    with django_db_blocker.unblock():
        yield
        connection.close()
    databases.clone()


@pytest.fixture(scope="session", autouse=True)
def quick_passwords() -> Iterator[None]:
    """Hash passwords quickly: Argon2 is slow on purpose."""
    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]):
        yield


@pytest.fixture
def cast(db: None) -> Mapping[str, Player]:
    """Known people with known rights; see tests/cast.py."""
    return move_in()
