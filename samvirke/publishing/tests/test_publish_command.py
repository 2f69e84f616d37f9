"""The command `publish`."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command


def run(*arguments: str) -> dict:
    out = StringIO()
    call_command("publish", "--json", *arguments, stdout=out)
    return json.loads(out.getvalue())


def test_it_builds_all_and_then_nothing(source, root):
    first = run("--out", str(root), "--at", "2026-11-23T09:30")
    assert first["pages"] == first["written"] + first["unchanged"]
    assert first["written"] == 6 + 3 * 6
    again = run("--out", str(root), "--at", "2026-11-23T09:30")
    assert (again["written"], again["unchanged"]) == (0, first["pages"])
    assert again["seconds"] >= 0


def test_one_municipality_only(source, root):
    assert run("--out", str(root), "--municipality", "0301", "--at", "2026-11-23T09:30")["pages"] == 7
    assert not (root / "www/bergen").exists()


@pytest.mark.parametrize("arguments", [("--municipality", "0000"), ("--at", "i morgen")])
def test_what_makes_no_sense_is_said_plainly(arguments, source, root):
    with pytest.raises(CommandError) as caught:
        run("--out", str(root), *arguments)
    assert caught.value.returncode == 2
    assert arguments[0] in str(caught.value)
