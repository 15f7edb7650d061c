from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from shortener.models import Link
from tests.factories.shortener import LinkFactory

pytestmark = pytest.mark.django_db

URL = "/api/v1/links/"
Api = Callable[..., Any]


@pytest.fixture
def gone(team: Any, now: datetime) -> Any:
    return LinkFactory(team=team, state="deleted", deleted_at=now)


def test_the_trash_tells_until_when_a_link_can_be_restored(api_for: Api, gone: Link, now: datetime) -> None:
    items = api_for("links:read").get(f"{URL}trash/").json()["items"]
    assert [item["id"] for item in items] == [gone.public_id]
    assert items[0]["purged_at"] == (now + timedelta(days=30)).isoformat().replace("+00:00", "Z")


def test_it_is_paged_the_last_deleted_first(api_for: Api, gone: Link, team: Any, now: datetime) -> None:
    later = LinkFactory(team=team, state="deleted", deleted_at=now + timedelta(minutes=1))
    api = api_for("links:read")
    first = api.get(f"{URL}trash/", {"limit": 1}).json()
    second = api.get(f"{URL}trash/", {"limit": 1, "cursor": first["next_cursor"]}).json()
    assert [item["id"] for item in first["items"] + second["items"]] == [later.public_id, gone.public_id]


def test_a_deleted_link_is_gone_until_it_is_restored(api_for: Api, gone: Link) -> None:
    api, url = api_for("links:read", "links:write"), f"{URL}{gone.public_id}/"
    assert [api.get(url).status_code, api.patch(url, {}).status_code, api.delete(url).status_code] == [410] * 3
    assert api.get(url).json()["type"] == "urn:sre-portal:problem:link-deleted"
    restored = api.post(f"{url}restore/")
    assert (restored.status_code, restored.json()["state"], restored["ETag"]) == (200, "active", '"2"')
    assert api.get(url).status_code == 200


def test_restoring_what_lives_changes_nothing(api_for: Api, team: Any) -> None:
    url = f"{URL}{LinkFactory(team=team).public_id}/restore/"
    assert api_for("links:write").post(url).json()["version"] == 1


def test_what_was_emptied_is_gone_for_good(api_for: Api, team: Any, now: datetime) -> None:
    link = LinkFactory(team=team, state="deleted", deleted_at=now, target="")
    response = api_for("links:write").post(f"{URL}{link.public_id}/restore/")
    assert (response.status_code, response.json()["type"]) == (410, "urn:sre-portal:problem:link-purged")


def test_readers_and_other_teams_restore_nothing(api_for: Api, gone: Link, charlie: Any, vera: Any) -> None:
    url = f"{URL}{gone.public_id}/restore/"
    apis = [api_for("links:read"), api_for("links:write", user=charlie), api_for("links:write", user=vera)]
    assert [api.post(url).status_code for api in apis] == [403, 403, 403]


def test_the_trash_of_a_private_team_is_hidden(api_for: Api, gone: Link, charlie: Any, team: Any) -> None:
    team.is_private = True
    team.save()
    api = api_for("links:read", "links:write", user=charlie)
    assert api.get(f"{URL}trash/").json()["items"] == []
    assert [
        api.get(f"{URL}{gone.public_id}/").status_code,
        api.post(f"{URL}{gone.public_id}/restore/").status_code,
    ] == [404, 404]
