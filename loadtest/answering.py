"""A small HTTP server that answers 200 to everything and counts what it answered: `python -m loadtest.answering PORTS`.

`/counts` answers the number of answers by path as JSON, and counts nothing. It is the target of probes in benchmarks
and campaigns: it must cost little beside what is measured, and must know better than anybody how often it was asked.
"""

import asyncio
import json
import subprocess
import sys
import time
import urllib.request
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

import uvloop

from portal.embedded import ports

answered: Counter[str] = Counter()
FAILING = "/failing"


class Answering(asyncio.Protocol):
    """One connection, one request at a time."""

    def __init__(self) -> None:
        self._transport: Any = None
        self._head = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keeps the way back."""
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        """Answers once a head is complete; requests have no body."""
        self._head += data
        if b"\r\n\r\n" not in self._head:
            return
        path = self._head.split(b" ", 2)[1].decode()
        self._head = b""
        body = json.dumps(answered).encode() if path == "/counts" else b"ok"
        status = b"503 Service Unavailable" if path.startswith(FAILING) else b"200 OK"
        if path != "/counts":
            answered[path] += 1
        self._transport.write(b"HTTP/1.1 %b\r\nContent-Length: %d\r\n\r\n%b" % (status, len(body), body))


async def serve(numbers: list[int]) -> None:
    """Listens on loopback for ever."""
    loop = asyncio.get_running_loop()
    for number in numbers:
        await loop.create_server(Answering, "127.0.0.1", number, backlog=4096)
    await asyncio.Event().wait()


@contextmanager
def server(number: int = 1) -> Iterator[list[int]]:
    """The server in a process of its own, on so many free ports."""
    numbers = ports.free_ports(number)
    child = subprocess.Popen([sys.executable, "-m", "loadtest.answering", *map(str, numbers)])
    try:
        _wait(numbers[0])
        yield numbers
    finally:
        child.kill()
        child.wait(10)


def counts(port: int) -> dict[str, int]:
    """How often each path was answered."""
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/counts", timeout=5) as answer:
        return dict(json.load(answer))


def _wait(port: int) -> None:
    for _ in range(400):
        with suppress(OSError):
            counts(port)
            return
        time.sleep(0.05)
    raise TimeoutError("the answering server did not start")


if __name__ == "__main__":
    with suppress(KeyboardInterrupt):
        uvloop.run(serve([int(word) for word in sys.argv[1:]]))
