from collections.abc import Callable
from typing import Any

import pytest

from shortener.models import SavedFilter

pytestmark = pytest.mark.django_db

URL = "/links/filters/new/"
ClientFor = Callable[[Any], Any]


def test_the_filter_of_the_list_gets_a_name(client_for: ClientFor, bob: Any) -> None:
    browser = client_for(bob)
    assert "tag: spring" in browser.get(f"{URL}?tag=spring").content.decode()
    response = browser.post(URL, {"name": "Spring", "team": "", "query": "tag=spring&sort=clicks"})
    assert response.headers["Location"] == "/links/?tag=spring&sort=clicks"
    assert SavedFilter.objects.get(user=bob).query == {"tag": "spring", "sort": "clicks"}


def test_it_can_be_for_a_team(client_for: ClientFor, bob: Any, team: Any) -> None:
    client_for(bob).post(URL, {"name": "Spring", "team": "payments", "query": "tag=spring"})
    assert SavedFilter.objects.get().team == team


def test_a_viewer_is_offered_no_team(client_for: ClientFor, vera: Any) -> None:
    assert "payments" not in client_for(vera).get(f"{URL}?tag=a").content.decode()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"name": "", "query": "tag=a"}, "This field is required."),
        ({"name": "Spring", "query": "colour=red"}, "There is no filter colour."),
        ({"name": "Spring", "query": "x"}, "Choose at least one filter."),
        ({"name": "Taken", "query": "tag=a"}, "You have a saved filter of this name."),
        ({"name": "Spring", "query": "tag=a", "team": "search"}, "Select a valid choice."),
    ],
)
def test_what_cannot_be_kept_is_said(
    data: dict[str, str], words: str, client_for: ClientFor, bob: Any, other_team: Any, now: Any
) -> None:
    SavedFilter.objects.create(user=bob, name="Taken", query={"q": "x"}, created_at=now)
    assert words in client_for(bob).post(URL, data).content.decode()


def test_strangers_are_asked_to_sign_in(client: Any) -> None:
    assert client.get(URL).status_code == 302
