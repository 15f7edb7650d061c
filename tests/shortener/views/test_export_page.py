from collections.abc import Callable
from typing import Any

import pytest

from tests.factories.shortener import LinkFactory

pytestmark = pytest.mark.django_db

URL = "/links/export/"
ClientFor = Callable[[Any], Any]


def test_it_says_how_many_links_the_words_leave(client_for: ClientFor, bob: Any, team: Any) -> None:
    LinkFactory(team=team, tags=["mail"])
    LinkFactory(team=team)
    client = client_for(bob)
    assert "2 links." in client.get(URL).content.decode()
    assert "1 link match these words." in client.get(URL, {"tag": "mail"}).content.decode()


def test_links_of_private_teams_are_not_counted(client_for: ClientFor, bob: Any, other_team: Any) -> None:
    other_team.is_private = True
    other_team.save()
    LinkFactory(team=other_team)
    assert "0 links." in client_for(bob).get(URL).content.decode()
