from typing import Any

import pytest

from shortener.models import SavedFilter

pytestmark = pytest.mark.django_db


@pytest.fixture
def saved(bob: Any, team: Any, now: Any) -> Any:
    return SavedFilter.objects.create(user=bob, team=team, name="Spring", query={"tag": "a"}, created_at=now)


def test_it_gets_another_name(client_for: Any, bob: Any, saved: SavedFilter) -> None:
    browser, url = client_for(bob), f"/links/filters/{saved.public_id}/"
    assert 'value="Spring"' in browser.get(url).content.decode()
    assert browser.post(url, {"name": "Autumn"}).headers["Location"] == "/links/filters/"
    assert SavedFilter.objects.get().name == "Autumn"


def test_a_taken_name_is_said(client_for: Any, bob: Any, saved: SavedFilter, now: Any) -> None:
    SavedFilter.objects.create(user=bob, name="Taken", query={"tag": "a"}, created_at=now)
    page = client_for(bob).post(f"/links/filters/{saved.public_id}/", {"name": "Taken"}).content.decode()
    assert "You have a saved filter of this name." in page


def test_viewers_may_not_and_others_do_not_find_it(client_for: Any, vera: Any, charlie: Any, saved: Any) -> None:
    url = f"/links/filters/{saved.public_id}/"
    assert [client_for(person).post(url, {"name": "x"}).status_code for person in (vera, charlie)] == [403, 404]
