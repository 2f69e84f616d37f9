"""Child processes that are started, watched, started again, and never left behind (Linux)."""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

PR_SET_PDEATHSIG, PR_SET_CHILD_SUBREAPER = 1, 36
FIRST_PAUSE, LONGEST_PAUSE = 0.25, 15.0  # seconds between a death and the next start
LONG_LIFE = 30.0  # who has lived so long starts again without delay
COMMAND = (sys.executable, "-c", "from samvirke.config.cli import main; main()")

_libc = ctypes.CDLL(None, use_errno=True)


def die_with_parent() -> None:
    """Have the system end this process when its parent is gone, however the parent went."""
    _libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def adopt_orphans() -> None:
    """Become the parent of grandchildren whose parent dies, so that they can be ended and buried."""
    _libc.prctl(PR_SET_CHILD_SUBREAPER, 1)


@dataclass
class Program:
    """A child process. `keep`: it is started again whenever it ends. `quiet`: only its errors are shown; `mute`: nothing is."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str]
    keep: bool = True
    quiet: bool = False
    mute: bool = False
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    pause: float = FIRST_PAUSE
    not_before: float = field(default=0.0)

    def start(self) -> None:
        """Start it in our process group; it dies with us."""
        self.process = subprocess.Popen(
            self.command,
            env=dict(self.environment),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL if self.quiet or self.mute else None,
            stderr=subprocess.DEVNULL if self.mute else None,
            preexec_fn=die_with_parent,  # noqa: PLW1509  (we have one thread)
        )
        self.started = time.monotonic()

    def result(self) -> int | None:
        """Return its exit code, None while it runs."""
        return self.process.poll() if self.process else None

    def watch(self, now: float) -> None:
        """Start it if it has ended and its pause is over. `now`: monotonic seconds."""
        if self.process and self.process.poll() is None:
            return
        if self.process:  # it has just been found dead
            self.pause = FIRST_PAUSE if now - self.started > LONG_LIFE else min(self.pause * 2, LONGEST_PAUSE)
            self.not_before = now + self.pause
            self.process = None
        if now >= self.not_before:
            self.start()

    def ask_to_end(self) -> None:
        if self.process and self.process.poll() is None:
            self.process.terminate()


def end(programs: Sequence[Program], patience: float) -> None:
    """End programs and whatever they have left behind: politely first, for good after `patience` seconds."""
    for program in programs:
        program.ask_to_end()
    until = time.monotonic() + patience
    while time.monotonic() < until and any(
        program.process and program.result() is None for program in programs
    ):
        time.sleep(0.05)
    for program in programs:
        if program.process and program.process.poll() is None:
            program.process.kill()
            program.process.wait()


def children() -> list[int]:
    """Return our children by process number, adopted ones included."""
    found: list[int] = []
    for task in Path("/proc/self/task").iterdir():
        with contextlib.suppress(OSError):
            found += map(int, (task / "children").read_text().split())
    return found


def bury(ours: Sequence[Program]) -> None:
    """Collect adopted children that have ended; without it a dead PostgreSQL would look alive."""
    for program in ours:
        program.result()
    known = {program.process.pid for program in ours if program.process and program.result() is None}
    with contextlib.suppress(ChildProcessError):
        while gone := os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG | os.WNOWAIT):
            if gone.si_pid in known:
                return
            os.waitpid(gone.si_pid, os.WNOHANG)


def is_alive(pid: int) -> bool:
    """Say whether a process exists and is more than a name in the table."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state not in {"Z", "X"}
