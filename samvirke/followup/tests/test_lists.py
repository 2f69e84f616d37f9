"""Lists from files: every row becomes somebody, waits for an answer, or is named with what is wrong."""

import json
import random

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st

from samvirke.access.scope import opened, system_scope
from samvirke.catalogue.importing.files import File
from samvirke.followup import actions, figures, queries
from samvirke.followup.importing import reading, template
from samvirke.followup.importing.reading import Defaults
from samvirke.followup.models import Block, Followup, ListRow, ListRun, Person, Reference, Step
from samvirke.followup.newcomer import from_json, to_json
from samvirke.followup.rules.people import Part, Protection
from samvirke.followup.tests.conftest import HALDEN, NOW
from samvirke.followup.tests.crowd_on_paper import listed

HEAD = "fornavn;etternavn;fødselsdato;telefon;rolle;adressesperre;adresse\n"


def sheet(*rows: str, head: str = HEAD) -> reading.Sheet:
    return reading.read(File("liste.csv", (head + "\n".join(rows)).encode()), Defaults(), NOW)


def command(capsys, *args: str) -> tuple[int, dict]:
    """Run the command as somebody would; return the exit code and what it printed."""
    code: int = 0
    try:
        call_command("import_affected", *args, "--json")
    except SystemExit as ended:
        code = int(ended.code or 0)
    except CommandError as error:
        return error.returncode, {"error": str(error)}
    return code, json.loads(capsys.readouterr().out)


def test_every_row_is_somebody_or_is_named_with_what_is_wrong():
    found = sheet(
        "Ida Marie;Solbakken;14.03.1991;90 00 00 01;vitne;;Storgata 1",
        ";;1991;;vitne;;",
        "Per;Lie;31.02.1991;;vitne;;",
        "Per;Lie;1991;12;vitne;;",
        "Per;Lie;1991;;kaptein;;",
        "Per;Lie;1991;;;;",
        "Per;Lie;1991;;vitne;strengt fortrolig;Storgata 1",
        "Per;Lie;1991;;Savnet;;",
    )
    assert found.read == 8
    assert set(found.people) == {2, 9}
    assert [(one.row, one.field) for one in found.rejected] == [
        (3, "first_name"), (4, "birth"), (5, "phone"), (6, "role"), (7, "role"), (8, "address"),
    ]  # fmt: skip
    assert not any("Storgata" in one.error or "kaptein" in one.error for one in found.rejected)


def test_headings_and_words_are_understood_in_many_ways():
    found = sheet(
        '"Solbakken, Ida Marie",1991-03-14 00:00:00,+46 70 123 45 67,Etterlatt,Ja',
        head="Navn,Født,Mobil,Kategori,Dødsbudskap levert\n",
    )
    assert not found.rejected
    one = found.people[2]
    assert (one.identity.first, one.identity.last, one.identity.birth) == (
        "Ida Marie",
        "Solbakken",
        "1991-03-14",
    )
    assert one.identity.phones == ("+46701234567",)
    assert one.part is Part.BEREAVED
    assert one.message_is_delivered


def test_the_template_is_read_back(tmp_path):
    for data in (template.csv_file(), template.xlsx_file()):
        found = reading.read(File("mal", data), Defaults(), NOW)
        assert not found.rejected
        assert not found.unread
        assert found.people[2].identity.last == "Slett Denne Raden"
    with pytest.raises(Exception, match="slutter på"):
        template.write(tmp_path / "mal.pdf")


@given(st.sampled_from(list(Part)), st.sampled_from(list(Protection)), st.booleans(), st.text(max_size=30))
def test_a_row_that_is_kept_comes_back_as_it_was(part, protection, yes, text):
    one = sheet("Per;Lie;1991;90 00 00 01;vitne;;").people[2]
    one = reading.Newcomer(
        reading.Identity(first=text, phones=("1", "2")),
        part,
        one.source,
        NOW,
        protection,
        "so",
        yes,
        yes,
        yes,
        yes,
    )
    assert from_json(json.loads(json.dumps(to_json(one)))) == one


def test_the_command_registers_holds_back_and_names(at_work, tmp_path, capsys):
    at_work.register()
    path = tmp_path / "liste.csv"
    path.write_text(
        HEAD
        + "Ida Marie;Solbaken;14.03.1991;00 00 12 34;skadd;;\n"
        + "Nora;Lie;2014;90000001;vitne;;\n"
        + "Nora;Li;2014;90000001;vitne;;\n"
        + "Odd;Dal;;;etterlatt;;\n"
        + "Kari;Nes;;;savnet;;\n"
        + "Per;Moe;1800;;vitne;;\n"
    )
    code, tried = command(capsys, str(path), "--incident", "3101-2026-01", "--dry-run")
    assert (code, tried["read"], tried["created"]) == (1, 6, 3)
    code, done = command(capsys, str(path), "--incident", "3101-2026-01")
    assert code == 1
    assert (done["read"], done["created"]) == (6, 3)
    assert [one["row"] for one in done["duplicates"]] == [2, 4]
    assert done["duplicates"][1]["like_row"] == 3
    assert done["duplicates"][0]["score"] > 0.9
    assert done["rejected"] == [{"row": 7, "field": "birth", "error": done["rejected"][0]["error"]}]
    with opened(at_work.leader) as scope:
        assert Followup.objects.visible_to(scope).count() == 3
        assert Reference.objects.visible_to(scope).count() == 1
        assert ListRow.objects.visible_to(scope).filter(state="alike").count() == 2
        waits = Followup.objects.visible_to(scope).get(part="bereaved")
        assert waits.waits_for_message
        assert waits.next_owner == "team-leader"
    again, same = command(capsys, str(path), "--incident", "3101-2026-01")
    assert (again, same["created"], len(same["duplicates"])) == (1, 0, 5)


@pytest.mark.parametrize(
    ("args", "text"),
    [
        (["/finnes/ikke.csv", "--incident", "3101-2026-01"], "ikke.csv"),
        (["LISTE", "--incident", "9999-2026-99"], "--incident"),
        (["LISTE", "--incident", "3101-2026-01", "--municipality", "0301"], "--municipality"),
        (["LISTE", "--incident", "3101-2026-01", "--role", "kaptein"], "--role"),
    ],
)
def test_bad_input_is_one_line_and_nothing_is_done(at_work, tmp_path, capsys, args, text):
    path = tmp_path / "liste.csv"
    path.write_text(HEAD + "Nora;Lie;2014;90000001;vitne;;\n")
    code, said = command(capsys, *[str(path) if one == "LISTE" else one for one in args])
    assert code == 2
    assert text in said["error"]
    with opened(at_work.leader) as scope:
        assert not Person.objects.visible_to(scope).exists()


def test_everybody_on_a_list_gets_the_plan_they_would_have_got_alone(at_work):
    alone = at_work.register(part=Part.WITNESS).followup
    done = actions.import_list(
        at_work.leader, at_work.incident, HALDEN, sheet("Odd;Dal;1980;;vitne;;"), now=NOW
    )
    with opened(at_work.leader) as scope:
        listed_one = Followup.objects.visible_to(scope).get(person=done.people[2])
        names = (
            "code",
            "number",
            "opens",
            "aim",
            "closes",
            "owner",
            "channel",
            "health",
            "state",
            "reason",
            "source",
        )

        def plan(one):
            return sorted(Step.objects.visible_to(scope).filter(followup=one).values_list(*names))

        assert plan(listed_one.id) == plan(alone)
        assert len(plan(alone)) > 5
        pointed = Step.objects.visible_to(scope).get(id=listed_one.next_step_id)
        assert pointed.code == "first"
        assert listed_one.queued_since == NOW


def test_who_never_wants_contact_is_not_contacted_because_of_a_list(at_work):
    with opened(at_work.leader):
        token = queries.identity.sealed.blind("phone", "+4790000001")
        Block.objects.create(municipality_id=HALDEN, tokens=[token], at=NOW)
    rows = sheet("Nora;Lie;1991;90000001;vitne;;", "Odd;Dal;1980;;vitne;;")
    actions.import_list(at_work.leader, at_work.incident, HALDEN, rows, now=NOW)
    with opened(at_work.leader) as scope:
        assert Followup.objects.visible_to(scope).filter(stopped=True, next_owner="team-leader").count() == 1
        assert Followup.objects.visible_to(scope).filter(stopped=False).count() == 1


def test_a_list_is_looked_over_answered_and_carried_out(at_work):
    known = at_work.register().person
    rows = sheet(
        "Ida Marie;Solbakken;1991;90000009;skadd;;",
        "Nora;Lie;2014;90000001;vitne;;",
        "Nora;Lie;2014;90000001;vitne;;",
        "Ida M;Solbakken;14.03.1991;00 00 12 34;skadd;;",
    )
    run = actions.prepare_list(at_work.leader, at_work.incident, HALDEN, rows, now=NOW).target
    with opened(at_work.leader) as scope:
        assert Person.objects.visible_to(scope).count() == 1
        found = {row.number: row for row in ListRow.objects.visible_to(scope)}
        assert {number: row.state for number, row in found.items()} == {
            2: "alike",
            3: "new",
            4: "alike",
            5: "alike",
        }
        assert b"Solbakken" not in b"".join(bytes(row.sealed) for row in found.values())
    answers = {found[2].id: "same", found[4].id: "another"}
    actions.answer_rows(at_work.leader, run, answers, now=NOW)
    done = actions.carry_out_list(at_work.leader, run, now=NOW)
    assert set(done.people) == {3, 4}
    with opened(at_work.leader) as scope:
        states = dict(ListRow.objects.visible_to(scope).values_list("number", "state"))
        assert states == {2: "added", 3: "registered", 4: "registered", 5: "alike"}
        assert ListRow.objects.visible_to(scope).filter(sealed__isnull=False).count() == 1
        seen = queries.seen(scope, known, why="prøve", now=NOW)
        assert seen.identity.phones == ("+4700001234", "+4790000009")
        assert seen.identity.birth == "1991-03-14"
    actions.answer_rows(at_work.leader, run, {found[5].id: "same"}, now=NOW)
    assert actions.carry_out_list(at_work.leader, run, now=NOW).created == 0
    with opened(system_scope("prøve")):
        assert not figures.lost()


def test_a_list_that_is_dropped_leaves_nothing(at_work):
    rows = sheet("Nora;Lie;2014;90000001;vitne;;")
    run = actions.prepare_list(at_work.leader, at_work.incident, HALDEN, rows, now=NOW).target
    actions.drop_list(at_work.leader, run, now=NOW)
    with opened(at_work.leader) as scope:
        assert not Person.objects.visible_to(scope).exists()
        assert ListRun.objects.visible_to(scope).get().state == "dropped"
        assert ListRow.objects.visible_to(scope).get().sealed is None


def test_the_search_for_doubles_finds_them_and_no_others(at_work):
    rows, doubles = listed(1200, 120, random.Random(7))
    with opened(at_work.leader) as scope:
        found = actions.importing.judged(scope, HALDEN, rows, NOW)
    right = {row for row, match in found.items() if doubles.get(row) == match.row}
    assert len(right) / len(doubles) >= 0.95
    assert len(right) / len(found) >= 0.99


def test_a_file_that_lies_is_refused(tmp_path):
    data = b"PK\x03\x04" + b"\0" * 500
    with pytest.raises(Exception, match="kan ikke leses"):
        reading.read(File("liste.xlsx", data), Defaults(), NOW)
