from collections.abc import Callable
from typing import Any

from django.urls import reverse

from tests.factories.postmortems import postmortem


def test_a_line_is_added(client_for: Callable[[Any], Any], bob: Any, team: Any) -> None:
    made = postmortem(team=team)
    client, address = client_for(bob), reverse("postmortem_row", args=[made.public_id])
    assert client.get(address).status_code == 200
    client.post(address, {"at": "2026-03-04T10:00", "precision": "hour", "text": "Shipped"})
    assert made.timeline.get().text == "Shipped"
