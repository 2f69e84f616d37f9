"""Cells that no spreadsheet takes for a formula: every text goes out harmless and comes back as it was."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samvirke.kit.cells import defused, restored

NASTY = st.text(alphabet="=+-@'\t\r\n;,| aé\uff1d\uff0b\uff0d\uff20\u2212", max_size=12)


@given(st.one_of(NASTY, st.text(max_size=20)))
def test_every_text_comes_back_and_none_begins_like_a_formula(text):
    cell = defused(text)
    assert restored(cell) == text
    assert not cell.startswith(tuple("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20\u2212"))


@given(NASTY, st.sampled_from(";,|\t\r\n"))
def test_what_follows_another_separator_is_no_formula_either(text, separator):
    for cell in defused(text).split(separator):
        assert not cell.startswith(("=", "@", "\uff1d", "\uff20"))


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("=HYPERLINK(1)", "'=HYPERLINK(1)"),
        ("+47 69 17 45 00", "'+47 69 17 45 00"),
        ("- første\n- andre", "'- første\n- andre"),
        ("kr 200,-", "kr 200,-"),
        ("'sitat'", "'sitat'"),
        ("'=1", "''=1"),
        ("a,=1+1;b", "a,'=1+1;b"),
        ("post@halden.kommune.no", "post@halden.kommune.no"),
    ],
)
def test_examples(text, cell):
    assert defused(text) == cell
