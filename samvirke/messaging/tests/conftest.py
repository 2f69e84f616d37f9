"""What the messaging tests share: a real installation, its people, a mail server, a gateway."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import psycopg
import pytest
from django.db import connection
from pytest_django import DjangoDbBlocker

from samvirke.access.scope import opened, system_scope
from samvirke.messaging import actions, delivery
from samvirke.messaging.models import Message, Recorded
from samvirke.messaging.tests import people
from samvirke.messaging.tests.standins import Gateway, Post, answering, serving
from tests.postgres_plugin import databases

NOW = datetime(2026, 11, 20, 11, 0, tzinfo=UTC)
HALDEN, OSLO, EKSEMPEL = "3101", "0301", "9999"
SYSTEM = system_scope("prøve")


def as_owner(*statements: str) -> None:
    with psycopg.connect(os.environ["DATABASE_OWNER_URL"], autocommit=True) as own:
        for statement in statements:
            own.execute(statement)


def make_real() -> None:
    """Make this clone of the tests' database a real installation, past the triggers that would refuse it."""
    as_owner(
        "ALTER TABLE access_installation DISABLE TRIGGER USER",
        "UPDATE access_installation SET kind = 'real'",
        "ALTER TABLE access_installation ENABLE TRIGGER USER",
    )


def write(
    to: str = "kari", channel: str = "email", municipality: str | None = HALDEN, now: datetime = NOW
) -> UUID:
    return actions.send(
        SYSTEM,
        to=("account", to),
        template="test.reminder",
        channel=channel,
        about={"service": 7},
        municipality=municipality,
        now=now,
    )


def row(id_: UUID) -> Message:
    with opened(SYSTEM):
        return Message.objects.visible_to(SYSTEM).get(id=id_)


def change(id_: UUID, **values: Any) -> None:
    with opened(SYSTEM):
        assert Message.objects.visible_to(SYSTEM).filter(id=id_).update(**values) == 1


def recorded() -> list[Recorded]:
    with opened(SYSTEM):
        return list(Recorded.objects.visible_to(SYSTEM).order_by("at"))


def delivered(to: str = "kari", channel: str = "email", now: datetime = NOW, **more: Any) -> Message:
    id_ = write(to, channel, now=now, **more)
    delivery.deliver(id_, now)
    return row(id_)


@pytest.fixture(autouse=True)
def _our_people(settings: Any) -> Iterator[None]:
    settings.MESSAGE_RECIPIENTS = {"account": "samvirke.messaging.tests.people.worker"}
    settings.MESSAGE_TEMPLATES = {"test.reminder": "samvirke.messaging.tests.people.reminder"}
    settings.DEFAULT_FROM_EMAIL = "Samvirke i Ås <ikke-svar@samvirke.example.org>"
    yield
    people.SAID.clear()
    people.ASKED.clear()


def make_eksempel() -> None:
    """Add the invented municipality, as the demonstration does."""
    as_owner(
        "INSERT INTO reference_municipality SELECT (jsonb_populate_record(m, jsonb_build_object('code', '9999', "
        "'name_unique', 'Eksempel', 'slug', 'eksempel', 'invented', true, 'county_id', null))).* "
        "FROM reference_municipality m WHERE code = '3101'"
    )


@contextmanager
def changed_clone(blocker: DjangoDbBlocker, change: Callable[[], None]) -> Iterator[None]:
    """Change the clone for a whole file of tests; the next file gets a fresh one."""
    change()
    yield
    with blocker.unblock():
        connection.close()
    databases.clone()


@pytest.fixture(scope="module")
def real_clone(django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """A real installation for a whole file of tests."""
    with changed_clone(django_db_blocker, make_real):
        yield


@pytest.fixture(scope="module")
def demo_clone(django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """A demonstration with its invented municipality for a whole file of tests."""
    with changed_clone(django_db_blocker, make_eksempel):
        yield


@pytest.fixture
def real(real_clone: None, db: None) -> None:
    """A real installation; what the test writes is rolled back."""


@pytest.fixture
def committed_real(committed_db: None) -> None:
    """A real installation whose commits are real, for tests with several connections."""
    make_real()


@pytest.fixture
def post(real: None, settings: Any) -> Iterator[Post]:
    """A mail server that the settings name."""
    with serving(Post()) as one:
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TLS = "127.0.0.1", one.port, "none"
        yield one


@pytest.fixture
def gateway(real: None, settings: Any) -> Iterator[Gateway]:
    """An SMS gateway that the settings name."""
    with answering(Gateway()) as one:
        settings.SMS_URL = f"http://127.0.0.1:{one.port}/"
        settings.SMS_USER, settings.SMS_PASSWORD = "bruker", "pass:ord"
        settings.SMS_PLATFORM, settings.SMS_PARTNER, settings.SMS_SENDER = "COMMON_API", "12345", "Halden"
        yield one
