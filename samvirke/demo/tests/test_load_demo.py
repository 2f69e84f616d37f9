"""The invented municipality: whole, varied, and unable to ring anybody."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from pytest_django import DjangoDbBlocker

from samvirke.catalogue import pages, queries, sites
from samvirke.catalogue.finnhjelp.site import LANGUAGES, Access, Level, Site
from samvirke.kit import hours
from tests.postgres_plugin import databases

OSLO = ZoneInfo("Europe/Oslo")


def load() -> dict:
    command = [
        sys.executable,
        "-c",
        "from samvirke.config.cli import main; main()",
        "load-demo",
        "--people",
        "12",
        "--json",
    ]
    done = subprocess.run(command, env=os.environ, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


@pytest.fixture(scope="module")
def loads(django_db_blocker: DjangoDbBlocker) -> Iterator[list[dict]]:
    """Load twice as the owner, and give the database back afterwards."""
    with django_db_blocker.unblock():
        yield [load(), load()]
        connection.close()
    databases.clone()


@pytest.fixture
def eksempel(loads) -> Site:
    (site,) = pages.load(["9999"])
    return sites.at(site, datetime.now(OSLO))


def test_the_second_time_nothing_is_new(loads):
    assert loads == [
        {
            "municipality": "9999",
            "created": 41,
            "there": 0,
            "updated": 0,
            "personas": 13,
            "people": 12,
            "team": 10,
        },
        {
            "municipality": "9999",
            "created": 0,
            "there": 41,
            "updated": 0,
            "personas": 0,
            "people": 0,
            "team": 0,
        },
    ]


def test_it_is_marked_as_invented_and_can_ring_nobody(eksempel):
    assert eksempel.invented
    assert eksempel.joined
    numbers = [phone.e164 for service in eksempel.services for phone in service.phones]
    numbers += [way.address for service in eksempel.services for way in service.channels if way.kind == "sms"]
    assert len(numbers) > 35
    assert all(number.startswith("+470000") for number in numbers)
    addresses = " ".join(way.address for service in eksempel.services for way in service.channels)
    assert "://" in addresses
    assert all(
        ".example" in way.address for s in eksempel.services for way in s.channels if way.kind != "sms"
    )


def test_every_level_way_in_and_language_is_there(eksempel):
    assert {service.level for service in eksempel.services} == set(Level)
    assert {service.access for service in eksempel.services} == set(Access)
    assert any(service.by_area for service in eksempel.services)
    for service in eksempel.services:
        assert set(service.name) == set(LANGUAGES)
        assert set(service.description) == set(LANGUAGES)
        assert service.checked


def test_hours_are_varied(eksempel):
    every = [service.opening_hours for service in eksempel.services]
    every += [phone.hours for service in eksempel.services for phone in service.phones]
    known = {text for text in every if text}
    assert len(known) > 20
    for text in known:
        hours.parse(text)
    for part in ("24/7", "PH", "Dec 24", "off", "02:00", "Jun 15-Aug 20", "11:30"):
        assert any(part in text for text in known), part


def test_it_shows_what_is_not_as_it_should_be(eksempel):
    states = {state for service in eksempel.services for state in service.states.values()}
    assert {"present", "overdue", "not-applicable"} <= states
    assert [service.outdated_languages for service in eksempel.services if service.outdated_languages] == [
        ("en",)
    ]
    assert sum(service.notice is not None for service in eksempel.services) == 2
    assert eksempel.notices
    assert all(service.notice.until for service in eksempel.services if service.notice)


def test_it_is_nearly_complete_and_not_in_the_countrys_figures(loads):
    now = datetime.now(OSLO)
    assert 0.85 < queries.completeness(["9999"], now)["9999"].score < 1
    assert "9999" not in queries.completeness(None, now)


def test_all_its_pages_can_be_made(eksempel):
    made = list(pages.pages(eksempel, datetime.now(OSLO)))
    assert len({page.path for page in made}) == len(made)
    assert len(made) > 41 * 3
    assert pages.next_edge(eksempel, datetime.now(OSLO))


def test_someone_is_on_duty_every_night_of_the_week(eksempel):
    """Legevakt and the child welfare emergency service take over when the day services close, Monday morning too."""
    for actor in ("legevakt", "barnevernvakt"):
        (service,) = [s for s in eksempel.services if s.actor == actor]
        for day in ("2026-11-23", "2026-11-22", "2026-12-28", "2027-03-30", "2027-05-18"):
            for clock in ("00:00", "03:00", "07:59"):
                moment = datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=OSLO)
                assert hours.is_open(hours.parse(service.opening_hours), moment), (actor, moment)
        assert not hours.is_open(hours.parse(service.opening_hours), datetime(2026, 11, 23, 10, tzinfo=OSLO))
