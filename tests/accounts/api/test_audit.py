from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from portal.accounts.models import AuditEntry, Team
from tests.factories.accounts import AuditEntryFactory

URL = "/api/v1/audit/"


@pytest.fixture
def entry(team: Team, now: datetime) -> AuditEntry:
    made: AuditEntry = AuditEntryFactory(team=team, at=now, changes={"tier": [2, 1]})
    return made


def test_a_manager_reads_the_team_s_entries(entry: AuditEntry, api_for: Callable[..., Any]) -> None:
    AuditEntryFactory()
    items = api_for("audit:read").get(URL).json()["items"]
    assert [(item["id"], item["changes"]) for item in items] == [(entry.public_id, {"tier": [2, 1]})]


def test_entries_are_filtered(entry: AuditEntry, api_for: Callable[..., Any]) -> None:
    client = api_for("audit:read")
    assert len(client.get(URL, {"action": "service", "since": "2026-03-04T12:00:00Z"}).json()["items"]) == 1
    assert client.get(URL, {"until": "2026-03-04T12:00:00Z"}).json()["items"] == []


def test_a_bad_time_names_its_field(api_for: Callable[..., Any]) -> None:
    response = api_for("audit:read").get(URL, {"since": "yesterday"})
    assert (response.status_code, list(response.json()["errors"])) == (422, ["since"])


def test_one_entry_is_read(entry: AuditEntry, api_for: Callable[..., Any]) -> None:
    assert api_for("audit:read").get(f"{URL}{entry.public_id}/").json()["target_label"] == "Checkout"


def test_an_entry_of_another_team_is_not_there(api_for: Callable[..., Any]) -> None:
    assert api_for("audit:read").get(f"{URL}{AuditEntryFactory().public_id}/").status_code == 404


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_nothing_writes_through_the_api(method: str, api_for: Callable[..., Any]) -> None:
    assert getattr(api_for("admin"), method)(URL).status_code == 405


def test_queries_do_not_grow_with_entries(
    team: Team, api_for: Callable[..., Any], django_assert_max_num_queries: Any
) -> None:
    AuditEntryFactory.create_batch(10, team=team)
    with django_assert_max_num_queries(8):
        api_for("audit:read").get(URL)
