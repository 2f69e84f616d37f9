"""The command that looks for reminders as of another moment."""

import io
import json
from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import CommandError, call_command

from samvirke.catalogue import actions
from samvirke.catalogue.management.commands import remind
from samvirke.catalogue.models import Reminder
from samvirke.catalogue.tests.conftest import HALDEN, NOW, SYSTEM, every, whole
from samvirke.messaging.models import Message
from tests.cast import CAST, move_in

LATER = "2027-02-28"  # a hundred days after


@pytest.fixture
def due(halden: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A service that was confirmed now, by the command's clock."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    move_in()
    actions.set_default_verifier(SYSTEM, HALDEN, CAST["editor"].id, now=NOW)
    actions.create_service(SYSTEM, HALDEN, whole(), now=NOW, confirmed_by="Redaktøren")


def run(*options: str) -> dict:
    out = io.StringIO()
    call_command("remind", "--json", *options, stdout=out)
    return json.loads(out.getvalue())


def test_counting_ahead_sends_nothing(due):
    found = run("--at", LATER, "--dry-run")
    assert found == {
        "at": "2027-02-28T00:00:00+01:00",
        "dry_run": True,
        "municipalities": 1,
        "letters": {"soon": 0, "due": 1, "late": 1},
        "pieces": 14,
        "unreached": [],
    }
    assert every(Message) == []
    assert run()["letters"] == {"soon": 0, "due": 0, "late": 0}


def test_a_demonstration_may_send_ahead_and_its_messages_are_todays(due):
    assert run("--at", LATER)["letters"] == {"soon": 0, "due": 1, "late": 1}
    assert {row.created_at for row in every(Message)} == {NOW}
    assert {row.sent_at for row in every(Reminder)} == {NOW}
    assert run("--at", LATER)["letters"] == {"soon": 0, "due": 0, "late": 0}


def test_a_real_installation_does_not_send_ahead(due, monkeypatch):
    monkeypatch.setattr(remind, "is_demonstration", lambda: False)
    with pytest.raises(CommandError, match="ikke på forhånd"):
        run("--at", LATER)
    assert every(Message) == []
    assert run("--at", LATER, "--dry-run")["municipalities"] == 1
    assert run("--at", "2026-11-20T10:00:00Z")["municipalities"] == 0


def test_day_by_day_it_counts_three(due):
    total = 0
    for day in range(101):
        at = datetime(2026, 11, 20, 12, tzinfo=UTC) + timedelta(days=day)
        total += sum(run("--at", at.isoformat())["letters"].values())
    assert total == 3


def test_what_is_no_moment_is_said(due):
    with pytest.raises(CommandError, match="er ikke et tidspunkt"):
        run("--at", "i morgen")


def test_for_a_person(due):
    out = io.StringIO()
    call_command("remind", "--at", LATER, stdout=out)
    assert out.getvalue() == (
        "E-poster: 2 (0 før fristen, 1 på fristen, 1 til godkjenner). Kommuner: 1. Opplysninger: 14.\n"
    )
