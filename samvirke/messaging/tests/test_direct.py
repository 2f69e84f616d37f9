"""E-mail without a row, in a real installation: Django's own, and the operator's test."""

from io import StringIO
from uuid import uuid4

import pytest
from django.core.mail import EmailMessage, send_mail
from django.core.management import CommandError, call_command
from django.db import DatabaseError

from samvirke.access.scope import opened
from samvirke.messaging import direct
from samvirke.messaging.backend import NotSent
from samvirke.messaging.models import Recorded
from samvirke.messaging.rules import Kind
from samvirke.messaging.tests.conftest import HALDEN, NOW, SYSTEM


def test_words_cannot_be_written_down_in_a_real_installation(real):
    with pytest.raises(DatabaseError, match="row-level security"), opened(SYSTEM):
        Recorded.objects.create(municipality_id=HALDEN, channel="email", address="a@b.no", text="x", at=NOW)


def test_djangos_own_mail_goes_through_the_same_door(post, settings):
    settings.EMAIL_BACKEND = "samvirke.messaging.backend.Door"
    assert send_mail("Emne\u2028Bcc: x@y.no", "Blåbær", None, ["kari@example.org"]) == 1
    (mail,) = post.taken
    assert (mail["Subject"], mail["From"]) == (
        "Emne Bcc: x@y.no",
        "Samvirke i Ås <ikke-svar@samvirke.example.org>",
    )
    assert mail.get_content().strip() == "Blåbær"


def test_djangos_own_mail_says_why_it_did_not_go_and_not_to_whom(post, settings):
    settings.EMAIL_BACKEND = "samvirke.messaging.backend.Door"
    post.answers["RCPT"] = "550 kari@example.org is unknown"
    with pytest.raises(NotSent, match=r"^recipient-refused$"):
        send_mail("Emne", "Tekst", None, ["kari@example.org"])
    assert send_mail("Emne", "Tekst", None, ["kari@example.org"], fail_silently=True) == 0
    with pytest.raises(NotSent, match="attachments"):
        EmailMessage(
            "Emne", "Tekst", None, ["kari@example.org"], attachments=[("a", "b", "text/plain")]
        ).send()
    assert EmailMessage("Emne", "Tekst", None, []).send() == 0


def test_the_operators_test_goes_out(post):
    out = StringIO()
    call_command("send_test_message", to="drift@example.org", stdout=out)
    assert "overlevert" in out.getvalue()
    assert post.recipients == ["drift@example.org"]
    assert "Æ, ø og å" in post.taken[0].get_content()


def test_the_operators_test_says_what_is_wrong(post, settings):
    post.answers["RCPT"] = "550 no"
    out = StringIO()
    with pytest.raises(SystemExit) as stopped:
        call_command("send_test_message", to="drift@example.org", json=True, stdout=out)
    assert stopped.value.code == 1
    assert '"reason": "recipient-refused"' in out.getvalue()
    with pytest.raises(CommandError) as wrong:
        call_command("send_test_message", to="drift", stdout=out)
    assert wrong.value.returncode == 2


def test_one_email_at_once_refuses_a_bad_address(post):
    assert direct.email(uuid4(), "a@b\nc", "Emne", "Tekst", NOW).kind is Kind.PERMANENT
    assert not post.taken
