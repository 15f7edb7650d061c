from collections.abc import Callable
from typing import Any

from django.urls import reverse

from tests.factories.postmortems import postmortem


def test_an_item_is_added(client_for: Callable[[Any], Any], bob: Any, team: Any) -> None:
    made = postmortem(team=team)
    client, address = client_for(bob), reverse("action_item_create", args=[made.public_id])
    assert client.get(address).status_code == 200
    client.post(address, {"title": "Refuse", "type": "prevent", "priority": 1, "owner": bob.pk})
    assert made.items.get().owner == bob
