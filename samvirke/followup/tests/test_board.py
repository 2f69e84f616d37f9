"""The leader's board: what it counts, what it keeps to itself, and what it costs."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from samvirke.access.models import AccessLog
from samvirke.access.scope import opened
from samvirke.followup.identity import Identity
from samvirke.followup.lists.board import board
from samvirke.followup.rules.counting import part_may_be_told
from samvirke.followup.rules.outcomes import Outcome
from samvirke.followup.rules.people import Part
from samvirke.followup.tests.conftest import DAY, HALDEN, NOW
from samvirke.incidents.models import Incident
from tests.cast import login

BASE = f"/arbeid/{HALDEN}/oppfolging/"
URL = f"{BASE}leder/"


@pytest.fixture
def client(settings) -> Client:
    settings.ALLOWED_HOSTS = ["localhost"]
    return Client(HTTP_HOST="localhost")


def as_(client, house, who):
    return login(client, house.people[who])


def somebody(number: int) -> Identity:
    return Identity(first="Per", last=f"Nr{number}", birth="1990")


def shown(house, now, **wish):
    with opened(house.leader) as scope:
        return board(scope, HALDEN, now, **wish)


def test_the_clock_to_first_contact_counts_from_when_they_became_known(at_work):
    for number, hours in enumerate((2, 10, 30, 100)):
        found = at_work.assigned(somebody(number))
        at_work.attempt(found, Outcome.ACCEPTS, NOW + timedelta(hours=hours))
    at_work.assigned(somebody(9))
    told = shown(at_work, NOW + 5 * DAY)
    assert told.median == 20.0
    assert told.p90 == pytest.approx(79.0)
    assert (told.total["within_48"], told.total["due_48"], told.total["reached"]) == (3, 5, 4)
    assert [bar.count for bar in told.bars] == [2, 1, 0, 1, 1]
    assert max(bar.length for bar in told.bars) == 100


def test_refusals_and_whether_the_offers_were_renewed_on_time(at_work):
    late, asked, waits = (at_work.assigned(somebody(number)) for number in range(3))
    for one in (late, asked, waits):
        at_work.attempt(one, Outcome.NO_THANKS, NOW)
    at_work.attempt(asked, Outcome.ACCEPTS, NOW + 16 * DAY)
    told = shown(at_work, NOW + 17 * DAY)
    assert told.refusals == 3
    assert told.offers == {"on_time": 1, "made_late": 0, "late": 0, "ahead": 2}
    assert shown(at_work, NOW + 40 * DAY).offers["late"] == 2


def test_small_groups_are_not_told(at_work):
    for number in range(6):
        at_work.register(somebody(number), part=Part.WITNESS)
    for number in range(2):
        at_work.register(somebody(10 + number), part=Part.BEREAVED)
    for number in range(9):
        at_work.register(somebody(20 + number), part=Part.INJURED)
    sizes = {str(one.name): one.size for one in shown(at_work, NOW).parts}
    assert sizes == {"Etterlatt": None, "Vitne": None, "Skadd": 9}
    assert not part_may_be_told(7, 9)
    assert part_may_be_told(9, 9)


def test_exercises_count_only_by_themselves(at_work):
    at_work.register(somebody(1))
    with opened(at_work.leader):
        drill = Incident.objects.create(
            municipality_id=HALDEN, reference="3101-2026-09", kind="exercise", title="Øvelse", happened_at=NOW - DAY,
            reported_at=NOW - DAY, state="active", exercise=True,
        )  # fmt: skip
    at_work.incident, real = drill.id, at_work.incident
    at_work.register(somebody(2))
    at_work.register(somebody(3))
    assert shown(at_work, NOW).total["active"] == 1
    assert not shown(at_work, NOW).exercise
    assert shown(at_work, NOW, chosen=drill.id).total["active"] == 2
    assert shown(at_work, NOW, chosen=drill.id).exercise
    assert shown(at_work, NOW, chosen=real).total["active"] == 1


def test_the_board_says_what_waits_and_names_nobody(client, at_work):
    found = at_work.assigned()
    at_work.attempt(found, Outcome.NEVER_AGAIN, NOW + DAY)
    at_work.register(somebody(1), part=Part.BEREAVED)
    page = as_(client, at_work, "team-leader").get(URL).content.decode()
    for said in (
        "Bekreft at personen ikke vil kontaktes",
        "Dødsbudskapet",
        "Venter på dødsbudskap",
        "Kari Lunde",
    ):
        assert said in page
    assert "Ida Marie" not in page
    assert f'href="{BASE}?vis=over-fristen"' in page
    assert "<svg" in page
    with opened(at_work.leader) as scope:
        assert (
            not AccessLog.objects.visible_to(scope).filter(account=at_work.people["team-leader"].id).exists()
        )


def test_an_empty_board_says_so(client, at_work):
    page = as_(client, at_work, "team-leader").get(f"{URL}?hendelse=tull").content.decode()
    assert "Ingenting venter på deg." in page
    assert "Ingen er registrert ennå." in page


def test_the_board_costs_twelve_queries_however_many_there_are(client, at_work):
    for number in range(8):
        at_work.attempt(at_work.assigned(somebody(number)), Outcome.NO_THANKS, NOW)
    with opened(at_work.leader) as scope, CaptureQueriesContext(connection) as asked:
        board(scope, HALDEN, timezone.now())
    assert len(asked) <= 9, [one["sql"][:80] for one in asked]
    as_(client, at_work, "team-leader").get(URL)
    with CaptureQueriesContext(connection) as whole:
        client.get(URL)
    own = [one for one in whole if not one["sql"].startswith(("SAVEPOINT", "RELEASE", "SELECT set_config"))]
    assert len(own) <= 9 + 8, [one["sql"][:80] for one in own]


@pytest.mark.parametrize(
    "who", ["contact-person", "registrar", "administrator", "governor", "outsider", "team-leader@oslo"]
)
def test_the_board_is_the_leaders(client, at_work, who):
    assert as_(client, at_work, who).get(URL).status_code in {403, 404}
