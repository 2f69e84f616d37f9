"""Two write in the same service: the second sees what the first did, chooses, and nothing is lost."""

import pytest
from django.test import Client
from django.utils import timezone

from samvirke.access.scope import opened
from samvirke.catalogue import queries
from samvirke.catalogue.models import Draft
from samvirke.catalogue.tests.conftest import SYSTEM, every
from samvirke.catalogue.tests.desk import address, editing, join, serve, text
from samvirke.catalogue.tests.web import Form, form, press
from tests.cast import login

PUBLISH = "Bekreft og publiser"


@pytest.fixture
def two(cast, db) -> tuple[Client, Client]:
    join(timezone.now())
    return login(Client(), cast["editor"]), login(Client(), cast["approver"])


def told(service):
    with opened(SYSTEM):
        return queries.as_input(queries.service_for(SYSTEM, service))


def send(client: Client, service, given: Form, button: str = PUBLISH):
    return press(client, address(service), given, button)


def test_changes_to_different_fields_are_put_together_when_the_second_says_so(two):
    eli, gunnar = two
    service = serve()
    hers, his = editing(eli, service), editing(gunnar, service)
    send(eli, service, hers.put(street_address="Storgata 99"))
    answer = send(gunnar, service, his.put(description="Ny tekst fra Gunnar."))
    page = text(answer, 409)
    assert "Eli Rud endret Gateadresse" in page
    assert "Storgata <ins>99</ins>" in page or "<ins>99</ins>" in page
    assert "Velg hva som skal stå" not in page
    send(gunnar, service, form(answer, "Lagre og publiser"), "Lagre og publiser")
    after = told(service)
    assert (after.street_address, after.texts["nb"].description) == ("Storgata 99", "Ny tekst fra Gunnar.")


def test_where_both_changed_the_same_the_second_chooses_field_by_field(two):
    eli, gunnar = two
    service = serve()
    hers, his = editing(eli, service), editing(gunnar, service)
    send(eli, service, hers.put(name="Elis navn", description="Elis tekst.", postal_code="1772"))
    answer = send(gunnar, service, his.put(name="Gunnars navn", description="Gunnars tekst."))
    page = text(answer, 409)
    for words in ("Elis navn", "Gunnars navn", "Elis tekst.", "Gunnars tekst.", "Før sto det:", "Nav Halden"):
        assert words in page, words
    undecided = send(gunnar, service, form(answer, "Lagre og publiser"), "Lagre og publiser")
    assert "Velg hva som skal stå." in text(undecided, 409)
    assert "Gunnars tekst." in text(undecided, 409)
    chosen = form(undecided, "Lagre og publiser").set("valg-0", "theirs").set("valg-1", "mine")
    send(gunnar, service, chosen, "Lagre og publiser")
    after = told(service)
    assert after.texts["nb"].name == "Elis navn"
    assert after.texts["nb"].description == "Gunnars tekst."
    assert after.postal_code == "1772"


def test_a_third_change_while_choosing_is_shown_too(two):
    eli, gunnar = two
    service = serve()
    hers, his = editing(eli, service), editing(gunnar, service)
    send(eli, service, hers.put(name="Elis navn"))
    answer = send(gunnar, service, his.put(name="Gunnars navn"))
    send(eli, service, editing(eli, service).put(name="Elis andre navn"))
    again = send(
        gunnar, service, form(answer, "Lagre og publiser").set("valg-0", "mine"), "Lagre og publiser"
    )
    assert "Elis andre navn" in text(again, 409)
    send(gunnar, service, form(again, "Lagre og publiser").set("valg-0", "mine"), "Lagre og publiser")
    assert told(service).texts["nb"].name == "Gunnars navn"


def test_a_draft_that_another_has_written_in_is_not_overwritten(two):
    eli, gunnar = two
    service = serve()
    hers, his = editing(eli, service), editing(gunnar, service)
    send(eli, service, hers.put(description="Elis utkast."), "Lagre utkast")
    answer = send(gunnar, service, his.put(description="Gunnars utkast."), "Lagre utkast")
    page = text(answer, 409)
    assert "Elis utkast." in page
    assert "Gunnars utkast." in page
    send(gunnar, service, form(answer, "Lagre utkastet").set("valg-0", "mine"), "Lagre utkastet")
    [draft] = every(Draft)
    assert draft.content["texts"]["nb"]["description"] == "Gunnars utkast."
    assert told(service).texts["nb"].description == "Samtaler for deg som har det vanskelig."


def test_a_confirmation_meanwhile_is_no_conflict(two):
    eli, gunnar = two
    service = serve()
    his = editing(gunnar, service)
    eli.post(address(service, "bekreft/"), {"pieces": ["phone"], "by": "Redaktøren"})
    answer = send(gunnar, service, his.put(description="Ny tekst."))
    assert "står på siden" in text(answer)


def test_a_phone_that_both_changed_can_be_taken_from_the_other(two):
    eli, gunnar = two
    service = serve()
    hers, his = editing(eli, service), editing(gunnar, service)
    send(eli, service, hers.put(phones__0__number="69 17 45 11"))
    answer = send(gunnar, service, his.put(phones__0__number="69 17 45 22"))
    assert "69 17 45 11" in text(answer, 409)
    send(gunnar, service, form(answer, "Lagre og publiser").set("valg-0", "theirs"), "Lagre og publiser")
    assert [phone.number for phone in told(service).phones] == ["+4769174511"]


def test_a_conflict_form_that_was_not_ours_is_refused(two):
    eli, _gunnar = two
    service = serve()
    for mine in ("", "[]", "{}", '{"texts": 3}', "null"):
        answer = eli.post(address(service), {"mine": mine, "base": "{}", "theirs": "{}"})
        assert answer.status_code == 400, mine
