"""The contact points of one's teams."""

from collections.abc import Callable
from typing import Any

from django.test import Client

from tests.factories.oncall import ContactPointFactory

ClientFor = Callable[[Any], Client]
URL = "/oncall/contact-points/"


def test_what_failed_last_is_shown(client_for: ClientFor, team: Any, vera: Any) -> None:
    ContactPointFactory(team=team, name="ops room", problem="HTTP 410 channel_is_archived")
    page = client_for(vera).get(URL).content
    assert b"ops room" in page
    assert b"channel_is_archived" in page


def test_one_that_was_never_tried_is_not_called_working(client_for: ClientFor, team: Any, vera: Any) -> None:
    ContactPointFactory(team=team)
    page = client_for(vera).get(URL).content
    assert (b"Never tried" in page, b"Works" in page) == (True, False)


def test_without_any_it_says_what_they_are(client_for: ClientFor, charlie: Any) -> None:
    assert b"a chat room or a program" in client_for(charlie).get(URL).content
