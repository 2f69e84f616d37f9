"""The table in README.md is true."""

import re
from pathlib import Path

import pytest

from samvirke.kit.hours import parse, say

README = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")
ROWS = [
    (example, shown.strip())
    for row in README.split("## What it means")[0].splitlines()
    if row.startswith("| ") and "`" in row
    for _, written, shown in [row.strip("| ").split(" | ")]
    for example in re.findall(r"`([^`]+)`", written)
    if example != "22:00-30:00"
]


def test_the_table_is_found() -> None:
    assert len(ROWS) >= 24


@pytest.mark.parametrize(("example", "shown"), ROWS)
def test_the_table_is_true(example: str, shown: str) -> None:
    assert say(parse(example), "nb") == shown
