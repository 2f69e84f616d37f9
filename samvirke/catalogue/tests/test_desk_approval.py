"""Where a municipality wants a second person: sent, seen, approved or sent back; nobody approves their own."""

import pytest
from django.test import Client
from django.utils import timezone

from samvirke.access.scope import opened
from samvirke.catalogue import queries
from samvirke.catalogue.models import Draft
from samvirke.catalogue.tests.conftest import SYSTEM, every
from samvirke.catalogue.tests.desk import BASE, DESK, address, editing, join, serve, text
from samvirke.catalogue.tests.web import form, press
from tests.cast import login

SEND = "Send til godkjenning"


@pytest.fixture
def both(cast, db) -> tuple[Client, Client]:
    join(timezone.now(), needs_approval=True)
    return login(Client(), cast["editor"]), login(Client(), cast["approver"])


def description(service) -> str:
    with opened(SYSTEM):
        return queries.as_input(queries.service_for(SYSTEM, service)).texts["nb"].description


def sent(editor, service) -> str:
    """Send a change for approval and return where it waits."""
    given = editing(editor, service).put(description="Ny tekst.")
    assert "er sendt til godkjenning" in text(press(editor, address(service), given, SEND))
    [draft] = every(Draft)
    return f"{BASE}godkjenning/{draft.id}/"


def test_a_change_waits_until_another_has_approved_it(both):
    editor, approver = both
    service = serve()
    place = sent(editor, service)
    assert description(service) != "Ny tekst."
    assert "Nav Halden" in text(approver.get(f"{BASE}godkjenning/"))
    assert "Venter på godkjenning" in text(approver.get(DESK))
    page = approver.get(place)
    assert "<ins>Ny tekst.</ins>" in text(page)
    press(approver, place, form(page, "Godkjenn og publiser"), "Godkjenn og publiser")
    assert description(service) == "Ny tekst."
    assert "Ingenting venter" in text(approver.get(f"{BASE}godkjenning/"))


def test_it_can_be_sent_back_with_a_note_that_the_writer_reads(both):
    editor, approver = both
    service = serve()
    place = sent(editor, service)
    page = approver.get(place)
    empty = press(approver, place, form(page, "Send tilbake"), "Send tilbake")
    assert "Skriv hva som må endres." in text(empty)
    press(approver, place, form(empty, "Send tilbake").put(note="Skriv kortere."), "Send tilbake")
    assert "Skriv kortere." in text(editor.get(DESK))
    assert "Skriv kortere." in text(editor.get(address(service)))
    assert editor.get(place).status_code == 404
    assert description(service) != "Ny tekst."


def test_nobody_approves_what_they_have_written(both):
    editor, approver = both
    service = serve()
    given = editing(approver, service).put(description="Godkjennerens tekst.")
    press(approver, address(service), given, SEND)
    [draft] = every(Draft)
    place = f"{BASE}godkjenning/{draft.id}/"
    assert "Du har selv skrevet" in text(approver.get(place))
    refused = approver.post(place, {"gjor": "godkjenn"}, follow=True)
    assert "En annen må godkjenne det" in text(refused)
    assert editor.post(place, {"gjor": "godkjenn"}).status_code == 403
    assert description(service) != "Godkjennerens tekst."


def test_a_new_service_too_is_approved_before_it_stands_on_the_page(both):
    editor, approver = both
    service = serve("ppt", "PPT", by="")
    press(editor, address(service), editing(editor, service), SEND)
    [draft] = every(Draft)
    place = f"{BASE}godkjenning/{draft.id}/"
    page = approver.get(place)
    assert "Tjenesten er ny på siden" in text(page)
    press(approver, place, form(page, "Godkjenn og publiser"), "Godkjenn og publiser")
    with opened(SYSTEM):
        assert queries.service_for(SYSTEM, service).state == "confirmed"


def test_what_waits_does_not_exist_for_others(both, cast):
    editor, _approver = both
    place = sent(editor, serve())
    assert login(Client(), cast["approver@oslo"]).get(place).status_code == 404
    assert login(Client(), cast["outsider"]).get(place).status_code == 404
