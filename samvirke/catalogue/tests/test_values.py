"""What may stand in a service: addresses that residents can open, files in an encoding that is what it says."""

from pathlib import Path

import pytest

from samvirke.catalogue import values
from samvirke.catalogue.importing import files
from samvirke.kit.errors import BadInput

OUT_OF_REACH = [
    "http://127.0.0.1/", "http://localhost/", "http://localhost.:8000/", "http://kommune.localhost/", "http://[::1]/",
    "http://10.0.0.5/hjelp", "https://192.168.1.10:8443/", "http://172.16.0.1/", "http://169.254.169.254/latest/",
    "http://[fe80::1]/", "http://[::ffff:10.0.0.1]/", "http://0.0.0.0/", "http://127.1/", "http://0x7f.0.0.1/",
    "http://0177.0.0.1/", "http://2130706433/", "https://93.184.216.34/", "http://intranett/", "http://printer.local/",
    "https://ansatt.kommune.internal/", "http://server.lan/", "http://1.0.0.127.in-addr.arpa/",
    "http://127.0.0.1.", "http://１２７.0.0.1/",
]  # fmt: skip


@pytest.mark.parametrize("address", OUT_OF_REACH)
def test_an_address_that_residents_cannot_open_is_refused_in_a_sentence(address):
    with pytest.raises(values.Refused) as refused:
        values.url(address)
    assert str(refused.value).endswith(".")
    assert "https://www.kommunen.no/kriseteam" in str(refused.value)


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("https://www.halden.kommune.no/hjelp", "https://www.halden.kommune.no/hjelp"),
        ("halden.kommune.no", "https://halden.kommune.no"),
        ("http://117.kommune.no:8080/a?b=c#d", "http://117.kommune.no:8080/a?b=c#d"),
        ("https://ås.kommune.no/", "https://ås.kommune.no/"),
        ("https://xn--s-1fa.kommune.no/", "https://xn--s-1fa.kommune.no/"),
        ("https://eksempel.example/", "https://eksempel.example/"),
        ("https://www.kommune.no./", "https://www.kommune.no./"),
        ("", ""),
    ],
)
def test_an_address_on_the_net_is_kept(written, kept):
    assert values.url(written) == kept


SHEET = "name;description\nKriseteamet;Støtte på Ås – når noe vondt skjer\nLegevakt;Åpent hele døgnet\n"


def read(tmp_path: Path, data: bytes) -> list[files.Record]:
    path = tmp_path / "ark.csv"
    path.write_bytes(data)
    return files.records(files.load(path), lambda cells, _name: list(cells))


def test_one_bad_byte_in_a_file_of_utf_8_is_pointed_at(tmp_path):
    broken = SHEET.encode().replace("hele døgnet".encode(), b"hele d\xf8gnet")
    with pytest.raises(BadInput) as refused:
        read(tmp_path, broken)
    assert (refused.value.file, refused.value.row) == ("ark.csv", 3)
    assert "UTF-8" in refused.value.text


def test_the_row_is_the_one_a_spreadsheet_shows_also_after_a_cell_of_several_lines(tmp_path):
    sheet = (
        'name;description\nTeam;"Første linje på Ås\nandre linje på Ås"\n'.encode() + b"Legevakt;d\xf8gnet\n"
    )
    with pytest.raises(BadInput) as refused:
        read(tmp_path, sheet)
    assert refused.value.row == 3


@pytest.mark.parametrize("text", [SHEET, "name\nRØ\n", "name;description\nR;«RÅ» – døgnåpent\n"])
def test_a_file_of_windows_1252_is_read_as_before(tmp_path, text):
    found = read(tmp_path, text.encode("cp1252"))
    assert found
    assert [list(record.cells.values()) for record in found] == [
        line.split(";") for line in text.splitlines()[1:]
    ]
