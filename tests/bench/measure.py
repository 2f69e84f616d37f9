"""What several figures need: servers on free ports, processor time of a process tree, load that ends by itself."""

import contextlib
import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psutil

PROJECT = Path(__file__).parent.parent.parent


@dataclass(frozen=True)
class Figure:
    """One line of the bench. `target` is what PRODUCT § 7 asks for, in words."""

    name: str
    value: float
    unit: str
    target: str = ""

    def __str__(self) -> str:
        value = f"{self.value:.3g}" if abs(self.value) < 1000 else f"{self.value:.0f}"
        return f"{self.name} {value} {self.unit}" + (f"  # {self.target}" if self.target else "")


@dataclass(frozen=True)
class Server:
    """A server under measurement, on this machine only."""

    name: str
    port: int
    process: psutil.Process

    def cpu(self) -> float:
        """Return the processor seconds that the server's processes have used so far."""
        total = 0.0
        for process in [self.process, *self.process.children(recursive=True)]:
            with contextlib.suppress(psutil.NoSuchProcess):
                times = process.cpu_times()
                total += times.user + times.system
        return total


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextlib.contextmanager
def server(
    name: str, command: list[str], port: int, *, environment: dict[str, str] | None = None
) -> Iterator[Server]:
    """Run `command` until the block ends; wait until its port answers."""
    process = subprocess.Popen(
        command,
        cwd=PROJECT,
        env={**os.environ, **(environment or {})},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait_for(port)
        yield Server(name, port, psutil.Process(process.pid))
    finally:
        process.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(10)
        process.kill()


def granian(target: str, port: int) -> list[str]:
    program = Path(sys.executable).parent / "granian"
    return [
        str(program), "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port), "--workers", "1",
        "--blocking-threads", "1", "--log-level", "error", "--no-ws", target,
    ]  # fmt: skip


def _wait_for(port: int) -> None:
    for _ in range(300):
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.1)
    raise RuntimeError(f"Nothing answers on port {port}")


def load(target: Server, path: str, seconds: float, encoding: str = "gzip") -> tuple[int, float]:
    """Ask for `path` over 8 connections for `seconds`; return requests answered and processor seconds used."""
    url = f"http://127.0.0.1:{target.port}{path}"
    with urllib.request.urlopen(urllib.request.Request(url, headers={"Accept-Encoding": encoding})) as answer:
        if answer.status != 200:
            raise RuntimeError(f"{url} answers {answer.status}")
        answer.read()
    before = target.cpu()
    result = subprocess.run(
        ["wrk", "-t1", "-c8", f"-d{seconds}s", "-H", f"Accept-Encoding: {encoding}", url],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    found = re.search(r"(\d+) requests in", result)
    if not found or "Non-2xx" in result:
        raise RuntimeError(f"{target.name}: {result}")
    return int(found[1]), target.cpu() - before
