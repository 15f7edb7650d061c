from collections.abc import Callable
from typing import Any

import pytest

from shortener.models import BlockRule

pytestmark = pytest.mark.django_db

URL = "/api/v1/block-rules/"


@pytest.fixture
def api(api_for: Callable[..., Any], admin_user: Any) -> Any:
    return api_for("admin", "links:write", user=admin_user)


def test_a_rule_is_added_read_and_removed(api: Any) -> None:
    made = api.post(URL, {"kind": "host", "value": "EVIL.org"}).json()
    assert made["value"] == "evil.org"
    assert api.get(f"{URL}{made['id']}/").json() == made
    assert api.get(f"{URL}?kind=host&q=evil").json()["items"] == [made]
    assert api.delete(f"{URL}{made['id']}/").status_code == 204
    assert BlockRule.objects.count() == 0


def test_a_blocked_target_is_an_error_of_its_field(api: Any, team: Any) -> None:
    api.post(URL, {"kind": "pattern", "value": "*evil*login*"})
    response = api.post("/api/v1/links/", {"target": "https://evil.org/login", "team": "payments"})
    assert (response.status_code, set(response.json()["errors"])) == (422, {"target"})


def test_a_list_is_pasted(api: Any) -> None:
    done = api.post(f"{URL}import/", {"text": "evil.org\ncom\nevil.org"}).json()
    assert (done["added"], done["known"], [one["line"] for one in done["problems"]]) == (1, 0, [2])


def test_field_errors_are_told(api: Any) -> None:
    response = api.post(URL, {"kind": "planet", "value": "x" * 501, "odd": 1})
    assert (response.status_code, set(response.json()["errors"])) == (422, {"kind", "value", "odd"})


def test_the_scope_and_the_role_are_both_needed(api_for: Callable[..., Any], admin_user: Any) -> None:
    assert api_for("links:write", user=admin_user).post(URL, {"kind": "host", "value": "a.org"}).status_code == 403
    assert api_for("admin").post(URL, {"kind": "host", "value": "a.org"}).status_code == 403
    assert api_for("admin").get(URL).status_code == 403
