"""The whole house, for real: started, killed, stopped, started again. The public pages stand throughout."""

import contextlib
import http.client
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest

from samvirke.config.processes import is_alive

pytestmark = [pytest.mark.fault]
PATIENCE = 240.0  # seconds; the machine may be busy with other tests
COMMAND = (sys.executable, "-c", "from samvirke.config.cli import main; main()", "serve")


class Served:
    """One `samvirke serve` with data of its own."""

    def __init__(self, folder: Path) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.folder = folder
        outside = {name: value for name, value in os.environ.items() if "DATABASE" not in name}
        self.environment = outside | {
            "DJANGO_SETTINGS_MODULE": "samvirke.config.tests.serving",
            "SAMVIRKE_DATA": str(folder),
            "SAMVIRKE_ASSETS": str(folder / "assets"),
            "PORT": str(self.port),
        }
        self.process: subprocess.Popen[str] | None = None

    def start(self) -> float:
        """Start it, wait for the pages, return the seconds that took."""
        started = time.monotonic()
        with (self.folder / "said").open("a") as said:
            self.process = subprocess.Popen(
                COMMAND, env=self.environment, text=True, stdout=said, stderr=said, start_new_session=True
            )
        self.until(lambda: self.get("/oslo/")[0] == 200, "the pages stand")
        return time.monotonic() - started

    def get(self, path: str, form: dict[str, str] | None = None, timeout: float = 60) -> tuple[int, bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        try:
            headers = {"Content-Type": "application/x-www-form-urlencoded"} if form else {}
            connection.request("POST" if form else "GET", path, urlencode(form) if form else None, headers)
            answer = connection.getresponse()
            return answer.status, answer.read()
        except OSError:
            return 0, b""
        finally:
            connection.close()

    def search(self) -> tuple[int, bytes]:
        return self.get("/sok/", {"q": "kriseteam", "kommune": "oslo", "sprak": "nb"})

    def until(self, true: Callable[[], bool], what: str) -> None:
        end = time.monotonic() + PATIENCE
        while not true():
            assert time.monotonic() < end, f"never: {what}\n{(self.folder / 'said').read_text()}"
            time.sleep(0.1)

    def postgres(self) -> int:
        with contextlib.suppress(OSError, ValueError):
            where = self.folder / "postgres" / "pgdata" / "postmaster.pid"
            return int(where.read_text().split("\n", 1)[0])
        return 0

    def below(self, pid: int | None = None) -> list[int]:
        """All processes of the house, itself first."""
        pid = pid or (self.process.pid if self.process else 0)
        found = [pid]
        for task in Path(f"/proc/{pid}/task").glob("*/children"):
            with contextlib.suppress(OSError):
                for child in task.read_text().split():
                    found += self.below(int(child))
        return found

    def kill_all(self) -> None:
        for pid in self.below():
            with contextlib.suppress(OSError):
                os.kill(pid, signal.SIGKILL)
        if self.process:
            self.process.wait()

    def stop(self) -> float:
        """Ask it to end; return the seconds that took."""
        assert self.process
        started = time.monotonic()
        self.process.terminate()
        self.process.wait(60)
        return time.monotonic() - started


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A house that has been started once."""
    folder = tmp_path_factory.mktemp("house")
    for one in (folder, *folder.parents):  # the unprivileged database account must reach its folder
        if one == Path(tempfile.gettempdir()):
            break
        one.chmod(0o755)
    assets = folder / "assets"
    assets.mkdir()
    names = {name: name for name in ("public.css", "public.js", "search.js", "icons.svg", "favicon.svg")}
    for name in names:
        (assets / name).write_text("x")
    (assets / "manifest.json").write_text(str(names).replace("'", '"'))
    served = Served(folder)
    served.start()
    served.until(lambda: served.get("/base/")[0] == 200, "the database answers")
    yield served
    if served.process and served.process.poll() is None:
        served.stop()


@pytest.fixture
def house(prepared: Served) -> Served:
    """The house, running with its database."""
    if prepared.process is None or prepared.process.poll() is not None:
        prepared.start()
    prepared.until(lambda: prepared.get("/base/") == (200, b"42"), "the database answers")
    return prepared


def test_the_database_is_killed_and_the_pages_and_the_search_stand(house):
    first = house.postgres()
    assert first, "0 would be this process's own group"
    os.kill(first, signal.SIGKILL)
    for _ in range(20):
        assert house.get("/oslo/")[0] == 200
        assert b"Kriseteamet" in house.search()[1]
    house.until(lambda: house.postgres() not in {0, first}, "the database is started again")
    house.until(lambda: house.get("/base/") == (200, b"42"), "the database answers again")


def test_the_database_hangs_and_the_pages_stand(house):
    stopped = [pid for pid in house.below(house.postgres()) if is_alive(pid)]
    for pid in stopped:
        os.kill(pid, signal.SIGSTOP)
    try:
        waiting = [
            subprocess.Popen(
                [
                    sys.executable,
                    "-c",
                    f"import urllib.request as u; u.urlopen('http://127.0.0.1:{house.port}/base/')",
                ],
                stderr=subprocess.DEVNULL,
            )
            for _ in range(12)
        ]
        started = time.monotonic()
        status, body = house.get("/base/")
        assert status == 503
        assert b"116117" in body
        assert time.monotonic() - started < 30
        times = []
        for _ in range(50):
            started = time.monotonic()
            assert house.get("/oslo/")[0] == 200
            times.append(time.monotonic() - started)
        assert sorted(times)[25] < 0.25
        assert b"Kriseteamet" in house.search()[1]
        assert house.get("/helse/") == (200, b"ok\n")
    finally:
        for pid in stopped:
            with contextlib.suppress(OSError):
                os.kill(pid, signal.SIGCONT)
        for process in waiting:
            process.wait(60)
    house.until(lambda: house.get("/base/") == (200, b"42"), "the database answers again")


def test_the_web_server_is_killed_and_comes_back(house):
    web = next(pid for pid in house.below()[1:] if b"granian" in Path(f"/proc/{pid}/cmdline").read_bytes())
    os.kill(web, signal.SIGKILL)
    house.until(lambda: not is_alive(web), "it is gone")
    house.until(lambda: house.get("/oslo/")[0] == 200, "the pages stand again")


def test_the_watcher_is_killed_and_nobody_is_left_on_the_port(house):
    others = [
        pid for pid in house.below()[1:] if b"postgres" not in Path(f"/proc/{pid}/cmdline").read_bytes()
    ]
    house.process.kill()
    house.process.wait()
    house.until(lambda: not any(is_alive(pid) for pid in others), "the children are gone")
    house.start()


def test_everything_is_killed_at_once_and_starts_again(house):
    house.kill_all()
    assert house.get("/oslo/", timeout=1)[0] == 0
    house.start()
    house.until(lambda: house.get("/base/") == (200, b"42"), "the database answers again")


def test_a_taken_port_is_said_in_one_sentence(house):
    second = subprocess.run(COMMAND, env=house.environment, capture_output=True, text=True, check=False)
    assert second.returncode == 2
    assert second.stderr.count("\n") == 1
    assert str(house.port) in second.stderr


def test_it_ends_politely_within_ten_seconds_and_leaves_nobody(house):
    everybody = house.below()
    assert house.stop() < 10
    assert house.process.returncode == 0
    assert not [pid for pid in everybody if is_alive(pid)]
