from collections.abc import Callable
from typing import Any

from django.urls import reverse

from tests.factories.postmortems import ActionItemFactory

ClientFor = Callable[[Any], Any]
GIVEN = {"title": "Refuse", "type": "prevent", "priority": 1, "version": 1}


def url(item: Any) -> str:
    return reverse("action_item_edit", args=[item.public_id])


def test_it_is_done(client_for: ClientFor, bob: Any, team: Any) -> None:
    item = ActionItemFactory(team=team)
    client_for(bob).post(url(item), {**GIVEN, "state": "done"})
    item.refresh_from_db()
    assert item.state == "done"


def test_not_doing_without_a_reason_is_said_at_the_field(client_for: ClientFor, bob: Any, team: Any) -> None:
    response = client_for(bob).post(url(ActionItemFactory(team=team)), {**GIVEN, "state": "not_doing"})
    assert response.status_code == 422
    assert "reason" in response.context["form"].errors


def test_a_viewer_reads_and_changes_nothing(client_for: ClientFor, vera: Any, team: Any) -> None:
    item, client = ActionItemFactory(team=team), client_for(vera)
    assert client.get(url(item)).status_code == 200
    assert client.post(url(item), {**GIVEN, "state": "done"}).status_code == 403
