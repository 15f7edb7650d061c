from collections.abc import Callable
from typing import Any

import pytest

from shortener.models import Ban, Link
from tests.factories.shortener import LinkFactory

pytestmark = pytest.mark.django_db

URL = "/api/v1/bans/"


@pytest.fixture
def api(api_for: Callable[..., Any], admin_user: Any) -> Any:
    return api_for("admin", user=admin_user)


def test_a_ban_is_made_and_lifted(api: Any) -> None:
    LinkFactory(target_hosts=["www.evil.org"])
    made = api.post(URL, {"kind": "host", "value": "evil.org", "reason": "Phishing"})
    assert (made.status_code, made.json()["value"]) == (201, "evil.org")
    assert Link.objects.exclude(ban=None).count() == 1
    assert api.delete(f"{URL}{made.json()['id']}/").status_code == 204
    assert Link.objects.exclude(ban=None).count() == 0
    assert api.get(f"{URL}?state=lifted").json()["items"][0]["id"] == made.json()["id"]
    assert api.get(URL).json()["items"] == []


def test_field_errors_and_a_repeat_are_told(api: Any) -> None:
    wrong = api.post(URL, {"kind": "host", "value": "com", "reason": "x"})
    assert (wrong.status_code, set(wrong.json()["errors"])) == (422, {"value"})
    draft = {"kind": "host", "value": "evil.org", "reason": "x"}
    assert [api.post(URL, draft).status_code, api.post(URL, draft).status_code] == [201, 409]


def test_the_scope_and_the_role_are_both_needed(api_for: Callable[..., Any], admin_user: Any) -> None:
    draft = {"kind": "host", "value": "evil.org", "reason": "x"}
    assert api_for("links:write", "links:read", user=admin_user).post(URL, draft).status_code == 403
    assert api_for("admin").post(URL, draft).status_code == 403
    assert api_for("admin").get(URL).status_code == 403
    assert Ban.objects.count() == 0


def test_a_ban_that_is_not_there_is_404(api: Any) -> None:
    assert api.get(f"{URL}ban_nothing/").status_code == 404
