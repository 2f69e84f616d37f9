"""Writing a message: with the change that causes it, or not at all; ids only; in a scope only."""

from uuid import uuid4

import pytest
from django.db import ProgrammingError, connection, transaction

from samvirke.access.permissions import Need
from samvirke.access.scope import NATIONAL, NotOpened, NotYours, Scope, opened
from samvirke.access.tenancy import ScopeMissing
from samvirke.messaging import actions
from samvirke.messaging.models import Message, Recorded
from samvirke.messaging.tests.conftest import HALDEN, NOW, OSLO, SYSTEM, row, write


def jobs_waiting() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT args->>'message' FROM procrastinate_jobs WHERE task_name = 'messaging.send'")
        return [found for (found,) in cursor.fetchall()]


def in_(*codes: str) -> Scope:
    return Scope(uuid4(), frozenset(codes), frozenset({Need.WORK}))


def test_row_and_job_come_with_the_change(committed_db):
    with transaction.atomic():
        id_ = write()
    assert jobs_waiting() == [str(id_)]
    found = row(id_)
    assert (found.recipient_kind, found.recipient_id, found.template) == ("account", "kari", "test.reminder")
    assert (found.state, found.about, found.language) == ("queued", {"service": 7}, "")


def test_a_rollback_leaves_nothing(committed_db):
    with pytest.raises(ZeroDivisionError), opened(SYSTEM):
        write()
        1 / 0  # noqa: B018
    assert jobs_waiting() == []
    with opened(SYSTEM):
        assert Message.objects.visible_to(SYSTEM).count() == 0


@pytest.mark.parametrize(
    "wrong",
    [
        {"to": ("nobody", "1")},
        {"template": "test.unknown"},
        {"channel": "pigeon"},
        {"to": ("account", "kari.nordmann@example.org")},
        {"to": ("account", "Kari Nordmann")},
        {"to": ("account", "+4741234567")},
        {"to": ("account", "")},
        {"to": ("account", "x" * 65)},
        {"about": {"name": "Kari Nordmann"}},
        {"about": {"email": "kari@example.org"}},
        {"about": {"Æ": 1}},
        {"about": {"text": "to\nlines"}},
    ],
)
def test_what_is_no_id_or_not_known_is_refused(db, wrong):
    given = {
        "to": ("account", "kari"),
        "template": "test.reminder",
        "channel": "email",
        "municipality": HALDEN,
    }
    with pytest.raises((LookupError, ValueError)):
        actions.send(SYSTEM, **{**given, **wrong}, now=NOW)
    assert jobs_waiting() == []


def test_a_message_belongs_to_a_municipality_of_the_scope(db):
    given = {"to": ("account", "kari"), "template": "test.reminder", "channel": "email", "now": NOW}
    actions.send(in_(HALDEN), municipality=HALDEN, **given)
    actions.send(in_(NATIONAL), municipality=None, **given)
    for scope, municipality in (
        (in_(HALDEN), OSLO),
        (in_(HALDEN), None),
        (in_(NATIONAL), HALDEN),
        (in_(), OSLO),
    ):
        with pytest.raises(NotYours):
            actions.send(scope, municipality=municipality, **given)
    assert len(jobs_waiting()) == 2


def test_without_a_scope_there_is_nothing(db):
    write()
    with pytest.raises(ScopeMissing):
        Message.objects.count()
    with pytest.raises(NotOpened):
        Message.objects.visible_to(SYSTEM).count()
    with pytest.raises(ScopeMissing):
        Recorded.objects.exists()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM messaging_message")
        assert cursor.fetchone() == (0,)
        cursor.execute("UPDATE messaging_message SET state = 'sent' RETURNING id")
        assert cursor.fetchall() == []
        cursor.execute("DELETE FROM messaging_message RETURNING id")
        assert cursor.fetchall() == []


def test_another_municipality_is_closed_to_sql_too(db):
    id_ = write(municipality=HALDEN)
    with opened(in_(OSLO)) as scope:
        assert not Message.objects.visible_to(scope).filter(id=id_).exists()
        assert not Message.objects.across_tenants(why="prøve").filter(id=id_).exists()
    with pytest.raises(ProgrammingError, match="row-level security"), opened(in_(OSLO)):
        Message.objects.bulk_create(
            [
                Message(
                    municipality_id=HALDEN,
                    channel="email",
                    created_at=NOW,
                    due_at=NOW,
                    give_up_at=NOW.replace(year=2027),
                )
            ]
        )
