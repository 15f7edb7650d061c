"""A link port is shared by the edges of one portal only."""

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from shortener.edge import ports
from shortener.edge.config import ConfigError
from tests.shortener.edge.support import free_port


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    """Somebody who would share its port with anybody."""
    with socket.socket() as one:
        one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        one.bind(("127.0.0.1", 0))
        one.listen()
        yield one


def port_of(listener: socket.socket) -> int:
    return int(listener.getsockname()[1])


def directory(data: Path, name: str) -> Path:
    path = data / "edge" / name
    path.mkdir(parents=True, exist_ok=True)
    return path


def test_a_free_port_is_joined(tmp_path: Path) -> None:
    ports.join(directory(tmp_path, "one"), "127.0.0.1", free_port())


def test_a_port_of_a_stranger_is_refused_although_it_could_be_shared(tmp_path: Path, listener: socket.socket) -> None:
    with pytest.raises(ConfigError, match="PORTAL_LINK_PORT"):
        ports.join(directory(tmp_path, "one"), "127.0.0.1", port_of(listener))


def test_a_port_of_a_sibling_is_joined(tmp_path: Path, listener: socket.socket) -> None:
    first, second = (directory(tmp_path, name) for name in ("one", "two"))
    lock = ports.take(first)
    (first / ports.PORT_FILE).write_text(str(port_of(listener)))
    ports.join(second, "127.0.0.1", port_of(listener))
    assert ports.siblings(second, port_of(listener)) == ["one"]
    lock.close()


def test_an_edge_that_ended_or_listens_elsewhere_is_no_sibling(tmp_path: Path, listener: socket.socket) -> None:
    ended, elsewhere = (directory(tmp_path, name) for name in ("ended", "elsewhere"))
    locks = [ports.take(elsewhere), ports.take(directory(tmp_path, "silent"))]
    (ended / ports.PORT_FILE).write_text(str(port_of(listener)))
    (elsewhere / ports.PORT_FILE).write_text("1")
    assert ports.siblings(directory(tmp_path, "one"), port_of(listener)) == []
    assert len(locks) == 2


def test_connections_that_have_ended_do_not_hold_a_port(listener: socket.socket) -> None:
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    client = socket.create_connection(listener.getsockname())
    served, _ = listener.accept()
    port = port_of(listener)
    for one in (listener, served, client):
        one.close()
    assert not ports.is_taken("127.0.0.1", port)


def test_an_address_that_is_not_ours_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"192\.0\.2\.1"):
        ports.join(directory(tmp_path, "one"), "192.0.2.1", free_port())


def test_a_second_edge_of_the_same_name_is_refused(tmp_path: Path) -> None:
    lock = ports.take(tmp_path)
    with pytest.raises(ConfigError, match="PORTAL_EDGE_NAME"):
        ports.take(tmp_path)
    lock.close()


def test_a_directory_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ConfigError, match="cannot be written to"):
        ports.take(tmp_path / "file" / "edge")
