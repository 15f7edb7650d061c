from collections.abc import Callable
from typing import Any

from django.urls import reverse

from tests.factories.postmortems import postmortem


def test_a_number_is_added(client_for: Callable[[Any], Any], bob: Any, team: Any) -> None:
    made = postmortem(team=team)
    client, address = client_for(bob), reverse("postmortem_impact", args=[made.public_id])
    assert client.get(address).status_code == 200
    client.post(address, {"label": "Orders lost", "value": "120", "unit": "orders", "confidence": "guess"})
    assert made.impacts.get().confidence == "guess"
