"""A person decides: send again, or not at all."""

from datetime import timedelta
from uuid import uuid4

import pytest

from samvirke.access import readiness
from samvirke.access.models import Journal
from samvirke.access.permissions import Need
from samvirke.access.scope import Denied, NotYours, Scope, opened
from samvirke.kit.errors import BadInput
from samvirke.messaging import actions, delivery
from samvirke.messaging.tests.conftest import HALDEN, NOW, OSLO, SYSTEM, change, delivered, row, write

LATER = NOW + timedelta(hours=30)


def somebody(*needs: Need, code: str = HALDEN) -> Scope:
    return Scope(uuid4(), frozenset({code}), frozenset(needs or {Need.MESSAGE_SEND_AGAIN}), municipality=code)


def in_state(state: str, **more):
    id_ = write()
    ended = NOW if state in {"sent", "failed", "refused", "cancelled"} else None
    claim = uuid4() if state in {"claimed", "handing-over", "unsure"} else None
    change(id_, state=state, ended_at=ended, claim=claim, claimed_at=claim and NOW, attempts=3, **more)
    return id_


@pytest.mark.parametrize("state", ["unsure", "failed", "refused"])
def test_what_did_not_arrive_for_sure_may_be_sent_again(post, state):
    id_ = in_state(state)
    who = somebody()
    actions.send_again(who, id_, now=LATER)
    found = row(id_)
    assert (found.state, found.attempts, found.give_up_at) == ("queued", 0, LATER + timedelta(hours=24))
    delivery.deliver(id_, LATER)
    assert (row(id_).state, len(post.taken)) == ("sent", 1)
    assert post.taken[0]["Message-ID"] == f"<{id_}@samvirke.example.org>"
    with opened(SYSTEM):
        (journalled,) = Journal.objects.visible_to(SYSTEM).filter(code="messaging.message.sent-again")
    assert (journalled.account, journalled.municipality_id) == (who.account, HALDEN)
    assert journalled.payload["fields"] == {"state": [state, "queued"]}


@pytest.mark.parametrize("state", ["queued", "claimed", "handing-over", "sent", "cancelled"])
def test_what_is_on_its_way_or_has_ended_may_not(real, state):
    id_ = in_state(state)
    with pytest.raises(BadInput, match="Last siden på nytt"):
        actions.send_again(somebody(), id_, now=NOW)
    assert row(id_).state == state


def test_two_who_press_at_once_send_it_once(post):
    id_ = in_state("unsure")
    actions.send_again(somebody(), id_, now=NOW)
    with pytest.raises(BadInput):
        actions.send_again(somebody(), id_, now=NOW)
    for _ in range(3):
        delivery.deliver(id_, NOW)
    assert len(post.taken) == 1


def test_a_worker_that_comes_back_cannot_write_over_a_newer_decision(real):
    id_ = in_state("unsure")
    late = row(id_)
    actions.send_again(somebody(), id_, now=NOW)
    delivery._write_down(late, delivery.Outcome(delivery.Kind.SENT), NOW)
    assert row(id_).state == "queued"


@pytest.mark.parametrize(
    ("state", "stops"), [("queued", True), ("unsure", True), ("claimed", False), ("sent", False)]
)
def test_stopping(post, state, stops):
    id_ = in_state(state)
    if not stops:
        with pytest.raises(BadInput):
            actions.stop(somebody(), id_, now=NOW)
        return
    actions.stop(somebody(), id_, now=NOW)
    delivery.deliver(id_, LATER)
    delivery.mend(LATER)
    assert (row(id_).state, post.taken) == ("cancelled", [])


@pytest.mark.parametrize("act", [actions.send_again, actions.stop])
def test_another_municipality_and_a_lacking_need_are_refused(real, act):
    id_ = in_state("unsure")
    with pytest.raises(NotYours):
        act(somebody(code=OSLO), id_, now=NOW)
    with pytest.raises(NotYours):
        act(somebody(), uuid4(), now=NOW)
    with pytest.raises(Denied):
        act(somebody(Need.MESSAGE_READ), id_, now=NOW)
    assert row(id_).state == "unsure"


def test_when_the_documents_are_in_order_an_affected_person_can_be_written_to(post):
    refused = delivered("rammet")
    assert refused.state == "refused"
    for document in ("dpia", "processor-agreement", "legal-basis"):
        readiness.record(SYSTEM, HALDEN, document, "2026/1", NOW.date(), now=NOW)
    actions.send_again(somebody(), refused.id, now=NOW)
    delivery.deliver(refused.id, NOW)
    assert (row(refused.id).state, post.recipients) == ("sent", ["rammet@example.org"])
