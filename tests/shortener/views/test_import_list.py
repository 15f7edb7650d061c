from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.shortener.services.importing.helpers import SHLINK, imported, uploaded

pytestmark = pytest.mark.django_db

URL = "/links/imports/"
ClientFor = Callable[[Any], Any]
ActorOf = Callable[[Any], Any]


def test_imports_are_listed_with_what_became_of_them(
    client_for: ClientFor, actor_of: ActorOf, bob: Any, team: Any, now: datetime
) -> None:
    imported(actor_of(bob), team, SHLINK, now, file_name="links.csv")
    page = client_for(bob).get(URL).content.decode()
    assert "links.csv" in page
    assert "Shlink" in page
    assert "Done" in page


def test_an_empty_list_says_what_to_do(client_for: ClientFor, bob: Any) -> None:
    assert "Bring your links from Shlink" in client_for(bob).get(URL).content.decode()


def test_whoever_may_only_view_is_told_who_can(client_for: ClientFor, vera: Any) -> None:
    assert "A responder or manager" in client_for(vera).get(URL).content.decode()


def test_imports_of_other_teams_are_not_listed(
    client_for: ClientFor, actor_of: ActorOf, bob: Any, charlie: Any, team: Any, now: datetime
) -> None:
    uploaded(actor_of(bob), team, SHLINK, now, file_name="links.csv")
    assert "links.csv" not in client_for(charlie).get(URL).content.decode()


def test_more_imports_ask_no_more_questions(
    client_for: ClientFor, actor_of: ActorOf, bob: Any, team: Any, now: datetime
) -> None:
    client = client_for(bob)
    uploaded(actor_of(bob), team, SHLINK, now)
    with CaptureQueriesContext(connection) as one:
        client.get(URL)
    for _ in range(5):
        uploaded(actor_of(bob), team, SHLINK, now)
    with CaptureQueriesContext(connection) as six:
        client.get(URL)
    assert len(six) <= len(one)
