"""Servers for one test run."""

import tempfile
from pathlib import Path

import psycopg2
import pytest
import redis

from portal.embedded import children, servers, temporary


def test_both_servers_answer_and_are_gone_afterwards() -> None:
    directory = Path(tempfile.mkdtemp(prefix="portal-temporary-"))
    with temporary.servers(directory) as started:
        pids = [one.child.pid for one in started.running]
        psycopg2.connect(started.database_url).close()
        assert redis.Redis.from_url(started.redis_url).ping()
    assert not any(Path(f"/proc/{pid}").exists() for pid in pids)
    assert not servers.folder_for(directory, children.server_identity()).exists()


@pytest.mark.parametrize("extension", ["btree_gist", "pg_trgm", "pg_stat_statements"])
def test_the_extensions_that_the_portal_uses_are_there(servers: temporary.TemporaryServers, extension: str) -> None:
    connection = psycopg2.connect(servers.database_url)
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE EXTENSION {extension}")
    connection.close()


def test_a_wrong_password_is_refused(servers: temporary.TemporaryServers) -> None:
    port = servers.database_url.rsplit(":", 1)[1]
    with pytest.raises(psycopg2.OperationalError, match="password authentication failed"):
        psycopg2.connect(f"postgresql://portal:wrong@127.0.0.1:{port}")
