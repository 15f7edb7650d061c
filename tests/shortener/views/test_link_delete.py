from collections.abc import Callable
from typing import Any

import pytest

from tests.factories.shortener import LinkFactory

pytestmark = pytest.mark.django_db

ClientFor = Callable[[Any], Any]


def test_asking_changes_nothing(client_for: ClientFor, bob: Any, team: Any) -> None:
    link = LinkFactory(team=team, state="active")
    assert client_for(bob).get(f"/links/{link.public_id}/delete/").status_code == 200
    link.refresh_from_db()
    assert link.state == "active"


def test_a_link_is_deleted(client_for: ClientFor, bob: Any, team: Any) -> None:
    link = LinkFactory(team=team, state="active")
    response = client_for(bob).post(f"/links/{link.public_id}/delete/", follow=True)
    assert "from where it can be restored" in response.content.decode()
    link.refresh_from_db()
    assert link.state == "deleted"


def test_a_viewer_may_not(client_for: ClientFor, vera: Any, team: Any) -> None:
    link = LinkFactory(team=team, state="active")
    assert client_for(vera).post(f"/links/{link.public_id}/delete/").status_code == 403
