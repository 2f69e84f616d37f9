"""E-mail through a real SMTP server: what arrives, and what every way of going wrong leads to."""

from datetime import timedelta
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samvirke.messaging import delivery, texts
from samvirke.messaging.letters import Letter
from samvirke.messaging.tests import people
from samvirke.messaging.tests.conftest import HALDEN, NOW, OSLO, change, delivered, row, write
from samvirke.messaging.tests.standins import Post, certificate, serving
from samvirke.messaging.transports import Parcel, smtp


def said(mail: EmailMessage) -> str:
    return mail.get_content().replace("\r\n", "\n")


def test_an_email_arrives_with_norwegian_letters_and_its_own_id(post):
    sent = delivered(municipality=OSLO)
    assert (sent.state, sent.reason, sent.attempts, sent.language) == ("sent", "", 1, "nn")
    assert sent.ended_at is not None
    assert sent.claim is None
    (mail,) = post.taken
    assert mail["Subject"] == "Blåbærsyltetøy på lørdag"
    assert said(mail) == "Hei!\n\nHemmelig-ord-æøå 7\n"
    assert mail["From"] == "Samvirke i Ås <ikke-svar@samvirke.example.org>"
    assert mail["To"] == "kari.nordmann@example.org"
    assert post.recipients == ["kari.nordmann@example.org"]
    assert mail["Message-ID"] == f"<{sent.id}@samvirke.example.org>"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert "Reply-To" not in mail
    assert mail.get_content_type() == "text/plain"
    assert (mail.get_content_charset(), mail["Content-Transfer-Encoding"]) == ("utf-8", "quoted-printable")
    assert parsedate_to_datetime(mail["Date"]) - NOW < timedelta(minutes=1)
    assert [("kari.nordmann@example.org", frozenset({OSLO}), "nn")] == people.ASKED


def test_reply_to_and_a_domain_with_norwegian_letters(post, settings):
    settings.EMAIL_REPLY_TO = "post@blåbær.example.org"
    assert delivered("ola").state == "sent"
    assert post.recipients == ["ola@xn--blbr-roah.example.org"]
    assert post.taken[0]["Reply-To"] == "post@xn--blbr-roah.example.org"


def test_dots_and_long_lines_survive(post):
    text = "\n".join(["..", ".", ".skjult", "å" * 2000, "From her", "slutt"])
    people.SAID["reminder"] = Letter("x" * 500 + "å", text)
    assert delivered().state == "sent"
    assert said(post.taken[0]) == text + "\n"
    assert len(post.taken[0]["Subject"]) == 200


def test_nothing_can_be_smuggled_into_the_headers(post):
    people.SAID["reminder"] = Letter(
        "Hei\r\nBcc: alle@example.org\r\n\r\nNy tekst", "Tekst\r\n.\r\nMAIL FROM:<x@y.no>"
    )
    assert delivered().state == "sent"
    (mail,) = post.taken
    assert mail["Bcc"] is None
    assert mail["Subject"] == "Hei Bcc: alle@example.org Ny tekst"
    assert said(mail) == "Tekst\n.\nMAIL FROM:<x@y.no>\n"
    assert post.recipients == ["kari.nordmann@example.org"]


@pytest.mark.parametrize(
    ("to", "reason"),
    [
        ("ukjent", "unknown-recipient"),
        ("uten", "no-address"),
        ("fast", "bad-address"),
        ("innskutt", "bad-address"),
    ],
)
def test_a_recipient_who_cannot_be_reached_fails_at_once(post, to, reason):
    found = delivered(to)
    assert (found.state, found.reason, found.attempts) == ("failed", reason, 1)
    assert not post.taken


@pytest.mark.parametrize(
    ("command", "answer", "state", "reason"),
    [
        ("RCPT", "550 5.1.1 No such user", "failed", "recipient-refused"),
        ("RCPT", "450 4.2.1 Try again later", "queued", "busy"),
        ("MAIL", "553 5.7.1 Not you", "failed", "sender-refused"),
        ("MAIL", "451 4.3.0 Later", "queued", "busy"),
        ("DATA", "554 5.7.1 Spam", "failed", "letter-refused"),
        ("DATA", "452 4.3.1 Disk full", "queued", "busy"),
    ],
)
def test_the_servers_no_is_final_and_its_not_now_is_not(post, command, answer, state, reason):
    post.answers[command] = answer
    found = delivered()
    assert (found.state, found.reason) == (state, reason)
    assert not post.taken
    assert (found.ended_at is None) == (state == "queued")


def test_what_was_temporary_is_tried_again_until_it_works(post):
    post.answers["RCPT"] = "450 4.2.1 Try again later"
    found = delivered()
    assert NOW + timedelta(seconds=30) <= found.due_at < NOW + timedelta(seconds=90)
    delivery.deliver(found.id, NOW + timedelta(seconds=20))
    assert row(found.id).attempts == 1, "not due yet"
    post.answers.clear()
    delivery.deliver(found.id, found.due_at)
    assert (row(found.id).state, row(found.id).attempts, len(post.taken)) == ("sent", 2, 1)


def test_after_a_day_it_has_failed(post, settings):
    settings.EMAIL_PORT = 1  # nobody there
    id_, tries, moment = write(), 0, NOW
    while row(id_).state == "queued":
        tries += 1
        moment = max(row(id_).due_at, moment)
        delivery.deliver(id_, moment)
    assert (row(id_).state, row(id_).reason) == ("failed", "no-answer")
    assert 15 < tries < 25
    assert timedelta(hours=21) < moment - NOW < timedelta(hours=24)


def test_an_answer_that_never_comes_makes_it_unsure_and_it_is_not_tried_again(post, monkeypatch):
    post.stall = "DATA"
    monkeypatch.setattr(smtp, "LAST_PATIENCE", 0.3)
    found = delivered()
    assert (found.state, found.reason) == ("unsure", "lost-answer")
    delivery.mend(NOW + timedelta(days=2))
    delivery.deliver(found.id, NOW + timedelta(days=2))
    assert row(found.id).state == "unsure"


def test_a_server_that_hangs_up_after_the_message_makes_it_unsure(post):
    post.hang_up = True
    assert (delivered().state, len(post.taken)) == ("unsure", 1)


@pytest.mark.parametrize("command", ["MAIL", "RCPT"])
def test_a_server_that_falls_silent_before_the_message_is_tried_again(post, monkeypatch, command):
    post.stall = command
    monkeypatch.setattr(smtp, "PATIENCE", 0.3)
    found = delivered()
    assert (found.state, found.reason) == ("queued", "no-answer")


def test_a_bug_in_a_letter_waits_for_its_mending_and_tells_no_secrets(post, caplog):
    people.SAID["reminder"] = KeyError(people.SECRET, people.PEOPLE["kari"].email)
    found = delivered()
    assert (found.state, found.reason) == ("queued", "letter-failed")
    assert "KeyError (" in caplog.text
    assert people.SECRET not in caplog.text
    assert "kari.nordmann" not in caplog.text


def test_a_letter_that_is_not_needed_any_more_is_dropped(post):
    people.SAID["reminder"] = None
    found = delivered()
    assert (found.state, found.reason, post.taken) == ("cancelled", "not-needed", [])


def test_an_empty_letter_is_not_sent(post):
    people.SAID["reminder"] = Letter("Hei", " \n\u202e\x00")
    assert (delivered().state, post.taken) == ("failed", [])


def test_without_a_server_it_waits(post, settings):
    settings.EMAIL_HOST = ""
    assert (delivered().reason, delivered().state) == ("not-configured", "queued")
    settings.EMAIL_HOST, settings.DEFAULT_FROM_EMAIL = "127.0.0.1", "ikke en adresse"
    assert delivered().reason == "not-configured"


@pytest.fixture
def safe(real, settings, tmp_path):
    """A mail server with a certificate of its own, and settings that trust it."""
    context, trusted = certificate(tmp_path)
    settings.EMAIL_HOST, settings.EMAIL_CA_FILE, settings.EMAIL_TLS = "127.0.0.1", str(trusted), "starttls"
    return context


def test_starttls_and_login(safe, settings):
    settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "samvirke", "riktig"
    with serving(Post(), tls_context=safe, require_starttls=True, auth_required=True) as post:
        settings.EMAIL_PORT = post.port
        assert delivered().state == "sent"
        assert (post.encrypted, post.logins) == ([True], [(b"samvirke", b"riktig")])


def test_a_wrong_password_waits_until_it_is_mended(safe, settings):
    settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "samvirke", "feil"
    with serving(Post(), tls_context=safe, require_starttls=True, auth_required=True) as post:
        settings.EMAIL_PORT = post.port
        found = delivered()
        assert (found.state, found.reason, post.taken) == ("queued", "login-refused", [])


def test_a_password_that_no_server_can_be_told_waits_too(safe, settings, caplog):
    settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "samvirke", "blåbær"
    with serving(Post(), tls_context=safe, require_starttls=True, auth_required=True) as post:
        settings.EMAIL_PORT = post.port
        assert delivered().reason == "login-refused"
    assert "blåbær" not in caplog.text


@given(st.emails())
def test_every_address_that_is_let_through_can_stand_in_a_header(address):
    if found := texts.email(address):
        parcel = Parcel(uuid4(), None, "email", found, "Emne", "Tekst", NOW)
        assert smtp.written(parcel)["To"].addresses[0].addr_spec == found


def test_encrypted_from_the_start(safe, settings):
    settings.EMAIL_TLS = "tls"
    with serving(Post(), ssl_context=safe) as post:
        settings.EMAIL_PORT = post.port
        assert delivered().state == "sent"


def test_a_server_without_encryption_gets_nothing(safe, settings):
    with serving(Post()) as post:
        settings.EMAIL_PORT = post.port
        found = delivered()
        assert (found.state, found.reason, post.taken) == ("queued", "tls-refused", [])


def test_a_certificate_that_nobody_vouches_for_gets_nothing(safe, settings):
    settings.EMAIL_CA_FILE = ""
    with serving(Post(), tls_context=safe) as post:
        settings.EMAIL_PORT = post.port
        found = delivered()
        assert (found.state, found.reason, post.taken) == ("queued", "tls-refused", [])


def test_a_late_answer_settles_what_was_thought_lost(post):
    """A sweep took the worker for dead; it comes back and knows better, as long as nobody has decided meanwhile."""
    id_ = write()
    real_hand_over = smtp._hand_over

    def slow(server, content):
        change(id_, claimed_at=NOW - timedelta(hours=1))
        delivery.mend(NOW)
        assert row(id_).state == "unsure"
        return real_hand_over(server, content)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(smtp, "_hand_over", slow)
        delivery.deliver(id_, NOW)
    assert (row(id_).state, len(post.taken)) == ("sent", 1)


def test_a_worker_that_lost_its_claim_hands_nothing_over(post):
    id_ = write()
    real_named = smtp._named

    def slow(server, sender, recipient):
        change(id_, claimed_at=NOW - timedelta(hours=1))
        delivery.mend(NOW)
        assert row(id_).state == "queued"
        real_named(server, sender, recipient)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(smtp, "_named", slow)
        delivery.deliver(id_, NOW)
    assert (row(id_).state, row(id_).reason, post.taken) == ("queued", "worker-died", [])
    delivery.deliver(id_, NOW + timedelta(minutes=5))
    assert (row(id_).state, len(post.taken)) == ("sent", 1)


def test_an_affected_person_gets_nothing_before_the_documents_are_in_order(post):
    found = delivered("rammet", municipality=HALDEN)
    assert (found.state, found.reason, post.taken) == ("refused", "not-ready", [])
    assert delivered("rammet", municipality=None).state == "refused"
