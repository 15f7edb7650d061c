"""Who may send alerts."""

from collections.abc import Callable
from typing import Any

from django.test import Client

from tests.factories.accounts import TeamFactory
from tests.factories.oncall import IntegrationFactory

ClientFor = Callable[[Any], Client]
URL = "/oncall/integrations/"


def test_the_key_is_not_shown_whole(client_for: ClientFor, alice: Any, team: Any) -> None:
    IntegrationFactory(team=team)
    content = client_for(alice).get(URL).content
    assert (b"Prometheus" in content, b"k11111111" in content) == (True, False)


def test_private_teams_are_left_out(client_for: ClientFor, bob: Any) -> None:
    IntegrationFactory(team=TeamFactory(is_private=True), name="Secret")
    assert b"Secret" not in client_for(bob).get(URL).content
