"""Many report and many write at the same time: references and numbers have neither gaps nor twins."""

import threading
from collections.abc import Callable

from django.db import connection

from samvirke.access.scope import opened, system_scope
from samvirke.incidents import actions
from samvirke.incidents.models import Entry, Incident
from samvirke.incidents.tests.conftest import HALDEN, NOW, TOLD
from tests.cast import move_in

SYSTEM = system_scope("prøve")


def at_once(act: Callable[[], object], times: int = 8) -> list[BaseException]:
    """Let several threads do an act at the same moment; return what went wrong."""
    start, errors = threading.Barrier(times), []

    def one() -> None:
        try:
            start.wait()
            for _ in range(3):
                act()
        except BaseException as error:  # noqa: BLE001
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=one) for _ in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return errors


def test_references_and_entries_are_counted_without_gaps(committed_db: None) -> None:  # noqa: ARG001
    leader = move_in()["team-leader"].scope(HALDEN)
    assert at_once(lambda: actions.report(leader, HALDEN, TOLD, now=NOW)) == []
    with opened(SYSTEM) as scope:
        rows = list(Incident.objects.visible_to(scope).order_by("reference"))
    assert [row.reference[-2:] for row in rows] == [f"{number:02}" for number in range(1, 25)]
    incident = rows[0].id
    assert at_once(lambda: actions.write(leader, incident, "information", "Framme", now=NOW)) == []
    with opened(SYSTEM) as scope:
        found = Entry.objects.visible_to(scope).filter(incident=incident).order_by("number")
        assert list(found.values_list("number", flat=True)) == list(range(1, 26))


def test_a_decision_is_made_once(committed_db: None) -> None:  # noqa: ARG001
    leader = move_in()["team-leader"].scope(HALDEN)
    incident = actions.report(leader, HALDEN, TOLD, now=NOW).incident
    assert incident
    errors = at_once(lambda: actions.decide(leader, incident, "yes", now=NOW))
    assert len(errors) == 8, "one thread decides once; its second try and all others are told so"
