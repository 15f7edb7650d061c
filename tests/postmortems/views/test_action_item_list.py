from collections.abc import Callable
from typing import Any

from django.urls import reverse

from tests.factories.postmortems import ActionItemFactory, postmortem

ClientFor = Callable[[Any], Any]
URL = reverse("action_item_list")


def shown(client: Any, **query: str) -> list[str]:
    return [item.title for item in client.get(URL, query).context["page"]]


def test_open_items_come_first(client_for: ClientFor, vera: Any, team: Any, now: Any) -> None:
    ActionItemFactory(team=team, title="Open")
    ActionItemFactory(team=team, title="Done", state="done", finished_at=now)
    client = client_for(vera)
    assert shown(client) == ["Open"]
    assert shown(client, show="done") == ["Done"]
    assert len(shown(client, show="all")) == 2


def test_mine_are_mine(client_for: ClientFor, bob: Any, team: Any) -> None:
    ActionItemFactory(team=team, title="Mine", owner=bob)
    ActionItemFactory(team=team)
    assert shown(client_for(bob), show="mine") == ["Mine"]


def test_overdue_ones_are_marked(client_for: ClientFor, vera: Any, team: Any) -> None:
    ActionItemFactory(team=team, due_on="2020-01-01")
    assert "overdue" in client_for(vera).get(URL, {"show": "overdue"}).content.decode()


def test_items_of_private_postmortems_stay_private(client_for: ClientFor, vera: Any, team: Any) -> None:
    ActionItemFactory(team=team, postmortem=postmortem(team=team, is_private=True))
    assert shown(client_for(vera)) == []
