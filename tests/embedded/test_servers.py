"""Both servers together: files, ports, passwords, restarts."""

import json
import os
import socket
import stat
from pathlib import Path

import psycopg2

from portal.embedded import children, servers
from portal.embedded.children import Identity
from portal.embedded.temporary import TemporaryServers


def test_a_secret_is_made_once_and_is_its_owners_alone(tmp_path: Path) -> None:
    made = servers.secret(tmp_path, "secret_key")
    assert len(made) >= 60
    assert servers.secret(tmp_path, "secret_key") == made
    assert stat.S_IMODE((tmp_path / "secrets" / "secret_key").stat().st_mode) == 0o600


def test_ports_are_remembered_while_they_are_free(tmp_path: Path) -> None:
    assert servers._port(tmp_path, "postgres") == servers._port(tmp_path, "postgres")


def test_a_port_that_another_program_took_is_replaced(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        taken = other.getsockname()[1]
        (tmp_path / "ports.json").write_text(json.dumps({"valkey": taken}))
        assert servers._port(tmp_path, "valkey") != taken


def test_an_ordinary_user_keeps_everything_in_the_data_directory(tmp_path: Path) -> None:
    identity = Identity(os.getuid(), os.getgid(), dropped=False)
    assert servers.folder_for(tmp_path, identity) == tmp_path / "servers"


def test_a_place_that_nobody_cannot_enter_is_replaced(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    identity = Identity(65534, 65534, dropped=True)
    assert servers.folder_for(closed / "data", identity).parent == servers.ROOT_FALLBACK


def test_a_killed_server_comes_back_on_its_port_with_its_data(servers: TemporaryServers) -> None:
    postgres = servers.running[1]
    _execute(servers.database_url, "CREATE TABLE kept ()")
    _execute(servers.database_url, "CHECKPOINT")
    os.kill(postgres.child.pid, 9)
    postgres.child.wait()
    postgres.restart()
    _execute(servers.database_url, "DROP TABLE kept")


def test_the_address_of_a_running_server_can_be_worked_out(servers: TemporaryServers) -> None:
    from portal.embedded import servers as embedded

    assert embedded.known_url(servers.directory, "postgres") == servers.database_url
    assert embedded.known_url(servers.directory, "valkey") == servers.redis_url


def test_servers_of_root_run_as_a_user_without_rights(servers: TemporaryServers) -> None:
    identity = children.server_identity()
    owners = {os.stat(f"/proc/{one.child.pid}").st_uid for one in servers.running}
    assert owners == {identity.uid}
    assert 0 not in owners


def _execute(url: str, statement: str) -> None:
    connection = psycopg2.connect(url)
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute(statement)
    connection.close()
