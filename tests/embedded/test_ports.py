"""Free ports."""

import socket

from portal.embedded import ports


def test_picked_ports_are_different_and_free() -> None:
    picked = ports.free_ports(5)
    assert len(set(picked)) == 5
    assert all(ports.is_free(port) for port in picked)


def test_a_port_with_a_listener_is_not_free() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        assert not ports.is_free(listener.getsockname()[1])
