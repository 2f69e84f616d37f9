"""A demonstration sends nothing, whatever the settings say: all is written down instead, where all is invented."""

from io import StringIO

import pytest
from django.core.mail import send_mail
from django.core.management import call_command
from django.db import DatabaseError

from samvirke.access.models import Installation
from samvirke.messaging.tests import people
from samvirke.messaging.tests.conftest import EKSEMPEL, HALDEN, delivered, recorded
from samvirke.messaging.tests.standins import Gateway, Post, answering, serving


@pytest.fixture
def outside(demo_clone, db, settings):
    """A demonstration whose settings name a mail server and a gateway; both must stay untouched."""
    with serving(Post()) as post, answering(Gateway()) as gateway:
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TLS = "127.0.0.1", post.port, "none"
        settings.SMS_URL = f"http://127.0.0.1:{gateway.port}"
        settings.SMS_USER = settings.SMS_PASSWORD = settings.SMS_PLATFORM = settings.SMS_PARTNER = "x"
        settings.SMS_SENDER = "Samvirke"
        settings.EMAIL_BACKEND = "samvirke.messaging.backend.Door"
        yield post, gateway
        assert not post.taken
        assert not gateway.asked


def test_an_email_is_written_down_and_not_sent(outside):
    sent = delivered(municipality=EKSEMPEL)
    assert (sent.state, sent.language) == ("sent", "nn")
    (found,) = recorded()
    assert (found.message_id, found.municipality_id, found.channel) == (sent.id, EKSEMPEL, "email")
    assert (found.address, found.subject) == ("kari.nordmann@example.org", "Blåbærsyltetøy på lørdag")
    assert people.SECRET in found.text


def test_an_sms_is_written_down_even_to_a_number_that_rings_nobody(outside):
    assert delivered("oppdiktet", channel="sms", municipality=EKSEMPEL).state == "sent"
    assert [found.address for found in recorded()] == ["+4700000001"]


def test_an_invented_affected_person_may_be_written_to_in_the_invented_municipality_only(outside):
    assert delivered("rammet", municipality=EKSEMPEL).state == "sent"
    assert delivered("rammet", municipality=HALDEN).state == "refused"
    assert delivered("rammet", municipality=None).state == "refused"


def test_djangos_own_mail_is_written_down_too(outside):
    assert send_mail("Emne", "Tekst", None, ["a@example.org", "b@example.org"]) == 1
    assert sorted((found.address, found.message_id) for found in recorded()) == [
        ("a@example.org", None),
        ("b@example.org", None),
    ]


def test_the_operators_test_sends_nothing(outside):
    out = StringIO()
    with pytest.raises(SystemExit) as stopped:
        call_command("send_test_message", to="drift@example.org", stdout=out)
    assert stopped.value.code == 1
    assert "demonstrasjon" in out.getvalue()
    assert recorded() == []


def test_a_demonstration_cannot_become_real(db):
    with pytest.raises(DatabaseError, match="permission denied"):
        Installation.objects.update(kind="real")
