"""The embedded PostgreSQL on its own: made, started, crashed, shared, closed. Each test says what would be lost."""

import os
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from samvirke.config import postgres

HOLD = """
import sys
from pathlib import Path
from samvirke.config import postgres
with postgres.running(postgres.embedded(Path(sys.argv[1]), durable=False)):
    print("in", flush=True)
    sys.stdin.read()
"""


@pytest.fixture(scope="module")
def place() -> Iterator[Path]:
    """Give a folder that an unprivileged account may walk into (pytest's own folders are closed to others)."""
    path = Path(tempfile.mkdtemp(prefix="samvirke-test-"))
    path.chmod(0o755)
    yield path
    shutil.rmtree(path)


@pytest.fixture(scope="module")
def cluster(place: Path) -> Iterator[postgres.Cluster]:
    with postgres.running(postgres.embedded(place / "one", durable=False)) as running:
        yield running


def as_role(cluster: postgres.Cluster, role: str, database: str = postgres.DATABASE) -> psycopg.Connection:
    return psycopg.connect(cluster.url(role, database), autocommit=True)


def postmaster(cluster: postgres.Cluster) -> int:
    return int((cluster.pgdata / "postmaster.pid").read_text().split()[0])


def holder(folder: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", HOLD, str(folder)], text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )


def wait_for(process: subprocess.Popen[str]) -> None:
    assert process.stdout
    assert process.stdout.readline() == "in\n"


def leave(process: subprocess.Popen[str]) -> None:
    process.communicate(timeout=60)
    assert process.returncode == 0


def test_making_it_again_changes_nothing(cluster: postgres.Cluster) -> None:
    with as_role(cluster, postgres.OWNER) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 42 AS answer")
    again = postgres.embedded(cluster.folder, durable=False)
    assert again == cluster
    with as_role(again, postgres.OWNER) as connection:
        assert connection.execute("SELECT answer FROM kept").fetchone() == (42,)
        connection.execute("DROP TABLE kept")


@pytest.mark.slow
def test_a_half_made_cluster_is_made_again(place: Path) -> None:
    (place / "half" / "pgdata").mkdir(parents=True)
    (place / "half" / "pgdata" / "PG_VERSION").write_text("18\n")
    with (
        postgres.running(postgres.embedded(place / "half", durable=False)) as made,
        as_role(made, postgres.APP) as connection,
    ):
        assert connection.execute("SELECT 1").fetchone() == (1,)


def test_the_application_is_neither_superuser_nor_exempt_from_row_security(cluster: postgres.Cluster) -> None:
    for role in (postgres.APP, postgres.OWNER):
        with as_role(cluster, role) as connection:
            rights = connection.execute(
                "SELECT rolsuper, rolbypassrls, rolcreaterole, rolreplication FROM pg_roles WHERE rolname = current_user"
            ).fetchone()
        assert rights == (False, False, False, False), role
    with as_role(cluster, postgres.APP) as connection:
        assert connection.execute(
            "SELECT rolcreatedb FROM pg_roles WHERE rolname = current_user"
        ).fetchone() == (False,)


def test_the_application_cannot_make_alter_or_empty_tables(cluster: postgres.Cluster) -> None:
    owner = cluster.url(postgres.OWNER)
    postgres.let_the_application_in(owner)
    postgres.let_the_application_in(owner)  # twice unharmed
    with as_role(cluster, postgres.OWNER) as connection:
        connection.execute("CREATE TABLE owned (id bigint GENERATED ALWAYS AS IDENTITY, note text)")
    with as_role(cluster, postgres.APP) as connection:
        connection.execute("INSERT INTO owned (note) VALUES ('yes')")
        assert connection.execute("SELECT note FROM owned").fetchone() == ("yes",)
        for statement in (
            "CREATE TABLE mine (id int)",
            "ALTER TABLE owned ADD COLUMN more int",
            "DROP TABLE owned",
            "TRUNCATE owned",
            "CREATE SCHEMA mine",
            "SET ROLE samvirke_owner",
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(statement)
    with as_role(cluster, postgres.OWNER) as connection:
        connection.execute("DROP TABLE owned")


def test_nobody_gets_in_without_the_password(cluster: postgres.Cluster) -> None:
    socket = (cluster.folder / "socket").read_text()
    for role in ("postgres", postgres.OWNER, postgres.APP):
        with pytest.raises(psycopg.OperationalError, match="password"):
            psycopg.connect(
                host=socket, user=role, dbname=postgres.DATABASE, password="guess", connect_timeout=5
            )
    with as_role(cluster, "postgres", "postgres") as connection:
        assert connection.execute("SHOW listen_addresses").fetchone() == ("",)
        methods = connection.execute("SELECT DISTINCT auth_method FROM pg_hba_file_rules").fetchall()
    assert methods == [("scram-sha-256",)]


def test_socket_and_passwords_are_private(cluster: postgres.Cluster) -> None:
    assert stat.S_IMODE(Path((cluster.folder / "socket").read_text()).stat().st_mode) == 0o700
    assert stat.S_IMODE((cluster.folder / "secrets").stat().st_mode) == 0o700
    for name in ("postgres", postgres.OWNER, postgres.APP):
        assert stat.S_IMODE((cluster.folder / "secrets" / name).stat().st_mode) == 0o600
    assert not (cluster.folder / "initial-password").exists()


def test_its_log_does_not_quote_what_was_written(cluster: postgres.Cluster) -> None:
    secret = "kari@halden.kommune.no"
    with as_role(cluster, postgres.OWNER) as connection:
        connection.execute("CREATE TABLE people (email text PRIMARY KEY, age int)")
        for statement in (
            "INSERT INTO people VALUES (%s, 1), (%s, 2)",
            "SELECT %s FROM people, no_such_table",
        ):
            with pytest.raises(psycopg.Error):
                psycopg.ClientCursor(connection).execute(statement, [secret] * statement.count("%s"))
        connection.execute("DROP TABLE people")
    log = (cluster.folder / "log").read_text()
    assert "people_pkey" in log
    assert "no_such_table" in log
    assert secret not in log


def test_norwegian_letters_are_kept_and_sorted_by_code_point(cluster: postgres.Cluster) -> None:
    """No ICU in the wheel: the builtin collation is known, so names are sorted in Python or by a stored key."""
    with as_role(cluster, postgres.APP) as connection:
        found = connection.execute(
            "SELECT name FROM (VALUES ('Ål'), ('Ærø'), ('Østre Toten'), ('Zeta')) AS t(name) ORDER BY name"
        ).fetchall()
    assert [row[0] for row in found] == ["Zeta", "Ål", "Ærø", "Østre Toten"]


def test_the_server_never_runs_as_root(cluster: postgres.Cluster) -> None:
    """Root's server runs under an unprivileged account, anybody else's under their own."""
    runs_as = Path(f"/proc/{postmaster(cluster)}").stat().st_uid
    assert runs_as != 0
    assert os.geteuid() in (0, runs_as)


@pytest.mark.slow
def test_a_closed_parent_folder_is_not_widened(place: Path) -> None:
    closed = place / "closed"
    closed.mkdir(mode=0o700)
    made = postgres.embedded(closed / "data" / "postgres", durable=False)
    try:
        with postgres.running(made), as_role(made, postgres.APP) as connection:
            assert connection.execute("SELECT 1").fetchone() == (1,)
        assert stat.S_IMODE(closed.stat().st_mode) == 0o700
        assert stat.S_IMODE(place.stat().st_mode) == 0o755
        assert postgres.embedded(closed / "data" / "postgres", durable=False).folder == made.folder
    finally:
        if not made.folder.is_relative_to(place):
            shutil.rmtree(made.folder)


@pytest.mark.slow
def test_a_long_path_gets_a_short_socket(place: Path) -> None:
    folder = place / ("long-" * 12) / ("longer-" * 8) / "postgres"
    folder.parent.mkdir(parents=True)
    made = postgres.embedded(folder, durable=False)
    with postgres.running(made), as_role(made, postgres.APP) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)
    socket = Path((folder / "socket").read_text())
    assert len(str(socket)) < postgres.LONGEST_SOCKET_PATH
    shutil.rmtree(socket)
    with (
        postgres.running(made),
        as_role(made, postgres.APP) as connection,
    ):  # somebody cleaned the temporary folder
        assert connection.execute("SELECT 1").fetchone() == (1,)
    shutil.rmtree((folder / "socket").read_text())


@pytest.mark.fault
def test_the_last_one_out_stops_the_server(place: Path) -> None:
    folder = place / "shared"
    first, second = holder(folder), holder(folder)  # both make it at the same moment
    wait_for(first)
    wait_for(second)
    cluster = postgres.embedded(folder, durable=False)
    leave(first)
    assert cluster.answers(), "the first one out must not stop a server that another process uses"
    leave(second)
    assert not cluster.answers(), "nobody uses the server, so it must not run"


@pytest.mark.fault
def test_a_user_killed_with_9_does_not_keep_the_server_for_ever(place: Path) -> None:
    folder = place / "killed-user"
    killed = holder(folder)
    wait_for(killed)
    killed.kill()
    killed.communicate()
    cluster = postgres.embedded(folder, durable=False)
    assert cluster.answers()
    with postgres.running(cluster):
        pass
    assert not cluster.answers()


@pytest.mark.fault
def test_survives_kill_9_of_the_server_three_times(place: Path) -> None:
    cluster = postgres.embedded(place / "crashed")
    with postgres.running(cluster):
        with as_role(cluster, postgres.OWNER) as connection:
            connection.execute("CREATE TABLE kept (crash int)")
        for crash in range(3):
            with as_role(cluster, postgres.OWNER) as connection:
                connection.execute("INSERT INTO kept VALUES (%s)", [crash])
            busy = as_role(cluster, postgres.OWNER)
            os.kill(postmaster(cluster), signal.SIGKILL)
            cluster.start()
            with pytest.raises(psycopg.OperationalError):
                busy.execute("SELECT 1")
            busy.close()
        with as_role(cluster, postgres.OWNER) as connection:
            found = connection.execute("SELECT crash FROM kept ORDER BY crash").fetchall()
    assert found == [(0,), (1,), (2,)]


def test_a_missing_wheel_says_what_to_do(monkeypatch: pytest.MonkeyPatch, place: Path) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda _name: None)
    with pytest.raises(postgres.PostgresError, match="DATABASE_URL"):
        postgres.embedded(place / "none")
