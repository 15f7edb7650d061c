from datetime import date, datetime
from typing import Any

import pytest

from oncall.models import CompensationRule
from tests.oncall.duty import rule

pytestmark = pytest.mark.django_db
TOLD = {"name": "More", "effective_from": "2026-04-01", "roles": ["primary"], "currency": "EUR", "kind_0": "days_off"}


def test_new_terms_follow_the_old(client_for: Any, alice: Any, team: Any, stopped: datetime) -> None:
    old = rule(team)
    address = f"/oncall/compensation/rules/{old.public_id}/edit/"
    assert 'value="2026-04-01"' in client_for(alice).get(address).content.decode()
    assert client_for(alice).post(address, TOLD | {"value_0": "40"}).status_code == 302
    assert CompensationRule.objects.get(pk=old.pk).effective_until == date(2026, 4, 1)
    assert CompensationRule.objects.get(name="More").terms["lines"] == [{"kind": "days_off", "per_hours": "40"}]


def test_a_day_in_the_past_of_the_rule_is_refused(client_for: Any, alice: Any, team: Any, stopped: datetime) -> None:
    address = f"/oncall/compensation/rules/{rule(team).public_id}/edit/"
    answer = client_for(alice).post(address, TOLD | {"value_0": "40", "effective_from": "2026-01-01"})
    assert list(answer.context["form"].errors) == ["effective_from"]


@pytest.mark.parametrize("who", ["bob", "vera", "charlie"])
def test_others_are_refused(client_for: Any, request: Any, team: Any, who: str) -> None:
    address = f"/oncall/compensation/rules/{rule(team).public_id}/edit/"
    assert client_for(request.getfixturevalue(who)).get(address).status_code == 403
