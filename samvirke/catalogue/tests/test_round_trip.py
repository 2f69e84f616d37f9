"""Out and in again: what was exported, imported where nothing is and exported again is the same file."""

import csv
import io
import json
from collections.abc import Sequence
from datetime import date
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from samvirke.catalogue import exporting
from samvirke.catalogue.exporting import Exported, Notice, Place
from samvirke.catalogue.exporting.sheets import number
from samvirke.catalogue.importing import Facts, File, ImportRow, read
from samvirke.catalogue.importing.merging import blank, result_of
from samvirke.catalogue.inputs import ServiceInput
from samvirke.catalogue.tests.generated import INVENTED, KINDS, KNOWN, POSTAL, services
from samvirke.catalogue.values import phone

TODAY = date(2026, 11, 20)
PLACE = Place(INVENTED, "Eksempel", "Østfold", "post@example.no", {key: key for key in KINDS}, POSTAL)
FACTS = Facts(INVENTED, {key: key for key in KINDS}, TODAY, frozenset({"eksempel"}))
DANGER = tuple("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20")
NOTICE = Notice({"nb": "Stengt i uke 8", "en": "Closed"}, date(2027, 2, 20), date(2027, 2, 26))
MANY = st.lists(services(), max_size=4, unique_by=lambda one: one.external_id or id(one))
CALM = [HealthCheck.too_slow, HealthCheck.data_too_large]


def out(found: Sequence[ServiceInput], *, confirmed: bool, notice: Notice | None = None) -> list[Exported]:
    """Services as they stand in a municipality; nobody has given them a code unless they say so."""
    day = TODAY if confirmed else None
    return [Exported(UUID(int=10**30 + at), one, confirmed, day, (), notice) for at, one in enumerate(found)]


def noticed(row: ImportRow) -> Notice | None:
    """The notice a file brings along."""
    if row.notice is None:
        return None
    return Notice(row.notice["texts"], *(date.fromisoformat(row.notice[end]) for end in ("starts", "ends")))


def back(form: str, data: bytes, *, confirmed: bool) -> list[Exported]:
    """Read a file as an import into an empty municipality does. What the file calls a draft is one."""
    sheet = read(File(f"fil.{form}", data), FACTS)
    assert sheet.rejected == []
    assert [row.remarks for row in sheet.rows] == [()] * sheet.read
    results = [result_of(blank("nb"), row, INVENTED, KNOWN) for row in sheet.rows]
    assert [wrong for _after, wrong in results] == [[]] * sheet.read
    if form == "hsds":
        assert [row.draft for row in sheet.rows] == [not confirmed] * sheet.read
    return [
        Exported(UUID(int=at), after, confirmed, TODAY if confirmed else None, (), noticed(row))
        for at, ((after, _wrong), row) in enumerate(zip(results, sheet.rows, strict=True))
    ]


@settings(suppress_health_check=CALM, deadline=None, max_examples=50)
@given(MANY, st.booleans())
def test_csv_gives_the_same_bytes(found, confirmed):
    data = exporting.write("csv", out(found, confirmed=confirmed), PLACE)
    assert exporting.write("csv", back("csv", data, confirmed=confirmed), PLACE) == data
    for row in csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=";"):
        assert not any(cell.startswith(DANGER) for cell in row)


@settings(suppress_health_check=CALM, deadline=None, max_examples=8)
@given(MANY)
def test_a_workbook_gives_the_same_bytes(found):
    data = exporting.write("xlsx", out(found, confirmed=True), PLACE)
    assert exporting.write("xlsx", back("xlsx", data, confirmed=True), PLACE) == data
    for row in CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python():
        assert not any(isinstance(cell, str) and cell.startswith(DANGER) for cell in row)


@settings(suppress_health_check=CALM, deadline=None, max_examples=50)
@given(MANY, st.booleans(), st.none() | st.just(NOTICE))
def test_hsds_gives_the_same_bytes_and_the_whole_service(found, confirmed, notice):
    before = out(found, confirmed=confirmed, notice=notice)
    data = exporting.write("hsds", before, PLACE)
    after = back("hsds", data, confirmed=confirmed)
    assert exporting.write("hsds", after, PLACE) == data
    assert sorted(map(whole, before)) == sorted(map(whole, after))


def whole(one: Exported) -> str:
    given = one.given
    texts = {language: vars(text) for language, text in given.texts.items()}
    kept = {**vars(given), "external_id": one.code, "texts": texts}
    kept["street_address"] = given.street_address.rstrip(", ")
    kept["phones"] = [vars(one) for one in given.phones]
    kept["channels"] = [vars(one) for one in given.channels]
    return json.dumps(kept, sort_keys=True)


@pytest.mark.parametrize("e164", ["+4769174500", "+4790012345", "+4702800"])
def test_a_number_reads_well_and_comes_back(e164):
    assert number(e164)[0].isdigit()
    assert phone(number(e164), "3101") == e164


def test_a_notice_goes_out_and_areas_by_name():
    one = ServiceInput("nav", {"nb": blank("nb").texts["nb"]})
    shown = Exported(UUID(int=1), one, True, None, (("", "Norge"),), NOTICE)
    (service,) = json.loads(exporting.write("hsds", [shown], PLACE))["contents"]
    assert service["alert"] == "Stengt i uke 8"
    assert service["notice"]["ends"] == "2027-02-26"
    assert [area["name"] for area in service["service_areas"]] == ["Eksempel", "Norge"]
    assert "assured_date" not in service
