"""The side door of a process without pages (worker, beat, pager): its numbers, liveness and readiness."""

import json
import logging
import threading
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from django.db import connections
from django.utils import timezone

from portal.lib import health
from portal.lib.metrics import exposition

logger = logging.getLogger(__name__)


class AdminHandler(BaseHTTPRequestHandler):
    """Answers /metrics, /healthz and /readyz and nothing else."""

    protocol_version = "HTTP/1.1"
    timeout = 10

    def do_GET(self) -> None:
        """Answers one request and gives its database connection back."""
        answers = {"/metrics": self._metrics, "/healthz": self._healthz, "/readyz": self._readyz}
        answer = answers.get(self.path)
        try:
            if answer is None:
                self._send(HTTPStatus.NOT_FOUND, "text/plain", b"not found\n")
            else:
                answer()
        finally:
            connections.close_all()

    def log_message(self, *_args: object) -> None:
        """Keeps scrapes out of the log."""

    def _metrics(self) -> None:
        self._send(HTTPStatus.OK, exposition.CONTENT_TYPE, exposition.render())

    def _healthz(self) -> None:
        self._send(HTTPStatus.OK, "text/plain", b"ok\n")

    def _readyz(self) -> None:
        found = health.problems(timezone.now())
        status = HTTPStatus.SERVICE_UNAVAILABLE if found else HTTPStatus.OK
        self._send(status, "application/json", json.dumps({"ready": not found, "problems": found}).encode())

    def _send(self, status: HTTPStatus, content_type: str, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def serve_admin(port: int, host: str = "127.0.0.1") -> ThreadingHTTPServer:
    """Starts the side door in a thread that ends with the process; port 0 picks a free one."""
    server = ThreadingHTTPServer((host, port), AdminHandler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, name="admin", daemon=True).start()
    logger.info("The side door listens on %s:%s.", host, server.server_address[1])
    return server
