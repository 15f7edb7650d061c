"""A real receiver of webhooks on loopback that does what it is told: answers, fails, stalls, lies or redirects."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from shortener.domain import signatures

Behaviour = Callable[["Handler"], None]


class Receiver(ThreadingHTTPServer):
    """Keeps what came; behaves as `plan` says, one entry a request, the last one for good."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.came: list[tuple[str, dict[str, str], bytes]] = []
        self.plan: list[Behaviour] = [status(204)]
        self.released = threading.Event()

    @property
    def netloc(self) -> str:
        return f"127.0.0.1:{self.server_address[1]}"

    @property
    def url(self) -> str:
        return f"http://{self.netloc}/hook"

    def next_behaviour(self) -> Behaviour:
        return self.plan.pop(0) if len(self.plan) > 1 else self.plan[0]

    def genuine(self, secret: str, seconds: int) -> list[bool]:
        """Whether each request that came is signed with `secret`, near `seconds`."""
        return [
            signatures.is_genuine(secret=secret, given=headers, body=body, seconds=seconds)
            for _, headers, body in self.came
        ]


class Handler(BaseHTTPRequestHandler):
    server: Receiver

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        self._behave(body)

    def do_GET(self) -> None:
        self._behave(b"")

    def do_HEAD(self) -> None:
        self._behave(b"")

    def _behave(self, body: bytes) -> None:
        headers = {name.lower(): value for name, value in self.headers.items()}
        self.server.came.append((f"{self.command} {self.path}", headers, body))
        self.server.next_behaviour()(self)

    def answer(self, code: int, body: bytes = b"", **headers: str) -> None:
        self.send_response(code)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Keeps quiet."""


def status(code: int, body: bytes = b"", **headers: str) -> Behaviour:
    """Answers with a status."""
    return lambda handler: handler.answer(code, body, **headers)


def stall(handler: Handler) -> None:
    """Takes the request and says nothing until the receiver is released."""
    handler.server.released.wait(20)


def hang_up(handler: Handler) -> None:
    """Breaks the connection off without an answer."""
    handler.close_connection = True
    handler.connection.close()


def lie(handler: Handler) -> None:
    """Promises more than it sends."""
    handler.send_response(200)
    handler.send_header("Content-Length", "1000")
    handler.end_headers()
    handler.wfile.write(b"short")
    handler.close_connection = True


@contextmanager
def receiving(settings: Any) -> Iterator[Receiver]:
    """A running receiver that the portal may reach although it is on loopback."""
    server = Receiver()
    settings.PORTAL_PRIVATE_TARGETS = [*settings.PORTAL_PRIVATE_TARGETS, server.netloc]
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    try:
        yield server
    finally:
        server.released.set()
        server.shutdown()
        server.server_close()
