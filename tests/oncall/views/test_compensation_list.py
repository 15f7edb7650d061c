from datetime import datetime
from typing import Any

import pytest

from oncall.models import Schedule
from tests.oncall.duty import rule

pytestmark = pytest.mark.django_db
ADDRESS = "/oncall/compensation/"


def test_a_month_is_told_line_by_line(
    client_for: Any, alice: Any, team: Any, schedule: Schedule, stopped: datetime
) -> None:
    rule(team)
    page = client_for(alice).get(f"{ADDRESS}?team=payments&month=2026-04").content.decode()
    assert all(text in page for text in ("Alice", "Bob", "720 h x 40 EUR x 15 % = 4320.00 EUR"))


def test_without_a_rule_one_is_offered(client_for: Any, alice: Any) -> None:
    assert "No rule counts in this month" in client_for(alice).get(ADDRESS).content.decode()


def test_without_duty_there_is_nothing_to_pay(client_for: Any, alice: Any, team: Any) -> None:
    rule(team)
    assert "Nobody was on duty" in client_for(alice).get(ADDRESS).content.decode()


@pytest.mark.parametrize("who", ["bob", "vera", "charlie"])
def test_what_people_earn_is_for_their_managers(client_for: Any, request: Any, team: Any, who: str) -> None:
    assert client_for(request.getfixturevalue(who)).get(f"{ADDRESS}?team=payments").status_code == 403


def test_who_manages_nothing_is_shown_their_own(client_for: Any, bob: Any) -> None:
    assert client_for(bob).get(ADDRESS).url == "/oncall/reports/me/"
