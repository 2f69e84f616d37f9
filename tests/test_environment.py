"""Settings from the environment: read once, refused loudly, secrets from files."""

import stat
import subprocess
import sys
from pathlib import Path

import pytest

from samvirke.config import cli, environment


def test_a_missing_variable_stops_and_names_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SITE_NAME", raising=False)
    assert environment.text("SITE_NAME", "default") == "default"
    with pytest.raises(SystemExit, match="SITE_NAME"):
        environment.text("SITE_NAME")


def test_an_empty_variable_is_no_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    """`SAMVIRKE_DATA=` in a file of variables must not mean the folder one happens to stand in."""
    monkeypatch.setenv("SAMVIRKE_DATA", "")
    assert environment.text("SAMVIRKE_DATA", "/srv/data") == "/srv/data"
    with pytest.raises(SystemExit, match="SAMVIRKE_DATA"):
        environment.text("SAMVIRKE_DATA")
    assert cli.embedded_folder() == Path(cli.__file__).parent.parent.parent / "var" / "postgres"
    monkeypatch.setenv("DATABASE_URL", "")
    assert environment.database("DATABASE_URL")["NAME"] == "missing"


@pytest.mark.parametrize(
    ("value", "meant"), [("1", True), ("true", True), ("YES", True), ("0", False), ("no", False)]
)
def test_a_flag_is_read(monkeypatch: pytest.MonkeyPatch, value: str, meant: bool) -> None:
    monkeypatch.setenv("A_FLAG", value)
    assert environment.flag("A_FLAG", default=not meant) is meant


def test_an_empty_flag_is_the_default_and_nonsense_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("A_FLAG", "")
    assert environment.flag("A_FLAG", default=True) is True
    monkeypatch.setenv("A_FLAG", "ja")
    with pytest.raises(SystemExit, match="A_FLAG=ja"):
        environment.flag("A_FLAG", default=True)


@pytest.mark.parametrize("value", ["0", "65536", "-1", "1.5", "port", "１２", "9" * 9])
def test_a_number_is_read_and_nonsense_is_refused(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("A_PORT", "25")
    assert environment.number("A_PORT", 587) == 25
    monkeypatch.setenv("A_PORT", "")
    assert environment.number("A_PORT", 587) == 587
    monkeypatch.setenv("A_PORT", value)
    with pytest.raises(SystemExit, match="A_PORT="):
        environment.number("A_PORT", 587)


def test_a_password_comes_from_a_file_or_a_variable_or_not_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not environment.password("MAIL_PASSWORD")
    monkeypatch.setenv("MAIL_PASSWORD", "from the variable")
    assert environment.password("MAIL_PASSWORD") == "from the variable"
    (tmp_path / "password").write_text("fra hvelvet\n")
    monkeypatch.setenv("MAIL_PASSWORD_FILE", str(tmp_path / "password"))
    assert environment.password("MAIL_PASSWORD") == "fra hvelvet"
    monkeypatch.setenv("MAIL_PASSWORD_FILE", str(tmp_path / "gone"))
    with pytest.raises(SystemExit, match="MAIL_PASSWORD_FILE"):
        environment.password("MAIL_PASSWORD")


def test_a_secret_is_made_once_and_private(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("KEY_FILE", raising=False)
    own = tmp_path / "secrets" / "key"
    made = environment.secret("KEY", own)
    assert len(made) >= 48
    assert environment.secret("KEY", own) == made
    assert stat.S_IMODE(own.stat().st_mode) == 0o600
    assert [path.name for path in own.parent.iterdir()] == ["key"]


def test_many_processes_starting_at_once_agree_on_one_secret(tmp_path: Path) -> None:
    program = "import pathlib, sys; from samvirke.config import environment as e; "
    program += "print(e.secret('KEY', pathlib.Path(sys.argv[1])))"
    started = [
        subprocess.Popen(
            [sys.executable, "-c", program, str(tmp_path / "key")], stdout=subprocess.PIPE, text=True
        )
        for _ in range(4)
    ]
    found = {process.communicate(timeout=60)[0] for process in started}
    assert found == {(tmp_path / "key").read_text() + "\n"}


def test_a_named_secret_file_is_read_and_must_exist(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    named = tmp_path / "named"
    monkeypatch.setenv("KEY_FILE", str(named))
    with pytest.raises(SystemExit, match="KEY_FILE"):
        environment.secret("KEY", tmp_path / "own")
    named.write_text("from the vault\n")
    assert environment.secret("KEY", tmp_path / "own") == "from the vault"
    assert not (tmp_path / "own").exists()


def test_a_database_address_is_taken_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(
        "DATABASE_URL", "postgresql://app:p%40ss%2Fword@db.internal:6432/samvirke?sslmode=verify-full"
    )
    found = environment.database("DATABASE_URL")
    assert (found["NAME"], found["USER"], found["PASSWORD"]) == ("samvirke", "app", "p@ss/word")
    assert (found["HOST"], found["PORT"]) == ("db.internal", "6432")
    options = found["OPTIONS"]
    assert isinstance(options, dict)
    assert options["sslmode"] == "verify-full"
    assert "statement_timeout" in options["options"]
    assert options["connect_timeout"] <= 5, "a hung database must not hang a visitor"


def test_a_socket_folder_is_a_host(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://app:x@/samvirke?host=%2Frun%2Fpg")
    found = environment.database("DATABASE_URL")
    assert (found["HOST"], found["PORT"], found["NAME"]) == ("/run/pg", "", "samvirke")


def test_another_kind_of_database_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "mysql://x@y/z")
    with pytest.raises(SystemExit, match="postgresql://"):
        environment.database("DATABASE_URL")


def test_without_an_address_the_settings_still_load(monkeypatch: pytest.MonkeyPatch) -> None:
    """`serve` and the published pages start before any database; a query then fails at once, politely."""
    monkeypatch.delenv("DATABASE_URL", raising=False)
    assert environment.database("DATABASE_URL")["NAME"] == "missing"


REQUEST = """
import io
from wsgiref.util import setup_testing_defaults
from samvirke.config.wsgi import application
environ = {"PATH_INFO": "/helse/", "HTTP_HOST": "evil.example.org", "wsgi.input": io.BytesIO()}
setup_testing_defaults(environ)
application(environ, lambda status, headers: print(status))
"""


def test_a_strange_host_is_refused_and_takes_one_line_of_the_log() -> None:
    found = subprocess.run(
        [sys.executable, "-c", REQUEST], capture_output=True, text=True, check=True, timeout=60
    )
    assert found.stdout == "400 Bad Request\n"
    assert len(found.stderr.splitlines()) == 1
    assert "evil.example.org" in found.stderr
