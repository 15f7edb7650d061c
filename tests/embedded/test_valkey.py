"""The embedded Valkey."""

import sys
from dataclasses import replace
from pathlib import Path

import pytest
import redis

from portal.embedded import binaries, children
from portal.embedded.exceptions import SurroundingsError
from portal.embedded.temporary import TemporaryServers
from portal.embedded.valkey import Valkey


@pytest.fixture
def server(tmp_path: Path) -> Valkey:
    """A server that is not started."""
    identity = replace(children.server_identity(), dropped=False)
    return Valkey(tmp_path / "valkey", 1, "secret", binaries.installed(), identity)


def test_its_configuration_is_durable_bounded_and_private(server: Valkey) -> None:
    server.initialise()
    path = server.directory / "valkey.conf"
    lines = set(path.read_text().splitlines())
    assert {"bind 127.0.0.1", "requirepass secret", "appendonly yes", "maxmemory-policy noeviction"} <= lines
    assert path.stat().st_mode & 0o077 == 0


def test_a_server_that_cannot_start_says_why(server: Valkey, tmp_path: Path) -> None:
    log = tmp_path / "valkey.log"
    log.write_text("Can't handle RDB format version 99\n")
    ended = children.start([sys.executable, "-S", "-c", ""])
    ended.wait()
    with pytest.raises(SurroundingsError, match="did not start: Can't handle RDB format version 99"):
        server.wait_ready(ended, log)


def test_nobody_gets_in_without_the_password(servers: TemporaryServers) -> None:
    port = int(servers.redis_url.rsplit(":", 1)[1].split("/")[0])
    with pytest.raises(redis.AuthenticationError):
        redis.Redis(port=port).ping()
