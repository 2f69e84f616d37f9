"""Services that belong to no municipality: the directorate is reminded of them, and says that they are still right."""

from datetime import datetime, timedelta
from uuid import UUID

import pytest
from django.test import Client
from django.utils import timezone, translation

from samvirke.access.scope import NATIONAL, opened, system_scope
from samvirke.catalogue import actions, letters, reminding
from samvirke.catalogue.models import Reminder, Verification
from samvirke.catalogue.tests.conftest import HALDEN, NOW, SYSTEM, every, whole
from samvirke.messaging.letters import Letter, Recipient
from samvirke.messaging.models import Message
from tests.cast import CAST, login, move_in

DIRECTORATE = CAST["directorate"].id
ADDRESS = "/arbeid/felles-tjenester/"
PIECES = 7


@pytest.fixture
def cast(halden: str) -> None:
    move_in()


def shared(name: str = "AMK", at: datetime = NOW) -> UUID:
    made = actions.create_service(
        SYSTEM, None, whole("amk", name), now=at, areas=[("country", "")], confirmed_by="AMK-sentralen"
    )
    return made.service


def read(round_: str, language: str = "nb") -> Letter | None:
    row = max(every(Reminder, round=round_), key=lambda one: one.sent_at)
    with opened(system_scope("prøve", NATIONAL)), translation.override(language):
        return letters.reminder(Recipient(language=language), {"letter": row.letter}, NOW)


def test_day_by_day_through_a_hundred_days_the_directorate_gets_three_letters(cast):
    shared()
    seen = []
    for day in range(101):
        before = len(every(Message))
        reminding.remind(NOW + timedelta(days=day))
        seen += [day] * (len(every(Message)) - before)
    assert seen == [76, 90, 97]
    assert {(row.recipient_id, row.municipality_id) for row in every(Message)} == {(str(DIRECTORATE), None)}
    assert {(row.account, row.municipality_id) for row in every(Reminder)} == {(DIRECTORATE, None)}
    assert len(every(Reminder)) == 3 * PIECES


def test_those_of_a_municipality_are_reminded_of_their_own_only(cast):
    shared()
    actions.create_service(SYSTEM, HALDEN, whole(), now=NOW, confirmed_by="Redaktøren")
    tally = reminding.remind(NOW + timedelta(days=90))
    assert (tally.municipalities, tally.letters.total()) == (1, 3)
    assert {(row.account, row.municipality_id) for row in every(Reminder)} == {
        (DIRECTORATE, None),
        (CAST["editor"].id, HALDEN),
        (CAST["both"].id, HALDEN),
    }


def test_without_a_directorate_it_is_told_that_nobody_is_reached(halden):
    shared()
    assert reminding.remind(NOW + timedelta(days=90)).unreached == [None]
    assert every(Reminder) == []


@pytest.mark.parametrize(
    ("language", "subject"),
    [
        ("nb", "Opplysninger om felles tjenester må bekreftes på nytt"),
        ("nn", "Opplysningar om felles tenester må stadfestast på nytt"),
        ("en", "Information about shared services has to be confirmed again"),
    ],
)
def test_the_letter_leads_to_where_they_are_confirmed(cast, language, subject):
    shared("AMK Oslo")
    reminding.remind(NOW + timedelta(days=90))
    letter = read("due", language)
    assert letter
    assert letter.subject == subject
    assert "AMK Oslo" in letter.text
    assert ADDRESS in letter.text


def test_what_is_due_is_confirmed_in_one_go_and_then_nothing_is_due(cast):
    service = shared(at=timezone.now() - timedelta(days=95))
    other = shared("AMK Innlandet", at=timezone.now())
    client = login(Client(), CAST["directorate"])
    page = client.get(ADDRESS).content.decode()
    assert "Fristen var" in page
    assert str(service) in page
    assert page.index("Navn og beskrivelse") < page.index("Åpningstid") < page.index("Telefonnummer")
    assert str(other) not in page
    answer = client.post(ADDRESS, {"services": [str(service)], "by": "AMK-sentralen"})
    assert answer.status_code == 302
    page = client.get(ADDRESS).content.decode()
    assert "Det er ingenting å bekrefte" in page
    assert "Du får e-post når de må bekreftes på nytt." in page
    today = timezone.now().date()
    assert {row.verified_at.date() for row in every(Verification, service=service)} == {today}


def test_a_municipalitys_service_cannot_be_confirmed_there(cast):
    shared(at=timezone.now() - timedelta(days=95))
    own = actions.create_service(
        SYSTEM, HALDEN, whole(), now=timezone.now() - timedelta(days=95), confirmed_by="Redaktøren"
    ).service
    client = login(Client(), CAST["directorate"])
    answer = client.post(ADDRESS, {"services": [str(own)], "by": "Direktoratet"})
    assert answer.status_code == 200
    assert {row.verified_by for row in every(Verification, service=own)} == {"Redaktøren"}
    assert login(Client(), CAST["editor"]).get(ADDRESS).status_code == 403
