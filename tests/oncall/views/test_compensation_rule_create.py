from typing import Any

import pytest

from oncall.models import CompensationRule

pytestmark = pytest.mark.django_db
ADDRESS = "/oncall/compensation/payments/rules/new/"
TOLD = {
    "name": "Standby",
    "effective_from": "2026-04-01",
    "roles": ["primary"],
    "currency": "eur",
    "rate": "40.50",
    "round_minutes": "15",
    "time_zone": "Europe/Vienna",
    "country": "at",
    "subdivision": "9",
    "work_days": ["mon", "fri"],
    "work_from": "09:00",
    "work_to": "17:00",
    "kind_0": "percentage",
    "value_0": "15",
    "of_0": ["night", "weekend"],
    "kind_2": "flat day",
    "value_2": "50,5",
}


def test_the_fields_become_terms(client_for: Any, alice: Any) -> None:
    assert client_for(alice).get(ADDRESS).status_code == 200
    assert client_for(alice).post(ADDRESS, TOLD).url == "/oncall/compensation/rules/?team=payments"
    terms = CompensationRule.objects.get().terms
    assert terms["working"] == [{"weekdays": ["mon", "fri"], "from": "09:00", "to": "17:00"}]
    assert terms["lines"] == [
        {"kind": "percentage", "percent": "15", "of": ["night", "weekend"]},
        {"kind": "flat", "amount": "50.5", "per": "day"},
    ]
    assert (terms["country"], terms["currency"], terms["rate"], terms["round_minutes"]) == ("AT", "EUR", "40.50", 15)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"value_2": "much"}, "value_2"),
        ({"kind_2": "flat week", "of_2": ["night"]}, "of_2"),
        ({"kind_0": "", "kind_2": ""}, "kind_0"),
        ({"country": "ZZ"}, "country"),
        ({"rate": "\u00bd"}, "rate"),
        ({"work_to": ""}, "work_to"),
        ({"work_to": "09:00"}, "work_to"),
        ({"effective_from": "0001-01-01"}, "effective_from"),
        ({"name": ""}, "name"),
        ({"roles": []}, "roles"),
    ],
    ids=str,
)
def test_what_is_wrong_stands_at_its_field(client_for: Any, alice: Any, change: dict[str, Any], field: str) -> None:
    answer = client_for(alice).post(ADDRESS, TOLD | change)
    assert list(answer.context["form"].errors) == [field]
    assert CompensationRule.objects.count() == 0


@pytest.mark.parametrize("who", ["bob", "vera", "charlie"])
def test_only_managers_make_rules(client_for: Any, request: Any, team: Any, who: str) -> None:
    assert client_for(request.getfixturevalue(who)).post(ADDRESS, TOLD).status_code == 403
