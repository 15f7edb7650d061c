"""Statements and rules through the API."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from rest_framework.test import APIClient

from oncall.models import Schedule
from tests.oncall.duty import TERMS, rule

pytestmark = pytest.mark.django_db
PAY = "/api/v1/oncall/compensation/"
RULES = f"{PAY}rules/?team=payments"
TOLD = {"name": "Standby", "terms": TERMS, "effective_from": "2026-04-01"}


@pytest.fixture
def api(api_for: Callable[..., APIClient], alice: Any, stopped: datetime) -> APIClient:
    """A manager's token."""
    return api_for("oncall:read", "oncall:write", user=alice)


def test_the_lines_of_a_statement_add_up(api: APIClient, schedule: Schedule, team: Any) -> None:
    rule(team)
    found = api.get(f"{PAY}?team=payments&month=2026-03").json()
    (line,) = found["items"][0]["lines"]
    assert found["items"][0]["money"] == {"EUR": line["money"]}
    assert line["explanation"].endswith(f"= {line['money']} EUR")


def test_each_person_reads_their_own_statement(
    api_for: Callable[..., APIClient], schedule: Schedule, team: Any, bob: Any
) -> None:
    rule(team)
    found = api_for("oncall:read", user=bob).get(f"{PAY}?month=2026-03").json()
    assert [one["user"]["name"] for one in found["items"]] == ["Bob"]


def test_a_rule_is_made_changed_and_ended(api: APIClient) -> None:
    made = api.post(RULES, TOLD, format="json").json()
    address = f"{PAY}rules/{made['id']}/"
    assert api.get(address).json() == made
    assert api.patch(address, {"name": "More"}, format="json").json()["name"] == "More"
    assert [one["name"] for one in api.get(RULES).json()["items"]] == ["More"]
    assert api.post(f"{address}end/", {"on": "2026-05-01"}, format="json").json()["effective_until"] == "2026-05-01"


def test_terms_that_are_wrong_are_named(api: APIClient) -> None:
    answer = api.post(RULES, TOLD | {"terms": {"lines": [{"kind": "flat"}]}}, format="json")
    assert answer.status_code == 422
    assert {"terms.lines.0.amount", "terms.lines.0.per"} == set(answer.json()["errors"])


def test_rules_are_of_a_team(api: APIClient) -> None:
    assert api.get(f"{PAY}rules/").status_code == 422


@pytest.mark.parametrize("who", ["bob", "vera", "charlie"])
def test_only_managers_read_rules(api_for: Callable[..., APIClient], request: Any, team: Any, who: str) -> None:
    client = api_for("oncall:read", "oncall:write", user=request.getfixturevalue(who))
    assert client.get(RULES).status_code == client.post(RULES, TOLD, format="json").status_code == 403
    assert client.get(f"{PAY}rules/{rule(team).public_id}/").status_code == 403
