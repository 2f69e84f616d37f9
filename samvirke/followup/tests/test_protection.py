"""Strengt fortrolig through every screen: no address, no number, no home; and no name in journal, messages or logs."""

import logging
import re
from dataclasses import replace

import pytest
from django.urls import get_resolver
from django.utils import timezone

from samvirke.access.models import AccessLog, Journal
from samvirke.access.scope import opened, system_scope
from samvirke.followup import actions, queries, urls
from samvirke.followup.actions.attempts import Tried
from samvirke.followup.identity import Identity
from samvirke.followup.rules.outcomes import Outcome
from samvirke.followup.rules.people import Protection
from samvirke.followup.tests.conftest import DAY, HALDEN, NOW
from samvirke.followup.tests.test_screens import BASE, as_, client
from samvirke.messaging.models import Message

__all__ = ["client"]
LIVED = Identity(
    first="Signe Marie", last="Vestdal", birth="14.03.1991", phones=("00 00 12 34",), street="Fjellveien 7",
    postal_code="5003", home="4601", school_or_work="Fjellskolen", gp="Doktor Lien", email="signe@eksempel.no",
    now_at="Hotell Utsikten", together_with="Tante Gro",
)  # fmt: skip
WHERE = ("Fjellveien", "5003", "4601", "Fjellskolen", "Lien", "Bergen", "Utsikten")
NUMBER = ("00001234", "00 00 12 34", "+4700001234")
NAME = ("Signe", "Vestdal")
# Ids and tokens are random: four digits of a postal code come up in them by chance.
BY_CHANCE = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|csrfmiddlewaretoken\" value=\"\w+")


def said(content: bytes) -> str:
    """Return what an answer says, without its random ids and tokens."""
    return BY_CHANCE.sub("", content.decode(errors="replace"))


@pytest.fixture
def shielded(at_work, client):
    """Somebody who lived at a place until the protection came: edited on the screen, as it happens."""
    found = at_work.assigned(LIVED)
    as_(client, at_work, "contact-person")
    told = {
        "protection": "strengt-fortrolig", "first": "Signe Marie", "last": "Vestdal", "birth": "1991-03-14",
        "phones": "+4700001234", "language": "nb", "version": "1", "street": "Fjellveien 7", "gp": "Doktor Lien",
        "now_at": "Hotell Utsikten", "together_with": "Tante Gro",
    }  # fmt: skip
    assert client.post(f"{BASE}{found}/endre/", told).status_code == 302
    leader = at_work.people["team-leader"].id
    actions.name_access(at_work.leader, found, leader, "Leder saken", now=NOW)
    at_work.attempt(found, Outcome.ACUTE_DANGER, NOW, note="Er redd.")
    at_work.attempt(found, Outcome.MOVED, NOW + DAY)
    return found


def addresses(at_work, found) -> list[str]:
    """Return every address of the room that can be read for this person, built from the site map itself."""
    known = {
        "municipality": HALDEN, "followup": str(found), "step": str(at_work.steps(found)[0].id), "name": "direct",
        "incident": str(at_work.incident),
    }  # fmt: skip
    resolver, ready = get_resolver(), []
    for pattern in urls.urlpatterns:
        needed = set(pattern.pattern.converters)
        if pattern.name and needed <= set(known):
            ready.append(resolver.reverse(pattern.name, **{one: known[one] for one in needed}))
    return [f"/{address.lstrip('/')}" for address in ready]


def test_the_edit_took_away_where_the_person_is(at_work, shielded):
    with opened(at_work.leader) as scope:
        person = queries.followup(scope, shielded).person_id
        kept = queries.seen(scope, person, why="person", now=NOW).identity
    assert (kept.street, kept.postal_code, kept.home, kept.school_or_work, kept.gp) == ("", "", "", "", "")
    assert kept.last == "Vestdal"


@pytest.mark.parametrize("who", ["team-leader", "contact-person", "health-professional"])
def test_no_screen_shows_where_or_the_number(client, at_work, shielded, who):
    as_(client, at_work, who)
    seen = 0
    for address in addresses(at_work, shielded):
        answer = client.get(address)
        if answer.status_code != 200 or not answer["Content-Type"].startswith("text/html"):
            continue
        seen += 1
        text = said(answer.content)
        shown = [word for word in WHERE if word in text]
        # The form in which the number itself is changed is the one place besides the one that shows it when asked.
        shown += [] if address.endswith("/endre/") else [word for word in NUMBER if word in text]
        assert not shown, (address, shown)
        title = text[text.index("<title>") : text.index("</title>")]
        assert not [word for word in (*NAME, *WHERE, *NUMBER) if word in title + address]
    assert seen >= 10


def test_a_leader_without_named_access_sees_no_name_on_any_screen(client, at_work, shielded):
    actions.end_access(at_work.leader, shielded, at_work.people["team-leader"].id, now=NOW)
    as_(client, at_work, "team-leader")
    for address in addresses(at_work, shielded):
        text = said(client.get(address, follow=True).content)
        assert not [word for word in (*NAME, *WHERE, *NUMBER) if word in text], address


def test_neither_journal_nor_messages_nor_the_log_of_the_machine_names_anybody(client, at_work, caplog):
    with caplog.at_level(logging.DEBUG):
        found = at_work.assigned(replace(LIVED, street="", postal_code="", home="", school_or_work="", gp="", now_at=""),
                                 protection=Protection.STRICTLY_CONFIDENTIAL)  # fmt: skip
        as_(client, at_work, "team-leader")
        for address in addresses(at_work, found):
            client.get(address)
        client.post(
            f"{BASE}{found}/forsok/", {"outcome": "acute-danger", "channel": "phone", "note": "Signe ringte"}
        )
        told = Tried(
            "phone", Outcome.ACUTE_DANGER, note="Signe ringte", done_what="Ringte 113", by_whom="Kari"
        )
        actions.record_attempt(at_work.leader, found, told, now=NOW)
        actions.add_step(at_work.leader, found, "trial", NOW + DAY, "Saken mot Vestdal", now=NOW)
        actions.hand_over(
            at_work.leader, found, at_work.member("health-professional"), at_work.member("contact-person"),
            "Signe vil ha en annen", person_told="phone", now=NOW,
        )  # fmt: skip
    with opened(system_scope("prøve")) as scope:
        kept = [
            *Journal.objects.visible_to(scope).values_list("payload", flat=True),
            *AccessLog.objects.visible_to(scope).values_list("payload", flat=True),
            *Message.objects.visible_to(scope).values(),
        ]
        steps = list(queries.Step.objects.visible_to(scope).values("reason", "source", "settled_because"))
    written = f"{kept}{steps}{caplog.text}"
    assert "followup" in written
    assert not [word for word in (*NAME, *NUMBER, "signe@eksempel.no") if word in written]


def test_where_a_shielded_person_is_cannot_be_typed_again(client, at_work, shielded):
    as_(client, at_work, "contact-person")
    form = client.get(f"{BASE}{shielded}/endre/").content.decode()
    for name in ("street", "postal_code", "school_or_work", "gp", "now_at"):
        assert f'name="{name}"' not in form


def test_who_needs_a_letter_to_a_shielded_person_is_sent_to_those_who_are_named(client, at_work, shielded):
    leader = at_work.people["team-leader"]
    as_(client, at_work, "contact-person")
    page = client.get(f"{BASE}{shielded}/").content.decode()
    told = page[page.index("Strengt fortrolig adresse.") :]
    assert leader.name in told[: told.index("Spør ikke etter adressen.")]
    assert "Tante Gro" in page, "whom a child is with stands there; where does not"
    actions.end_access(at_work.leader, shielded, leader.id, now=NOW)
    assert "Ingen er navngitt ennå. Send ingenting." in client.get(f"{BASE}{shielded}/").content.decode()
    as_(client, at_work, "team-leader")
    assert "Gi en leder tilgang først." in client.get(f"{BASE}{shielded}/tilgang/").content.decode()


@pytest.mark.parametrize("who", ["team-leader", "contact-person"])
def test_no_list_tells_where_anybody_lives_or_is(client, at_work, who):
    """Not even without a protection: lists say whom to contact, not where."""
    at_work.assigned(LIVED, now=timezone.now())
    at_work.register(replace(LIVED, first="Una", phones=()), now=timezone.now())
    as_(client, at_work, who)
    seen = ""
    for address in (
        "",
        "?vis=framover",
        "?vis=teamet",
        "?vis=stedfortreder",
        "?vis=venter",
        "ko/",
        "leder/",
        "journalforing/",
    ):
        answer = client.get(BASE + address)
        text = said(answer.content)
        seen += text
        assert not [word for word in WHERE if word in text], address
    assert "Vestdal" in seen
