from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from tests.factories.shortener import LinkFactory

pytestmark = pytest.mark.django_db

ClientFor = Callable[[Any], Any]


def sent(link: Any, **changed: str) -> dict[str, str]:
    return {"target": link.target, "redirect_status": "302", "version": str(link.version), **changed}


def test_a_change_is_saved(client_for: ClientFor, bob: Any, team: Any) -> None:
    link = LinkFactory(team=team)
    response = client_for(bob).post(f"/links/{link.public_id}/edit/", sent(link, title="New"))
    link.refresh_from_db()
    assert (response.status_code, link.title, link.version) == (302, "New", 2)


def test_what_was_not_touched_stays_to_the_microsecond(client_for: ClientFor, bob: Any, team: Any) -> None:
    end = datetime(2030, 1, 1, 12, 0, 0, 123456, tzinfo=UTC)
    link = LinkFactory(team=team, expires_at=end)
    client_for(bob).post(f"/links/{link.public_id}/edit/", sent(link, expires_at="2030-01-01T12:00:00", title="New"))
    link.refresh_from_db()
    assert (link.title, link.expires_at) == ("New", end)


def test_a_change_over_somebody_elses_is_refused(client_for: ClientFor, bob: Any, team: Any) -> None:
    link = LinkFactory(team=team, version=2)
    page = client_for(bob).post(f"/links/{link.public_id}/edit/", sent(link, title="Mine", version="1"))
    link.refresh_from_db()
    assert "Somebody else changed this" in page.content.decode()
    assert link.title == ""


def test_the_form_shows_what_is_stored(client_for: ClientFor, bob: Any, team: Any) -> None:
    link = LinkFactory(team=team, tags=["mail", "spring"])
    assert 'value="mail, spring"' in client_for(bob).get(f"/links/{link.public_id}/edit/").content.decode()


def test_errors_stand_at_their_fields(client_for: ClientFor, bob: Any, team: Any) -> None:
    link = LinkFactory(team=team)
    page = client_for(bob).post(f"/links/{link.public_id}/edit/", sent(link, target="ftp://x", max_age="-1"))
    assert "Only http:// and https://" in page.content.decode()
    assert "Give seconds from 0" in page.content.decode()


def test_a_viewer_may_not_edit(client_for: ClientFor, vera: Any, team: Any) -> None:
    assert client_for(vera).get(f"/links/{LinkFactory(team=team).public_id}/edit/").status_code == 403
