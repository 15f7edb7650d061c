from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from shortener.selectors import pages
from tests.factories.shortener import LinkFactory

pytestmark = pytest.mark.django_db

URL = "/links/trash/"


@pytest.fixture
def page_of(client_for: Callable[[Any], Any]) -> Callable[..., str]:
    """The trash as a person sees it."""

    def get(person: Any, **words: Any) -> str:
        return str(client_for(person).get(URL, words).content.decode())

    return get


def test_an_empty_trash_says_what_would_be_here(page_of: Any, bob: Any) -> None:
    assert "The trash is empty" in page_of(bob)


def test_deleted_links_are_shown_with_their_last_day(page_of: Any, bob: Any, team: Any, now: datetime) -> None:
    LinkFactory(team=team, slug="launch", state="deleted", deleted_at=now)
    page = page_of(bob)
    assert "launch" in page
    assert (now + timedelta(days=30)).isoformat() in page


def test_viewers_look_and_responders_restore(page_of: Any, bob: Any, vera: Any, team: Any, now: datetime) -> None:
    link = LinkFactory(team=team, state="deleted", deleted_at=now)
    wanted = f"/links/{link.public_id}/restore/"
    assert [wanted in page_of(person) for person in (bob, vera)] == [True, False]


def test_what_was_emptied_is_not_shown(page_of: Any, bob: Any, team: Any, now: datetime) -> None:
    LinkFactory(team=team, slug="emptied", state="deleted", deleted_at=now, target="")
    assert "emptied" not in page_of(bob)


def test_the_trash_of_others_is_not_shown(page_of: Any, charlie: Any, team: Any, now: datetime) -> None:
    LinkFactory(team=team, slug="launch", state="deleted", deleted_at=now)
    assert "launch" not in page_of(charlie)


def test_it_goes_on_over_pages(page_of: Any, bob: Any, team: Any, now: datetime, monkeypatch: Any) -> None:
    monkeypatch.setattr(pages, "SIZE", 1)
    for at, slug in enumerate(("older", "newer")):
        LinkFactory(team=team, slug=slug, state="deleted", deleted_at=now + timedelta(minutes=at))
    assert [slug in page_of(bob) for slug in (">newer<", ">older<")] == [True, False]
    assert ">older<" in page_of(bob, page=2)


def test_strangers_are_asked_to_sign_in(client: Any) -> None:
    assert client.get(URL).status_code == 302
