from datetime import datetime
from typing import Any

import pytest
from django.test import Client

from portal.chat.services.answers import answer
from portal.chat.services.asker import Asker
from tests.chat.conftest import ACCOUNT
from tests.factories.slo import watched_slo

pytestmark = pytest.mark.django_db


def test_the_picture_needs_no_session(asker: Asker, team: Any, now: datetime, time_machine: Any) -> None:
    time_machine.move_to(now, tick=False)
    watched_slo(end=now, pairs=[(9, 10)] * 30, service__team=team, service__slug="shop")
    reply = answer("graph shop 1h", account=ACCOUNT, asker=asker, now=now)
    shown = Client().get(reply.image_url.removeprefix("http://localhost:8000"))
    assert (shown.status_code, shown["Content-Type"]) == (200, "image/png")


def test_a_forged_address_is_gone() -> None:
    assert Client().get("/chat/graphs/forged.png").status_code == 410
