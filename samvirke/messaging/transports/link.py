"""SMS through LINK Mobility's «SMS REST API – MT and Delivery Reports» (platform Common, Norway).

Source: LINK Mobility, SMS REST API MT and Delivery Reports, version 2.4 of 23 June 2025 (linkmobility.com/developer);
field by field in the OpenAPI description that Deveel AS made of version 1.18 (github.com/deveel/deveel.lm.client):

    POST {SMS_URL}/sms/send      HTTP basic authentication, JSON
    source, sourceTON, destination (+47…), destinationTON, userData, platformId, platformPartnerId, refId
    → 200 {"messageId": "…", "resultCode": 1005, "description": "Queued"}     1005: taken

`refId` is the message's own id: LINK can be asked for it. Signs of four bytes are not supported (texts.sms takes
them out); dcs is left at TEXT, which lets the gateway choose between the GSM alphabet and UCS-2.
"""

import base64
import contextlib
import http.client
import json
import re
import ssl
from collections.abc import Iterator
from urllib.parse import urlsplit

from django.conf import settings

from samvirke.messaging.rules import Kind, Outcome, Reason
from samvirke.messaging.transports import HandOver, Parcel, Trouble

PATIENCE = 20.0  # seconds to connect
LAST_PATIENCE = 60.0  # for the answer
LONGEST_ANSWER = 65_536
QUEUED = 1005
ROUTING, THROTTLED = 1, 3
PERMANENT_ROUTING = 2
LOCAL = {"127.0.0.1", "::1", "localhost"}
_PHONE, _SHORT = re.compile(r"\+\d{6,15}"), re.compile(r"\d{3,6}")


def configured() -> bool:
    """Say whether the address is safe and all that LINK hands out is given."""
    address = urlsplit(settings.SMS_URL)
    safe = address.scheme == "https" or (address.scheme == "http" and address.hostname in LOCAL)
    given = (settings.SMS_USER, settings.SMS_PASSWORD, settings.SMS_PLATFORM, settings.SMS_PARTNER)
    return bool(safe and address.hostname and all(given) and settings.SMS_SENDER)


@contextlib.contextmanager
def ready(parcel: Parcel) -> Iterator[HandOver]:
    """Connect to the gateway."""
    address = urlsplit(settings.SMS_URL)
    host = address.hostname or ""
    connection = (
        http.client.HTTPSConnection(
            host, address.port, timeout=PATIENCE, context=ssl.create_default_context()
        )
        if address.scheme == "https"
        else http.client.HTTPConnection(host, address.port, timeout=PATIENCE)
    )
    with contextlib.closing(connection):
        try:
            connection.connect()
        except ssl.SSLError:
            raise Trouble(Kind.TEMPORARY, Reason.TLS_REFUSED) from None
        except OSError:
            raise Trouble(Kind.TEMPORARY, Reason.NO_ANSWER) from None
        yield lambda: _hand_over(connection, address.path.rstrip("/") + "/sms/send", body(parcel))


def body(parcel: Parcel) -> dict[str, object]:
    """Return what the gateway is asked to send."""
    return {
        "source": settings.SMS_SENDER,
        "sourceTON": kind_of_sender(settings.SMS_SENDER),
        "destination": parcel.address,
        "destinationTON": "MSISDN",
        "userData": parcel.text,
        "platformId": settings.SMS_PLATFORM,
        "platformPartnerId": settings.SMS_PARTNER,
        "refId": str(parcel.id),
        "useDeliveryReport": False,
    }


def kind_of_sender(sender: str) -> str:
    """Return LINK's type of number for a sender."""
    if _PHONE.fullmatch(sender):
        return "MSISDN"
    return "SHORTNUMBER" if _SHORT.fullmatch(sender) else "ALPHANUMERIC"


def _hand_over(connection: http.client.HTTPConnection, path: str, asked: dict[str, object]) -> Outcome:
    login = base64.b64encode(f"{settings.SMS_USER}:{settings.SMS_PASSWORD}".encode()).decode()
    headers = {
        "Content-Type": "application/json; charset=utf-8",
        "Accept": "application/json",
        "Authorization": f"Basic {login}",
    }
    try:
        if connection.sock:
            connection.sock.settimeout(LAST_PATIENCE)
        connection.request("POST", path, json.dumps(asked).encode(), headers)
        response = connection.getresponse()
        status, answer = response.status, response.read(LONGEST_ANSWER)
    except (http.client.HTTPException, OSError):
        raise Trouble(Kind.UNSURE, Reason.LOST_ANSWER) from None
    return judged(status, answer)


def judged(status: int, answer: bytes) -> Outcome:
    """Return what the gateway's answer means, or raise Trouble."""
    if status in {401, 403, 407}:  # we are refused, not the message: it waits until the password is mended
        raise Trouble(Kind.TEMPORARY, Reason.LOGIN_REFUSED)
    if status in {408, 502, 504}:  # something between us and the gateway answered; the gateway may have it
        raise Trouble(Kind.UNSURE, Reason.LOST_ANSWER)
    if status == 429 or status >= 500:
        raise Trouble(Kind.TEMPORARY, Reason.BUSY)
    if status >= 300 or status < 200:
        raise Trouble(Kind.PERMANENT, Reason.GATEWAY_REFUSED)
    try:
        told = json.loads(answer)
        code, reference = int(told["resultCode"]), str(told["messageId"])
    except (ValueError, TypeError, KeyError):
        raise Trouble(Kind.UNSURE, Reason.LOST_ANSWER) from None
    if code == QUEUED:
        return Outcome(Kind.SENT, reference=re.sub(r"[^\w+/=.:-]", "", reference, flags=re.ASCII)[:100])
    if code in {ROUTING, THROTTLED}:
        raise Trouble(Kind.TEMPORARY, Reason.BUSY)
    if code == PERMANENT_ROUTING or 2000 <= code < 5000:
        raise Trouble(Kind.PERMANENT, Reason.GATEWAY_REFUSED)
    raise Trouble(Kind.UNSURE, Reason.LOST_ANSWER)
