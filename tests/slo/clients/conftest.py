"""A real HTTP server on loopback, whose paths say how it behaves."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest


class Handler(BaseHTTPRequestHandler):
    """`/503` answers 503, `/hang` never answers, `/cut` breaks off, anything else is well."""

    released = threading.Event()

    def do_GET(self) -> None:
        if self.path == "/hang":
            self.released.wait(20)
            return
        if self.path == "/cut":
            self.connection.close()
            return
        status = int(self.path[1:]) if self.path[1:].isdecimal() else 200
        self.send_response(status)
        self.send_header("Content-Length", "8")
        self.end_headers()
        self.wfile.write(b"all well")

    def log_message(self, *args: Any) -> None:
        """Says nothing."""


@pytest.fixture
def target(settings: Any) -> Iterator[str]:
    """The address of the server, which the safe client is allowed to reach."""
    Handler.released.clear()
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    settings.PORTAL_PRIVATE_TARGETS = [f"127.0.0.1:{server.server_port}"]
    yield f"http://127.0.0.1:{server.server_port}"
    Handler.released.set()
    server.shutdown()
    server.server_close()
