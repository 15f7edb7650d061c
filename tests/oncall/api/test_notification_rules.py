"""One's own rules and quiet hours through the API."""

from collections.abc import Callable
from typing import Any

import pytest
from rest_framework.test import APIClient

from oncall.models import QuietHours
from tests.factories.oncall import ContactFactory

ApiFor = Callable[..., APIClient]
RULES, HOURS = "/api/v1/notification-rules/", "/api/v1/quiet-hours/"
NIGHT = {"from": "22:00", "to": "07:00", "time_zone": "Europe/Berlin", "weekdays": ["mon", "sun"]}


@pytest.fixture
def api(api_for: ApiFor, bob: Any) -> APIClient:
    return api_for("oncall:read", "oncall:write", user=bob)


def test_a_class_is_replaced_and_the_other_stays(api: APIClient, bob: Any) -> None:
    lines = [{"contact": ContactFactory(user=bob).public_id, "delay_minutes": minutes} for minutes in (0, 5)]
    api.put(RULES, {"critical": lines})
    assert api.put(RULES, {"warning": lines[:1]}).json() == {"critical": lines, "warning": lines[:1]}
    assert api.put(RULES, {"critical": []}).json() == api.get(RULES).json() == {"critical": [], "warning": lines[:1]}


def test_every_line_that_is_wrong_is_named(api: APIClient, alice: Any, bob: Any) -> None:
    others = ContactFactory(user=alice).public_id, ContactFactory(user=bob, verified_at=None).public_id
    answer = api.put(RULES, {"critical": [{"contact": one} for one in others], "warning": []})
    assert set(answer.json()["errors"]) == {"critical.0.contact", "critical.1.contact"}


def test_quiet_hours_are_set_read_and_ended(api: APIClient) -> None:
    assert api.get(HOURS).json()["from"] is None
    assert api.put(HOURS, NIGHT).json() == api.get(HOURS).json() == NIGHT
    assert (api.delete(HOURS).status_code, QuietHours.objects.exists()) == (204, False)


@pytest.mark.parametrize(
    ("told", "fields"),
    [
        ({"time_zone": "Mars/Base", "to": "22:00"}, {"time_zone", "to"}),
        ({"from": "25:00", "weekdays": ["noday"]}, {"from", "weekdays.0"}),
        ({"severity": "critical"}, {"severity"}),
    ],
)
def test_all_that_is_wrong_with_hours_is_named(api: APIClient, told: dict[str, Any], fields: set[str]) -> None:
    answer = api.put(HOURS, NIGHT | told)
    assert (answer.status_code, set(answer.json()["errors"])) == (422, fields)
