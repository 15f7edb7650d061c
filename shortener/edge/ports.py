"""Who else listens on the link port: edges of the same portal share it, anybody else is in the way.

The kernel lets every process of this user join a shared port without a word, and would hand half of the visitors to
another portal. So a port that is taken is joined only if an edge of the same data directory holds it.
"""

import errno
import fcntl
import socket
from pathlib import Path
from typing import IO

from shortener.edge.config import ConfigError

PORT_FILE = "port"


def take(directory: Path) -> IO[str]:
    """Lock the edge's directory for this process; raises ConfigError if another edge of this name runs on it."""
    try:
        directory.mkdir(parents=True, exist_ok=True)
        lock = (directory / "lock").open("a+", encoding="ascii")
    except OSError as error:
        raise ConfigError(f"The edge's directory {directory} cannot be written to: {error.strerror}.") from error
    if not _can_lock(lock):
        lock.close()
        raise ConfigError(f"Another edge already runs on {directory}: give each its own PORTAL_EDGE_NAME.")
    return lock


def join(directory: Path, host: str, port: int) -> None:
    """Tell the siblings of this edge that it listens here; raises ConfigError if a stranger does."""
    (directory / PORT_FILE).write_text(str(port), encoding="ascii")
    if is_taken(host, port) and not siblings(directory, port):
        raise ConfigError(
            f"Another process listens on the link port {host}:{port}. Stop it, set another PORTAL_LINK_PORT, or start "
            "both edges on the same PORTAL_DATA_DIR if they belong to one portal."
        )


def siblings(directory: Path, port: int) -> list[str]:
    """Names of the running edges of the same data directory that listen on this port."""
    return [
        file.parent.name
        for file in sorted(directory.parent.glob(f"*/{PORT_FILE}"))
        if file.parent != directory and file.read_text(encoding="ascii") == str(port) and _is_running(file.parent)
    ]


def is_taken(host: str, port: int) -> bool:
    """Whether somebody listens there."""
    family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    with socket.socket(family, kind, protocol) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # connections that have ended are not in the way
        try:
            probe.bind(address)
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                return True
            raise ConfigError(f"The link port {host}:{port} cannot be opened: {error.strerror}.") from error
    return False


def _is_running(directory: Path) -> bool:
    try:
        with (directory / "lock").open("r+", encoding="ascii") as lock:
            return not _can_lock(lock)
    except OSError:
        return False


def _can_lock(lock: IO[str]) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
