"""A second process that outlives a killed supervisor just long enough to stop what it left behind.

The kernel's parent-death signal reaches direct children only, and a child may ignore it; the guard knows every process
group, and ends with SIGKILL. It inherits the lock on the data directory, so that nobody starts there in the meantime.
"""

import os
import signal
import time
from dataclasses import dataclass, field

from portal.embedded import children

GRACE_SECONDS = 8.0


@dataclass
class Guard:
    """The supervisor's end: tells the guard process what lives."""

    pipe: int

    def watch(self, pid: int, number: int = signal.SIGTERM, *, last: bool = False) -> None:
        """Have the group of `pid` stopped by signal `number` should we die; those marked `last` after all others."""
        self._tell(f"watch {pid} {int(number)} {int(last)}\n")

    def forget(self, pid: int) -> None:
        """The group of `pid` is gone."""
        self._tell(f"forget {pid} 0 0\n")

    def dismiss(self) -> None:
        """Everything was stopped cleanly."""
        self._tell("dismiss 0 0 0\n")
        os.close(self.pipe)

    def _tell(self, line: str) -> None:
        try:
            os.write(self.pipe, line.encode())
        except BrokenPipeError:
            return


@dataclass
class _Watched:
    groups: dict[int, tuple[int, bool]] = field(default_factory=dict)
    dismissed: bool = False

    def hear(self, line: str) -> None:
        verb, pid, number, last = line.split()
        if verb == "watch":
            self.groups[int(pid)] = (int(number), last == "1")
        elif verb == "forget":
            self.groups.pop(int(pid), None)
        else:
            self.dismissed = True


def start(grace: float = GRACE_SECONDS) -> Guard:
    """Fork the guard process, which waits `grace` seconds before it kills. Call it before any thread is started."""
    reader, writer = os.pipe()
    if os.fork():
        os.close(reader)
        return Guard(writer)
    os.close(writer)
    _serve(reader, grace)
    os._exit(0)


def _serve(reader: int, grace: float) -> None:
    os.setsid()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGPIPE):
        signal.signal(number, signal.SIG_IGN)
    watched = _Watched()
    with os.fdopen(reader) as lines:
        for line in lines:
            watched.hear(line)
    if not watched.dismissed:
        stop_groups({pid: number for pid, (number, last) in watched.groups.items() if not last}, grace)
        stop_groups({pid: number for pid, (number, last) in watched.groups.items() if last}, grace)


def stop_groups(groups: dict[int, int], grace: float) -> None:
    """Signal each process group, wait for their ends together, then kill the rest."""
    for pid, number in groups.items():
        children.signal_group(pid, number)
    deadline = time.monotonic() + grace
    while any(map(group_lives, groups)) and time.monotonic() < deadline:
        time.sleep(0.05)
    for pid in groups:
        children.signal_group(pid, signal.SIGKILL)


def group_lives(pid: int) -> bool:
    """Whether any process of the group that `pid` led is left."""
    try:
        os.killpg(pid, 0)
    except PermissionError:
        return True
    except ProcessLookupError:
        return False
    return True
