"""What is on record: journal, access log, documents, inventory, roles, and one's own account."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.apps import apps
from django.core.cache import cache
from django.test import Client
from django.utils import translation

from samvirke.access import log, readiness
from samvirke.access.acts import ACTS, Done
from samvirke.access.models import Readiness
from samvirke.access.permissions import ROLES
from samvirke.access.scope import opened, system_scope
from samvirke.access.telling import Change
from samvirke.accounts import logs
from samvirke.accounts.holdings import OF_THE_LIBRARY, holdings
from samvirke.accounts.logs import Sought
from samvirke.accounts.tables import roles_document
from samvirke.accounts.tests.conftest import journal
from tests.cast import HALDEN, OSLO, login

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 20, 11, 0, tzinfo=UTC)
HERE = f"/arbeid/{HALDEN}/"
PROJECT = Path(__file__).parents[3]


@pytest.fixture(autouse=True)
def no_limits_yet(db: None) -> None:
    cache.clear()


def write(
    cast, *entries: tuple[str, Done], who: str = "administrator", at: datetime = NOW, where: str = HALDEN
) -> None:
    scope = cast[who].scope(where)
    with opened(scope):
        log.write(scope, entries, at)


def test_the_journal_speaks_in_sentences(client: Client, cast) -> None:
    member = cast["editor"]
    write(
        cast,
        ("accounts.role.given", Done(HALDEN, member.id, about={"role": "approver", "member": member.id})),
    )
    write(cast, ("access.readiness.recorded", Done(HALDEN, "dpia", {"reference": ("2025/1", "2026/7")})))
    login(client, cast["reviewer"])
    text = " ".join(client.get(f"{HERE}journal/").content.decode().split())
    assert f"<b>{cast['administrator'].name}</b> ga en person en rolle" in text
    assert f"{member.name} · Godkjenner" in text
    assert (
        "et dokument som må være på plass før personopplysninger: vurdering av personvernkonsekvenser" in text
    )
    assert "Saksnummer eller adresse: <del>2025/1</del> → <ins>2026/7</ins>" in text
    assert str(member.id) not in text.partition("<ol")[2]


def test_the_journal_of_another_municipality_is_not_shown(client: Client, cast) -> None:
    write(
        cast,
        ("accounts.role.given", Done(OSLO, about={"role": "approver"})),
        who="administrator@oslo",
        where=OSLO,
    )
    login(client, cast["administrator"])
    assert "Her står det ingenting ennå" in client.get(f"{HERE}journal/").content.decode()
    assert client.get(f"/arbeid/{OSLO}/journal/").status_code == 404


def test_the_journal_goes_back_page_by_page_without_a_gap(cast) -> None:
    for minute in range(0, 120, 2):  # two at the same moment: the id decides
        write(
            cast,
            *[("accounts.role.given", Done(HALDEN, f"n{minute + x}")) for x in (0, 1)],
            at=NOW + timedelta(minutes=minute),
        )
    scope = cast["reviewer"].scope(HALDEN)
    seen, after = [], ""
    with opened(scope):
        while True:
            page = logs.journal(scope, HALDEN, Sought(after=after))
            seen += page.entries
            if not page.next:
                break
            after = page.next
    assert len(seen) == 120
    assert [one.at for one in seen] == sorted((one.at for one in seen), reverse=True)


def test_the_journal_is_searched_by_what_who_and_when(client: Client, cast) -> None:
    write(cast, ("accounts.role.given", Done(HALDEN)), at=NOW - timedelta(days=2))
    write(cast, ("accounts.role.taken", Done(HALDEN)), who="approver")
    login(client, cast["reviewer"])

    def found(**sought: str) -> int:
        return client.get(f"{HERE}journal/", sought).content.decode().count("<time")

    assert found() == 2
    assert found(code="accounts.role.given") == 1
    assert found(account=str(cast["approver"].id)) == 1
    assert found(since="2026-11-19") == 1
    assert found(until="2026-11-18") == 1
    assert found(code="accounts.role.given", since="2026-11-19") == 0
    for nonsense in ({"account": "x"}, {"code": "x"}, {"since": "i går"}, {"etter": "x_y"}):
        assert client.get(f"{HERE}journal/", nonsense).status_code == 200


def test_acts_of_the_system_say_why(cast) -> None:
    scope = system_scope("rydding", HALDEN)
    with opened(scope):
        log.write(scope, [("accounts.role.taken", Done(HALDEN))], NOW)
        [entry] = logs.journal(scope, HALDEN, Sought()).entries
    assert entry.who == "Systemet (rydding)"


def test_values_that_no_room_has_words_for_are_still_written_for_a_reader(cast) -> None:
    fields: dict[str, tuple[object, object]] = {
        "away_to": (None, "2026-12-01"), "ended": (None, "2026-11-10T11:15:56+00:00"), "naive": ("", "2026-11-10T11:15"),
        "ready": (False, True), "areas": ([], ["nord", "sør"]), "contact": (None, uuid4()), "empty": ("", []),
    }  # fmt: skip
    scope = system_scope("rydding", HALDEN)
    with opened(scope):
        log.write(scope, [("gone.room.act", Done(HALDEN, fields=fields))], NOW)
        [entry] = logs.journal(scope, HALDEN, Sought()).entries
    assert {one.field: (one.before, one.after) for one in entry.changes} == {
        "away_to": ("", "1. desember 2026"), "ended": ("", "10. november 2026 kl. 12.15"), "naive": ("", "2026-11-10T11:15"),
        "ready": ("nei", "ja"), "areas": ("", "nord, sør"),
    }  # fmt: skip


def test_rooms_tell_their_fields_in_words(cast) -> None:
    fields: dict[str, tuple[object, object]] = {"answer": ("", "coming"), "away_to": (None, "2026-12-01")}
    scope = system_scope("rydding", HALDEN)
    with opened(scope):
        log.write(scope, [("incidents.team.changed", Done(HALDEN, fields=fields))], NOW)
        log.write(
            scope, [("followup.stop.confirmed", Done(HALDEN, fields={"state": ("active", "closed")}))], NOW
        )
        told = {one for entry in logs.journal(scope, HALDEN, Sought()).entries for one in entry.changes}
    assert told == {
        Change("Svar", "Har ikke svart", "Kommer"),
        Change("Borte til og med", "", "1. desember 2026"),
        Change("Tilstand", "Følges opp", "Avsluttet"),
    }


def test_many_changes_are_folded(client: Client, cast) -> None:
    write(cast, ("gone.room.act", Done(HALDEN, fields={f"f{n}": ("", "x") for n in range(4)})))
    login(client, cast["administrator"])
    assert "<summary>Vis 4 opplysninger</summary>" in client.get(f"{HERE}journal/").content.decode()


def test_an_unknown_code_and_a_gone_account_do_not_break_the_page(client: Client, cast) -> None:
    scope = cast["administrator"].scope(HALDEN)
    with opened(scope):
        log.write(
            scope,
            [("gone.room.act", Done(HALDEN, about={"role": "gone", "member": uuid4(), "how": "x+y"}))],
            NOW,
        )
    login(client, cast["reviewer"])
    assert "gone.room.act" in client.get(f"{HERE}journal/").content.decode()


def test_every_act_has_words(cast) -> None:
    for act in ACTS.values():
        with translation.override("nb"):
            assert str(act.says)[0].islower(), act.code


def test_the_access_log_says_who_read_how_many_and_why(client: Client, cast) -> None:
    scope = cast["team-leader"].scope(HALDEN)
    with opened(scope):
        log.note_read(scope, HALDEN, "followup.person", ["a", "b"], why="oppfølging", now=NOW)
    login(client, cast["privacy-officer"])
    text = client.get(f"{HERE}innsyn/").content.decode()
    assert f"<b>{cast['team-leader'].name}</b> leste opplysninger om 2 personer" in text
    assert "oppfølging" in text


@pytest.mark.parametrize(
    ("path", "allowed"),
    [
        ("journal/", {"reviewer", "privacy-officer", "administrator"}),
        ("innsyn/", {"reviewer", "privacy-officer"}),
        ("klar/", {"reviewer", "privacy-officer", "administrator", "team-leader"}),
        ("personopplysninger/", {"reviewer", "privacy-officer", "administrator"}),
        ("medlemmer/", {"reviewer", "privacy-officer", "administrator", "team-leader"}),
    ],
)
def test_who_reads_what(client: Client, cast, path: str, allowed: set[str]) -> None:
    found = {
        role.value for role in ROLES
        if login(Client(), cast[role.value]).get(HERE + path).status_code == 200
    }  # fmt: skip
    assert found == allowed
    assert login(Client(), cast["outsider"]).get(HERE + path).status_code == 404
    assert login(Client(), cast["operator"]).get(HERE + path).status_code == 404
    assert Client().get(HERE + path).status_code == 302


GIVEN = {"document": "dpia", "reference": "2026/1234", "decided": "2026-01-10", "valid_until": ""}


def test_a_document_is_recorded(client: Client, cast) -> None:
    login(client, cast["administrator"])
    assert "3 dokumenter mangler" in client.get(f"{HERE}klar/").content.decode()
    assert client.post(f"{HERE}klar/", GIVEN).status_code == 302
    text = client.get(f"{HERE}klar/").content.decode()
    assert "2026/1234" in text
    assert "2 dokumenter mangler" in text
    assert journal(municipality=HALDEN) == [("access.readiness.recorded", cast["administrator"].id)]


@pytest.mark.parametrize(
    ("field", "value", "why"),
    [("reference", "", "Skriv saksnummeret"), ("decided", "", "Skriv datoen"), ("decided", "2999-01-01", "framtiden"),
     ("valid_until", "2020-01-01", "slutte å gjelde før"), ("document", "x", "")],
)  # fmt: skip
def test_a_document_that_cannot_be_is_refused_at_its_field(
    client: Client, cast, field: str, value: str, why: str
) -> None:
    login(client, cast["administrator"])
    text = client.post(f"{HERE}klar/", GIVEN | {field: value}).content.decode()
    assert why in text
    with opened(system_scope("prøve")) as scope:
        assert not Readiness.objects.visible_to(scope).exists()


def test_who_only_reads_records_no_document(client: Client, cast) -> None:
    login(client, cast["privacy-officer"])
    assert "Registrer et dokument" not in client.get(f"{HERE}klar/").content.decode()
    assert client.post(f"{HERE}klar/", GIVEN).status_code == 403


def test_with_all_three_a_municipality_may_hold_people(cast) -> None:
    scope = cast["administrator"].scope(HALDEN)
    for document in readiness.NAMES:
        readiness.record(scope, HALDEN, document, "2026/1", date(2026, 1, 1), now=NOW)
    with opened(scope):
        assert readiness.lacking(scope, HALDEN, NOW.date()) == []


def test_the_inventory_names_every_table_with_personal_data() -> None:
    named = {(one.room, one.table) for one in holdings()}
    ours = [
        model for model in apps.get_models()
        if model.__module__.startswith("samvirke.") and getattr(model, "holds", "") == "PERSONAL"
    ]  # fmt: skip
    assert {(model.__module__.split(".")[1], model.__name__) for model in ours} <= named
    library = {
        model._meta.label for model in apps.get_models()
        if model.__module__.startswith(("allauth.", "django.contrib.sessions"))
    }  # fmt: skip
    assert library - set(OF_THE_LIBRARY) == {"socialaccount.SocialApp"}  # no persons: identity providers


def test_the_inventory_is_a_screen(client: Client, cast) -> None:
    login(client, cast["privacy-officer"])
    text = client.get(f"{HERE}personopplysninger/").content.decode()
    assert "usersessions.UserSession" in text
    assert "hvem som har lest opplysninger om hvem" in text


def test_the_roles_are_shown_to_all_who_have_one(client: Client, cast) -> None:
    for role in ROLES:
        assert login(Client(), cast[role.value]).get("/arbeid/roller/").status_code == 200
    assert login(client, cast["outsider"]).get("/arbeid/roller/").status_code == 404


def test_the_document_about_roles_is_current() -> None:
    written = (PROJECT / "docs" / "roller.md").read_text("utf-8")
    assert written == roles_document(), "run: samvirke roles > docs/roller.md"


@pytest.mark.parametrize("day", ["9999-12-31", "9999-12-30", "0001-01-01"])
@pytest.mark.parametrize("end", ["since", "until"])
def test_a_day_at_the_end_of_time_is_a_day_like_others(client: Client, cast, end: str, day: str) -> None:
    login(client, cast["privacy-officer"])
    assert client.get(f"{HERE}journal/", {end: day}).status_code == 200
