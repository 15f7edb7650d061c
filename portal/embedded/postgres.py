"""The embedded PostgreSQL: made by initdb, bound to 127.0.0.1, protected by a password."""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import psycopg2
from psycopg2 import sql

from portal.embedded import children
from portal.embedded.binaries import Binaries
from portal.embedded.children import Identity
from portal.embedded.exceptions import SurroundingsError

USER = "portal"
DATABASE = "portal"
READY_SECONDS = 60.0
CRASH_SAFE = {"shared_buffers": "128MB", "wal_compression": "on"}
FAST_AND_UNSAFE = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "shared_buffers": "128MB",
    "autovacuum_naptime": "1h",
}
COMMON = {
    "max_connections": "200",
    "shared_preload_libraries": "pg_stat_statements",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_min_duration_statement": "1000",
    "logging_collector": "off",
}


@dataclass(frozen=True)
class Postgres:
    """One data directory of PostgreSQL and how to reach the server on it."""

    directory: Path
    port: int
    password: str
    binaries: Binaries
    identity: Identity
    durable: bool = True

    @property
    def url(self) -> str:
        """Where the portal's database is."""
        return self.url_for(self.port, self.password)

    @staticmethod
    def url_for(port: int, password: str) -> str:
        """The address of the portal's database on an embedded server."""
        return f"postgresql://{USER}:{password}@127.0.0.1:{port}/{DATABASE}"

    def initialise(self) -> None:
        """Make the data directory where there is none; a half-made one of an interrupted run never takes its place."""
        if (self.directory / "PG_VERSION").is_file():
            self.check_version()
            return
        draft = self.directory.with_name(f"{self.directory.name}.new")
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir(mode=0o700)
        self.identity.own(draft)
        with tempfile.NamedTemporaryFile("w", prefix="portal-", dir=self._readable_folder()) as file:
            file.write(self.password)
            file.flush()
            self.identity.own(Path(file.name))
            program: list[str | Path] = [
                self.binaries.postgres / "initdb",
                "-D",
                draft,
                "-U",
                USER,
                "--pwfile",
                file.name,
            ]
            options = ["--auth=scram-sha-256", "--encoding=UTF8", "--locale=C.UTF-8"]
            unsafe = [] if self.durable else ["--no-sync"]
            children.run([*program, *options, *unsafe], identity=self.identity, cwd=draft)
        draft.rename(self.directory)

    def check_version(self) -> None:
        """Refuse a data directory that another major version wrote, and tell the way out."""
        found = (self.directory / "PG_VERSION").read_text().strip()
        ours = children.run([self.binaries.postgres / "postgres", "--version"]).split()[-1].split(".")[0]
        if found != ours:
            raise SurroundingsError(
                f"The data directory {self.directory} was written by PostgreSQL {found} "
                f"and this portal brings PostgreSQL {ours}: make a backup with the portal that wrote it "
                "(./run backup FILE), move the directory away, and restore into a new one (./run restore FILE)."
            )

    def start(self, log: Path) -> subprocess.Popen[bytes]:
        """Start the server; `wait_ready` tells when it answers."""
        settings = COMMON | (CRASH_SAFE if self.durable else FAST_AND_UNSAFE)
        options = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
        program: list[str | Path] = [self.binaries.postgres / "postgres", "-D", self.directory]
        network = ["-h", "127.0.0.1", "-p", str(self.port), "-k", ""]
        with log.open("ab") as output:
            return children.start(
                [*program, *network, *options],
                env=children.server_environment(),
                cwd=self.directory,
                output=output,
                identity=self.identity,
                death_signal=signal.SIGINT,
            )

    def wait_ready(self, child: subprocess.Popen[bytes], log: Path) -> None:
        """Return once the portal's database takes connections; it is created on the first start."""
        deadline = time.monotonic() + READY_SECONDS
        while True:
            try:
                self._create_database()
            except psycopg2.OperationalError as error:
                if child.poll() is not None or time.monotonic() > deadline:
                    said = children.last_lines(log.read_text(errors="replace")) or str(error).strip()
                    raise SurroundingsError(f"The embedded PostgreSQL did not start: {said}") from None
                time.sleep(children.POLL_SECONDS)
            else:
                return

    def _create_database(self) -> None:
        connection = psycopg2.connect(
            host="127.0.0.1", port=self.port, user=USER, password=self.password, dbname="postgres", connect_timeout=5
        )
        try:
            connection.autocommit = True
            with connection.cursor() as cursor:
                cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE])
                if cursor.fetchone() is None:
                    cursor.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(DATABASE)))
        finally:
            connection.close()

    def stop_leftover(self) -> None:
        """Stop a server that a killed supervisor left behind on this directory."""
        try:
            pid = int((self.directory / "postmaster.pid").read_text().split()[0])
        except (OSError, ValueError, IndexError):
            return
        stop_stranger(pid, program="postgres", number=signal.SIGINT)

    def _readable_folder(self) -> str | None:
        return "/tmp" if self.identity.dropped and os.path.isdir("/tmp") else None  # noqa: S108 - the file is ours, 0600


def stop_stranger(pid: int, *, program: str, number: int, seconds: float = 15.0) -> None:
    """Stop process `pid`, which is no child of ours, if it runs `program`."""
    deadline = time.monotonic() + seconds
    while _runs(pid, program):
        late = time.monotonic() > deadline
        try:
            os.kill(pid, signal.SIGKILL if late else number)
        except (ProcessLookupError, PermissionError):
            return
        time.sleep(0.1)


def _runs(pid: int, program: str) -> bool:
    try:
        return program in Path(f"/proc/{pid}/stat").read_text().split(")")[0]
    except OSError:
        return False
