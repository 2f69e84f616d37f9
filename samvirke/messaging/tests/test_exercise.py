"""A message of an exercise never leaves the house, in a real installation with mail server and gateway either."""

import pytest
from django.db import DatabaseError, transaction

from samvirke.access.scope import opened
from samvirke.messaging import actions, delivery
from samvirke.messaging.models import Recorded
from samvirke.messaging.tests import people
from samvirke.messaging.tests.conftest import HALDEN, NOW, SYSTEM, delivered, recorded, row


@pytest.mark.parametrize("channel", ["email", "sms"])
def test_it_is_written_down_without_an_address(post, gateway, channel):
    id_ = actions.send(
        SYSTEM, to=("account", "kari"), template="test.reminder", channel=channel, about={"service": 7},
        municipality=HALDEN, now=NOW, exercise=True,
    )  # fmt: skip
    delivery.deliver(id_, NOW)
    assert row(id_).state == "sent"
    assert (post.taken, gateway.asked) == ([], [])
    (found,) = recorded()
    assert (found.message_id, found.address) == (id_, "")
    assert people.SECRET in found.text


def test_what_is_sent_for_real_cannot_be_written_down(post):
    sent = delivered()
    assert len(post.taken) == 1
    with pytest.raises(DatabaseError), transaction.atomic(), opened(SYSTEM):
        Recorded.objects.create(message=sent, municipality_id=HALDEN, channel="email", address="", at=NOW)
