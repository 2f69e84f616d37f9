"""With commits that are real: many workers at once, and what a stolen copy of the database tells."""

import os
import threading

import psycopg
from django.db import connection

from samvirke.access.scope import system_scope
from samvirke.incidents.callout import actions, running
from samvirke.incidents.callout.rules import Answer, Function
from samvirke.incidents.callout.tests.conftest import MINUTE, NOW, PEOPLE, team
from samvirke.messaging import delivery
from samvirke.messaging.tests.conftest import make_real
from tests.cast import HALDEN, move_in


def at_once(*acts) -> None:
    errors, ready = [], threading.Barrier(len(acts))

    def worker(act) -> None:
        try:
            ready.wait()
            act()
        except BaseException as error:  # noqa: BLE001
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=worker, args=(act,)) for act in acts]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert errors == []


def test_two_workers_and_three_looks_each_tell_exactly_once(committed_db):
    crew = team(move_in()).everybody()
    callout = crew.begin(Function.DOCTOR)

    def look() -> None:
        for minutes in (5, 10, 15):
            for _ in range(3):
                running.escalate_due(NOW + minutes * MINUTE)

    at_once(look, look)
    assert len(crew.sent("incidents.nobody")) == 4
    assert crew.sent().count(("lege2", "sms")) == 1
    assert set(crew.calls(callout)) == {"lege", "lege2"}


def test_answers_and_the_sweep_at_once_call_the_next_once(committed_db):
    crew = team(move_in()).everybody()
    callout = crew.begin(Function.DOCTOR)
    call, now = crew.calls(callout)["lege"].id, NOW + 5 * MINUTE

    def refuse() -> None:
        scope = system_scope("prøve", HALDEN)
        actions.answer(scope, HALDEN, call, Answer.CANNOT, None, now=now)

    at_once(refuse, refuse, lambda: running.escalate_due(now), lambda: running.escalate_due(now))
    assert crew.sent().count(("lege2", "sms")) == 1


def test_a_worker_that_dies_in_the_middle_has_done_nothing_and_the_next_does_all(committed_db, monkeypatch):
    crew = team(move_in()).everybody()
    crew.begin()
    real, sent = actions.calling._send, []

    def dies(*given, **more):
        sent.append(1)
        if len(sent) == 2:
            raise KeyboardInterrupt
        return real(*given, **more)

    monkeypatch.setattr(actions.calling, "_send", dies)
    try:
        running.escalate_due(NOW + 15 * MINUTE)
    except KeyboardInterrupt:
        connection.close()
    assert crew.sent("incidents.nobody") == []
    monkeypatch.setattr(actions.calling, "_send", real)
    running.escalate_due(NOW + 15 * MINUTE)
    assert len(crew.sent("incidents.nobody")) == 4


def test_a_copy_of_the_database_has_no_phone_no_name_and_no_link(committed_db):
    make_real()
    crew = team(move_in()).everybody()
    drill = crew.happen(exercise=True)
    callout = crew.begin(place="Rådhuset, inngang B")
    crew.begin(incident=drill)
    running.escalate_due(NOW + 15 * MINUTE)
    with psycopg.connect(os.environ["DATABASE_OWNER_URL"]) as own:
        ids = [id_ for (id_,) in own.execute("SELECT id FROM messaging_message WHERE exercise").fetchall()]
    for id_ in ids:
        delivery.deliver(id_, NOW + 15 * MINUTE)
    stored = whole()
    assert str(crew.ids["lege"]) in stored
    assert "ØVELSE" in stored  # the drill's messages are there, without addresses
    tokens = [crew.link(callout, key).split("/")[-2] for key in crew.calls(callout)]
    phones = [phone.replace(" ", "") for _f, _n, phone in PEOPLE.values()]
    for secret in (
        *(name for _f, name, _p in PEOPLE.values()),
        *phones,
        *tokens,
        "Rådhuset",
        "@example.no\\",
    ):
        assert secret not in stored, secret


def whole() -> str:
    """Return every row of every table as the owner's COPY writes it, but reference facts and the accounts."""
    found = []
    with psycopg.connect(os.environ["DATABASE_OWNER_URL"]) as own:
        tables = own.execute(
            "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
        ).fetchall()
        for (table,) in tables:
            if not table.startswith(("reference_", "django_", "accounts_", "account_")):
                with own.cursor().copy(f'COPY "{table}" TO STDOUT') as rows:
                    found += [bytes(row).decode() for row in rows]
    return "".join(found)
