"""Whom the pages tell residents to ring: the call box for this minute, and numbers that are not theirs to ring."""

import re
from dataclasses import replace

import pytest

from samvirke.catalogue.finnhjelp.site import Access, PhoneView
from samvirke.catalogue.tests import sites
from samvirke.catalogue.tests.test_pages import MOMENTS, call_box, made, rendered, text_of, visible


def test_the_call_box_shows_the_crisis_team_in_its_phone_hours():
    assert "Kriseteamet Telefontid: mandag 23. november kl. 08.30–15.00" in call_box(
        made(sites.JOINED)["index.html"]
    )
    assert "Får du ikke svar: 116 117" in call_box(made(sites.JOINED)["index.html"])


@pytest.mark.parametrize("moment", MOMENTS[1:], ids=str)
def test_outside_phone_hours_the_call_box_is_the_emergency_doctor(moment):
    shown = call_box(made(sites.JOINED, moment)["index.html"])
    assert shown.startswith("Legevakten")
    assert "116 117" in shown


@pytest.mark.parametrize(
    "change",
    [
        {"phones": (PhoneView("+4700000001", verified_at=None, hours="24/7"),)},
        {"phones": (PhoneView("+4700000001", verified_at=sites.CHECKED, hours=None),)},
        {"phones": (PhoneView("+4700000001", for_residents=False, verified_at=sites.CHECKED, hours="24/7"),)},
        {"access": Access.THROUGH},
        {"access": Access.PROFESSIONALS},
        {"access": Access.REFERRAL},
        {"checked": None},
    ],
    ids=str,
)
def test_the_call_box_never_shows(change):
    team = replace(sites.SERVICES[0], **change)
    page = made(replace(sites.JOINED, services=(team,)))["index.html"]
    assert call_box(page).startswith("Legevakten")


def test_numbers_residents_may_not_ring_stand_nowhere_but_with_professionals():
    for path, markup in rendered(sites.JOINED).items():
        if "fagfolk" not in path:
            assert "+4700000007" not in markup, path
        assert "+4700000008" not in markup, path  # nobody has verified it
    assert "+4700000007" in rendered(sites.JOINED)["fagfolk/index.html"]


def test_who_can_send_for_a_service_is_said_only_when_confirmed():
    group = sites.SERVICES[6]
    assert "Kriseteamet kan sende bud" in rendered(sites.JOINED)["index.html"]
    unsure = replace(sites.JOINED, services=(replace(group, access_verified=False),))
    markup = rendered(unsure)["index.html"]
    assert "sende bud" not in markup
    assert "ikke bekreftet hvordan du får kontakt" in markup


UNSURE = {
    "index.html": "Nummer: 00 00 00 01. Kommunen har ikke bekreftet hvem som kan ringe.",
    "nn/index.html": "Nummer: 00 00 00 01. Kommunen har ikkje stadfesta kven som kan ringje.",
    "en/index.html": "Number: 00 00 00 01. The municipality has not confirmed who may call.",
}


@pytest.mark.parametrize("access", [Access.SELF, Access.REFERRAL])
def test_a_number_is_told_but_not_to_be_rung_when_nobody_has_confirmed_the_way_in(access):
    team = replace(sites.SERVICES[0], access=access, access_verified=False)
    site = replace(sites.JOINED, services=(team,))
    pages = made(site)
    for front, sentence in UNSURE.items():
        for path in (front, front.replace("index.html", "tjeneste/kriseteam/index.html")):
            markup = text_of(pages[path])
            assert sentence in " ".join(visible(markup).replace(" .", ".").split()), path
            badges = re.findall(r'<p class="sv-badges">.*?</p>', markup)
            assert not any('data-kind="phone"' in badge for badge in badges), path
    for path, markup in rendered(site).items():
        assert "tel:+4700000001" not in markup, path
        assert '"telephone":"+4700000001"' not in markup, path
    (found,) = [entry for entry in pages["sok.json"].data["search_entries"] if entry.id == team.id]
    assert (found.phone, found.note) == ("", UNSURE["index.html"])
    assert "00 00 00 01" not in str(pages["plakat.pdf"].data["arguments"])


def test_several_numbers_that_may_not_be_rung_are_one_sentence():
    phones = tuple(
        replace(sites.SERVICES[0].phones[0], e164=f"+4769000{number}", label={"nb": label})
        for number, label in (("100", "Dag"), ("200", ""))
    )
    team = replace(sites.SERVICES[0], access_verified=False, phones=phones)
    card = made(replace(sites.JOINED, services=(team,)))["index.html"].data["groups"][0]["cards"][0]
    assert (
        card.unsure
        == "Nummer: Dag 69 00 01 00 og 69 00 02 00. Kommunen har ikke bekreftet hvem som kan ringe."
    )
    assert card.phones == ()


def test_a_way_in_that_nobody_confirmed_is_not_said_and_not_in_the_call_box():
    team = replace(sites.SERVICES[0], access=Access.SELF, access_verified=False)
    unsure = replace(sites.JOINED, services=(team,))
    assert "Du kan ta kontakt selv" not in rendered(unsure)["index.html"]
    assert call_box(made(unsure)["index.html"]).startswith("Legevakten")
    sure = replace(sites.JOINED, services=(replace(team, access_verified=True),))
    assert "Du kan ta kontakt selv" in rendered(sure)["index.html"]
    assert call_box(made(sure)["index.html"]).startswith("Kriseteamet")
