"""Starts the processes, keeps them alive, and stops them in order."""

import os
import shutil
import signal
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from portal.embedded import children
from portal.embedded.exceptions import SurroundingsError
from portal.embedded.guard import Guard
from portal.embedded.logs import LogTail, last_words
from portal.embedded.processes import Process
from portal.embedded.servers import Running

FIRST_PAUSE_SECONDS = 0.5
LONGEST_PAUSE_SECONDS = 30.0
STABLE_SECONDS = 60.0
READY_SECONDS = 90.0
STOP_SECONDS = 12.0
TICK_SECONDS = 0.05


@dataclass
class Supervised:
    """A process, its present child, and what became of the earlier ones."""

    process: Process
    log: Path
    tail: LogTail
    child: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0
    restart_at: float = 0.0
    pause: float = 0.0
    ready: bool = False


@dataclass
class Supervisor:
    """Runs a list of processes until told to stop.

    All children are started from the thread that made the supervisor, because the kernel's parent-death signal follows
    that thread.
    """

    processes: Sequence[Process]
    environment: Mapping[str, str]
    cwd: Path
    log_dir: Path
    guard: Guard
    say: Callable[[str], None]
    servers: Sequence[Running] = ()
    on_change: Callable[[dict[str, int]], None] = lambda _pids: None
    first_pause: float = FIRST_PAUSE_SECONDS
    stopping: bool = False
    supervised: list[Supervised] = field(init=False)

    def __post_init__(self) -> None:
        """Prepare the log of each process."""
        self.log_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.supervised = [
            Supervised(process, log, LogTail(process.name, log), pause=self.first_pause)
            for process in self.processes
            for log in [self.log_dir / f"{process.name}.log"]
        ]

    @property
    def pids(self) -> dict[str, int]:
        """The process id of each living process."""
        return {one.process.name: one.child.pid for one in self.supervised if one.child and one.child.poll() is None}

    def start_all(self) -> None:
        """Start every process; `wait_ready` tells when they answer."""
        for one in self.supervised:
            self._start(one)
        self.on_change(self.pids)

    def _start(self, one: Supervised) -> None:
        if one.process.metrics_dir is not None:
            shutil.rmtree(one.process.metrics_dir, ignore_errors=True)
            one.process.metrics_dir.mkdir(parents=True)
        with one.log.open("ab") as output:
            environment = {**self.environment, **one.process.environment}
            one.child = children.start(one.process.argv, env=environment, cwd=self.cwd, output=output)
        one.started_at, one.restart_at = time.monotonic(), 0.0
        self.guard.watch(one.child.pid)

    def wait_ready(self, seconds: float = READY_SECONDS) -> bool:
        """Run until every process is ready; False when told to stop or out of time, and then says who is missing."""
        deadline = time.monotonic() + seconds
        while not self.stopping and time.monotonic() < deadline:
            self.tick()
            for one in self.supervised:
                one.ready = one.ready or self._is_ready(one)
            if all(one.ready for one in self.supervised):
                return True
            time.sleep(TICK_SECONDS)
        for one in [one for one in self.supervised if not one.ready and not self.stopping]:
            self.say(f"{one.process.name} is not ready after {seconds:.0f} s: {self._why_not(one)}")
        return False

    def _is_ready(self, one: Supervised) -> bool:
        return bool(one.child and one.child.poll() is None and not problem(one.process.ready_url))

    def _why_not(self, one: Supervised) -> str:
        return f"{problem(one.process.ready_url)}; {last_words(one.log)}"

    def run(self) -> None:
        """Watch over the processes until `stopping` is set."""
        while not self.stopping:
            self.tick()
            time.sleep(TICK_SECONDS * 2)

    def tick(self) -> None:
        """Show important lines, notice ended processes, and start those whose pause is over."""
        now = time.monotonic()
        for server in self.servers:
            if server.child.poll() is not None:
                self._revive(server)
        for one in self.supervised:
            for line in one.tail.important():
                self.say(line)
            if one.child is not None and one.child.poll() is not None:
                self._bury(one, now)
            elif one.child is None and now >= one.restart_at:
                self._start(one)
                self.on_change(self.pids)

    def _revive(self, server: Running) -> None:
        """Start a data server again on its old port; the processes find it there and go on."""
        self.say(f"{server.name} ended, starting it again: {last_words(server.log, 1)}")
        self.guard.forget(server.child.pid)
        try:
            server.restart()
        except SurroundingsError as error:
            self.say(str(error))
            time.sleep(FIRST_PAUSE_SECONDS)
        self.guard.watch(server.child.pid, server.stop_signal, last=True)

    def _bury(self, one: Supervised, now: float) -> None:
        """Clear away what an ended process left in its group and plan its restart, later after each quick end."""
        if one.child is None:
            return
        code, pid = one.child.returncode, one.child.pid
        children.signal_group(pid, signal.SIGKILL)
        self.guard.forget(pid)
        if now - one.started_at > STABLE_SECONDS:
            one.pause = self.first_pause
        how = f"was killed by {signal.Signals(-code).name}" if code < 0 else f"ended with code {code}"
        self.say(f"{one.process.name} {how}, starting it again in {one.pause:g} s: {last_words(one.log, 1)}")
        one.child, one.restart_at = None, now + one.pause
        one.pause = min(one.pause * 2, LONGEST_PAUSE_SECONDS)

    def stop(self, seconds: float = STOP_SECONDS) -> None:
        """Ask all processes to end, in their order, wait for them together, and kill what is left after `seconds`."""
        living = [one for one in self.supervised if one.child is not None]
        for one in living:
            if one.child and one.child.poll() is None:
                one.child.terminate()
        deadline = time.monotonic() + seconds
        for one in living:
            if one.child and not children.wait(one.child, seconds=max(0.0, deadline - time.monotonic())):
                self.say(f"{one.process.name} did not stop within {seconds:.0f} s and is killed")
        for one in living:
            if one.child:
                children.stop(one.child, seconds=0)
                self.guard.forget(one.child.pid)
                one.child = None


def problem(url: str) -> str:
    """Why the readiness page `url` does not say yes, in short; empty when it does or when there is none."""
    if not url:
        return ""
    try:
        with urllib.request.urlopen(url, timeout=2):  # noqa: S310 - a page of our own on 127.0.0.1
            return ""
    except urllib.error.HTTPError as error:
        return f"{error.code} {error.read(300).decode(errors='replace')}"
    except (OSError, ValueError) as error:
        return str(error)


def stop_on_signals(supervisor: Supervisor) -> None:
    """Have SIGINT and SIGTERM stop the supervisor; the second one ends it at once, and the guard clears up."""

    def handle(number: int, frame: object) -> None:
        if supervisor.stopping:
            os.kill(os.getpid(), signal.SIGKILL)
        supervisor.stopping = True

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, handle)
