"""Rows are kept for a year, with what a demonstration recorded."""

from datetime import timedelta

from django.core.mail import send_mail

from samvirke.access.scope import opened
from samvirke.messaging import delivery
from samvirke.messaging.models import Message
from samvirke.messaging.tests.conftest import NOW, SYSTEM, change, delivered, recorded, write


def test_old_messages_go_with_what_was_recorded_and_younger_ones_stay(db):
    old, young = delivered(now=NOW - timedelta(days=366)), delivered(now=NOW - timedelta(days=364))
    waiting = write(now=NOW - timedelta(days=400))
    unsure = write(now=NOW - timedelta(days=400))
    change(unsure, state="unsure")
    assert len(recorded()) == 2
    assert delivery.purge(NOW) == 2
    assert [found.message_id for found in recorded()] == [young.id]
    with opened(SYSTEM):
        left = set(Message.objects.visible_to(SYSTEM).values_list("id", flat=True))
    assert left == {young.id, waiting}
    assert old.id not in left
    assert delivery.purge(NOW) == 0


def test_what_has_no_message_goes_too(db, settings):
    settings.EMAIL_BACKEND = "samvirke.messaging.backend.Door"
    send_mail("Emne", "Tekst", None, ["a@example.org"])
    (found,) = recorded()
    delivery.purge(found.at + timedelta(days=364))
    assert len(recorded()) == 1
    delivery.purge(found.at + timedelta(days=366))
    assert recorded() == []
