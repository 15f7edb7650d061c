"""docs/guides/webhooks.md does what it says: its check of a signature runs against a real delivery."""

import re
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from shortener.domain.webhooks import MEANING, TEST
from shortener.services import deliveries
from tests.factories.shortener import WebhookDeliveryFactory
from tests.shortener.receiver import Receiver

GUIDE = (Path(__file__).resolve().parents[3] / "docs" / "guides" / "webhooks.md").read_text()
SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"


@pytest.fixture
def is_genuine() -> Any:
    found: dict[str, Any] = {}
    code = re.search(r"```python\n(.*?)```", GUIDE, re.DOTALL)
    exec(code[1] if code else "", found)  # noqa: S102 (our own documentation)
    return found["is_genuine"]


@pytest.mark.django_db
def test_the_check_knows_a_real_delivery_and_refuses_a_changed_one(
    is_genuine: Any, receiver: Receiver, now: datetime
) -> None:
    WebhookDeliveryFactory(webhook__url=receiver.url, due_at=now)
    deliveries.deliver_due(clock=lambda: now)
    _, headers, body = receiver.came[0]
    assert is_genuine(SECRET, headers, body, now.timestamp())
    assert not is_genuine(SECRET, headers, body + b" ", now.timestamp())
    assert not is_genuine(SECRET, headers, body, now.timestamp() + 301)


def test_every_event_is_described() -> None:
    assert set(re.findall(r"^\| `([a-z_.]+)` \|", GUIDE, re.MULTILINE)) == {*MEANING, TEST}
