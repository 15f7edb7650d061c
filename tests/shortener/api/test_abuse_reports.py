from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from shortener.models import AbuseReport, Ban
from shortener.services import abuse_reports
from tests.factories.shortener import LinkFactory

pytestmark = pytest.mark.django_db

URL = "/api/v1/abuse-reports/"


@pytest.fixture
def report(now: datetime) -> AbuseReport:
    values = {"address": LinkFactory().public_id, "reason": "spam", "contact": "eve@example.com"}
    return abuse_reports.create_report(values=values, client="one", now=now)


def test_reports_are_listed_without_who_sent_them(
    api_for: Callable[..., Any], admin_user: Any, report: AbuseReport
) -> None:
    api = api_for("admin", user=admin_user)
    found = api.get(f"{URL}?state=open").json()["items"][0]
    assert (found["id"], found["reason"]) == (report.public_id, "spam")
    assert "eve@example.com" not in str(found)
    assert api.get(f"{URL}?state=banned").json()["items"] == []
    assert api.get(f"{URL}{report.public_id}/").json() == found


def test_a_decision_closes_the_case(api_for: Callable[..., Any], admin_user: Any, report: AbuseReport) -> None:
    api = api_for("admin", user=admin_user)
    response = api.post(f"{URL}{report.public_id}/decide/", {"decision": "ban_link", "note": "Spam"})
    assert response.json() == {"closed": 1}
    assert Ban.objects.get().reason == "Spam"


def test_an_odd_decision_is_an_error_of_the_field(
    api_for: Callable[..., Any], admin_user: Any, report: AbuseReport
) -> None:
    response = api_for("admin", user=admin_user).post(f"{URL}{report.public_id}/decide/", {"decision": "eat"})
    assert (response.status_code, set(response.json()["errors"])) == (422, {"decision"})


def test_others_see_and_decide_nothing(api_for: Callable[..., Any], report: AbuseReport) -> None:
    api = api_for("admin")
    assert api.get(URL).status_code == 403
    assert api.post(f"{URL}{report.public_id}/decide/", {"decision": "dismiss"}).status_code == 403
