from datetime import date, datetime
from typing import Any

import pytest

from tests.oncall.duty import rule

pytestmark = pytest.mark.django_db


def test_a_rule_ends_with_today(client_for: Any, alice: Any, team: Any, stopped: datetime) -> None:
    one = rule(team)
    assert client_for(alice).post(f"/oncall/compensation/rules/{one.public_id}/end/").status_code == 302
    one.refresh_from_db()
    assert one.effective_until == date(2026, 3, 5)


def test_others_are_refused(client_for: Any, bob: Any, team: Any) -> None:
    assert client_for(bob).post(f"/oncall/compensation/rules/{rule(team).public_id}/end/").status_code == 403
