"""E-mail by SMTP (RFC 5321), encrypted and with the server's certificate checked.

Plain text in UTF-8, quoted-printable, so that æ, ø and å arrive through any relay. The Message-ID is the message's
own id: whoever gets a message twice can tell, and the mail server's log can be asked for it.
"""

import contextlib
import email.policy
import re
import smtplib
import ssl
from collections.abc import Iterator
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr

from django.conf import settings

from samvirke.messaging import texts
from samvirke.messaging.rules import Kind, Outcome, Reason
from samvirke.messaging.transports import HandOver, Parcel, Trouble

PATIENCE = 20.0  # seconds for each answer
LAST_PATIENCE = 120.0  # for the answer to the message itself: servers look for spam before they answer
_WITHOUT_NAME = re.compile(r"[^a-z0-9.-]", re.IGNORECASE)


def configured() -> bool:
    """Say whether a server and a sender are named."""
    return bool(settings.EMAIL_HOST and texts.email(parseaddr(settings.DEFAULT_FROM_EMAIL)[1]))


@contextlib.contextmanager
def ready(parcel: Parcel) -> Iterator[HandOver]:
    """Connect, log in, and have sender and recipient accepted."""
    sender = texts.email(parseaddr(settings.DEFAULT_FROM_EMAIL)[1]) or ""
    content = written(parcel).as_bytes()
    server = _connected()
    try:
        _named(server, sender, parcel.address)
        yield lambda: _hand_over(server, content)
    finally:
        with contextlib.suppress(smtplib.SMTPException, OSError):
            if server.sock:
                server.sock.settimeout(PATIENCE)
                server.quit()
        server.close()


def written(parcel: Parcel) -> EmailMessage:
    """Return the e-mail as it goes out."""
    name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    sender = texts.email(address) or ""
    domain = sender.partition("@")[2]
    message = EmailMessage(policy=email.policy.SMTP)
    message["From"] = Address(texts.one_line(name), addr_spec=sender)
    message["To"] = Address(addr_spec=parcel.address)
    if reply_to := texts.email(settings.EMAIL_REPLY_TO):
        message["Reply-To"] = Address(addr_spec=reply_to)
    message["Subject"] = parcel.subject
    message["Date"] = format_datetime(parcel.at)
    message["Message-ID"] = f"<{parcel.id}@{domain}>"
    message["Auto-Submitted"] = "auto-generated"  # RFC 3834: no absence notices in return
    message.set_content(parcel.text, charset="utf-8", cte="quoted-printable")
    return message


def _connected() -> smtplib.SMTP:
    """Return a connection that is encrypted as the settings say and logged in."""
    try:
        server = _encrypted()
    except (ssl.SSLError, smtplib.SMTPNotSupportedError):
        raise Trouble(Kind.TEMPORARY, Reason.TLS_REFUSED) from None
    except (smtplib.SMTPException, OSError):
        raise Trouble(Kind.TEMPORARY, Reason.NO_ANSWER) from None
    if not settings.EMAIL_HOST_USER:
        return server
    try:
        server.login(settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD)
    except smtplib.SMTPServerDisconnected:
        server.close()
        raise Trouble(Kind.TEMPORARY, Reason.NO_ANSWER) from None
    except (
        smtplib.SMTPException,
        UnicodeError,
    ):  # we are refused, not the message: it waits until that is mended
        server.close()
        raise Trouble(Kind.TEMPORARY, Reason.LOGIN_REFUSED) from None
    except OSError:
        server.close()
        raise Trouble(Kind.TEMPORARY, Reason.NO_ANSWER) from None
    return server


def _encrypted() -> smtplib.SMTP:
    host, port, mode = settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TLS
    own_name = (
        _WITHOUT_NAME.sub("", parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]) or "localhost"
    )
    if mode == "tls":
        return smtplib.SMTP_SSL(host, port, own_name, timeout=PATIENCE, context=_trusted())
    server = smtplib.SMTP(host, port, own_name, timeout=PATIENCE)
    try:
        if mode == "starttls":
            server.starttls(
                context=_trusted()
            )  # raises when the server does not offer it: nothing goes in the clear
    except BaseException:
        server.close()
        raise
    return server


def _trusted() -> ssl.SSLContext:
    return ssl.create_default_context(cafile=settings.EMAIL_CA_FILE or None)


def _named(server: smtplib.SMTP, sender: str, recipient: str) -> None:
    """Name sender and recipient; a refusal of either is known before anything is handed over."""
    try:
        server.ehlo_or_helo_if_needed()
        for (code, _text), reason in (
            (server.mail(sender), Reason.SENDER_REFUSED),
            (server.rcpt(recipient), Reason.RECIPIENT_REFUSED),
        ):
            if code >= 500:
                raise Trouble(Kind.PERMANENT, reason)
            if code >= 300:
                raise Trouble(Kind.TEMPORARY, Reason.BUSY)
    except (smtplib.SMTPException, OSError):
        raise Trouble(Kind.TEMPORARY, Reason.NO_ANSWER) from None


def _hand_over(server: smtplib.SMTP, content: bytes) -> Outcome:
    """Send the message. Without an answer to it nobody knows whether the server took it."""
    try:
        if server.sock:
            server.sock.settimeout(LAST_PATIENCE)
        code, _text = server.data(content)
    except smtplib.SMTPDataError as error:  # refused before the first line of it was sent
        code = error.smtp_code
    except (smtplib.SMTPException, OSError):
        raise Trouble(Kind.UNSURE, Reason.LOST_ANSWER) from None
    if code >= 500:
        raise Trouble(Kind.PERMANENT, Reason.LETTER_REFUSED)
    if code >= 400:
        raise Trouble(Kind.TEMPORARY, Reason.BUSY)
    if code >= 300 or code < 200:
        raise Trouble(Kind.UNSURE, Reason.LOST_ANSWER)
    return Outcome(Kind.SENT)
