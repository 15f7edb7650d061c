from collections.abc import Callable
from typing import Any

from django.urls import reverse

from tests.factories.postmortems import postmortem


def test_reviewers_are_chosen(client_for: Callable[[Any], Any], bob: Any, alice: Any, team: Any) -> None:
    made = postmortem(team=team)
    client = client_for(bob)
    address = reverse("postmortem_submit", args=[made.public_id])
    assert client.get(address).status_code == 200
    client.post(address, {"reviewers": [alice.pk]})
    assert made.reviews.get().user == alice
