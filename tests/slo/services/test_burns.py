"""What an alert of a burn says."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from oncall.models import Alert
from slo.services import burns, statuses
from tests.factories.slo import SloFactory, watched_slo

pytestmark = pytest.mark.django_db


@pytest.fixture
def alert(service: Any, now: datetime) -> Alert:
    service.runbook_url = "https://runbooks.example.com/checkout"
    service.save()
    slo = watched_slo(service=service, name="Checkout answers", end=now, pairs=[(5, 10)] * 60)
    statuses.refresh_due(now=now + timedelta(minutes=1))
    return Alert.objects.get(dedup_key=burns.dedup_key(slo, "critical"))


def test_the_title_is_a_short_imperative(alert: Alert) -> None:
    assert alert.title == "Stop the burn: Checkout answers"


def test_a_ticket_asks_for_less_than_a_page(service: Any) -> None:
    assert burns.title_of(SloFactory(service=service, name="Checkout answers"), "warning").startswith("Slow the burn")


def test_a_long_name_is_cut(service: Any) -> None:
    title = burns.title_of(SloFactory(service=service, name="x" * 100), "critical")
    assert (len(title), title[-3:]) == (50, "...")


def test_the_detail_says_what_burns_and_what_is_left(alert: Alert) -> None:
    assert alert.detail.splitlines() == [
        "Checkout: Checkout answers, objective 99 % over 30 days.",
        "Burn rate 50.00 over 1 h and 50.00 over 5 min; the rule fires from 14.4.",
        "Error budget left: -4900.00 %.",
    ]


def test_the_alert_belongs_to_the_service_and_carries_its_runbook(alert: Alert, service: Any) -> None:
    assert (alert.team_id, alert.service_id) == (service.team_id, service.pk)
    assert alert.runbook_url == "https://runbooks.example.com/checkout"
    assert alert.links[0]["href"].startswith("http://localhost:8000/slos/slo_")


def test_resolving_what_is_not_open_is_no_error(service: Any, now: datetime) -> None:
    burns.resolve(SloFactory(service=service), "critical", now=now)
    assert not Alert.objects.exists()
