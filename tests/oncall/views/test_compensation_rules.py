from datetime import date, datetime
from typing import Any

import pytest

from tests.oncall.duty import rule

pytestmark = pytest.mark.django_db
ADDRESS = "/oncall/compensation/rules/"


def test_rules_say_what_they_pay_and_whether_they_count(
    client_for: Any, alice: Any, team: Any, stopped: datetime
) -> None:
    rule(team, effective_until=date(2026, 3, 1))
    rule(team, effective_from=date(2026, 3, 1))
    rule(team, effective_from=date(2026, 4, 1))
    page = client_for(alice).get(f"{ADDRESS}?team=payments").content.decode()
    assert page.count("15 % of hours on call") == 3
    assert all(text in page for text in ("Ended", "Active", "Planned", "at 40 EUR per hour"))


def test_the_first_rule_is_offered(client_for: Any, alice: Any) -> None:
    assert "No rule yet" in client_for(alice).get(ADDRESS).content.decode()


def test_rules_are_for_managers(client_for: Any, bob: Any) -> None:
    assert client_for(bob).get(ADDRESS).status_code == 302
    assert client_for(bob).get(f"{ADDRESS}?team=payments").status_code == 403
