from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from shortener.models import AbuseReport, Ban, Link
from shortener.services import abuse_reports
from tests.factories.shortener import LinkFactory

pytestmark = pytest.mark.django_db

ClientFor = Callable[[Any], Any]


@pytest.fixture
def report(now: datetime) -> AbuseReport:
    link = LinkFactory(target="https://www.evil.org/login", target_hosts=["www.evil.org"])
    values = {"address": link.public_id, "reason": "phishing", "text": "It asks for <b>passwords</b>."}
    return abuse_reports.create_report(values=values, client="one", now=now)


def url(report: AbuseReport) -> str:
    return f"/moderation/reports/{report.public_id}/"


def test_it_shows_what_was_reported(client_for: ClientFor, admin_user: Any, report: AbuseReport) -> None:
    page = client_for(admin_user).get(url(report)).content.decode()
    assert "https://www.evil.org/login" in page
    assert "It asks for &lt;b&gt;passwords&lt;/b&gt;." in page
    assert 'value="www.evil.org"' in page


def test_a_decision_bans(client_for: ClientFor, admin_user: Any, report: AbuseReport) -> None:
    sent = {"decision": "ban_host", "host": "evil.org", "note": "Phishing"}
    assert client_for(admin_user).post(url(report), sent).status_code == 302
    assert (Ban.objects.get().value, Ban.objects.get().created_by) == ("evil.org", admin_user)
    assert Link.objects.get().ban == Ban.objects.get()


def test_a_decided_case_asks_no_more(client_for: ClientFor, admin_user: Any, report: AbuseReport) -> None:
    client = client_for(admin_user)
    client.post(url(report), {"decision": "dismiss"})
    assert "Nothing about this link waits" in client.get(url(report)).content.decode()


@pytest.mark.parametrize("sent", [{"note": ""}, {"decision": "eat"}, {"decision": "ban_host", "host": "com"}])
def test_a_bad_decision_is_told(client_for: ClientFor, admin_user: Any, report: AbuseReport, sent: Any) -> None:
    response = client_for(admin_user).post(url(report), sent)
    assert response.status_code == 200
    assert "alert-danger" in response.content.decode()
    assert AbuseReport.objects.get().state == "open"


def test_a_report_that_is_not_there_is_404(client_for: ClientFor, admin_user: Any) -> None:
    assert client_for(admin_user).get("/moderation/reports/rep_nothing/").status_code == 404
