"""The embedded Valkey: append-only, with a password, on 127.0.0.1; full, it refuses writes and drops no key."""

import signal
import socket
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

from portal.embedded import children
from portal.embedded.binaries import Binaries
from portal.embedded.children import Identity
from portal.embedded.exceptions import SurroundingsError
from portal.embedded.postgres import stop_stranger

READY_SECONDS = 30.0
MEMORY = "256mb"


@dataclass(frozen=True)
class Valkey:
    """One data directory of Valkey and how to reach the server on it."""

    directory: Path
    port: int
    password: str
    binaries: Binaries
    identity: Identity
    durable: bool = True

    @property
    def url(self) -> str:
        """Where the portal's broker and cache are."""
        return self.url_for(self.port, self.password)

    @staticmethod
    def url_for(port: int, password: str) -> str:
        """The address of an embedded server."""
        return f"redis://:{password}@127.0.0.1:{port}/0"

    def initialise(self) -> None:
        """Write the configuration of the server into its directory, readable for its user only."""
        self.directory.mkdir(mode=0o700, exist_ok=True)
        self.identity.own(self.directory)
        path = self.directory / "valkey.conf"
        path.touch(mode=0o600)
        path.write_text(self._configuration())
        self.identity.own(path)

    def _configuration(self) -> str:
        return "\n".join(
            (
                "bind 127.0.0.1",
                f"port {self.port}",
                f"requirepass {self.password}",
                f'dir "{self.directory}"',
                f'pidfile "{self.directory / "valkey.pid"}"',
                "daemonize no",
                f"appendonly {'yes' if self.durable else 'no'}",
                "appendfsync everysec",
                'save ""',
                f"maxmemory {MEMORY}",
                "maxmemory-policy noeviction",
                "",
            )
        )

    def start(self, log: Path) -> subprocess.Popen[bytes]:
        """Start the server; `wait_ready` tells when it answers."""
        with log.open("ab") as output:
            return children.start(
                [self.binaries.valkey, self.directory / "valkey.conf"],
                env=children.server_environment(),
                cwd=self.directory,
                output=output,
                identity=self.identity,
                death_signal=signal.SIGTERM,
            )

    def wait_ready(self, child: subprocess.Popen[bytes], log: Path) -> None:
        """Return once the server answers with our password."""
        deadline = time.monotonic() + READY_SECONDS
        while not self._answers():
            if child.poll() is not None or time.monotonic() > deadline:
                said = children.last_lines(log.read_text(errors="replace"))
                raise SurroundingsError(f"The embedded Valkey did not start: {said}")
            time.sleep(children.POLL_SECONDS)

    def _answers(self) -> bool:
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=5) as connection:
                connection.sendall(f"AUTH {self.password}\r\nPING\r\n".encode())
                return connection.makefile("rb").read(12) == b"+OK\r\n+PONG\r\n"
        except OSError:
            return False

    def stop_leftover(self) -> None:
        """Stop a server that a killed supervisor left behind on this directory."""
        try:
            pid = int((self.directory / "valkey.pid").read_text())
        except (OSError, ValueError):
            return
        stop_stranger(pid, program="valkey", number=signal.SIGTERM)
