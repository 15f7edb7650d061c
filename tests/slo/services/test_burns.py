"""What an alert of a burn says."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from oncall.models import Alert
from oncall.services import alerts
from slo.domain.windows import MINUTE
from slo.models import Slo, SloStatus
from slo.services import burns, statuses
from tests.factories.slo import SloFactory, minutes, watched_slo

pytestmark = pytest.mark.django_db


@pytest.fixture
def alert(service: Any, now: datetime) -> Alert:
    service.runbook_url = "https://runbooks.example.com/checkout"
    service.save()
    slo = watched_slo(service=service, name="Checkout answers", end=now, pairs=[(5, 10)] * 60)
    statuses.refresh_due(now=now + timedelta(minutes=1))
    return Alert.objects.get(dedup_key=burns.dedup_key(slo, "critical"))


def test_the_alert_belongs_to_the_service_and_carries_its_runbook(alert: Alert, service: Any) -> None:
    assert (alert.team_id, alert.service_id) == (service.team_id, service.pk)
    assert alert.runbook_url == "https://runbooks.example.com/checkout"


def test_resolving_what_is_not_open_is_no_error(service: Any, now: datetime) -> None:
    burns.resolve(SloFactory(service=service), "critical", now=now)
    assert not Alert.objects.exists()


def burn_on(now: datetime, *, until: int) -> None:
    """Refreshes every minute from the second to `until`, all of them bad."""
    slo = Slo.objects.get()
    minutes(slo.sli, end=now + until * MINUTE, pairs=[(0, 10)] * until)
    for number in range(2, until + 2):
        statuses.refresh_due(now=now + number * MINUTE)


def pages() -> list[str]:
    return list(Alert.objects.filter(severity="critical").order_by("pk").values_list("status", flat=True))


def test_a_burn_that_goes_on_keeps_its_one_quiet_alert(alert: Alert, now: datetime) -> None:
    burn_on(now, until=3)
    alert.refresh_from_db()
    assert (pages(), alert.joined_count) == (["firing"], 0)


def test_a_lost_alert_is_opened_at_the_next_refresh(alert: Alert, now: datetime) -> None:
    Alert.objects.filter(pk=alert.pk).update(dedup_key="lost")
    burn_on(now, until=1)
    assert Alert.objects.filter(severity="critical").exclude(pk=alert.pk).get().status == "firing"


def test_an_alert_resolved_by_hand_stays_resolved_for_the_grace(alert: Alert, now: datetime) -> None:
    alerts.close_alert(actor=burns.ACTOR, alert=alert, now=now + 2 * MINUTE)
    burn_on(now, until=15)
    assert pages() == ["resolved"]


def test_after_the_grace_a_burn_that_goes_on_pages_anew(alert: Alert, now: datetime) -> None:
    alerts.close_alert(actor=burns.ACTOR, alert=alert, now=now + 2 * MINUTE)
    burn_on(now, until=17)
    assert pages() == ["resolved", "firing"]


def test_what_is_not_measured_any_more_does_not_come_back(alert: Alert, now: datetime) -> None:
    alerts.close_alert(actor=burns.ACTOR, alert=alert, now=now + 2 * MINUTE)
    statuses.refresh_due(now=now + 25 * MINUTE)
    assert SloStatus.objects.get().held["page-1h"] == "too little was measured"
    assert pages() == ["resolved"]


def test_many_lasting_burns_cost_no_query_each(service: Any, now: datetime, django_assert_max_num_queries: Any) -> None:
    slos = [watched_slo(service=service, end=now, pairs=[(0, 10)] * 60) for _ in range(6)]
    statuses.refresh_due(now=now + MINUTE)
    for slo in slos:
        minutes(slo.sli, end=now + MINUTE, pairs=[(0, 10)])
    with django_assert_max_num_queries(14):
        assert statuses.refresh_due(now=now + 2 * MINUTE) == 6


def test_a_key_that_names_no_rule_any_more_stops_no_refresh_and_leaves_no_alert(alert: Alert, now: datetime) -> None:
    slo = Slo.objects.get()
    SloStatus.objects.update(firing=["page-2h"], firing_since={})
    minutes(slo.sli, end=now + 5 * MINUTE, pairs=[(10**6, 10**6)] * 5)
    statuses.refresh_due(now=now + 6 * MINUTE)
    assert SloStatus.objects.get().firing == []
    assert set(Alert.objects.values_list("status", flat=True)) == {"resolved"}


@pytest.mark.parametrize(
    ("firing", "expected"),
    [([], set()), (["page-1h", "page-6h"], {"critical"}), (["ticket-3d", "page-2h"], {"critical", "warning"})],
    ids=["none", "one", "unknown"],
)
def test_what_firing_rules_set_off(firing: list[str], expected: set[str]) -> None:
    assert burns.severities(firing) == expected
