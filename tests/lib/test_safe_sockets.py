"""Checked connections that are not HTTP."""

import asyncio
import errno
import socket
from typing import Any

import pytest

from portal.lib import safe_sockets
from portal.lib.safe_sockets import FetchError, Target
from portal.lib.stopwatches import Stopwatch


async def reached(target: Target, family: str = "any") -> tuple[str, Stopwatch]:
    watch = Stopwatch()
    _, writer = await safe_sockets.connect(await safe_sockets.resolve(target, family), watch=watch)
    address = str(writer.get_extra_info("peername")[0])
    writer.close()
    return address, watch


def test_a_listed_target_is_reached(settings: Any) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        settings.PORTAL_PRIVATE_TARGETS = [f"localhost:{port}"]
        address, watch = asyncio.run(reached(Target("", "localhost", port), "4"))
    assert (address, watch.phase) == ("127.0.0.1", "connect")


def test_a_private_target_is_not_reached(settings: Any) -> None:
    settings.PORTAL_PRIVATE_TARGETS = []
    with pytest.raises(FetchError, match="private address"):
        asyncio.run(reached(Target("", "127.0.0.1", 9)))


def test_a_name_without_an_address_of_the_family_is_not_reached() -> None:
    with pytest.raises(FetchError) as caught:
        asyncio.run(reached(Target("", "127.0.0.1", 9), "6"))
    assert (caught.value.phase, caught.value.own) == ("dns", False)


@pytest.mark.parametrize("number", [errno.EMFILE, errno.ENFILE, errno.ENETDOWN, errno.EADDRNOTAVAIL])
def test_what_this_side_lacks_is_its_own_trouble(number: int) -> None:
    assert safe_sockets.explained(OSError(number, "too many"), Target("", "a", 1)).own


@pytest.mark.parametrize("number", [errno.ECONNREFUSED, errno.ECONNRESET, errno.ETIMEDOUT])
def test_what_the_target_does_is_not(number: int) -> None:
    assert not safe_sockets.explained(OSError(number, "refused"), Target("", "a", 1)).own


@pytest.mark.parametrize(("routes", "own"), [(True, False), (False, True)])
def test_unreachable_is_our_trouble_without_any_network(monkeypatch: Any, routes: bool, own: bool) -> None:
    monkeypatch.setattr(safe_sockets, "_leads_out", lambda *_: routes)
    assert safe_sockets.is_own(OSError(errno.ENETUNREACH, "unreachable")) is own
    assert safe_sockets.is_own_lookup(socket.gaierror(socket.EAI_AGAIN, "again")) is own


def test_an_unknown_name_is_never_our_trouble() -> None:
    assert not safe_sockets.is_own_lookup(socket.gaierror(socket.EAI_NONAME, "unknown"))
    assert safe_sockets.is_own_lookup(socket.gaierror(socket.EAI_SYSTEM, "files"))
    assert not safe_sockets.is_own_lookup(UnicodeError())
