"""Error-budget policies and release windows over the API."""

from typing import Any

import pytest

pytestmark = pytest.mark.django_db
URL = "/api/v1/services/checkout/policy/"
TEAM = "/api/v1/teams/payments/policy/"
WINDOW = "/api/v1/services/checkout/release-window/"
STEPS = [{"at": 0.5, "demand": "slow", "releases_per_day": 1}, {"at": 1, "demand": "freeze"}]
WEEK = {"zone": "Europe/Vienna", "hours": [{"days": ["mon"], "from": "10:00", "until": "16:00"}]}


def test_the_default_holds_at_first(service: Any, api_for: Any) -> None:
    body = api_for("releases:read").get(URL).json()
    assert (body["origin"], body["revision"], body["no_data"]) == ("portal", 0, "allow")
    assert [(step["at"], step["demand"]) for step in body["steps"]] == [
        (0.5, "announce"),
        (0.75, "slow"),
        (1, "freeze"),
    ]


def test_a_policy_is_set_and_withdrawn(service: Any, api_for: Any) -> None:
    api = api_for("releases:read", "releases:write")
    body = api.put(URL, {"steps": STEPS, "no_data": "deny", "reason": "strict"}, format="json").json()
    assert (body["origin"], body["revision"], body["no_data"], len(body["steps"])) == ("service", 1, "deny", 2)
    assert api.delete(URL).status_code == 204
    assert api.get(URL).json()["origin"] == "portal"


def test_a_teams_policy_holds_for_its_services(service: Any, api_for: Any) -> None:
    api = api_for("releases:read", "releases:write")
    assert api.put(TEAM, {"no_data": "warn"}, format="json").json()["origin"] == "team"
    assert api.get(URL).json()["no_data"] == "warn"


def test_what_is_shown_can_be_sent_back(service: Any, api_for: Any) -> None:
    api = api_for("releases:read", "releases:write")
    shown = {k: v for k, v in api.get(URL).json().items() if k not in {"origin", "revision"}}
    again = api.put(URL, shown, format="json")
    assert (again.status_code, again.json()["steps"]) == (200, shown["steps"])


@pytest.mark.parametrize(
    ("body", "named"),
    [
        ({"steps": [{"at": "x", "demand": "slow"}]}, "steps.0.at"),
        ({"steps": [{"at": 0, "demand": "slow"}]}, "steps.0.at"),
        ({"steps": [*STEPS, STEPS[0]]}, "steps"),
        ({"no_data": "maybe"}, "no_data"),
        ({"exempt_kinds": ["normal"]}, "exempt_kinds"),
        ({"slos": ["slo_nothing"]}, "slos"),
        ({"colour": "red"}, "colour"),
        ({"reason": "x" * 301}, "reason"),
    ],
    ids=lambda value: str(value)[:40],
)
def test_wrong_fields_are_named(service: Any, api_for: Any, body: dict[str, Any], named: str) -> None:
    answer = api_for("releases:write").put(URL, body, format="json")
    assert (answer.status_code, list(answer.json()["errors"])) == (422, [named])


def test_somebody_elses_change_is_not_overwritten(service: Any, api_for: Any) -> None:
    api = api_for("releases:read", "releases:write")
    seen = api.put(URL, {"no_data": "warn"}, format="json").headers["ETag"]
    api.put(URL, {"no_data": "deny"}, format="json")
    assert api.put(URL, {"no_data": "allow"}, format="json", headers={"If-Match": seen}).status_code == 412


@pytest.mark.parametrize("url", [URL, TEAM, WINDOW])
def test_only_managers_set_them(service: Any, api_for: Any, bob: Any, url: str) -> None:
    api = api_for("releases:write", user=bob)
    assert api.put(url, {"no_data": "warn"} if "policy" in url else WEEK, format="json").status_code == 403
    assert api.delete(url).status_code == 403


@pytest.mark.parametrize("url", [URL, TEAM, WINDOW])
def test_another_teams_private_policy_is_not_found(service: Any, api_for: Any, charlie: Any, url: str) -> None:
    service.team.is_private = True
    service.team.save()
    assert api_for("releases:read", user=charlie).get(url).status_code == 404


def test_a_window_is_set_and_removed(service: Any, api_for: Any) -> None:
    api = api_for("releases:read", "releases:write")
    assert api.get(WINDOW).status_code == 404
    assert api.put(WINDOW, {**WEEK, "country": "at"}, format="json").json()["country"] == "AT"
    assert api.get(WINDOW).json()["hours"] == WEEK["hours"]
    assert api.delete(WINDOW).status_code == 204
    assert api.get(WINDOW).status_code == 404


@pytest.mark.parametrize(
    ("body", "named"),
    [
        ({"zone": "x"}, "zone"),
        ({"hours": 3}, "hours"),
        ({"country": "XX"}, "country"),
        ({"closed": [{"from": "soon"}]}, "closed.0.from"),
        ({"colour": 1}, "colour"),
    ],
    ids=lambda value: str(value)[:30],
)
def test_what_is_wrong_with_a_window_is_named(service: Any, api_for: Any, body: dict[str, Any], named: str) -> None:
    answer = api_for("releases:write").put(WINDOW, {**WEEK, **body}, format="json")
    assert (answer.status_code, list(answer.json()["errors"])) == (422, [named])


def test_a_window_is_an_object(service: Any, api_for: Any) -> None:
    assert api_for("releases:write").put(WINDOW, [1], format="json").status_code == 422
