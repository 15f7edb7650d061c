from datetime import datetime, timedelta
from typing import Any

import pytest

from oncall.models import Schedule
from tests.oncall.duty import page, rule

pytestmark = pytest.mark.django_db
ADDRESS = "/oncall/reports/me/"


def test_each_person_sees_their_own_month(
    client_for: Any, bob: Any, team: Any, schedule: Schedule, stopped: datetime
) -> None:
    rule(team)
    page_text = client_for(bob).get(ADDRESS).content.decode()
    assert all(text in page_text for text in (schedule.name, "March 2026", "Compensation by Payments", "EUR"))
    assert "Alice" not in page_text


def test_what_is_too_much_is_told_to_the_person(client_for: Any, vera: Any, team: Any, stopped: datetime) -> None:
    monday = stopped.replace(hour=2) - timedelta(days=9)
    for day in range(3):
        page(vera, team, monday + timedelta(days=day))
    assert "3 interrupts at night in one week" in client_for(vera).get(ADDRESS).content.decode()


def test_who_is_in_no_rotation_is_told_so(client_for: Any, charlie: Any) -> None:
    assert "You are in no rotation" in client_for(charlie).get(ADDRESS).content.decode()
