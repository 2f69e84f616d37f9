"""What the system checks catch, and what whoever runs the installation is told."""

import json
from datetime import timedelta
from io import StringIO
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.utils import timezone

from samvirke.messaging.checks import mail_is_encrypted, names_lead_somewhere
from samvirke.messaging.tests import people
from samvirke.messaging.tests.conftest import NOW, change, delivered, write


def codes(found):
    return [one.id.rpartition(".")[2] for one in found]


def test_all_is_well(settings):
    assert codes(names_lead_somewhere()) == []
    assert codes(mail_is_encrypted()) == []


@pytest.mark.parametrize(
    "path", ["samvirke.messaging.letters.gone", "nowhere.at.all", "x", "samvirke.messaging.rules.KEPT"]
)
@pytest.mark.parametrize("setting", ["MESSAGE_RECIPIENTS", "MESSAGE_TEMPLATES"])
def test_a_name_that_leads_nowhere_is_found(settings, setting, path):
    setattr(settings, setting, {"x": path})
    assert codes(names_lead_somewhere()) == ["E001"]


@pytest.mark.parametrize(
    ("setting", "value", "code"),
    [
        ("MESSAGE_TRANSPORTS", {"email": "samvirke.messaging.transports.smtp"}, "E002"),
        ("EMAIL_TLS", "ssl", "E003"),
        ("EMAIL_TLS", "none", "E004"),
    ],
)
def test_an_unsafe_set_up_is_found(settings, setting, value, code):
    settings.EMAIL_HOST = "post.example.org"
    setattr(settings, setting, value)
    assert codes(mail_is_encrypted()) == [code]


def test_on_the_same_machine_mail_may_go_unencrypted(settings):
    settings.EMAIL_HOST, settings.EMAIL_TLS = "127.0.0.1", "none"
    assert mail_is_encrypted() == []


def status(**more):
    out = StringIO()
    try:
        call_command("message_status", stdout=out, **more)
    except SystemExit as stopped:
        return out.getvalue(), stopped.code
    return out.getvalue(), 0


def test_the_operator_is_told_numbers_and_reasons(db):
    delivered()
    delivered("fast")
    told, code = status()
    assert (told.splitlines(), code) == (
        ["Ikke sendt: 1", "Sendt: 1", "  1: E-postadressen er ikke gyldig. Rett den hos mottakeren."],
        0,
    )
    for secret in (*(one.email for one in people.PEOPLE.values() if one.email), people.SECRET):
        assert secret not in told


def test_the_operator_is_told_when_something_waits_too_long_or_may_be_lost(db):
    write(now=timezone.now() - timedelta(minutes=50))
    assert status()[1] == 0
    write(now=timezone.now() - timedelta(minutes=70), municipality=None)
    told, code = status()
    assert (code, "mer enn en time" in told) == (1, True)


def test_what_may_be_lost_is_a_finding(db):
    id_ = write()
    change(id_, state="unsure", reason="lost-answer", claim=uuid4(), claimed_at=NOW)
    told, code = status(json=True)
    assert (code, json.loads(told)["reasons"]) == (1, {"lost-answer": 1})
