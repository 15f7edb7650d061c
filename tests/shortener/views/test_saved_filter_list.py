from typing import Any

import pytest

from shortener.models import SavedFilter

pytestmark = pytest.mark.django_db

URL = "/links/filters/"


def test_without_any_it_says_how_to_make_one(client_for: Any, bob: Any) -> None:
    assert "No saved filters" in client_for(bob).get(URL).content.decode()


def test_own_and_team_filters_are_listed_with_what_one_may_do(
    client_for: Any, bob: Any, vera: Any, team: Any, now: Any
) -> None:
    saved = SavedFilter.objects.create(user=bob, team=team, name="Spring", query={"tag": "spring"}, created_at=now)
    pages = [client_for(person).get(URL).content.decode() for person in (bob, vera)]
    assert all('href="/links/?tag=spring"' in page and "Payments, made by" in page for page in pages)
    assert [f"/links/filters/{saved.public_id}/" in page for page in pages] == [True, False]


def test_strangers_are_asked_to_sign_in(client: Any) -> None:
    assert client.get(URL).status_code == 302
