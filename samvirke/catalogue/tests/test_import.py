"""Sheets in: every encoding and separator people use, every mistake named by row and field, nothing lost."""

import io
import json
import zipfile
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter
from django.core.management import CommandError, call_command
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samvirke.access.scope import opened
from samvirke.catalogue import importing, pages, queries
from samvirke.catalogue.exporting import explained, template
from samvirke.catalogue.importing import Facts, archive
from samvirke.catalogue.importing.words import COLUMNS, MORE
from samvirke.catalogue.models import Joined, Phone, Service, ServiceText, Verification
from samvirke.catalogue.queries import as_input
from samvirke.catalogue.tests.conftest import SYSTEM, every
from samvirke.kit.errors import BadInput

FACTS = Facts("3101", {"nav": "nav"}, date(2026, 11, 20))
HEADING = "external_id;name;actor;target_groups;age_min;age_max;description;access;phone;phone_hours;opening_hours;address;url;languages"
ROW = "{id};Psykisk helse;psykisk-helse-rus;voksne, pårørende;18;;Samtaler på Ås;self;69 17 45 00;Mo-Fr 08:00-15:00;Mo-Fr 08:00-15:30;Storgata 1, 1771 Halden;www.example.no/hjelp;norsk, en"


def run(path: Path, *options: str) -> tuple[dict, int]:
    out, code = io.StringIO(), 0
    try:
        call_command("import_services", str(path), "--municipality", "3101", "--json", *options, stdout=out)
    except SystemExit as stop:
        code = int(stop.code or 0)
    return json.loads(out.getvalue()), code


def sheet(tmp_path: Path, *rows: str, heading: str = HEADING, encoding: str = "utf-8") -> Path:
    path = tmp_path / "tjenester.csv"
    path.write_bytes("\n".join([heading, *rows]).encode(encoding))
    return path


def xlsx(tmp_path: Path, rows: list[list[object]]) -> Path:
    path = tmp_path / "tjenester.xlsx"
    with xlsxwriter.Workbook(str(path), {"strings_to_formulas": False}) as book:
        page = book.add_worksheet()
        for number, cells in enumerate(rows):
            page.write_row(number, 0, cells)
    return path


def one() -> Service:
    with opened(SYSTEM):
        (service,) = queries.services_of(SYSTEM, "3101")
    return service


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("separator", [";", "\t"])
def test_every_encoding_and_separator(db, tmp_path, encoding, separator):
    path = sheet(
        tmp_path,
        ROW.format(id="a").replace(";", separator),
        heading=HEADING.replace(";", separator),
        encoding=encoding,
    )
    result, code = run(path)
    assert (result, code) == ({"read": 1, "created": 1, "updated": 0, "rejected": []}, 0)
    found = as_input(one())
    assert found.texts["nb"].description == "Samtaler på Ås"
    assert (found.kind, found.groups, found.age_min, found.age_max) == (
        "psykisk-helse-rus",
        ["adults", "relatives"],
        18,
        None,
    )
    assert [(phone.number, phone.hours) for phone in found.phones] == [("+4769174500", "Mo-Fr 08:00-15:00")]
    assert (found.street_address, found.postal_code) == ("Storgata 1", "1771")
    assert found.url == "https://www.example.no/hjelp"
    assert found.languages == ["no", "en"]


def test_commas_and_norwegian_headings(db, tmp_path):
    path = sheet(
        tmp_path,
        'x,"Fastlegene, samlet",Fastlege,"Mo-Fr 08:00-15:00; PH off"',
        heading="Kode,Navn,Type,Åpningstider",
    )
    assert run(path) == ({"read": 1, "created": 1, "updated": 0, "rejected": []}, 0)
    assert as_input(one()).texts["nb"].name == "Fastlegene, samlet"


def test_an_excel_sheet_with_numbers_as_numbers(db, tmp_path):
    path = xlsx(
        tmp_path, [["external_id", "name", "actor", "age_min", "phone"], [7, "NAV", "nav", 18.0, 69174500.0]]
    )
    assert run(path) == ({"read": 1, "created": 1, "updated": 0, "rejected": []}, 0)
    found = as_input(one())
    assert (found.external_id, found.age_min, found.phones[0].number) == ("7", 18, "+4769174500")


def test_the_second_time_it_is_an_update_and_what_the_sheet_lacks_is_left_alone(db, tmp_path):
    run(sheet(tmp_path, ROW.format(id="a")))
    with opened(SYSTEM):
        ServiceText.objects.visible_to(SYSTEM).update(what_happens="Du får time innen en uke.")
    again = sheet(tmp_path, "a;Nytt navn;psykisk-helse-rus", heading="external_id;name;actor")
    assert run(again) == ({"read": 1, "created": 0, "updated": 1, "rejected": []}, 0)
    found = as_input(one())
    assert found.texts["nb"].name == "Nytt navn"
    assert found.texts["nb"].what_happens == "Du får time innen en uke."
    assert found.phones
    emptied = sheet(tmp_path, "a;Nytt navn;psykisk-helse-rus;", heading="external_id;name;actor;phone")
    run(emptied)
    assert not every(Phone)


def test_imported_services_are_drafts_until_somebody_answers_for_them(db, tmp_path):
    path = sheet(tmp_path, ROW.format(id="a"))
    run(path)
    assert one().state == "draft"
    assert not every(Verification)
    run(path, "--confirmed-by", "Kommuneoverlegen")
    assert one().state == "confirmed"
    assert {row.verified_by for row in every(Verification)} == {"Kommuneoverlegen"}
    (site,) = pages.load(["3101"])
    assert site.joined
    assert [service.name["nb"] for service in site.services] == ["Psykisk helse"]
    assert every(Joined, municipality="3101")


def test_a_changed_number_without_confirmation_is_not_shown(db, tmp_path):
    run(sheet(tmp_path, ROW.format(id="a")), "--confirmed-by", "Redaktøren")
    run(sheet(tmp_path, ROW.format(id="a").replace("69 17 45 00", "69 17 45 01")))
    (site,) = pages.load(["3101"])
    assert site.services[0].phones == ()
    assert site.services[0].opening_hours


def test_an_empty_way_in_is_not_confirmed(db, tmp_path):
    run(sheet(tmp_path, ROW.format(id="a").replace(";self;", ";;")), "--confirmed-by", "Redaktøren")
    (site,) = pages.load(["3101"])
    assert not site.services[0].access_verified


def test_through_another_service(db, tmp_path):
    run(sheet(tmp_path, ROW.format(id="a").replace(";self;", ";through:legevakt;")))
    assert (one().access, one().through_actor_id) == ("through", "legevakt")


def test_a_dry_run_says_the_same_and_writes_nothing(db, tmp_path):
    path = sheet(tmp_path, ROW.format(id="a"), "b;;nav")
    tried = run(path, "--dry-run", "--confirmed-by", "Redaktøren")
    assert not every(Service)
    assert not every(Joined)
    assert run(path) == tried


BAD = {
    "phone": ("phone", "116117"),
    "twelve": ("phone", "12"),
    "premium": ("phone", "829 12 345"),
    "abroad": ("phone", "+46 8 123 456 78"),
    "hours": ("opening_hours", "hverdager 8-16"),
    "phone_hours": ("phone_hours", "0800-1500"),
    "formula": ("name", "=HYPERLINK(A1)"),
    "html": ("description", "<img src=x onerror=alert(1)>"),
    "nul": ("name", "Team\0et"),
    "megabyte": ("description", "x" * 1_000_000),
    "direction": ("name", "\u202etxet"),
    "age": ("age_min", "atten"),
    "old": ("age_max", "1000"),
    "order": ("age_max", "3"),
    "actor": ("actor", "heksedoktor"),
    "group": ("target_groups", "folk flest"),
    "access": ("access", "ring på"),
    "postal": ("address", "Storgata 1, 0000 Halden"),
    "url": ("url", "javascript:alert(1)"),
    "disguised": ("url", "https://www.halden.kommune.no@evil.example.org/"),
    "port": ("url", "https://www.example.org:99999/"),
    "language": ("languages", "klingonsk språk"),
    "id": ("external_id", ""),
    "name": ("name", ""),
}


@pytest.mark.parametrize("mistake", BAD)
def test_a_bad_value_is_named_by_row_and_field_and_the_rest_is_imported(db, tmp_path, mistake):
    column, value = BAD[mistake]
    cells = dict(zip(HEADING.split(";"), ROW.format(id="bad").split(";"), strict=True)) | {column: value}
    path = sheet(tmp_path, ROW.format(id="good"), ";".join(cells.values()), ROW.format(id="good-2"))
    result, code = run(path)
    assert code == 1
    assert (result["read"], result["created"]) == (3, 2)
    assert {one["row"] for one in result["rejected"]} == {3}
    fields = {one["field"] for one in result["rejected"]}
    assert fields == ({"age_min"} if mistake == "order" else {column})
    assert all(one["error"].endswith(".") and len(one["error"]) < 400 for one in result["rejected"])
    assert sorted(service.external_id for service in every(Service)) == [
        "good",
        "good-2",
    ]


def test_all_mistakes_of_a_row_are_told_at_once(db, tmp_path):
    result, _code = run(sheet(tmp_path, "a;;trollmann;folk;x;-1;<b>;banke på;113;8-15;9-16;;ftp://x;nei nei"))
    fields = "name actor target_groups age_min age_max description access phone phone_hours opening_hours url languages"
    assert {one["field"] for one in result["rejected"]} == set(fields.split())


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=2000))
def test_no_bytes_at_all_make_it_fall_over(tmp_path, data):
    path = tmp_path / "fil"
    for content in (data, b"external_id;name;actor\n" + data, b"[{" + data, b"PK\x03\x04" + data):
        path.write_bytes(content)
        with suppress(BadInput):
            sheet = importing.read(importing.load(path), FACTS)
            assert sheet.read >= len(sheet.rows)
            assert all(one.row >= 1 and one.error.endswith(".") for one in sheet.rejected)


def test_the_same_id_twice_is_refused_the_second_time(db, tmp_path):
    result, code = run(sheet(tmp_path, ROW.format(id="a"), ROW.format(id="a")))
    assert code == 1
    assert result["created"] == 1
    assert result["rejected"] == [{"row": 3, "field": "external_id", "error": "«a» står også på rad 2."}]


def test_blank_lines_and_lines_inside_a_cell_keep_the_row_numbers_of_a_spreadsheet(db, tmp_path):
    path = sheet(tmp_path, "", 'a;"Navn\nover to";nav', "b;;nav", heading="external_id;name;actor")
    result, _code = run(path)
    assert result["created"] == 1
    assert [(one["row"], one["field"]) for one in result["rejected"]] == [(4, "name")]


def test_a_separator_inside_a_text_is_noticed(db, tmp_path):
    result, _code = run(sheet(tmp_path, "a;Team;nav;og mer", heading="external_id;name;actor"))
    assert [(one["row"], one["field"]) for one in result["rejected"]] == [(2, "row")]


WHOLE_FILES = {
    "empty": b"",
    "blank": b"\n\n  \n",
    "unknown column": b"external_id;name;actor;telfon\n",
    "column twice": b"external_id;name;actor;navn\n",
    "column lacking": b"external_id;name\n",
    "old excel": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 gammel",
    "broken zip": b"PK\x03\x04 nei",
    "json": b'{"hei": 1}',
    "broken json": b"[{",
    "deep json": b"[" * 100_000,
    "undecodable": b"external_id;name;actor\n\x81\x8d;x;y\n",
    "picture": b"\x89PNG\r\n\x1a\n\x00\x00",
}


@pytest.mark.parametrize("kind", WHOLE_FILES)
def test_a_file_that_cannot_be_used_is_refused_in_one_line(db, tmp_path, kind):
    path = tmp_path / "fil.csv"
    path.write_bytes(WHOLE_FILES[kind])
    with pytest.raises(CommandError) as refused:
        run(path)
    assert refused.value.returncode == 2
    assert "fil.csv" in str(refused.value)
    assert "\n" not in str(refused.value)


def test_no_file_and_no_municipality(db, tmp_path):
    for arguments in (["finnes-ikke.csv", "--municipality", "3101"], ["finnes-ikke.csv"], []):
        with pytest.raises(CommandError) as refused:
            call_command("import_services", *arguments)
        assert refused.value.returncode == 2
    path = sheet(tmp_path, ROW.format(id="a"))
    with pytest.raises(CommandError, match="9998"):
        call_command("import_services", str(path), "--municipality", "9998")


def bomb(tmp_path: Path, cells: bytes) -> Path:
    """Take a sound workbook and put other bytes where its sheet was."""
    source = xlsx(tmp_path, [["external_id", "name", "actor"]])
    path = tmp_path / "bombe.xlsx"
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            data = old.read(part)
            new.writestr(part.filename, cells if part.filename.endswith("sheet1.xml") else data)
    return path


@pytest.mark.parametrize("cell", ["XFD1048576", "A1048576", "ZZZ1"])
def test_a_cell_far_out_does_not_fill_the_memory(db, tmp_path, cell):
    xml = f'<worksheet><sheetData><row r="1"><c r="A1"><v>1</v></c><c t="n" r="{cell}"><v>1</v></c></row></sheetData></worksheet>'
    with pytest.raises(CommandError, match="celler utenfor"):
        run(bomb(tmp_path, xml.encode()))


def test_an_archive_that_unpacks_to_far_too_much_is_refused(db, tmp_path):
    path = bomb(tmp_path, b" " * (archive.LARGEST_UNPACKED + 1))
    assert path.stat().st_size < 1_000_000
    with pytest.raises(CommandError, match="for stort"):
        run(path)


@pytest.mark.parametrize("suffix", ["xlsx", "csv"])
def test_the_template_can_be_filled_in_and_its_examples_are_never_imported(db, tmp_path, suffix):
    path = tmp_path / f"mal.{suffix}"
    out = io.StringIO()
    call_command("import_services", "--template", str(path), "--json", stdout=out)
    assert json.loads(out.getvalue()) == {"template": str(path)}
    result, code = run(path)
    assert (result["read"], result["created"], code) == (2, 0, 1)
    assert {one["row"] for one in result["rejected"]} == {2, 3}
    assert any("eksempelrader" in one["error"] for one in result["rejected"])


def test_the_template_offers_lists_and_explains_every_column(tmp_path):
    path = tmp_path / "mal.xlsx"
    template.write(path, [("nav", "Nav-kontor"), ("ppt", "PPT")])
    with zipfile.ZipFile(path) as book:
        strings = book.read("xl/sharedStrings.xml").decode()
        assert "dataValidation " in book.read("xl/worksheets/sheet1.xml").decode()
    for column, said in explained.EXPLAINED.items():
        assert column in strings
        assert said.replace("&", "&amp;") in strings
    assert set(explained.EXPLAINED) == {*COLUMNS, *MORE}


def test_a_template_of_another_kind_is_refused(db, tmp_path):
    with pytest.raises(CommandError, match="xlsx"):
        call_command("import_services", "--template", str(tmp_path / "mal.docx"))


def test_hsds(db, tmp_path):
    path = tmp_path / "hsds.json"
    service = {
        "id": "ac148810-d857-441c-9679-408f346de14b",
        "name": "Kriseteamet",
        "status": "active",
        "description": "Hjelp når noe brått har hendt.",
        "actor": "kriseteam",
        "minimum_age": 13,
        "eligibility_description": "Alle som er i kommunen",
        "phones": [{"number": "69 17 45 00"}, {"number": "69 17 45 01"}],
        "phone_hours": "24/7",
        "languages": [{"code": "nb"}, {"name": "engelsk"}],
        "locations": [{"addresses": [{"address_1": "Storgata 1", "city": "Halden", "postal_code": "1771"}]}],
    }
    other = {**service, "id": "b", "actor": None, "schedules": [{"byday": "MO"}], "status": "defunct"}
    path.write_text(json.dumps({"services": [service, other]}))
    result, code = run(path)
    assert (result["read"], result["created"], code) == (2, 1, 1)
    assert {one["field"] for one in result["rejected"]} == {"actor", "opening_hours", "status"}
    found = as_input(one())
    assert [phone.hours for phone in found.phones] == ["24/7", "24/7"]
    assert (found.languages, found.postal_code, found.age_min) == (["nb", "en"], "1771", 13)
    assert found.texts["nb"].who == "Alle som er i kommunen"


@pytest.mark.slow
def test_five_thousand_services_at_once(db, tmp_path):
    rows = [ROW.format(id=number).replace("69 17 45 00", f"6917{number:04}") for number in range(5000)]
    path = sheet(tmp_path, *rows)
    for expected in ("created", "updated"):
        result, _code = run(path, "--confirmed-by", "Redaktøren")  # the time it takes is the bench's
        assert result[expected] == 5000


def test_half_a_sign_in_json_is_refused_by_row_and_field(db, tmp_path):
    path = tmp_path / "services.json"
    path.write_text('[{"id": "x", "name": "Team\\ud800", "actor": "kriseteam"}]')
    result, code = run(path)
    assert (code, result["created"]) == (1, 0)
    assert [(one["row"], one["field"]) for one in result["rejected"]] == [(1, "name")]
