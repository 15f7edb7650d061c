from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from shortener.models import Link
from tests.factories.shortener import LinkFactory

pytestmark = pytest.mark.django_db
ClientFor = Callable[[Any], Any]


def url(link: Link) -> str:
    return f"/links/{link.public_id}/restore/"


@pytest.fixture
def gone(team: Any, now: datetime) -> Any:
    return LinkFactory(team=team, slug="launch", state="deleted", deleted_at=now)


def test_it_asks_first_and_then_restores(client_for: ClientFor, bob: Any, gone: Link) -> None:
    browser = client_for(bob)
    assert "Restore this link?" in browser.get(url(gone)).content.decode()
    assert browser.post(url(gone)).headers["Location"] == f"/links/{gone.public_id}/"
    assert Link.objects.get(pk=gone.pk).state == "active"


def test_a_link_that_lives_leads_to_its_page(client_for: ClientFor, bob: Any, team: Any) -> None:
    link = LinkFactory(team=team)
    assert client_for(bob).post(url(link)).headers["Location"] == f"/links/{link.public_id}/"


def test_an_emptied_tombstone_says_so(client_for: ClientFor, bob: Any, team: Any, now: datetime) -> None:
    gone = LinkFactory(team=team, state="deleted", deleted_at=now, target="")
    browser = client_for(bob)
    assert "deleted too long ago" in browser.get(url(gone)).content.decode()
    assert browser.post(url(gone)).status_code == 410


def test_viewers_and_other_teams_may_not(client_for: ClientFor, vera: Any, charlie: Any, gone: Link) -> None:
    assert [client_for(person).post(url(gone)).status_code for person in (vera, charlie)] == [403, 403]


def test_a_private_teams_trash_is_not_found_by_others(
    client_for: ClientFor, charlie: Any, team: Any, gone: Link
) -> None:
    team.is_private = True
    team.save()
    assert client_for(charlie).post(url(gone)).status_code == 404


def test_the_page_of_a_deleted_link_says_that_it_was_deleted(client_for: ClientFor, bob: Any, gone: Link) -> None:
    response = client_for(bob).get(f"/links/{gone.public_id}/")
    assert response.status_code == 410
    assert "can be restored" in response.content.decode()
