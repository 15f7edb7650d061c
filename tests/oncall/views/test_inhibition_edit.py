"""Other words for a rule of inhibition."""

from collections.abc import Callable
from typing import Any

from django.test import Client
from django.urls import reverse

from tests.factories.oncall import InhibitionFactory

ClientFor = Callable[[Any], Client]


def test_it_begins_with_what_is_there(client_for: ClientFor, alice: Any, team: Any) -> None:
    rule = InhibitionFactory(team=team)
    page = reverse("inhibition_edit", args=[rule.public_id])
    assert "kind=&quot;switch&quot;" in client_for(alice).get(page).text
    client_for(alice).post(page, {"name": "Other", "source": "a=b", "target": "c=d"})
    rule.refresh_from_db()
    assert (rule.name, rule.equal) == ("Other", [])


def test_a_responder_may_not(client_for: ClientFor, bob: Any, team: Any) -> None:
    rule = InhibitionFactory(team=team)
    assert client_for(bob).get(reverse("inhibition_edit", args=[rule.public_id])).status_code == 403
