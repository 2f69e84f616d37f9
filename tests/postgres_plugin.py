"""The tests' database: real PostgreSQL, one template made by the owner, a clone per worker, used as the application.

Loaded with `-p` before Django's settings are read. Without further ado an embedded cluster under var/test is used.
SAMVIRKE_TEST_SERVER=tcp makes the same cluster be reached over TCP like a server of its own, and
TEST_DATABASE_OWNER_URL + TEST_DATABASE_URL (addresses without a database's name) name a real server.
"""

import contextlib
import fcntl
import hashlib
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

from samvirke.config import postgres

PROJECT = Path(__file__).parent.parent
FOLDER = Path(os.environ.get("SAMVIRKE_TEST_DATA", PROJECT / "var" / "test")).absolute()
SERVER_PORT = int(os.environ.get("SAMVIRKE_TEST_PORT", "54329"))
CLONE = f"t_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}_{os.getpid()}"


def _with_database(url: str, name: str) -> str:
    return urlunsplit(urlsplit(url)._replace(path=f"/{name}"))


class Databases:
    """Makes and drops the clones. `owner` and `app` are addresses into which a database's name is put."""

    def __init__(self) -> None:
        self.stack = contextlib.ExitStack()
        self.made: set[str] = set()
        FOLDER.mkdir(parents=True, exist_ok=True)
        port = SERVER_PORT if os.environ.get("SAMVIRKE_TEST_SERVER") == "tcp" else None
        self.cluster = postgres.embedded(
            FOLDER / ("server" if port else "postgres"), durable=False, port=port
        )
        if "TEST_DATABASE_OWNER_URL" in os.environ:
            self.owner, self.app = os.environ["TEST_DATABASE_OWNER_URL"], os.environ["TEST_DATABASE_URL"]
            return
        self.stack.enter_context(postgres.running(self.cluster))
        self.owner, self.app = self.cluster.url(postgres.OWNER), self.cluster.url(postgres.APP)

    def url(self, role: str, name: str) -> str:
        return _with_database(self.owner if role == "owner" else self.app, name)

    def connect(self) -> psycopg.Connection:
        return psycopg.connect(self.url("owner", "postgres"), autocommit=True)

    def template(self) -> str:
        """Return the name of the migrated template, made once for this state of the code."""
        name = f"template_{_state_of_the_code()}"
        with (FOLDER / "template.lock").open("w") as lock, self.connect() as connection:
            fcntl.flock(lock, fcntl.LOCK_EX)
            known = {row[0] for row in connection.execute("SELECT datname FROM pg_database")}
            if name not in known:
                self._make(connection, name)
            for old in known:
                if old.startswith("template_") and old not in (name, "template0", "template1"):
                    with contextlib.suppress(psycopg.Error):
                        connection.execute(sql.SQL("DROP DATABASE {}").format(sql.Identifier(old)))
                if _is_left_behind(old):
                    _drop(connection, old)
        return name

    def _make(self, connection: psycopg.Connection, name: str) -> None:
        making = f"making_{os.getpid()}"
        _drop(connection, making)
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(making)))
        owner = self.url("owner", making)
        result = subprocess.run(
            [
                sys.executable,
                "-c",
                "from samvirke.config.cli import main; main()",
                "prepare-database",
                "--json",
            ],
            cwd=PROJECT,
            env={**os.environ, "DATABASE_URL": owner, "DATABASE_OWNER_URL": owner},
            capture_output=True,
            text=True,
            check=False,
        )
        if result.returncode:
            raise RuntimeError(f"The template database could not be made:\n{result.stdout}\n{result.stderr}")
        connection.execute(
            sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(making), sql.Identifier(name))
        )

    def clone(self, name: str = CLONE) -> dict[str, str]:
        """Give this worker a fresh copy of the template; return how it is reached, as the environment says it."""
        self.made.add(name)
        with self.connect() as connection:
            _drop(connection, name)
            connection.execute(
                sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(
                    sql.Identifier(name), sql.Identifier(self.name_of_template)
                )
            )
        return {"DATABASE_URL": self.url("app", name), "DATABASE_OWNER_URL": self.url("owner", name)}

    def open(self) -> None:
        self.name_of_template = self.template()
        os.environ.update(self.clone())

    def close(self) -> None:
        with contextlib.suppress(psycopg.Error, RuntimeError), self.connect() as connection:
            for name in self.made:
                _drop(connection, name)
        self.stack.close()


def _drop(connection: psycopg.Connection, name: str) -> None:
    """Drop a database and those connected to it.

    FORCE refuses while an autovacuum worker, which is the superuser's, is at work there; without FORCE it is sent away.
    """
    plain = sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(name))
    for statement in [plain + sql.SQL(" WITH (FORCE)"), plain] * 10:
        try:
            connection.execute(statement)
        except (psycopg.errors.InsufficientPrivilege, psycopg.errors.ObjectInUse):
            continue
        return
    raise RuntimeError(f"The database {name} could not be dropped.")


def _is_left_behind(name: str) -> bool:
    found = re.fullmatch(r"(?:t_\w+|making)_(\d+)", name)
    return found is not None and not Path(f"/proc/{found[1]}").exists()


def _state_of_the_code() -> str:
    digest = hashlib.sha256()
    for path in _sources():
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def _sources() -> Iterator[Path]:
    for pattern in (
        "*/migrations/*.py",
        "reference/data/*.*",
        "*/models.py",
        "reference/*.py",
        "config/postgres.py",
    ):
        yield from sorted((PROJECT / "samvirke").glob(pattern))


def _is_controller() -> bool:
    """The process that only hands out work to xdist's workers needs no database of its own."""
    workers = re.search(r" -n[ =]?(\w+)", " ".join(sys.argv))
    return "PYTEST_XDIST_WORKER" not in os.environ and workers is not None and workers[1] != "0"


# A browser test leaves an event loop running; to Django every later test in the process looks asynchronous.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
os.environ.setdefault("SAMVIRKE_DATA", str(FOLDER / "data"))
databases = Databases()
if _is_controller():
    databases.template()  # once, before the workers ask for it
    os.environ["DATABASE_URL"] = databases.url("app", "postgres")
else:
    databases.open()


def pytest_unconfigure() -> None:
    databases.close()
