"""The parts of `serve` that need no house."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from samvirke.config import serve
from samvirke.config.processes import FIRST_PAUSE, LONGEST_PAUSE, Program, end, is_alive
from samvirke.kit.errors import BadInput
from samvirke.publishing import bodies, front


def test_a_taken_port_is_refused_with_a_way_out(monkeypatch):
    monkeypatch.setattr(serve.time, "sleep", lambda _: None)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(BadInput, match=f"Port {port} er opptatt.*PORT={port + 1}"):
            serve.refuse_taken_port("127.0.0.1", port)
    serve.refuse_taken_port("127.0.0.1", port)


@pytest.mark.parametrize("port", ["x", "", "0", "70000", "-1"])
def test_what_is_no_port_is_refused(port):
    with pytest.raises(BadInput, match="ikke en port"):
        serve.serve("127.0.0.1", port, print)


def test_the_entry_point_says_one_line_and_exits_with_2(capsys):
    assert serve.main(["--port", "nonsense"]) == 2
    assert capsys.readouterr().err == "PORT: «nonsense» er ikke en port. Skriv et tall fra 1 til 65535.\n"


def test_pages_find_a_thread_when_all_others_wait():
    assert bodies.READING + front.QUICK + front.SLOW < serve.THREADS


def test_what_dies_at_once_is_started_ever_more_slowly():
    program = Program("x", (sys.executable, "-c", "pass"), os.environ)
    program.start()
    pauses = []
    for now in (10, 100, 1000, 10_000, 100_000, 1_000_000, 10_000_000):
        if program.process:
            program.process.wait()
            program.started = now - 1.0
        program.watch(now)
        pauses.append(program.pause)
        program.watch(program.not_before)
    assert pauses[:3] == [2 * FIRST_PAUSE, 4 * FIRST_PAUSE, 8 * FIRST_PAUSE]
    assert max(pauses) == LONGEST_PAUSE
    program.process.wait()
    program.started = 0
    program.watch(1e9)
    assert program.pause == FIRST_PAUSE


def test_who_does_not_listen_is_ended_all_the_same():
    deaf = "import signal,time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('deaf', flush=True); time.sleep(60)"
    program = Program("deaf", (sys.executable, "-c", deaf), os.environ)
    program.process = subprocess.Popen(program.command, stdout=subprocess.PIPE)
    program.process.stdout.readline()
    started = time.monotonic()
    end([program], 0.2)
    assert time.monotonic() - started < 5
    assert program.process.returncode == -signal.SIGKILL
    program.process.stdout.close()


def test_the_dead_and_not_yet_buried_do_not_count_as_living():
    child = subprocess.Popen([sys.executable, "-c", "pass"])
    while is_alive(child.pid):
        time.sleep(0.01)
    assert Path(f"/proc/{child.pid}").exists()
    child.wait()
    assert not is_alive(child.pid)
    assert is_alive(os.getpid())


def test_the_version_changes_with_the_pages_makers(settings, tmp_path):
    settings.BASE, settings.ASSETS = tmp_path, tmp_path / "assets"
    (tmp_path / "a.html").write_text("1")
    first = serve.version()
    assert serve.version() == first
    (tmp_path / "a.html").write_text("2")
    second = serve.version()
    settings.SITE_URL = "https://finnhjelp.example.no"
    assert len({first, second, serve.version()}) == 3
