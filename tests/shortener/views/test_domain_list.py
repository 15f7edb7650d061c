from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from tests.factories.shortener import DomainFactory

pytestmark = pytest.mark.django_db

ClientFor = Callable[[Any], Any]
URL = "/links/domains/"


def test_domains_of_all_teams_and_of_ones_own_are_listed(
    client_for: ClientFor, bob: Any, team: Any, other_team: Any, now: datetime
) -> None:
    DomainFactory(name="all.example.com", is_default=True)
    DomainFactory(name="own.example.com", team=team, archived_at=now)
    DomainFactory(name="theirs.example.com", team=other_team)
    page = client_for(bob).get(URL).content.decode()
    assert "all.example.com" in page
    assert "Archived" in page
    assert "theirs.example.com" not in page


def test_a_manager_is_told_what_to_do_first(client_for: ClientFor, alice: Any) -> None:
    assert "/links/domains/new/" in client_for(alice).get(URL).content.decode()


def test_a_responder_is_told_whom_to_ask(client_for: ClientFor, bob: Any) -> None:
    page = client_for(bob).get(URL).content.decode()
    assert "A manager of a team can add" in page
    assert "/links/domains/new/" not in page
