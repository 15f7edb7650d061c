"""What is read of alerts."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from oncall import selectors
from oncall.domain import matchers
from oncall.models import Alert, AlertEvent
from oncall.selectors import alerts
from oncall.services import events
from portal.accounts.domain.actors import Actor
from portal.lib.errors import NotFound
from tests.factories.accounts import TeamFactory
from tests.factories.oncall import AlertFactory

ANYBODY = Actor.system("test")


def test_open_alerts_leave_out_what_is_resolved(team: Any, now: datetime) -> None:
    AlertFactory(team=team, status="resolved", resolved_at=now)
    acked, firing = AlertFactory(team=team, status="acknowledged"), AlertFactory(team=team)
    assert list(selectors.open_alerts(ANYBODY)) == [firing, acked]


def test_a_private_alert_is_not_found(bob: Any, actor_of: Any) -> None:
    with pytest.raises(NotFound):
        selectors.get_alert(actor_of(bob), AlertFactory(team=TeamFactory(is_private=True)).public_id)


def test_events_since_are_in_order_and_capped(fired: Alert, now: datetime) -> None:
    for minutes in (2, 1):
        at = now + timedelta(minutes=minutes)
        events.record(alert=fired, kind=AlertEvent.Kind.JOINED, actor_label="test", now=at, detail=str(minutes))
    found = selectors.alert_events_since(now + timedelta(minutes=1), 10)
    assert [event.detail for event in found] == ["1", "2"]
    assert len(selectors.alert_events_since(now, 1)) == 1


def test_counts_have_their_zeros(fired: Alert) -> None:
    counts = {(severity, status): count for severity, status, count in alerts.open_counts()}
    assert (counts["critical", "firing"], counts["info", "acknowledged"], len(counts)) == (1, 0, 6)


def test_the_history_of_one_alert(fired: Alert) -> None:
    AlertFactory()
    assert [event.kind for event in alerts.alert_events(fired)] == ["fired"]


def test_a_key_is_settled_by_an_open_alert_or_a_late_resolution(team: Any, now: datetime) -> None:
    AlertFactory(team=team, source="slo", dedup_key="open")
    AlertFactory(team=team, source="slo", dedup_key="late", status="resolved", resolved_at=now)
    AlertFactory(team=team, source="slo", dedup_key="early", status="resolved", resolved_at=now - timedelta(minutes=15))
    AlertFactory(team=team, source="other", dedup_key="elsewhere")
    keys = {"open", "late", "early", "elsewhere"}
    since = now - timedelta(minutes=15)
    assert selectors.settled_keys(source="slo", dedup_keys=keys, since=since) == {"open", "late"}


def test_no_keys_ask_nothing(db: None, now: datetime, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        assert selectors.settled_keys(source="slo", dedup_keys=set(), since=now) == set()


@pytest.mark.parametrize(
    ("line", "pods"),
    [
        ('pod=~"web-.*"', ["web-1", "web-2"]),
        ('pod!~"web-.*"', ["", "db-1"]),
        ('pod=""', [""]),
        ('pod!=""', ["db-1", "web-1", "web-2"]),
        ('pod=~"web-.*", pod!="web-1"', ["web-2"]),
    ],
    ids=["like", "unlike", "without", "with", "both"],
)
def test_alerts_are_narrowed_by_patterns_of_labels(team: Any, line: str, pods: list[str]) -> None:
    for pod in ("web-1", "web-2", "db-1", ""):
        AlertFactory(team=team, labels={"pod": pod} if pod else {})
    wanted = alerts.Narrowing(labels=matchers.parse(line))
    found = alerts.narrowed(alerts.leads(ANYBODY), wanted)
    assert sorted(one.labels.get("pod", "") for one in found) == pods
