"""Child processes that never outlive their parent, and the user that they run as."""

import ctypes
import os
import pwd
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from portal.embedded.exceptions import SurroundingsError

PR_SET_PDEATHSIG = 1
POLL_SECONDS = 0.02
_libc = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None


@dataclass(frozen=True)
class Identity:
    """The user that the data servers run as: the caller's own, or as root one without rights."""

    uid: int
    gid: int
    dropped: bool

    def own(self, path: Path) -> None:
        """Give `path` to this user where the caller is another one."""
        if self.dropped:
            os.chown(path, self.uid, self.gid)


def server_identity() -> Identity:
    """Who runs PostgreSQL and Valkey: `nobody` under root, else the caller, who must stand in the user database."""
    uid = os.getuid()
    try:
        entry = pwd.getpwnam("nobody") if uid == 0 else pwd.getpwuid(uid)
    except KeyError:
        who = "the user nobody" if uid == 0 else f"the user id {uid}"
        raise SurroundingsError(
            f"The embedded PostgreSQL needs {who} to have an entry in /etc/passwd: "
            "add one, run as another user, or set DATABASE_URL and REDIS_URL to servers of your own."
        ) from None
    return Identity(uid=entry.pw_uid, gid=entry.pw_gid, dropped=uid == 0)


def _tie_to_parent(death_signal: int, parent: int) -> Callable[[], None]:
    def tie() -> None:
        if _libc is not None:
            _libc.prctl(PR_SET_PDEATHSIG, death_signal)
        if os.getppid() != parent:
            os._exit(1)

    return tie


def start(
    argv: Sequence[str | Path],
    *,
    env: Mapping[str, str] | None = None,
    cwd: Path | None = None,
    output: IO[bytes] | int | None = None,
    identity: Identity | None = None,
    death_signal: int = signal.SIGTERM,
) -> subprocess.Popen[bytes]:
    """Start `argv` in a session of its own; the kernel sends it `death_signal` when the calling thread dies.

    The signal is set after the change of user, because that change clears it.
    """
    drop = identity is not None and identity.dropped
    return subprocess.Popen(
        [str(word) for word in argv],
        env=None if env is None else dict(env),
        cwd=cwd,
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.STDOUT if output is not None else None,
        start_new_session=True,
        user=identity.uid if identity and drop else None,
        group=identity.gid if identity and drop else None,
        extra_groups=[] if drop else None,
        preexec_fn=_tie_to_parent(death_signal, os.getpid()),  # noqa: PLW1509 - the hook calls two system calls only
    )


def run(argv: Sequence[str | Path], *, identity: Identity | None = None, cwd: Path | None = None) -> str:
    """Run `argv` to its end and return what it printed; a failure raises its last lines."""
    child = start(argv, identity=identity, cwd=cwd, output=subprocess.PIPE, env=server_environment())
    printed = output_of(child)
    if child.returncode:
        raise SurroundingsError(f"{Path(argv[0]).name} failed (exit code {child.returncode}): {last_lines(printed)}")
    return printed


def output_of(child: subprocess.Popen[bytes]) -> str:
    """Wait for the end of `child` and return what it printed; an interruption of ours ends it too."""
    try:
        return child.communicate()[0].decode(errors="replace")
    except BaseException:
        stop(child, seconds=0)
        raise


def server_environment() -> dict[str, str]:
    """The little that a data server needs of our environment: none of the portal's secrets, no PG* variable."""
    kept = {name: os.environ[name] for name in ("PATH", "TMPDIR", "LD_LIBRARY_PATH") if name in os.environ}
    return kept | {"LC_ALL": "C", "TZ": "UTC"}


def last_lines(text: str, count: int = 3) -> str:
    """The last lines that say something, in one line."""
    return " | ".join([line.strip() for line in text.splitlines() if line.strip()][-count:])


def signal_group(pid: int, number: int) -> None:
    """Send a signal to the process group that `pid` leads; a group that is gone is no error."""
    try:
        os.killpg(pid, number)
    except (ProcessLookupError, PermissionError):
        return


def stop(child: subprocess.Popen[bytes], *, number: int = signal.SIGTERM, seconds: float = 10.0) -> bool:
    """Ask `child` to stop, wait, then kill what is left of its group; True when it stopped by itself."""
    if child.poll() is None:
        child.send_signal(number)
    clean = wait(child, seconds=seconds)
    signal_group(child.pid, signal.SIGKILL)
    child.wait()
    return clean


def wait(child: subprocess.Popen[bytes], *, seconds: float) -> bool:
    """Wait at most `seconds` for the end of `child`."""
    deadline = time.monotonic() + seconds
    while child.poll() is None and time.monotonic() < deadline:
        time.sleep(POLL_SECONDS)
    return child.poll() is not None
