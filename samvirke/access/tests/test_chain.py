"""The logs' hash chain: whoever changes, removes or slips in a row is found out.

Sealing waits for every older transaction of the server, other databases' too, so these tests run alone (second tier).
"""

import json
import os
import threading
import time
import uuid
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from urllib.parse import unquote, urlsplit

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from samvirke.access import chain, queries, readiness, rules
from samvirke.access.log import note_read
from samvirke.access.models import LOGS, Link
from samvirke.access.scope import opened, system_scope
from samvirke.access.tests.conftest import HALDEN, NOW, in_

DOCUMENTS = ("dpia", "legal-basis", "processor-agreement")


pytestmark = pytest.mark.slow


def sealed(anchors: Path, at_most: int = 5000) -> int:
    """Seal until nothing is left. The server's own maintenance may hold a row back for a moment."""
    done = 0
    for _ in range(200):
        done += chain.seal_rows(NOW, anchors, at_most=at_most)
        with opened(system_scope("prøve")):
            left = any(queries.tail(name)[1] for name in LOGS)
        if not left:
            break
        time.sleep(0.05)
    return done


def as_owner(statement: str) -> None:
    with psycopg.connect(os.environ["DATABASE_OWNER_URL"], autocommit=True) as own:
        own.execute(statement)


@pytest.fixture
def anchors(committed_db: None, settings, tmp_path: Path) -> Path:
    """Three acts and one read, sealed two at a time; the folder of their anchors."""
    settings.ANCHORS = tmp_path / "anchors"
    for document in DOCUMENTS:
        readiness.record(in_(HALDEN), HALDEN, document, "2026/1", NOW.date(), now=NOW)
    with opened(in_(HALDEN)) as scope:
        note_read(scope, HALDEN, "followup.person", ["1", "2"], why="prøve", now=NOW)
    sealed(settings.ANCHORS, at_most=2)
    return settings.ANCHORS


@pytest.fixture
def owner(anchors: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Connect as the owner, as the command line does for access-log."""
    found = urlsplit(os.environ["DATABASE_OWNER_URL"])
    connection.close()
    monkeypatch.setitem(connection.settings_dict, "USER", unquote(found.username or ""))
    monkeypatch.setitem(connection.settings_dict, "PASSWORD", unquote(found.password or ""))
    yield
    connection.close()


def verified(code: int = 0) -> dict[str, object]:
    out = StringIO()
    if code:
        with pytest.raises(SystemExit) as stopped:
            call_command("access_log", "verify", json=True, stdout=out)
        assert stopped.value.code == code
    else:
        call_command("access_log", "verify", json=True, stdout=out)
    return json.loads(out.getvalue())


def test_an_untouched_chain_holds(owner):
    assert verified() == {"entries": 4, "unsealed": 0, "erased": 0, "broken": []}


def test_rows_that_are_not_sealed_yet_are_counted(owner):
    readiness.record(in_(HALDEN), HALDEN, "dpia", "2026/2", NOW.date(), now=NOW)
    assert verified()["unsealed"] == 1


TAMPERED = {
    "a changed code": "UPDATE access_journal SET code = 'x' WHERE target = 'dpia'",
    "another person": "UPDATE access_journal SET account = gen_random_uuid() WHERE target = 'dpia'",
    "another time": "UPDATE access_journal SET at = at - interval '1 day' WHERE target = 'dpia'",
    "another place": "UPDATE access_journal SET municipality_id = '0301' WHERE target = 'dpia'",
    "a changed payload": """UPDATE access_journal SET payload = '{"fields": {}}' WHERE target = 'dpia'""",
    "a new digest": "UPDATE access_journal SET digest = sha256('x') WHERE target = 'dpia'",
    "a row removed": "DELETE FROM access_journal WHERE target = 'dpia'",
    "a read removed": "DELETE FROM access_accesslog",
    "a row and its link removed": "WITH gone AS (DELETE FROM access_journal WHERE target = 'legal-basis' RETURNING id) "
    "DELETE FROM access_link WHERE row IN (SELECT id FROM gone)",
    "the end cut off": "WITH gone AS (DELETE FROM access_accesslog RETURNING id) "
    "DELETE FROM access_link WHERE row IN (SELECT id FROM gone)",
    "everything removed": "DELETE FROM access_link; DELETE FROM access_journal; DELETE FROM access_accesslog",
}


@pytest.mark.parametrize("how", TAMPERED)
def test_tampering_is_found(owner, how):
    as_owner(TAMPERED[how])
    assert verified(code=1)["broken"]


def test_a_chain_made_anew_does_not_fit_the_anchors(owner, anchors):
    as_owner("DELETE FROM access_link; UPDATE access_journal SET code = 'x' WHERE target = 'dpia'")
    sealed(anchors.parent / "elsewhere")
    assert any("anker" in one for one in verified(code=1)["broken"])


def test_erased_content_leaves_the_chain_whole(owner):
    as_owner("UPDATE access_accesslog SET payload = NULL, salt = NULL")
    assert verified() == {"entries": 4, "unsealed": 0, "erased": 1, "broken": []}


def test_a_role_that_does_not_see_everything_is_told_so(anchors):
    with pytest.raises(CommandError, match="eier av databasen") as refused:
        call_command("access_log", "verify")
    assert refused.value.returncode == 2


def test_a_row_of_an_older_transaction_is_waited_for(anchors):
    """The older transaction commits after a newer row is there: sealing must not pass it."""
    older = psycopg.connect(os.environ["DATABASE_URL"])
    older.execute("SELECT set_config('samvirke.scope', '3101', true)")
    older.execute(
        "INSERT INTO access_journal (id, at, code, target, digest, payload, salt, municipality_id) VALUES "
        "(%s, now(), 'older', '', %s, '{}', %s, '3101')",
        [uuid.uuid4(), rules.START, b"salt"],
    )
    before = Link.objects.count()
    readiness.record(in_(HALDEN), HALDEN, "dpia", "2026/3", NOW.date(), now=NOW)
    assert chain.seal_rows(NOW, anchors) == 0
    older.commit()
    older.close()
    assert sealed(anchors) == 2
    assert Link.objects.count() == before + 2


def test_two_sealers_give_every_row_one_link(anchors):
    for number in range(20):
        readiness.record(in_(HALDEN), HALDEN, "dpia", f"2026/{number}", NOW.date(), now=NOW)

    def seal() -> None:
        try:
            while chain.seal_rows(NOW, anchors, at_most=3):
                pass
        finally:
            connection.close()

    threads = [threading.Thread(target=seal) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    sealed(anchors)
    numbers = list(Link.objects.filter(log="journal").order_by("number").values_list("number", flat=True))
    assert numbers == list(range(1, 24))


def test_what_is_rolled_back_leaves_no_row(db):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        readiness.record(in_(HALDEN), HALDEN, "dpia", "2026/1", NOW.date(), now=NOW)
        1 / 0
    with opened(in_(HALDEN)), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM access_journal")
        assert cursor.fetchone() == (0,)


parts = st.lists(st.one_of(st.none(), st.text(), st.binary(), st.integers(), st.uuids()), max_size=5)


@given(parts, parts)
def test_different_parts_give_different_links(one, other):
    same = [part if isinstance(part, bytes) else part and str(part) for part in one] == [
        part if isinstance(part, bytes) else part and str(part) for part in other
    ]
    if not same:
        assert rules.link(rules.START, 1, one) != rules.link(rules.START, 1, other)
    assert rules.link(rules.START, 1, one) != rules.link(rules.START, 2, one)
