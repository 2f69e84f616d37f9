"""Many at once on the same people, processes killed in the middle of acts, and hands on the database: nobody is lost."""

import os
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event
from time import sleep
from uuid import uuid4

import pytest
from django.db import connection, transaction

from samvirke.access.models import Journal
from samvirke.access.scope import opened, system_scope
from samvirke.accounts.actions.members import end_membership
from samvirke.accounts.models import Account, Membership
from samvirke.followup import queries
from samvirke.followup.identity import Identity
from samvirke.followup.models import Attempt, Closing, Followup, Household
from samvirke.followup.rules.people import Part
from samvirke.followup.tests.conftest import DAY, HALDEN, NOW, House, house
from samvirke.incidents import actions as incidents
from samvirke.incidents.models import Incident
from samvirke.kit.errors import BadInput
from tests.cast import move_in
from tests.postgres_plugin import PROJECT

pytestmark = [pytest.mark.fault]
PEOPLE, HELPERS = 24, 40


@pytest.fixture
def crowded(committed_db) -> House:
    """Halden after an incident, committed: people with and without a contact person, a household, staff who may leave."""
    made = house(move_in())
    home = Household(id=uuid4(), municipality_id=HALDEN)
    helpers = [
        Account(id=uuid4(), email=f"hjelper{n}@example.no", name="Hjelper", created_at=NOW)
        for n in range(HELPERS)
    ]
    Account.objects.bulk_create(helpers)
    with opened(system_scope("prøve")):
        home.save(force_insert=True)
        Membership.objects.bulk_create(
            [
                Membership(account=one, role="contact-person", municipality_id=HALDEN, since=NOW)
                for one in helpers
            ]
        )
    parts = [Part.INJURED, Part.WITNESS, Part.BEREAVED, Part.HELPER]
    for number in range(PEOPLE):
        given = Identity(first="Ane", last=f"Prøve{number}", birth="1990")
        facts = {"part": parts[number % 4], "household": home.id if number < 3 else None}
        (made.assigned if number % 2 else made.register)(given, **facts)
    return made


def crowd(told: Path, *arguments: str) -> Counter[str]:
    done = subprocess.run(
        [sys.executable, "-m", "samvirke.followup.tests.crowd", *arguments, "--told", str(told)],
        cwd=PROJECT, env=os.environ, capture_output=True, text=True, timeout=90, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return Counter(told.read_text().splitlines())


def check() -> None:
    """Ask the command itself, as the owner."""
    done = subprocess.run(
        [sys.executable, "-c", "from samvirke.config.cli import main; main()", "followup-check", "--json"],
        cwd=PROJECT, env=os.environ, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr


def journalled() -> Counter[str]:
    with opened(system_scope("prøve")) as scope:
        rows = Journal.objects.visible_to(scope).values_list("code", flat=True)
        return Counter(rows)


def rows(model) -> int:
    with opened(system_scope("prøve")) as scope:
        return model.objects.visible_to(scope).count()


def test_eight_at_once_on_the_same_people_lose_nobody_and_nothing(crowded, tmp_path):
    before, attempts = journalled(), rows(Attempt)
    told = crowd(tmp_path / "told", "together", "--processes", "8", "--seconds", "12")
    assert not [line for line in told if line.startswith("!")]
    assert sum(told.values()) > 200
    assert len(told) >= 12  # nearly every kind of act went through
    check()
    after = journalled() - before
    for code, count in told.items():
        if code not in {
            "followup.attempt.recorded",
            "followup.contact.assigned",
            "accounts.membership.ended",
        }:
            assert after[code] == count, code
    # An assignment and a visit are about several people at once.
    assert after["followup.contact.assigned"] >= told["followup.contact.assigned"]
    assert rows(Attempt) - attempts == after["followup.attempt.recorded"] >= told["followup.attempt.recorded"]
    assert rows(Closing) == told["followup.followup.closed"] + told["followup.stop.confirmed"]


def test_killed_in_the_middle_of_acts_leaves_whole_acts_or_none(crowded, tmp_path):
    before, attempts = journalled(), rows(Attempt)
    told = crowd(tmp_path / "told", "killed", "--times", "30")
    assert not [line for line in told if line.startswith("!")]
    assert sum(told.values()) >= 30  # each one that was killed had done something
    check()
    after = journalled() - before
    for code, count in told.items():
        assert after[code] >= count, code  # what was told as done is there
    assert rows(Attempt) - attempts == after["followup.attempt.recorded"]
    assert rows(Closing) == after["followup.followup.closed"] + after["followup.stop.confirmed"]


@pytest.mark.parametrize("first", ["register", "close"])
def test_nobody_is_put_on_the_list_of_an_incident_that_is_closed_at_that_instant(committed_db, first):
    """Whichever comes first, the other waits until it is done, and then finds what it did."""
    made = house(move_in())
    acts = {
        "register": lambda: made.register(),
        "close": lambda: incidents.close(made.leader, made.incident, "Ferdig", now=NOW),
    }
    begun = Event()

    def slowly() -> str:
        with transaction.atomic():
            acts[first]()
            begun.set()
            sleep(0.5)
        return "done"

    def other() -> str:
        begun.wait(10)
        try:
            acts[next(name for name in acts if name != first)]()
        except BadInput:
            return "refused"
        return "done"

    def alone(act: Callable[[], str]) -> str:
        try:
            return act()
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(alone, (slowly, other))) == ["done", "refused"]
    with opened(system_scope("prøve")) as scope:
        followed = Followup.objects.visible_to(scope).count()
        assert (Incident.objects.visible_to(scope).get().state, followed) == (
            ("active", 1) if first == "register" else ("closed", 0)
        )


def test_who_leaves_has_people_in_the_queue_in_that_same_moment(crowded):
    with opened(system_scope("prøve")) as scope:
        waiting = queries.waiting(scope)
    contact, deputy = (crowded.people[who] for who in ("contact-person", "health-professional"))
    end_membership(crowded.scope("administrator"), HALDEN, contact.id, now=NOW + DAY)
    with opened(crowded.leader) as scope:
        orphans = [row for row in queries.unassigned(scope) if row.queued_since == NOW + DAY]
        assert len(orphans) == PEOPLE // 2
        assert queries.waiting(scope) == waiting + len(orphans)
    end_membership(crowded.scope("administrator"), HALDEN, deputy.id, now=NOW + DAY)
    check()
