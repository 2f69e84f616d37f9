"""How long confirmations count: a municipality's own number of days, and fewer for a while. All follows at once."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import DatabaseError, connection

from samvirke.access.models import Journal
from samvirke.access.scope import Denied, NotYours, opened
from samvirke.catalogue import actions, pages, queries, queries_verification, reminding, sites
from samvirke.catalogue.models import Joined, Reminder, Shortening
from samvirke.catalogue.tests.conftest import HALDEN, NOW, SYSTEM, every, whole
from samvirke.kit.errors import BadInput
from tests.cast import CAST, OSLO, move_in

MANAGER = CAST["administrator"].scope(HALDEN)
WHY = "Mange har spurt etter kriseteamet."
NEIGHBOUR = "3105"  # Sarpsborg


@pytest.fixture
def service(halden: str) -> UUID:
    """A service confirmed at NOW; Eli answers for it."""
    move_in()
    actions.set_default_verifier(MANAGER, HALDEN, CAST["editor"].id, now=NOW)
    return actions.create_service(SYSTEM, HALDEN, whole(), now=NOW, confirmed_by="Redaktøren").service


def day(number: float) -> Any:
    return NOW + timedelta(days=number)


def shorten(days: int = 14, at: float = 30, until: float = 60, reason: str = WHY) -> UUID:
    done = actions.shorten_verification(MANAGER, HALDEN, days, until=day(until), reason=reason, now=day(at))
    return UUID(str(done.target))


def states(number: float, code: str = HALDEN) -> set[str]:
    """Return the states of the service's pieces on a public page, on a day."""
    (site,) = pages.load([code])
    return {state for one in sites.at(site, day(number)).services for state in one.states.values()}


def overdue(number: float) -> int:
    with opened(MANAGER):
        return queries_verification.due_counts(MANAGER, HALDEN, day(number)).overdue


def builds(code: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM procrastinate_jobs"
            " WHERE task_name = 'publishing.build' AND args->>'municipality' = %s",
            [code],
        )
        return int(cursor.fetchone()[0])


def rounds() -> list[str]:
    return sorted({row.round for row in every(Reminder)})


def test_everything_is_due_at_once_and_as_before_when_it_is_over(service):
    assert (states(30), overdue(30)) == ({"present"}, 0)
    before = builds(HALDEN)
    shorten(14, at=30, until=60)
    assert builds(HALDEN) > before
    assert (states(30), overdue(30)) == ({"overdue"}, 7)
    assert queries.completeness([HALDEN], day(30))[HALDEN].score == 0
    assert (states(61), overdue(60)) == ({"present"}, 0)


def test_reminders_follow_and_the_owner_gets_a_week_before_the_approvers_hear(service):
    shorten(14, at=30, until=60)
    reminding.remind(day(30))
    assert rounds() == ["due"]
    reminding.remind(day(36))
    assert rounds() == ["due"]
    reminding.remind(day(37))
    assert rounds() == ["due", "late"]


def test_it_can_be_ended_before_its_time(service):
    shortening = shorten()
    before = builds(HALDEN)
    actions.end_shortening(MANAGER, shortening, now=day(31))
    assert builds(HALDEN) > before
    assert (states(31), overdue(31)) == ({"present"}, 0)
    with pytest.raises(BadInput, match="allerede over"):
        actions.end_shortening(MANAGER, shortening, now=day(32))
    row = every(Shortening)[0]
    assert (row.ended_at, row.ended_by, row.reason) == (day(31), CAST["administrator"].id, WHY)


def test_of_several_the_fewest_days_count(service):
    shorten(60, at=10, until=100)
    shortest = shorten(14, at=30, until=60)
    assert states(30) == {"overdue"}
    actions.end_shortening(MANAGER, shortest, now=day(40))
    assert (states(40), states(61)) == ({"present"}, {"overdue"})


def test_what_is_confirmed_meanwhile_counts_its_full_time_afterwards(service):
    shorten(14, at=30, until=60)
    actions.confirm(SYSTEM, service, "Redaktøren", now=day(30))
    assert (states(31), states(46)) == ({"present"}, {"overdue"})
    assert (states(61), states(119), states(121)) == ({"present"}, {"present"}, {"overdue"})


def test_a_neighbour_that_shows_the_service_follows(halden):
    actions.join_municipality(SYSTEM, NEIGHBOUR, now=NOW)
    areas = [("municipality", NEIGHBOUR)]
    actions.create_service(SYSTEM, HALDEN, whole(), now=NOW, areas=areas, confirmed_by="Redaktøren")
    before = builds(NEIGHBOUR)
    shorten()
    assert builds(NEIGHBOUR) > before
    assert states(30, NEIGHBOUR) == {"overdue"}


def test_a_neighbour_that_shows_the_service_follows_another_number_of_days(halden):
    actions.join_municipality(SYSTEM, NEIGHBOUR, now=NOW)
    areas = [("municipality", NEIGHBOUR)]
    actions.create_service(SYSTEM, HALDEN, whole(), now=NOW, areas=areas, confirmed_by="Redaktøren")
    before = builds(NEIGHBOUR), builds(HALDEN)
    actions.configure_municipality(MANAGER, HALDEN, now=day(30), check_days=14)
    assert builds(NEIGHBOUR) > before[0]
    assert builds(HALDEN) > before[1]
    assert states(31, NEIGHBOUR) == states(31) == {"overdue"}


def test_a_neighbours_page_is_left_alone_by_what_does_not_concern_it(halden):
    actions.join_municipality(SYSTEM, NEIGHBOUR, now=NOW)
    areas = [("municipality", NEIGHBOUR)]
    actions.create_service(SYSTEM, HALDEN, whole(), now=NOW, areas=areas, confirmed_by="Redaktøren")
    before = builds(NEIGHBOUR)
    actions.configure_municipality(MANAGER, HALDEN, now=day(30), error_email="feil@halden.example.no")
    assert builds(NEIGHBOUR) == before


def test_a_shared_service_keeps_its_own_time(service):
    actions.create_service(
        SYSTEM, None, whole("amk", "AMK"), now=NOW, areas=[("country", "")], confirmed_by="AMK"
    )
    shorten()
    assert states(30) == {"overdue", "present"}


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"days": 0}, "days"),
        ({"days": 366}, "days"),
        ({"until": 30}, "until"),
        ({"reason": "  "}, "reason"),
        ({"reason": "x" * 301}, "reason"),
    ],
)
def test_what_cannot_be_used_is_refused(service, given, field):
    with pytest.raises(BadInput) as refused:
        shorten(**given)
    assert refused.value.field == field
    assert every(Shortening) == []


def test_only_those_who_set_the_municipality_up(service):
    shortening = shorten()
    with pytest.raises(Denied):
        actions.shorten_verification(
            CAST["editor"].scope(HALDEN), HALDEN, 14, until=day(60), reason=WHY, now=day(30)
        )
    there = CAST["administrator@oslo"].scope(OSLO)
    with pytest.raises(NotYours):
        actions.shorten_verification(there, HALDEN, 14, until=day(60), reason=WHY, now=day(30))
    with pytest.raises(NotYours):
        actions.end_shortening(there, shortening, now=day(31))


def test_the_journal_knows_why_and_pages_do_not(service):
    shorten()
    (row,) = every(Journal, code="catalogue.verification.shortened")
    assert row.payload["about"] == {"reason": WHY}
    joined = every(Joined)[0]
    assert set(joined.shortened[0]) == {"days", "since", "until"}


def test_a_municipalitys_own_number_of_days(service):
    with opened(SYSTEM):
        Joined.objects.visible_to(SYSTEM).filter(municipality=HALDEN).update(check_days=180)
    actions.confirm(SYSTEM, service, "Redaktøren", now=NOW)
    assert (states(100), states(181)) == ({"present"}, {"overdue"})
    reminding.remind(day(170))
    assert rounds() == ["soon"]


def test_reminders_and_shortenings_are_closed_to_sql_without_a_scope(service):
    shorten()
    reminding.remind(day(30))
    for table in ("catalogue_reminder", "catalogue_shortening"):
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT count(*) FROM {table}")
            assert cursor.fetchone() == (0,)
        with opened(CAST["editor@oslo"].scope(OSLO)), connection.cursor() as cursor:
            cursor.execute(f"SELECT count(*) FROM {table}")
            assert cursor.fetchone() == (0,)
        with opened(MANAGER), connection.cursor() as cursor:
            cursor.execute(f"SELECT count(*) FROM {table}")
            assert cursor.fetchone()[0] > 0


def test_another_municipalitys_rows_cannot_be_written(service):
    shortening = shorten()
    with opened(CAST["administrator@oslo"].scope(OSLO)), connection.cursor() as cursor:
        cursor.execute("UPDATE catalogue_shortening SET days = 1 WHERE id = %s", [shortening])
        assert cursor.rowcount == 0
    with pytest.raises(DatabaseError), opened(CAST["administrator@oslo"].scope(OSLO)):
        Shortening.objects.bulk_create(
            [Shortening(municipality_id=HALDEN, days=1, since=NOW, until=day(1), reason=WHY)]
        )
