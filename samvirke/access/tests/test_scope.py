"""Without a scope there is nothing; with one there is one's own and no more, in Python and in the database."""

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError

from samvirke.access import readiness
from samvirke.access.models import Journal, Readiness
from samvirke.access.scope import (
    NATIONAL,
    Denied,
    NotOpened,
    NotYours,
    Scope,
    current,
    opened,
    own_scope,
    system_scope,
)
from samvirke.access.tenancy import ScopeMissing
from samvirke.access.tests.conftest import HALDEN, KARI, NOW, OSLO, in_

pytestmark = pytest.mark.django_db


def recorded(code: str) -> None:
    readiness.record(in_(code), code, "dpia", "2026/1", NOW.date(), now=NOW)


def rows(table: str = "access_readiness") -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT municipality_id FROM {table} ORDER BY 1")
        return [row[0] for row in cursor.fetchall()]


async def first_of(rows: AsyncIterator[Any]) -> Any:
    return await anext(rows)


CLOSED: list[Callable[[], Any]] = [
    lambda: list(Readiness.objects.all()),
    lambda: Readiness.objects.all()[0],
    lambda: Readiness.objects.all()[:1].get(),
    lambda: Readiness.objects.first(),
    lambda: Readiness.objects.last(),
    lambda: Readiness.objects.latest("recorded_at"),
    lambda: Readiness.objects.get(document="dpia"),
    lambda: Readiness.objects.get_or_create(document="dpia"),
    lambda: Readiness.objects.update_or_create(document="dpia"),
    lambda: Readiness.objects.count(),
    lambda: Readiness.objects.exists(),
    lambda: len(Readiness.objects.all()),
    lambda: bool(Readiness.objects.all()),
    lambda: Readiness() in Readiness.objects.all(),
    lambda: Readiness.objects.contains(Readiness(pk=1)),
    lambda: Readiness.objects.aggregate(),
    lambda: Readiness.objects.in_bulk(),
    lambda: list(Readiness.objects.iterator()),
    lambda: list(Readiness.objects.values("document")),
    lambda: list(Readiness.objects.values_list("document", flat=True)),
    lambda: list(Readiness.objects.dates("decided", "year")),
    lambda: list(Readiness.objects.only("document")),
    lambda: list(Readiness.objects.filter(document="dpia").order_by("document").distinct()),
    lambda: Readiness.objects.update(reference="x"),
    lambda: Readiness.objects.all().delete(),
    lambda: Readiness.objects.all()._raw_delete("default"),
    lambda: Readiness.objects.raw("SELECT * FROM access_readiness"),
    lambda: Readiness.objects.explain(),
    lambda: Readiness.objects.bulk_update([Readiness(pk=1)], ["reference"]),
    lambda: Readiness.objects.all() | Readiness.objects.all(),
    lambda: Readiness.objects.all() & Readiness.objects.all(),
    lambda: Readiness.objects.union(Readiness.objects.all()),
    lambda: repr(Readiness.objects.all()),
    lambda: asyncio.run(first_of(Readiness.objects.aiterator())),
]


@pytest.mark.parametrize("way", range(len(CLOSED)))
def test_every_way_out_of_a_closed_table_is_refused(way):
    with opened(in_(HALDEN)), pytest.raises(ScopeMissing):
        CLOSED[way]()


def test_a_closed_set_cannot_hide_in_an_open_one():
    with opened(in_(HALDEN)) as scope:
        mine = Readiness.objects.visible_to(scope)
        for meet in (lambda: mine | Readiness.objects.all(), lambda: mine.union(Readiness.objects.all())):
            with pytest.raises(ScopeMissing):
                meet()


def test_rows_are_asked_for_inside_an_opened_scope_only():
    with pytest.raises(NotOpened):
        Readiness.objects.visible_to(in_(HALDEN))
    with opened(in_(HALDEN)), pytest.raises(NotOpened):
        Readiness.objects.visible_to(in_(OSLO))


def test_one_sees_ones_own_and_not_the_neighbours():
    recorded(HALDEN)
    recorded(OSLO)
    with opened(in_(HALDEN)) as scope:
        assert [row.municipality_id for row in Readiness.objects.visible_to(scope)] == [HALDEN]
        assert rows() == [HALDEN]
    with opened(Scope(KARI, frozenset({HALDEN, OSLO}), frozenset())):
        assert rows() == [OSLO, HALDEN]
    with opened(system_scope("prøve")):
        assert rows() == [OSLO, HALDEN]


@pytest.mark.parametrize("table", ["access_readiness", "access_journal", "access_accesslog"])
def test_sql_without_a_scope_returns_nothing(table):
    recorded(HALDEN)
    assert rows(table) == []


def test_the_database_refuses_rows_of_another_municipality():
    recorded(OSLO)
    with opened(in_(HALDEN)) as scope:
        stolen = Readiness(
            municipality_id=OSLO, document="legal-basis", reference="x", decided=NOW.date(), recorded_at=NOW
        )
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            Readiness.objects.bulk_create([stolen])
        with connection.cursor() as cursor:
            cursor.execute("UPDATE access_readiness SET reference = 'x'")
            assert cursor.rowcount == 0
            cursor.execute("DELETE FROM access_readiness")
            assert cursor.rowcount == 0
        assert not Readiness.objects.visible_to(scope).exists()


def test_what_counted_before_counts_again_after_a_nested_scope():
    recorded(HALDEN)
    with opened(in_(OSLO)) as outer:
        with opened(in_(HALDEN)):
            assert rows() == [HALDEN]
        assert rows() == []
        assert current() is outer
        with pytest.raises(ZeroDivisionError), opened(in_(HALDEN)):
            1 / 0
        assert rows() == []
    assert rows() == []
    assert current() is None


@pytest.mark.parametrize("odd", ["", "*x", "3101,0301", "x'); DROP TABLE access_journal; --", "national"])
def test_odd_municipality_codes_open_nothing(odd):
    recorded(HALDEN)
    with opened(Scope(KARI, frozenset({odd}), frozenset())):
        assert HALDEN not in rows() or odd == "3101,0301"


def test_an_act_needs_its_permission_and_its_municipality():
    with pytest.raises(Denied):
        readiness.record(
            Scope(KARI, frozenset({HALDEN}), frozenset()), HALDEN, "dpia", "1", NOW.date(), now=NOW
        )
    with pytest.raises(NotYours):
        readiness.record(in_(OSLO), HALDEN, "dpia", "1", NOW.date(), now=NOW)
    with opened(system_scope("prøve")):
        assert rows() == []
        assert Journal.objects.visible_to(system_scope("prøve")).count() == 0


def test_an_act_writes_its_journal_row():
    recorded(HALDEN)
    with opened(in_(HALDEN)) as scope:
        (row,) = Journal.objects.visible_to(scope)
        assert (row.code, row.account, row.municipality_id, row.target, row.at) == (
            "access.readiness.recorded", KARI, HALDEN, "dpia", NOW,
        )  # fmt: skip
        assert row.payload["fields"]["reference"] == [None, "2026/1"]


@pytest.mark.parametrize("statement", ["UPDATE access_journal SET code = 'x'", "DELETE FROM access_journal"])
def test_the_application_can_neither_change_nor_delete_what_is_logged(statement):
    recorded(HALDEN)
    with opened(system_scope("prøve")), connection.cursor() as cursor:
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            cursor.execute(statement)


def test_nobody_writes_the_journal_in_anothers_name():
    with opened(own_scope(KARI)), connection.cursor() as cursor:
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            cursor.execute(
                "INSERT INTO access_journal (id, at, account, code, target, digest) VALUES "
                "(gen_random_uuid(), now(), gen_random_uuid(), 'x', '', '')"
            )


def test_shared_rows_need_the_national_scope():
    scope = Scope(KARI, frozenset({NATIONAL}), frozenset())
    assert scope.sees(None)
    assert not scope.sees(HALDEN)
    assert not in_(HALDEN).sees(None)
    assert system_scope("prøve").sees(None)


@pytest.mark.parametrize(
    "statement", ["UPDATE access_installation SET kind = 'real'", "DELETE FROM access_installation"]
)
def test_the_application_cannot_change_what_the_installation_is(statement):
    with connection.cursor() as cursor:
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            cursor.execute(statement)
