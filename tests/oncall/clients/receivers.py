"""Real receivers on loopback that take pages, or do to them what providers do on bad days."""

import asyncio
import json
import socket
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from aiosmtpd.smtp import SMTP

Answer = tuple[int, str]


class HttpReceiver(ThreadingHTTPServer):
    """Answers each POST with `answer`; `mood` may be stalls or cuts as well. `came` holds what was read."""

    daemon_threads = True
    request_queue_size = 20

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.answer: Answer = (200, "ok")
        self.mood = "answers"
        self.awake = threading.Event()
        self.came: list[tuple[str, dict[str, str], str]] = []
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.005}, daemon=True).start()

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self.server_address[1]}"

    @property
    def url(self) -> str:
        return f"http://{self.address}"

    @property
    def said(self) -> Any:
        """The last body, as JSON."""
        return json.loads(self.came[-1][2])

    def stop(self) -> None:
        self.awake.set()
        self.shutdown()
        self.server_close()


class _Handler(BaseHTTPRequestHandler):
    server: HttpReceiver

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
        self.server.came.append((self.path, dict(self.headers), body))
        if self.server.mood == "stalls":
            self.server.awake.wait(5)
        if self.server.mood == "cuts":
            self.connection.shutdown(socket.SHUT_RDWR)
            return
        status, said = self.server.answer
        self.send_response(status)
        self.send_header("Content-Length", str(len(said.encode())))
        self.end_headers()
        self.wfile.write(said.encode())

    do_GET = do_HEAD = do_POST  # noqa: N815 - the names are the library's

    def handle(self) -> None:
        try:
            super().handle()
        except OSError:
            self.close_connection = True

    def log_message(self, *_: object) -> None:
        """Keeps quiet."""


class SmtpReceiver:
    """Takes mails like `HttpReceiver` takes posts; `answer` is what DATA is answered with."""

    def __init__(self) -> None:
        self.answer: Answer = (250, "taken")
        self.mood = "answers"
        self.came: list[tuple[str, dict[str, str], str]] = []
        self._loop = asyncio.new_event_loop()
        server = self._loop.run_until_complete(self._loop.create_server(lambda: SMTP(self), "127.0.0.1", 0))
        self.port: int = server.sockets[0].getsockname()[1]
        threading.Thread(target=self._loop.run_forever, daemon=True).start()

    async def handle_DATA(self, server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802 - the name is aiosmtpd's
        text = envelope.content.decode()
        self.came.append((envelope.rcpt_tos[0], {}, text))
        if self.mood == "stalls":
            await asyncio.sleep(0.1)
            server.transport.abort()
        if self.mood == "cuts":
            server.transport.abort()
        return f"{self.answer[0]} {self.answer[1]}"

    def stop(self) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
