"""Files that want to do harm: one sentence, nothing done, and never more memory or time than we give."""

import io
import os
import resource
import struct
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest
import xlsxwriter
from django.core.management import CommandError, call_command

from samvirke.catalogue.importing import files, workbook
from samvirke.catalogue.importing.files import File
from samvirke.catalogue.models import Service
from samvirke.catalogue.tests.conftest import every
from samvirke.kit.errors import BadInput

HEAD = ["external_id", "name", "actor"]
MANY = 500_000


def book(*rows: list[str]) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as made:
        page = made.add_worksheet()
        for number, cells in enumerate(rows or [HEAD]):
            page.write_row(number, 0, cells)
    return out.getvalue()


def rebuilt(*, replace: dict[str, bytes] | None = None, add: dict[str, bytes] | None = None) -> bytes:
    """A sound workbook with other parts in it."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book())) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            new.writestr(part.filename, (replace or {}).get(part.filename, old.read(part)))
        for name, data in (add or {}).items():
            new.writestr(name, data)
    return out.getvalue()


def same_text_in_every_cell() -> bytes:
    """Some kilobytes that become gigabytes: every cell shows the same long text."""
    text = b"x" * 1_000_000
    cells = b"".join(
        b'<row r="%d">%s</row>'
        % (row, b"".join(b'<c r="%c%d" t="s"><v>0</v></c>' % (65 + at, row) for at in range(20)))
        for row in range(1, 20_000)
    )
    return rebuilt(
        replace={
            "xl/worksheets/sheet1.xml": b"<worksheet><sheetData>" + cells + b"</sheetData></worksheet>",
            "xl/sharedStrings.xml": b"<sst><si><t>" + text + b"</t></si></sst>",
        },
    )


def lying() -> bytes:
    """An archive whose directory says that its largest part is small."""
    sheet = b"<worksheet><sheetData>" + b" " * 160_000_000 + b"</sheetData></worksheet>"
    data = bytearray(rebuilt(replace={"xl/worksheets/sheet1.xml": sheet}))
    for at in [at for at in range(len(data) - 46) if data[at : at + 4] == b"PK\x01\x02"]:
        if struct.unpack_from("<L", data, at + 24)[0] == len(sheet):
            struct.pack_into("<L", data, at + 24, 100)
    return bytes(data)


def far_out_without_address() -> bytes:
    cells = b'<row r="1">' + b"<c><v>1</v></c>" * MANY + b'</row><row r="40000"><c><v>1</v></c></row>'
    return rebuilt(
        replace={"xl/worksheets/sheet1.xml": b"<worksheet><sheetData>" + cells + b"</sheetData></worksheet>"}
    )


HOSTILE = {
    "the same text in every cell": (same_text_in_every_cell, "for stort"),
    "a size that is not true": (lying, "for stort"),
    "cells without address": (far_out_without_address, ""),
    "another kind of workbook inside": (
        lambda: rebuilt(add={"content.xml": b"<x/>", "mimetype": b"x"}),
        "kan ikke leses",
    ),
    "a part twice": (lambda: rebuilt(add={"XL/workbook.xml": b"<x/>"}), "kan ikke leses"),
    "links to other files": (
        lambda: rebuilt(add={"xl/externalLinks/externalLink1.xml": b"<externalLink/>"}),
        "koblinger",
    ),
    "a connection": (lambda: rebuilt(add={"xl/connections.xml": b"<connections/>"}), "koblinger"),
    "entities that grow": (
        lambda: rebuilt(
            replace={
                "xl/worksheets/sheet1.xml": b'<!DOCTYPE x [<!ENTITY a "'
                + b"x" * 1000
                + b'"><!ENTITY b "&a;&a;&a;&a;">]><worksheet><sheetData><row r="1"><c r="A1" t="str"><v>&b;</v></c>'
                b"</row></sheetData></worksheet>"
            }
        ),
        "",
    ),
    "a hundred thousand columns": (
        lambda: (";".join(["external_id"] * 100_000) + "\n").encode(),
        "flere enn 200 kolonner",
    ),
    "UTF-16 without its mark": (lambda: "external_id;name;actor\na;b;nav\n".encode("utf-16-le"), ""),
    "half UTF-8": (lambda: "external_id;name;actor\na;Åse på Ås;nav\nb;B".encode() + b"\xf8;nav\n", "UTF-8"),
    "cut in the middle of a letter": (lambda: "external_id;name;actor\na;på Ås å".encode()[:-1], "UTF-8"),
    "nested JSON": (lambda: b'{"services": ' + b"[" * 200_000 + b"]" * 200_000 + b"}", "JSON"),
    "a number without end": (lambda: b'[{"name": ' + b"9" * 1_000_000 + b"}]", "JSON"),
    "a name that is no list": (lambda: b'{"services": [7, {"name": "x"}]}', "HSDS"),
    "half a sign": (lambda: b'[{"name": "x"}\xff\xfe]', ""),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_one_sentence_and_nothing_done(db, tmp_path, kind):
    make, word = HOSTILE[kind]
    path = tmp_path / "fil.xlsx"
    path.write_bytes(make())
    start = time.monotonic()
    with pytest.raises(CommandError) as said:
        call_command("import_services", str(path), "--municipality", "3101")
    assert time.monotonic() - start < 30
    assert said.value.returncode == 2
    assert str(said.value).startswith("fil.xlsx")
    assert "\n" not in str(said.value)
    assert word in str(said.value)
    assert every(Service) == []


def test_a_gigabyte_is_refused_unread(tmp_path):
    path = tmp_path / "stor.csv"
    with path.open("wb") as handle:
        os.truncate(handle.fileno(), 2**30)
    with pytest.raises(BadInput, match="større enn 30 MB"):
        files.load(path)


def test_workbooks_are_read_in_a_process_with_little_memory():
    command = [sys.executable, "-I", workbook.__file__, "100", "1000000"]
    done = subprocess.run(command, input=same_text_in_every_cell(), capture_output=True, check=False)
    assert done.returncode not in (0, workbook.UNREADABLE)
    used = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024
    assert used < workbook.MEMORY * 1.5


def test_a_formula_that_was_made_harmless_is_refused_when_it_comes_back(db, tmp_path):
    path: Path = tmp_path / "fil.csv"
    path.write_text("external_id;name;actor\na;'=HYPERLINK(1);nav\nb;'@SUM(1);nav\nc;'-5 grader;nav\n")
    out = io.StringIO()
    with pytest.raises(SystemExit):
        call_command("import_services", str(path), "--municipality", "3101", stdout=out)
    assert out.getvalue().count("begynner som en formel") == 2
    assert [one.external_id for one in every(Service)] == ["c"]


def test_a_file_that_looks_like_json_is_not_taken_for_a_sheet():
    assert File("x", b'\xef\xbb\xbf  [{"name": 1}]').form == files.HSDS
    assert File("x", b"\xff\xfe[\x00").form == files.HSDS
    assert File("x", b"external_id;[").form == files.CSV
