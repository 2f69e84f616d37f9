"""A stolen copy of the database names no one: everything that is written about people, looked for in a whole dump."""

import base64
import logging
import os
import re
import subprocess
from dataclasses import fields
from datetime import timedelta
from urllib.parse import urlsplit, urlunsplit

import pytest
from django.test import Client

from samvirke.access.scope import opened, system_scope
from samvirke.followup import actions, queries
from samvirke.followup.actions.attempts import Tried
from samvirke.followup.identity import Identity
from samvirke.followup.models import Attempt, Person, Tip
from samvirke.followup.rules.closing import Ending
from samvirke.followup.rules.interpreting import Kind
from samvirke.followup.rules.outcomes import Outcome
from samvirke.followup.rules.people import Part, Protection
from samvirke.followup.tests.conftest import DAY, HALDEN, NOW, House, house
from samvirke.followup.views import public
from tests.cast import login, move_in
from tests.postgres_plugin import databases

pytestmark = [pytest.mark.fault]
BASE = f"/arbeid/{HALDEN}/oppfolging/"
# Every word is one that stands nowhere else. Phones and identity numbers are written in each way people write them.
WHO = Identity(
    first="Qvirinella", last="Zwartsveen", birth="17.03.1987", nin="17038710281", phones=("00 00 77 31",),
    email="qvirinella@zwart.example", street="Vråkestubben 911", postal_code="1767", home="3101",
    safe_contact="Ring aldri før Grimbert har dratt", best_time="Etter kveldsmaten hos Tormodine",
    school_or_work="Kvernsteinverket", gp="Legen Ulvhild Stormkast", needs="Trappeheisen Knirk", wristband="W-90817",
)  # fmt: skip
SAID = (
    "Snakket med naboen Tassilo", "Ring Hjalmfrid etter lunsj", "Avtalt med Orvar i politiet", "Vil hvile for Sunniva",
    "Rettssaken mot Barnabas", "Ferdig for Philippa", "Tok kontakt igjen gjennom Eufemia", "Hopper over for Leander",
    "Tolketjenesten Quintus",
)  # fmt: skip
SECRETS = [
    "Qvirinella", "Zwartsveen", "1987-03-17", "17.03.1987", "17038710281", "170387 10281", "00007731", "00 00 77 31",
    "qvirinella@", "Vråkestubben", "Grimbert", "Tormodine", "Kvernsteinverket", "Ulvhild", "Knirk", "W-90817", "Tassilo",
    "Hjalmfrid", "Orvar", "Sunniva", "Barnabas", "Philippa", "Eufemia", "Leander", "Wigdis", "Yttersgjord", "00006629", "00 00 66 29",
    "Quintus", "Zephyrine", "Ulvhaven", "00004481", "00 00 44 81", "Kasimir", "Ottokar", "Brunnhilde", "Rosamunde",
]  # fmt: skip


def ways(secret: str) -> list[bytes]:
    """Return a secret as it may stand in a dump: plain, escaped, as hexadecimal digits, as base64 at any offset."""
    plain = secret.casefold().encode()
    found = [
        plain,
        secret.encode("unicode_escape").lower(),
        plain.hex().encode(),
        secret.encode().hex().encode(),
    ]
    for before in range(3):
        whole = base64.b64encode(b"x" * before + secret.encode())
        found.append(whole[4 if before else 0 : -4 if len(whole) > 12 else None].lower())
    return [way for way in found if len(way) > 4]


def dump() -> bytes:
    """Return the whole database as pg_dump writes it, as the owner."""
    owner = urlsplit(os.environ["DATABASE_OWNER_URL"])
    program = databases.cluster.programs / "bin" / "pg_dump"
    done = subprocess.run(
        [str(program), "--inserts", "-d", urlunsplit(owner)], capture_output=True, check=False, cwd="/"
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def a_course(made: House) -> None:
    """Let everything be written about two people that can be written: the second one has never-again and an end."""
    one = made.assigned(WHO, part=Part.INJURED, protection=Protection.CONFIDENTIAL)
    made.attempt(one, Outcome.ACCEPTS, NOW + DAY, note=SAID[0])
    actions.hand_over(
        made.leader, one, made.member("health-professional"), made.member("contact-person"), SAID[1],
        person_told="phone", now=NOW + 2 * DAY,
    )  # fmt: skip
    step = made.steps(one, state="open")[0]
    actions.skip(made.leader, step.id, SAID[7], now=NOW + 2 * DAY)
    actions.add_step(made.leader, one, "trial", NOW + 40 * DAY, SAID[4], now=NOW + 3 * DAY)
    with opened(made.leader) as scope:
        Person.objects.visible_to(scope).update(interpreter=True)
    due = made.steps(one, state="open", owner="contact-person")[0]
    actions.book_interpreter(made.leader, due.id, Kind.SIGN, NOW + 5 * DAY, SAID[8], now=NOW + 3 * DAY)
    actions.pause(made.leader, one, NOW + 30 * DAY, SAID[3], now=NOW + 4 * DAY)
    made.attempt(one, Outcome.ACUTE_DANGER, NOW + 31 * DAY, note=SAID[0])
    made.attempt(one, Outcome.ACCEPTS, NOW + 32 * DAY, note="Wigdis vil avslutte.")
    actions.close(
        made.leader, one, Ending.OWN_WISH, SAID[5], way_back_told=True, asked=True, now=NOW + 33 * DAY
    )
    actions.reopen(made.leader, one, SAID[6], now=NOW + 50 * DAY)
    with opened(made.leader) as scope:
        person = Person.objects.visible_to(scope).get(id=made.row(one).person_id)
        seen = queries.seen(scope, person.id, why="edit", now=NOW + 50 * DAY).identity
    actions.edit_person(
        made.leader, person.id, seen, version=person.version, now=NOW + 50 * DAY, protection=Protection.NONE,
        language="nb", interpreter=False,
    )  # fmt: skip
    bereaved = made.register(
        Identity(first="Qvirinella", last="Zwartsveen", birth="1960"), part=Part.BEREAVED
    ).followup
    assert bereaved
    actions.message_delivered(made.leader, bereaved, SAID[2], now=NOW + timedelta(hours=3))
    never = Tried("phone", Outcome.NEVER_AGAIN, note=SAID[0])
    actions.record_attempt(made.leader, bereaved, never, now=NOW + DAY)
    actions.confirm_stop(made.leader, bereaved, SAID[5], now=NOW + 2 * DAY)


def on_screen(made: House, client: Client) -> None:
    """Let the same be typed and read over HTTP, with what goes wrong on the way."""
    login(client, made.people["team-leader"])
    url = f"{BASE}ny/{made.incident}/"
    client.post(
        url, {"first": "Qvirinella", "last": "Zwartsveen", "birth": "ikke en dato", "phones": "00 00 77 31"}
    )
    client.post(
        url, {"protection": "none", "first": "Wigdis", "last": "Yttersgjord", "phones": "00 00 66 29",
              "birth": "1987", "part": "witness", "source": "eps", "language": "nb", "safe_contact": "Grimbert"},
    )  # fmt: skip
    with opened(made.leader) as scope:
        rows = list(queries.followups(scope).filter(live=True))
    for row in rows:
        client.get(f"{BASE}{row.id}/")
        client.post(f"{BASE}{row.id}/forsok/", {"outcome": "no-answer", "channel": "phone", "note": SAID[0]})
        client.post(f"{BASE}{row.id}/forsok/", {"outcome": "?", "channel": "phone", "note": SAID[0]})
    client.get(BASE)
    client.get(f"{BASE}ko/")


def from_outside(made: House, client: Client) -> None:
    """Let somebody write on the public page, about themselves and about another; let the desk read, answer and register."""
    actions.open_form(made.leader, made.incident, HALDEN, now=NOW)
    first = {"who": "self", "name": "Zephyrine Ulvhaven", "phone": "00 00 44 81", "about": "", "spoken": "nb",
             "best_time": "Når Kasimir sover"}  # fmt: skip
    other = {**first, "who": "other", "about": "Ottokar Brunnhilde", "best_time": ""}
    for told in (first, other, {**first, "phone": "ikke et nummer"}):
        shown = client.post(f"/oppfolging/{HALDEN}/", told).content.decode()
        hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', shown))
        client.post(f"/oppfolging/{HALDEN}/", hidden)
    with opened(made.leader) as scope:
        ids = list(Tip.objects.visible_to(scope).order_by("about_self").values_list("id", flat=True))
    assert len(ids) == 2
    client.get(f"{BASE}meldinger/")
    for tip in ids:
        client.get(f"{BASE}meldinger/{tip}/")
    answer = {"svar": "1", "svar-relevant": "yes", "svar-reason": "Ringte Ottokar og Rosamunde"}
    client.post(f"{BASE}meldinger/{ids[0]}/", answer)
    person = {"protection": "none", "first": "Zephyrine", "last": "Ulvhaven", "phones": "00 00 44 81", "part": "witness",
              "source": "self", "language": "nb"}  # fmt: skip
    client.post(f"{BASE}meldinger/{ids[1]}/", person)
    with opened(made.leader) as scope:
        handled = Tip.objects.visible_to(scope).filter(handled_at__isnull=False)
        assert set(handled.values_list("became", flat=True)) == {"answered", "registered"}


def test_not_one_name_number_address_or_note_stands_in_a_dump_or_in_a_log(
    committed_db, caplog, settings, monkeypatch
):
    settings.ALLOWED_HOSTS = ["localhost"]
    caplog.set_level(logging.DEBUG)
    made = house(move_in())
    a_course(made)
    client = Client(HTTP_HOST="localhost", raise_request_exception=False)
    on_screen(made, client)
    monkeypatch.setattr(public, "SOONEST", 0)
    from_outside(made, client)
    with opened(system_scope("prøve")) as scope:
        assert Attempt.objects.visible_to(scope).count() > 4
        assert (
            Person.objects.visible_to(scope).count() == 4
        )  # two by the acts, one on the screen, one from outside
    whole = dump().lower()
    assert b"followup_attempt" in whole
    assert b"access_journal" in whole
    assert [secret for secret in SECRETS for way in ways(secret) if way in whole] == []
    told = caplog.text.casefold()
    assert [secret for secret in SECRETS if secret.casefold() in told] == []


def test_the_search_itself_would_find_them():
    """Names in the clear, as bytes and as base64 are found; and each field of an identity is searched for."""
    for form in (b"Zwartsveen", b"Zwartsveen".hex().encode(), base64.b64encode(b"ab Zwartsveen cd")):
        assert any(way in form.lower() for way in ways("Zwartsveen"))
    home = {"postal_code", "home", "now_at", "together_with"}  # numbers of places, and what is not told here
    for one in fields(Identity):
        if one.name not in home and (told := getattr(WHO, one.name)):
            text = told[0] if isinstance(told, tuple) else told
            assert any(secret.casefold() in text.casefold() for secret in SECRETS), one.name


def test_the_log_of_the_server_holds_nothing_either(committed_db):
    """What PostgreSQL itself wrote of statements that went wrong: never values."""
    log = databases.cluster.folder / "log"
    assert not log.exists() or b"zwartsveen" not in log.read_bytes().lower()
