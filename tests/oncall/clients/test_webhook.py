"""Pages to a program, over a real socket on loopback."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from oncall.clients import webhook
from oncall.clients.webhook import WebhookChannel
from oncall.domain.messages import Message
from oncall.exceptions import DeliveryError


class Receiver(ThreadingHTTPServer):
    """Answers with `status` and keeps what came."""

    daemon_threads = True
    status = 200

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.came: list[tuple[dict[str, str], bytes]] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/hook"


class Handler(BaseHTTPRequestHandler):
    server: Receiver

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.came.append((dict(self.headers), body))
        self.send_response(self.server.status)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Keeps quiet."""


@pytest.fixture
def receiver(settings: Any) -> Iterator[Receiver]:
    server = Receiver()
    settings.PORTAL_PRIVATE_TARGETS = [f"127.0.0.1:{server.server_address[1]}"]
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def message(receiver: Receiver) -> Message:
    return Message(
        "pag_1", receiver.url, "Act: Restart it", "It is down.", secret="s3cret", facts={"severity": "critical"}
    )


def test_the_page_arrives_signed_and_with_its_id(receiver: Receiver) -> None:
    WebhookChannel().send(message(receiver))
    [(headers, body)] = receiver.came
    signed = webhook.signature("s3cret", headers["Portal-Timestamp"], "pag_1", body)
    assert (headers["Portal-Event-Id"], headers["Portal-Signature"]) == ("pag_1", f"v1={signed}")
    assert json.loads(body)["alert"] == {"severity": "critical"}


@pytest.mark.parametrize(("status", "permanent"), [(404, True), (301, True), (429, False), (408, False), (500, False)])
def test_a_refusal_is_not_taken_for_a_delivery(receiver: Receiver, status: int, permanent: bool) -> None:
    receiver.status = status
    with pytest.raises(DeliveryError, match=f"HTTP {status}") as refused:
        WebhookChannel().send(message(receiver))
    assert refused.value.permanent is permanent


def test_the_private_network_is_out_of_reach_for_good(receiver: Receiver, settings: Any) -> None:
    settings.PORTAL_PRIVATE_TARGETS = []
    with pytest.raises(DeliveryError) as refused:
        WebhookChannel().send(message(receiver))
    assert (refused.value.permanent, receiver.came) == (True, [])


def test_a_receiver_that_is_away_may_come_back(settings: Any) -> None:
    settings.PORTAL_PRIVATE_TARGETS = ["127.0.0.1:1"]
    with pytest.raises(DeliveryError) as refused:
        WebhookChannel().send(Message("pag_1", "http://127.0.0.1:1/", "a", "b"))
    assert not refused.value.permanent
