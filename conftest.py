"""Fixtures for every room. The database is tests/postgres_plugin.py's."""

from collections.abc import Iterator

import pytest
from django.db import connection
from pytest_django import DjangoDbBlocker

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
