"""The log of pages through the API."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from rest_framework.test import APIClient

from oncall.models import Alert
from oncall.services import escalations, pages
from tests.factories.accounts import TeamFactory
from tests.factories.oncall import AlertFactory

ApiFor = Callable[..., APIClient]


def test_it_has_each_page_and_attempt(api_for: ApiFor, fired: Alert, schedule: Any, bob: Any, now: datetime) -> None:
    escalations.tick(now=now)
    pages.send_due(now=now)
    [item] = api_for("alerts:read", user=bob).get(f"/api/v1/alerts/{fired.public_id}/pages/").json()["items"]
    assert (item["to"], item["channel"], item["status"]) == ("Alice", "mail", "sent")
    assert [(one["number"], one["outcome"]) for one in item["attempts"]] == [(1, "sent")]
    assert item["took_seconds"] >= 0


def test_another_teams_private_alert_is_not_found(api_for: ApiFor, bob: Any) -> None:
    alert = AlertFactory(team=TeamFactory(is_private=True))
    assert api_for("alerts:read", user=bob).get(f"/api/v1/alerts/{alert.public_id}/pages/").status_code == 404
