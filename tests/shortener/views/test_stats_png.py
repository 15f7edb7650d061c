from collections.abc import Callable
from typing import Any

import pytest

from tests.factories.shortener import LinkFactory

pytestmark = pytest.mark.django_db
ClientFor = Callable[[Any], Any]


def test_the_graph_is_a_picture(client_for: ClientFor, vera: Any, team: Any) -> None:
    link = LinkFactory(team=team)
    response = client_for(vera).get(f"/links/analytics/link/{link.public_id}/clicks.png", {"range": "30d"})
    assert response["Content-Type"] == "image/png"
    assert response.content.startswith(b"\x89PNG")


def test_a_tag_with_a_slash_has_a_picture(client_for: ClientFor, vera: Any, team: Any) -> None:
    LinkFactory(team=team, tags=["a/b"])
    assert client_for(vera).get("/links/analytics/tag/a/b/clicks.png").status_code == 200


def test_a_private_link_has_none_for_others(client_for: ClientFor, charlie: Any, team: Any) -> None:
    team.is_private = True
    team.save()
    link = LinkFactory(team=team)
    assert client_for(charlie).get(f"/links/analytics/link/{link.public_id}/clicks.png").status_code == 404
