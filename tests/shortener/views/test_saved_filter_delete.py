from typing import Any

import pytest

from shortener.models import SavedFilter

pytestmark = pytest.mark.django_db


@pytest.fixture
def saved(bob: Any, team: Any, now: Any) -> Any:
    return SavedFilter.objects.create(user=bob, team=team, name="Spring", query={"tag": "a"}, created_at=now)


def test_it_asks_first_and_then_forgets(client_for: Any, bob: Any, saved: SavedFilter) -> None:
    browser, url = client_for(bob), f"/links/filters/{saved.public_id}/delete/"
    assert "gone for everybody in Payments" in browser.get(url).content.decode()
    assert browser.post(url).headers["Location"] == "/links/filters/"
    assert not SavedFilter.objects.exists()


def test_a_manager_of_the_team_may(client_for: Any, alice: Any, saved: SavedFilter) -> None:
    client_for(alice).post(f"/links/filters/{saved.public_id}/delete/")
    assert not SavedFilter.objects.exists()


def test_viewers_may_not_and_others_do_not_find_it(client_for: Any, vera: Any, charlie: Any, saved: Any) -> None:
    url = f"/links/filters/{saved.public_id}/delete/"
    assert [client_for(person).post(url).status_code for person in (vera, charlie)] == [403, 404]
