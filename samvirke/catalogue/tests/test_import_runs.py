"""An import seen before it happens, carried out, taken back and carried out again; nothing of somebody else's is lost."""

import json
from datetime import datetime, timedelta
from uuid import UUID

import pytest

from samvirke.access.models import Journal
from samvirke.access.permissions import Need
from samvirke.access.scope import Denied, NotYours, Scope, opened, system_scope
from samvirke.catalogue import actions, exporting, queries, tasks
from samvirke.catalogue.actions import import_preview, import_steps
from samvirke.catalogue.contents import to_json
from samvirke.catalogue.importing import File, read
from samvirke.catalogue.inputs import PhoneInput, ServiceInput
from samvirke.catalogue.models import Draft, ImportedRow, ImportRun, Service, ServiceVersion
from samvirke.catalogue.sheet_queries import exported, import_facts
from samvirke.catalogue.stored import as_input, snapshot
from samvirke.catalogue.tests.conftest import HALDEN, NOW, SYSTEM, every, whole
from samvirke.kit.errors import BadInput

KARI = UUID("11111111-1111-4111-8111-111111111111")
OLA = UUID("22222222-2222-4222-8222-222222222222")
EDITS = frozenset({Need.SERVICE_READ, Need.SERVICE_EDIT, Need.SERVICE_CONFIRM, Need.SERVICE_IMPORT})
SCOPE = Scope(KARI, frozenset({HALDEN}), EDITS, municipality=HALDEN)
LATER = NOW + timedelta(hours=1)
HEAD = "external_id;name;actor;phone;description"


def sheet(*rows: str, head: str = HEAD) -> File:
    return File("tjenester.csv", "\n".join([head, *rows]).encode())


def prepared(file: File, scope: Scope = SCOPE, now: datetime = NOW) -> UUID:
    run = actions.prepare_import(scope, HALDEN, file, now=now).target
    assert isinstance(run, UUID)
    return run


def rows(run: UUID) -> dict[int, ImportedRow]:
    with opened(SYSTEM):
        return {row.number: row for row in ImportedRow.objects.visible_to(SYSTEM).filter(run=run)}


def states(run: UUID) -> dict[int, str]:
    return {number: row.state for number, row in sorted(rows(run).items())}


def services() -> dict[str, Service]:
    with opened(SYSTEM):
        return {one.external_id or str(one.id): one for one in queries.services_of(SYSTEM, HALDEN)}


def told(code: str) -> ServiceInput:
    return as_input(services()[code])


def run_of(run: UUID) -> ImportRun:
    (found,) = every(ImportRun, id=run)
    return found


def codes(run: UUID) -> list[str]:
    """What the journal says about a run and its services, oldest first."""
    found = sorted(every(Journal), key=lambda row: row.written_at)
    return [row.code for row in found if str(run) in (row.target, row.payload["about"].get("run"))]


@pytest.fixture
def one(halden: str) -> UUID:
    """A published service with the code «a»."""
    made = actions.create_service(
        SYSTEM, HALDEN, whole(external_id="a", name="Nav", kind="nav"), now=NOW, confirmed_by="Lederen"
    )
    return made.service


def test_a_preview_says_what_each_row_would_do_and_changes_no_service(one):
    actions.create_service(SYSTEM, HALDEN, whole(external_id="z", name="Bare her"), now=NOW)
    before = {code: snapshot(service) for code, service in services().items()}
    same = "a;Nav;nav;69 17 45 00;Samtaler for deg som har det vanskelig."
    run = prepared(
        sheet(same, "b;Kriseteamet;kriseteam;69174501;Hjelp", "c;;nav;116117;", "d;Team;heksedoktor;;")
    )
    assert states(run) == {2: "same", 3: "new", 4: "rejected", 5: "kindless"}
    assert rows(run)[4].problems[0][0] in ("name", "phone")
    assert {number for number, row in rows(run).items() if row.chosen} == {3}
    assert [name for _id, name in run_of(run).missing] == ["Bare her"]
    assert {code: snapshot(service) for code, service in services().items()} == before
    assert codes(run) == ["catalogue.import.prepared"]


def test_chosen_rows_become_drafts_with_a_version_and_a_journal_row_each(halden):
    run = prepared(sheet("a;Nav;nav;;", "b;Kriseteamet;kriseteam;69174501;Hjelp"))
    actions.choose_rows(SCOPE, run, [2, 3], [3], {}, now=LATER)
    actions.carry_out(SCOPE, run, now=LATER)
    assert [(one.external_id, one.state, one.version) for one in services().values()] == [("b", "draft", 1)]
    assert run_of(run).state == "done"
    assert {number: row.outcome for number, row in rows(run).items()} == {2: "", 3: "created"}
    (version,) = every(ServiceVersion)
    assert (version.run, version.account, version.code) == (run, KARI, "catalogue.service.imported")
    assert codes(run) == [
        "catalogue.import.prepared",
        "catalogue.service.imported",
        "catalogue.services.imported",
    ]


def test_somebody_may_stand_for_what_is_imported(one):
    file = sheet("a;Nav;nav;69174599;Nytt", "b;Kriseteamet;kriseteam;69174501;Hjelp")
    run = prepared(file)
    actions.carry_out(SCOPE, run, confirmed_by="Kommuneoverlegen", now=LATER)
    found = services()
    assert {code: service.state for code, service in found.items()} == {"a": "confirmed", "b": "confirmed"}
    assert {row.verified_by for service in found.values() for row in service.verifications.all()} == {
        "Kommuneoverlegen",
        "Lederen",
    }
    assert told("a").phones[0].number == "+4769174599"


def test_without_somebody_who_stands_for_it_a_published_service_stays_and_gets_a_working_copy(one):
    before = snapshot(services()["a"])
    run = prepared(sheet("a;Nav;nav;69174599;Nytt"))
    actions.carry_out(SCOPE, run, now=LATER)
    assert snapshot(services()["a"]) == before
    (draft,) = every(Draft)
    assert draft.content["phones"][0]["number"] == "+4769174599"
    assert rows(run)[2].outcome == "drafted"
    actions.take_back(SCOPE, run, now=LATER)
    assert every(Draft) == []
    actions.do_again(SCOPE, run, now=LATER)
    assert every(Draft)[0].content == draft.content


def test_a_draft_of_somebody_else_s_is_left(one):
    actions.save_draft(
        Scope(OLA, SCOPE.municipalities, EDITS),
        one,
        whole(external_id="a", name="Nav x", kind="nav"),
        version=1,
        now=NOW,
    )
    run = prepared(sheet("a;Nav;nav;69174599;Nytt"))
    actions.carry_out(SCOPE, run, now=LATER)
    assert rows(run)[2].outcome == "left"
    assert "utkastet" in rows(run)[2].left
    assert every(Draft)[0].content["texts"]["nb"]["name"] == "Nav x"


def test_also_the_unchanged_may_be_confirmed_anew(one):
    run = prepared(sheet("a;Nav;nav;69174500;Samtaler for deg som har det vanskelig."))
    with pytest.raises(BadInput, match="minst én rad"):
        actions.carry_out(SCOPE, run, confirmed_by="Kommuneoverlegen", now=LATER)
    actions.carry_out(SCOPE, run, confirmed_by="Kommuneoverlegen", also_same=True, now=LATER)
    assert rows(run)[2].outcome == "confirmed"
    assert "Kommuneoverlegen" in {row.verified_by for row in services()["a"].verifications.all()}


def test_what_somebody_changed_after_the_preview_is_left_and_said(one):
    run = prepared(sheet("a;Nav;nav;69174599;Fra filen", "b;Kriseteamet;kriseteam;;", "c;PPT;ppt;;"))
    actions.edit_service(SYSTEM, one, {"owner": "Noen andre"}, now=LATER, confirmed_by="Lederen")
    actions.create_service(SYSTEM, HALDEN, whole(external_id="b", name="Vårt kriseteam"), now=LATER)
    actions.carry_out(SCOPE, run, confirmed_by="Kommuneoverlegen", now=LATER)
    assert {number: row.outcome for number, row in rows(run).items()} == {2: "left", 3: "left", 4: "created"}
    assert all(rows(run)[number].left.endswith("forhåndsvisningen.") for number in (2, 3))
    assert told("a").owner == "Noen andre"
    assert told("b").texts["nb"].name == "Vårt kriseteam"


def test_an_import_can_be_undone_and_the_undoing_too(one):
    file = sheet("a;Nav nytt;nav;69174599;Nytt", "b;Kriseteamet;kriseteam;69174501;Hjelp", head=HEAD)
    before = snapshot(services()["a"])
    run = prepared(file)
    actions.carry_out(SCOPE, run, confirmed_by="Kommuneoverlegen", now=LATER)
    after = {code: snapshot(service) for code, service in services().items()}
    actions.take_back(SCOPE, run, now=LATER)
    assert run_of(run).state == "undone"
    assert snapshot(services()["a"]) == before
    assert services()["b"].state == "withdrawn"
    actions.do_again(SCOPE, run, now=LATER)
    assert {code: snapshot(service) for code, service in services().items()} == after
    actions.take_back(SCOPE, run, now=LATER)
    assert snapshot(services()["a"]) == before
    assert services()["a"].version == 5
    assert codes(run)[1:] == [
        *["catalogue.service.imported"] * 2, "catalogue.services.imported",
        *["catalogue.service.import-undone"] * 2, "catalogue.import.undone",
        *["catalogue.service.imported"] * 2, "catalogue.import.redone",
        *["catalogue.service.import-undone"] * 2, "catalogue.import.undone",
    ]  # fmt: skip


def test_undo_leaves_what_somebody_has_changed_since_and_says_which(one):
    run = prepared(sheet("a;Nav;nav;69174599;Nytt", "b;Kriseteamet;kriseteam;;", "c;PPT;ppt;;"))
    actions.carry_out(SCOPE, run, confirmed_by="Kommuneoverlegen", now=LATER)
    actions.edit_service(SYSTEM, services()["b"].id, {"owner": "Kommunen"}, now=LATER, confirmed_by="Lederen")
    actions.take_back(SCOPE, run, now=LATER)
    assert {number: row.left for number, row in rows(run).items()} == {
        2: "",
        3: "Noen har endret tjenesten siden importen.",
        4: "",
    }
    assert {code: one.state for code, one in services().items()} == {
        "a": "confirmed",
        "b": "confirmed",
        "c": "withdrawn",
    }
    assert told("b").owner == "Kommunen"
    actions.edit_service(SYSTEM, one, {"owner": "Staten"}, now=LATER, confirmed_by="Lederen")
    actions.do_again(SCOPE, run, now=LATER)
    assert rows(run)[2].left == "Noen har endret tjenesten siden importen ble angret."
    assert told("a").phones[0].number == "+4769174500"
    assert services()["c"].state == "confirmed"


def test_translations_notices_and_channels_come_back_too(halden):
    given = whole(external_id="a", channels=(), texts={**whole().texts, "en": whole().texts["nb"]})
    made = actions.create_service(SYSTEM, HALDEN, given, now=NOW, confirmed_by="Lederen")
    actions.edit_service(
        SYSTEM,
        made.service,
        {"texts": {**given.texts, "nb": whole(name="Annet").texts["nb"]}},
        now=NOW,
        confirmed_by="Lederen",
    )
    before = snapshot(services()["a"])
    assert before["outdated"] == ["en"]
    service = {
        "id": "a",
        "name": "Nytt navn",
        "actor": "psykisk-helse-rus",
        "phones": [{"number": "69174577", "labels": {"nb": "Vakt"}}],
        "email": "post@example.no",
        "translations": {"en": {"name": "New name"}, "nn": {"name": "Nytt namn"}},
        "notice": {"texts": {"nb": "Stengt"}, "starts": "2026-12-01", "ends": "2026-12-02"},
    }
    run = prepared(File("hsds.json", json.dumps([service]).encode()))
    actions.carry_out(SCOPE, run, confirmed_by="Kommuneoverlegen", now=LATER)
    after = snapshot(services()["a"])
    assert set(after["service"]["texts"]) == {"nb", "nn", "en"}
    assert (after["notice"]["texts"], after["outdated"]) == ({"nb": "Stengt"}, [])
    actions.take_back(SCOPE, run, now=LATER)
    assert snapshot(services()["a"]) == before
    actions.do_again(SCOPE, run, now=LATER)
    assert snapshot(services()["a"]) == after


def test_what_was_undone_can_be_imported_again_from_a_better_file(halden):
    run = prepared(sheet("a;Nav;nav;;"))
    actions.carry_out(SCOPE, run, now=LATER)
    actions.take_back(SCOPE, run, now=LATER)
    again = prepared(sheet("a;Nav Halden;nav;;"))
    assert states(again) == {2: "changed"}
    assert not rows(again)[2].chosen
    actions.choose_rows(SCOPE, again, [2], [2], {}, now=LATER)
    actions.carry_out(SCOPE, again, now=LATER)
    assert [(one.state, one.texts.all()[0].name) for one in services().values()] == [("draft", "Nav Halden")]
    actions.take_back(SCOPE, again, now=LATER)
    assert services()["a"].state == "withdrawn"


def test_the_kind_can_be_chosen_for_a_row_that_lacks_one(halden):
    run = prepared(sheet("a;Team;heksedoktor;;", "b;Team;trollmann;;"))
    actions.choose_rows(SCOPE, run, [2, 3], [], {2: "kriseteam", 3: "tull"}, now=LATER)
    assert states(run) == {2: "new", 3: "kindless"}
    actions.carry_out(SCOPE, run, now=LATER)
    assert told("a").kind == "kriseteam"


def test_a_service_without_a_code_is_known_again_by_its_id(halden):
    actions.create_service(SYSTEM, HALDEN, whole(name="Uten kode"), now=NOW, confirmed_by="Lederen")
    for form in ("csv", "hsds", "xlsx"):
        with opened(SYSTEM):
            data = exporting.write(form, *exported(SYSTEM, HALDEN))
        run = prepared(File(f"fil.{form}", data))
        assert set(states(run).values()) == {"same"}, form
        assert run_of(run).missing == []


@pytest.mark.parametrize("form", ["csv", "xlsx", "hsds"])
def test_out_of_one_municipality_into_an_empty_one_and_out_again_is_the_same_file(
    halden, form, django_db_blocker
):
    for number, name in enumerate(("Kriseteamet", "Nav", "PPT")):
        given = whole(name=name, external_id=f"k-{number}", owner="Halden kommune", languages=["nb", "en"])
        actions.create_service(SYSTEM, HALDEN, given, now=NOW, confirmed_by="Lederen")
    with opened(SYSTEM):
        services_there, place = exported(SYSTEM, HALDEN)
        data = exporting.write(form, services_there, place)
    other = Scope(KARI, frozenset({"3103"}), EDITS)
    actions.join_municipality(SYSTEM, "3103", now=NOW, error_email="feil@example.no")
    run = actions.prepare_import(other, "3103", File(f"fil.{form}", data), now=NOW).target
    assert isinstance(run, UUID)
    actions.carry_out(other, run, confirmed_by="Lederen", now=NOW)
    with opened(SYSTEM):
        found, _moss = exported(SYSTEM, "3103")
        assert exporting.write(form, found, place) == data


def test_a_long_import_goes_on_by_a_job_and_stops_nowhere(halden, monkeypatch):
    monkeypatch.setattr(import_steps, "AT_ONCE", 2)
    queued: list[dict] = []
    monkeypatch.setattr(import_steps.jobs, "later", lambda name, **ids: queued.append({"name": name, **ids}))
    run = prepared(sheet(*(f"s{number};Tjeneste {number};nav;;" for number in range(5))))
    actions.carry_out(SCOPE, run, now=LATER)
    assert (run_of(run).state, services()) == ("working", {})
    (job,) = [one for one in queued if one["name"] == "catalogue.import"]
    assert actions.go_on(SYSTEM, run, now=LATER, most=2)
    assert len(services()) == 2
    del job["name"]
    tasks.carry_import(**job)
    tasks.carry_import(**job)
    assert (run_of(run).state, len(services())) == ("done", 5)
    assert {version.account for version in every(ServiceVersion)} == {None, KARI}
    with pytest.raises(BadInput):
        actions.carry_out(SCOPE, run, now=LATER)


def test_after_thirty_days_the_content_is_gone_and_undo_still_works(halden):
    waiting, run = prepared(sheet("x;X;nav;;")), prepared(sheet("a;Nav;nav;;", "b;;nav;;"))
    actions.carry_out(SCOPE, run, now=LATER)
    tasks.erase_imports(NOW + timedelta(days=29))
    assert rows(run)[2].content
    tasks.erase_imports(NOW + timedelta(days=31))
    assert every(ImportRun, id=waiting) == []
    assert [(row.number, row.content) for row in rows(run).values()] == [(2, None)]
    actions.take_back(SCOPE, run, now=LATER)
    actions.do_again(SCOPE, run, now=LATER)
    assert services()["a"].state == "draft"


def test_an_import_from_the_command_line_can_be_undone_too(halden):
    file, scope = sheet("a;Nav;nav;;"), system_scope("prøve", HALDEN)
    actions.import_rows(scope, HALDEN, read(file, import_facts(HALDEN, NOW)).rows, now=NOW, file=file)
    (run,) = every(ImportRun)
    assert (run.state, run.file_name, run.erased) == ("done", "tjenester.csv", True)
    actions.take_back(SCOPE, run.id, now=LATER)
    assert services()["a"].state == "withdrawn"


def test_where_a_second_person_must_approve_an_import_publishes_nothing(one):
    actions.configure_municipality(SYSTEM, HALDEN, now=NOW, needs_approval=True)
    run = prepared(sheet("a;Nav;nav;69174599;Nytt", "b;PPT;ppt;;"))
    with pytest.raises(BadInput, match="annen godkjenner"):
        actions.carry_out(SCOPE, run, confirmed_by="Kommuneoverlegen", now=LATER)
    assert run_of(run).state == "preview"
    actions.carry_out(SCOPE, run, now=LATER)
    assert {number: row.outcome for number, row in rows(run).items()} == {2: "drafted", 3: "created"}


def test_another_municipality_s_import_is_not_there_and_without_the_need_nothing_is_done(halden):
    run = prepared(sheet("a;Nav;nav;;"))
    foreign = Scope(OLA, frozenset({"0301"}), EDITS)
    for act in (actions.carry_out, actions.take_back, actions.do_again, actions.go_on, actions.drop_import):
        with pytest.raises(NotYours):
            act(foreign, run, now=LATER)
        with pytest.raises(Denied):
            act(Scope(OLA, frozenset({HALDEN}), EDITS - {Need.SERVICE_IMPORT}), run, now=LATER)
    with pytest.raises(NotYours):
        actions.prepare_import(foreign, HALDEN, sheet("a;Nav;nav;;"), now=NOW)
    assert (services(), run_of(run).state) == ({}, "preview")


def test_a_preview_can_be_thrown_away_and_only_a_preview(halden):
    run = prepared(sheet("a;Nav;nav;;"))
    actions.drop_import(SCOPE, run, now=LATER)
    assert every(ImportRun) == []
    run = prepared(sheet("a;Nav;nav;;"))
    actions.carry_out(SCOPE, run, now=LATER)
    for act in (actions.drop_import, actions.do_again):
        with pytest.raises(BadInput):
            act(SCOPE, run, now=LATER)


def test_the_oldest_previews_make_room(halden, monkeypatch):
    monkeypatch.setattr(import_preview, "MOST_WAITING", 2)
    first, second, third = (prepared(sheet("a;Nav;nav;;"), now=NOW + timedelta(minutes=n)) for n in range(3))
    assert {run.id for run in every(ImportRun)} == {second, third}
    assert first not in {second, third}


def test_labels_survive_a_sheet_that_does_not_mention_them(halden):
    label = (PhoneInput("69174500", "24/7", {"nb": "Vakt", "en": "On call"}, for_residents=False),)
    actions.create_service(
        SYSTEM, HALDEN, whole(external_id="a", phones=label), now=NOW, confirmed_by="Lederen"
    )
    run = prepared(sheet("a;Nytt navn;psykisk-helse-rus;69174500;"))
    actions.carry_out(SCOPE, run, confirmed_by="Lederen", now=LATER)
    (phone,) = told("a").phones
    assert (phone.label, phone.hours, phone.for_residents) == ({"nb": "Vakt", "en": "On call"}, "24/7", False)
    assert to_json(told("a"))["texts"]["nb"]["name"] == "Nytt navn"
