"""Everything in one: web, database, worker and schedule, watched over by one process.

The web server starts first, so that the pages of last time stand while the database wakes up. Then the
database (unless DATABASE_URL names one), the tables, the demonstration, the pages, the worker. Whatever dies is
started again. Only the children that prepare the database learn the owner's address.
"""

import argparse
import contextlib
import http.client
import os
import signal
import socket
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from hashlib import blake2b
from pathlib import Path
from types import FrameType

from django.conf import settings

from samvirke.config import postgres
from samvirke.config.processes import COMMAND, Program, adopt_orphans, bury, children, end, is_alive
from samvirke.kit.errors import BadInput

TAKEN = 2  # exit code for input that cannot be used
PATIENCE = 6.0  # seconds for all to end politely
TICK = 0.1
LOOK_AT_DATABASE = 1.0
THREADS = 160  # of the web server: more than read forms and wait for Django, so that pages always find one
IN_CODE = {".py", ".html", ".csv", ".json", ".mo", ".txt", ".js", ".typ", ".svg"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `serve`."""
    parser.add_argument(
        "--host", default=os.environ.get("HOST") or "127.0.0.1", help="Adressen det lyttes på"
    )
    parser.add_argument("--port", default=os.environ.get("PORT") or "8000", help="Ellers PORT, ellers 8000")


def main(arguments: Sequence[str]) -> int:
    """Run `samvirke serve` without loading Django first; return the exit code."""
    parser = argparse.ArgumentParser("samvirke serve", description="Start alt: nettsider, database, jobber.")
    add_arguments(parser)
    options = parser.parse_args(arguments)
    try:
        serve(options.host, options.port, _say)
    except (BadInput, postgres.PostgresError) as error:
        print(error, file=sys.stderr)
        return TAKEN if isinstance(error, BadInput) else 1
    return 0


def serve(host: str, port: str, say: Callable[[str], None]) -> None:
    """Serve until told to stop. Raises BadInput for a port that is none or is taken."""
    if not port.isdigit() or not 0 < int(port) < 65536:
        raise BadInput(f"«{port}» er ikke en port. Skriv et tall fra 1 til 65535.", field="PORT")
    House(host, int(port), say).run()


def _say(line: str) -> None:
    print(line, flush=True)


class House:
    """One run of `serve`. `say` writes a line to the person who started it."""

    def __init__(self, host: str, port: int, say: Callable[[str], None]) -> None:
        self.host, self.port, self.say = host, port, say
        os.environ["PORT"] = str(port)  # the children's STAFF_URL follows it
        self.programs: list[Program] = []
        self.cluster: postgres.Cluster | None = None
        self.owner_url = os.environ.pop("DATABASE_OWNER_URL", "")
        self.stopping = False
        self.told = False
        self.looked = 0.0

    def run(self) -> None:
        """Serve until told to stop. Raises BadInput when the port is taken."""
        refuse_taken_port(self.host, self.port)
        adopt_orphans()
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, self._stop)
        self._find_database()
        try:
            self._keep("web", self._web_command())
            with self._database():
                self._prepare()
                self._start_worker()
                while not self.stopping:
                    self._watch()
                    time.sleep(TICK)
                self._end()
        finally:
            self._end()

    def _stop(self, _number: int, _frame: FrameType | None) -> None:
        self.stopping = True

    def _find_database(self) -> None:
        if not os.environ.get("DATABASE_URL"):
            if not (settings.DATA / "postgres" / "made").exists():
                self.say("Gjør klar for første gang. Det tar et minutt eller to.")
            self.cluster = postgres.embedded(settings.DATA / "postgres")
            os.environ["DATABASE_URL"] = self.cluster.url(postgres.APP)
            self.owner_url = self.cluster.url(postgres.OWNER)

    def _database(self) -> contextlib.AbstractContextManager[object]:
        return postgres.running(self.cluster) if self.cluster else contextlib.nullcontext()

    def _web_command(self) -> tuple[str, ...]:
        workers = min(len(os.sched_getaffinity(0)), 4)
        return (
            sys.executable, "-m", "granian", "--interface", "wsgi", "--no-ws", "--host", self.host,
            "--port", str(self.port), "--workers", str(workers), "--blocking-threads", str(THREADS),
            "--backlog", "2048", "--respawn-failed-workers", "--respawn-interval", "0.5",
            "--workers-kill-timeout", "3", "--log-level", "error", "samvirke.config.wsgi:application",
        )  # fmt: skip

    def _keep(self, name: str, command: tuple[str, ...]) -> None:
        program = Program(name, command, {**os.environ, "SAMVIRKE_CHILD": "1"})
        self.programs.append(program)
        program.start()

    def _start_worker(self) -> None:
        """Start the worker unless it runs. It moves the pages on with time even while the database is away."""
        if not self.stopping and not any(program.name == "worker" for program in self.programs):
            self._keep("worker", (*COMMAND, "worker"))

    def _prepare(self) -> None:
        """Run what must be done once per start, in order; each may be tried again."""
        if self.owner_url:
            self._step(("prepare-database", "--json"), tries=1000, as_owner=True)
        note = settings.DATA / "demonstration-loaded"
        if (
            settings.DEMONSTRATION
            and not note.exists()
            and self._step(("load-demo", "--json"), tries=2, as_owner=True)
        ):
            note.touch()
        if self.stopping:
            return
        stamp, told = settings.PUBLISHED / "stamp", version()
        if not stamp.exists() or stamp.read_text() != told:
            self.say("Lager sidene.")
            if self._step(("publish", "--no-posters"), tries=3):
                stamp.write_text(told)

    def _step(self, arguments: tuple[str, ...], *, tries: int, as_owner: bool = False) -> bool:
        """Run one command as a child and watch over the others meanwhile; say whether it went well."""
        extra = {"DATABASE_OWNER_URL": self.owner_url} if as_owner else {}
        for attempt in range(tries):
            step = Program(arguments[0], (*COMMAND, *arguments), {**os.environ, **extra}, keep=False)
            step.quiet, step.mute = (
                as_owner,
                attempt > 0,
            )  # the first failure is told whole, the next in a line
            self.programs.append(step)
            step.start()
            while step.result() is None and not self.stopping:
                self._watch()
                time.sleep(TICK)
            if self.stopping:
                return False
            self.programs.remove(step)
            if step.result() == 0:
                return True
            self.say(
                f"{arguments[0]} gikk ikke. Prøver igjen."
                if attempt + 1 < tries
                else f"{arguments[0]} gikk ikke."
            )
            self._start_worker()
            self._rest(min(2.0**attempt, 15.0))
        return False

    def _rest(self, seconds: float) -> None:
        until = time.monotonic() + seconds
        while time.monotonic() < until and not self.stopping:
            self._watch()
            time.sleep(TICK)

    def _watch(self) -> None:
        """Start again what has died, collect the dead, say when the pages stand."""
        bury(self.programs)
        now = time.monotonic()
        for program in self.programs:
            if program.keep:
                program.watch(now)
        if self.cluster and now - self.looked > LOOK_AT_DATABASE:
            self.looked = now
            if not database_lives(self.cluster):
                with contextlib.suppress(postgres.PostgresError):
                    self.cluster.start()
        if not self.told and answers(self.host, self.port):
            self.told = True
            self.say(f"Samvirke er klar: http://{self.host}:{self.port}")

    def _end(self) -> None:
        end(self.programs, PATIENCE)
        database = postmaster(self.cluster) if self.cluster else 0
        for pid in children():
            if pid != database:
                with contextlib.suppress(OSError):
                    os.kill(pid, signal.SIGTERM)
        self.programs.clear()


def refuse_taken_port(host: str, port: int) -> None:
    """Raise BadInput when something listens on the port already; a server of ours that just died gets two seconds."""
    for _ in range(10):
        with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except OSError:
                time.sleep(0.2)
            else:
                return
    raise BadInput(
        f"Port {port} er opptatt av et annet program. Stopp det, eller velg en annen port: PORT={port + 1}."
    )


def answers(host: str, port: int) -> bool:
    """Say whether the front page stands."""
    connection = http.client.HTTPConnection(host, port, timeout=1)
    try:
        connection.request("HEAD", "/")
        return connection.getresponse().status == http.client.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def postmaster(cluster: postgres.Cluster) -> int:
    """Return the process number of the embedded server, 0 when it is not there."""
    try:
        return int((cluster.pgdata / "postmaster.pid").read_text().split("\n", 1)[0])
    except (OSError, ValueError):
        return 0


def database_lives(cluster: postgres.Cluster) -> bool:
    """Say whether the embedded server's main process is there, without asking it anything."""
    pid = postmaster(cluster)
    return bool(pid) and is_alive(pid)


def version() -> str:
    """Return a fingerprint of what the pages are made by: code, texts, templates, facts, assets, address."""
    told = blake2b(digest_size=16)
    for path in _sources(settings.BASE):
        told.update(str(path.relative_to(settings.BASE)).encode() + path.read_bytes())
    assets = settings.ASSETS / "manifest.json"
    told.update(assets.read_bytes() if assets.exists() else b"")
    told.update(repr((settings.SITE_URL, settings.PUBLIC_LANGUAGES, settings.PAGE_SOURCES)).encode())
    return told.hexdigest()


def _sources(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        if path.suffix in IN_CODE and "tests" not in path.parts:
            yield path
