"""SMS through a gateway that speaks as LINK Mobility's."""

import base64
import json
from datetime import timedelta

import pytest

from samvirke.messaging import delivery
from samvirke.messaging.letters import Letter
from samvirke.messaging.tests import people
from samvirke.messaging.tests.conftest import NOW, delivered, row
from samvirke.messaging.transports import link


def test_an_sms_is_taken(gateway):
    people.SAID["reminder"] = Letter(
        "et emne som ingen ser", "«Kriseteamet» ringer deg – kl. 10. Ærlig talt, Åse"
    )
    sent = delivered(channel="sms")
    assert (sent.state, sent.reference, sent.parts) == ("sent", "Dcshuhod0PMAAAFQ+/PbnR3x", 1)
    assert gateway.asked == [
        {
            "path": "/sms/send",
            "source": "Halden",
            "sourceTON": "ALPHANUMERIC",
            "destination": "+4741234567",
            "destinationTON": "MSISDN",
            "userData": '"Kriseteamet" ringer deg - kl. 10. Ærlig talt, Åse',
            "platformId": "COMMON_API",
            "platformPartnerId": "12345",
            "refId": str(sent.id),
            "useDeliveryReport": False,
        }
    ]
    login = base64.b64decode(gateway.headers[0]["Authorization"].removeprefix("Basic ")).decode()
    assert login == "bruker:pass:ord"


@pytest.mark.parametrize(
    ("status", "state", "reason"),
    [
        (400, "failed", "gateway-refused"), (404, "failed", "gateway-refused"), (301, "failed", "gateway-refused"),
        (401, "queued", "login-refused"), (403, "queued", "login-refused"), (429, "queued", "busy"),
        (500, "queued", "busy"), (503, "queued", "busy"),
        (502, "unsure", "lost-answer"), (504, "unsure", "lost-answer"), (408, "unsure", "lost-answer"),
    ],
)  # fmt: skip
def test_what_the_gateways_status_leads_to(gateway, status, state, reason):
    gateway.status, gateway.answer = status, b'{"translatedDescription": "hemmelig", "status": 106000}'
    found = delivered(channel="sms")
    assert (found.state, found.reason, len(gateway.asked)) == (state, reason, 1)


@pytest.mark.parametrize(
    ("answer", "state"),
    [
        ({"messageId": "x", "resultCode": 1005}, "sent"),
        ({"messageId": "x", "resultCode": 3}, "queued"),
        ({"messageId": "x", "resultCode": 2104}, "failed"),
        ({"messageId": "x", "resultCode": 0}, "unsure"),
        ({"messageId": "x", "resultCode": 1005.5}, "sent"),
        ({"resultCode": 1005}, "unsure"),
        ([], "unsure"),
        ("Queued", "unsure"),
    ],
)
def test_what_the_gateways_answer_leads_to(gateway, answer, state):
    gateway.answer = json.dumps(answer).encode()
    assert delivered(channel="sms").state == state


def test_an_answer_nobody_can_read_is_unsure(gateway):
    gateway.answer = b"<html>\xff"
    assert delivered(channel="sms").state == "unsure"


def test_a_reference_cannot_smuggle_anything_in(gateway):
    gateway.answer = json.dumps({"messageId": "<b>å\n" + "x" * 500, "resultCode": 1005}).encode()
    assert delivered(channel="sms").reference == "b" + "x" * 99


def test_a_gateway_that_takes_the_message_and_hangs_up_makes_it_unsure(gateway):
    gateway.drop = True
    found = delivered(channel="sms")
    assert (found.state, found.reason) == ("unsure", "lost-answer")
    delivery.deliver(found.id, NOW + timedelta(hours=1))
    assert len(gateway.asked) == 1


def test_a_gateway_that_never_answers_makes_it_unsure(gateway, monkeypatch):
    gateway.wait = 1.0
    monkeypatch.setattr(link, "LAST_PATIENCE", 0.2)
    assert delivered(channel="sms").state == "unsure"


def test_a_gateway_that_is_not_there_is_tried_again(gateway, settings):
    settings.SMS_URL = "http://127.0.0.1:1"
    found = delivered(channel="sms")
    assert (found.state, found.reason) == ("queued", "no-answer")


@pytest.mark.parametrize("url", ["http://sms.example.org", "ftp://127.0.0.1", "", "https://"])
def test_a_password_never_goes_over_an_open_line(gateway, settings, url):
    settings.SMS_URL = url
    assert delivered(channel="sms").reason == "not-configured"


@pytest.mark.parametrize("setting", ["SMS_USER", "SMS_PASSWORD", "SMS_PLATFORM", "SMS_PARTNER", "SMS_SENDER"])
def test_what_link_hands_out_must_be_there(gateway, settings, setting):
    setattr(settings, setting, "")
    assert delivered(channel="sms").reason == "not-configured"


@pytest.mark.parametrize(
    ("to", "reason"),
    [
        ("uten", "no-address"),
        ("fast", "not-a-mobile"),
        ("oppdiktet", "not-a-mobile"),
        ("ukjent", "unknown-recipient"),
    ],
)
def test_only_mobiles_get_sms(gateway, to, reason):
    found = delivered(to, channel="sms")
    assert (found.state, found.reason, gateway.asked) == ("failed", reason, [])


def test_a_number_with_a_line_break_is_no_number(gateway):
    assert delivered("innskutt", channel="sms").state == "failed"


def test_a_long_sms_counts_its_parts_and_a_longer_one_is_not_cut(gateway):
    people.SAID["reminder"] = Letter("", "ø" * (153 * 6))
    assert delivered(channel="sms").parts == 6
    people.SAID["reminder"] = Letter("", "ø" * (153 * 6 + 1))
    found = delivered(channel="sms")
    assert (found.state, found.reason, len(gateway.asked)) == ("failed", "too-long", 1)


@pytest.mark.parametrize(
    ("sender", "kind"), [("Halden", "ALPHANUMERIC"), ("+4741234567", "MSISDN"), ("2077", "SHORTNUMBER")]
)
def test_the_senders_kind(sender, kind):
    assert link.kind_of_sender(sender) == kind


def test_a_secret_is_not_printed_with_what_holds_it(gateway):
    found = delivered(channel="sms")
    assert row(found.id).state == "sent"
    assert "41234567" not in repr(people.PEOPLE["kari"])
    assert "kari.nordmann" not in repr(people.PEOPLE["kari"])
    assert people.SECRET not in repr(Letter("a", people.SECRET))
