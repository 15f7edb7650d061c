import csv
from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest

from oncall.models import Schedule
from tests.oncall.duty import rule

pytestmark = pytest.mark.django_db
ADDRESS = "/oncall/compensation/statements.csv"


def rows(client: Any, query: str) -> list[dict[str, str]]:
    answer = client.get(f"{ADDRESS}?{query}")
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    return list(csv.DictReader(answer.content.decode().splitlines()))


def test_each_line_is_a_row(client_for: Any, alice: Any, team: Any, schedule: Schedule, stopped: datetime) -> None:
    rule(team, name="=1+1")
    found = rows(client_for(alice), "team=payments&month=2026-04")
    assert [(row["person"], row["rule"], row["unit"]) for row in found] == [
        ("Alice", "'=1+1", "h"),
        ("Bob", "'=1+1", "h"),
    ]
    assert [Decimal(row["money"]) for row in found] == [4320, 4320]


def test_without_a_team_it_is_ones_own(
    client_for: Any, bob: Any, team: Any, schedule: Schedule, stopped: datetime
) -> None:
    rule(team)
    assert [row["person"] for row in rows(client_for(bob), "month=2026-03")] == ["Bob"]


def test_it_is_not_for_others(client_for: Any, bob: Any) -> None:
    assert client_for(bob).get(f"{ADDRESS}?team=payments").status_code == 403
