"""A receiver of webhooks that keeps what came and when: `python -m loadtest.receiving PORT [DELAY [LIE]]`.

It answers after DELAY seconds, and each LIE-th time with 503 although it took the page. `/came` answers everything as
JSON, `/busy` how many requests wait for their answer.
"""

import asyncio
import json
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

import uvloop

from portal.embedded import ports

came: list[tuple[str, str, str, float]] = []
waiting: set[int] = set()


class Receiving(asyncio.Protocol):
    """One connection, one request at a time."""

    delay = 0.0
    lie = 0

    def __init__(self) -> None:
        self._transport: Any = None
        self._read = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keeps the way back."""
        self._transport = transport

    def connection_lost(self, _: Exception | None) -> None:
        """Whoever has gone waits for nothing."""
        waiting.discard(id(self))

    def data_received(self, data: bytes) -> None:
        """Acts once head and body are complete."""
        self._read += data
        head, found, body = self._read.partition(b"\r\n\r\n")
        length = next(
            (int(line[15:]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:")), 0
        )
        if not found or len(body) < length:
            return
        self._read = b""
        path = head.split(b" ", 2)[1].decode()
        if path in {"/came", "/busy"}:
            self._answer(b"200 OK", json.dumps(came if path == "/came" else len(waiting)).encode())
            return
        said = json.loads(body)
        came.append((said["id"], said["alert"]["id"], path, time.time()))
        waiting.add(id(self))
        lies = self.lie and len(came) % self.lie == 0
        status = b"503 Service Unavailable" if lies else b"204 No Content"
        asyncio.get_running_loop().call_later(self.delay, self._answer, status, b"")

    def _answer(self, status: bytes, body: bytes) -> None:
        waiting.discard(id(self))
        if self._transport.is_closing():
            return
        self._transport.write(b"HTTP/1.1 %b\r\nContent-Length: %d\r\n\r\n%b" % (status, len(body), body))


async def serve(number: int) -> None:
    """Listens on loopback for ever."""
    await asyncio.get_running_loop().create_server(Receiving, "127.0.0.1", number, backlog=4096)
    await asyncio.Event().wait()


@contextmanager
def receiver(*, delay: float = 0.0, lie: int = 0) -> Iterator[int]:
    """The receiver in a process of its own, on a free port."""
    [number] = ports.free_ports(1)
    words = [sys.executable, "-m", "loadtest.receiving", str(number), str(delay), str(lie)]
    child = subprocess.Popen(words)
    try:
        _wait(number)
        yield number
    finally:
        child.kill()
        child.wait(10)


def ask(number: int, path: str) -> Any:
    """What the receiver says at `/came` or `/busy`."""
    with urllib.request.urlopen(f"http://127.0.0.1:{number}{path}", timeout=10) as answer:
        return json.loads(answer.read())


def _wait(number: int) -> None:
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        with suppress(OSError):
            ask(number, "/busy")
            return
        time.sleep(0.05)
    raise TimeoutError("the receiver does not answer")


if __name__ == "__main__":
    Receiving.delay, Receiving.lie = float(sys.argv[2]), int(sys.argv[3])
    uvloop.run(serve(int(sys.argv[1])))
