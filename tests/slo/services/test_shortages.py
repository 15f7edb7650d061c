"""Forecasts on the rows of resources, and their alerts."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from oncall.models import Alert
from slo.models import Resource
from slo.services import shortages
from tests.factories.capacity import ResourceFactory, filled, growing

pytestmark = pytest.mark.django_db


def alerts() -> list[tuple[str, str]]:
    return list(Alert.objects.values_list("severity", "status"))


@pytest.fixture
def short(service: Any, now: datetime) -> Resource:
    """70 of 80 used, one more each day: the limit is reached in ten days, an order takes fourteen."""
    return growing(service=service, until=now.date(), level=51, limit=80)


def test_the_row_repeats_the_forecast(short: Resource, now: datetime) -> None:
    found = shortages.refresh(short, now=now)
    assert (found.state, found.current, found.forecast_on) == ("growing", 70, now.date())
    assert found.crosses_likely_on == found.crosses_earliest_on == date(2026, 3, 13)


def test_what_runs_out_before_an_order_arrives_has_one_alert(short: Resource, now: datetime) -> None:
    for _ in range(2):
        assert shortages.refresh(short, now=now).is_warning
    assert alerts() == [("warning", "firing")]
    alert = Alert.objects.get()
    assert (alert.title, alert.dedup_key) == (f"Order more: {short.name}", f"capacity:{short.public_id}")
    assert "An order of today arrives on 2026-03-18 (14 days)." in alert.detail
    assert "It reaches 80 on 2026-03-13" in alert.detail


def test_the_alert_ends_when_there_is_enough(short: Resource, now: datetime) -> None:
    shortages.refresh(short, now=now)
    Resource.objects.filter(pk=short.pk).update(limit=500)
    assert not shortages.refresh(short, now=now).is_warning
    assert alerts() == [("warning", "resolved")]


@pytest.mark.parametrize(("lead", "warns"), [(8, False), (9, True)], ids=["in time", "on the day"])
def test_the_lead_time_decides(short: Resource, now: datetime, lead: int, warns: bool) -> None:
    Resource.objects.filter(pk=short.pk).update(lead_time_days=lead)
    assert shortages.refresh(short, now=now).is_warning is warns


@pytest.mark.parametrize(("warn_on", "warns"), [("earliest", True), ("likely", False)])
def test_the_earliest_or_the_likely_date_warns(service: Any, now: datetime, warn_on: str, warns: bool) -> None:
    values = [50 + n + (3 if n % 2 else -3) for n in range(20)]
    resource = ResourceFactory(service=service, limit=85, lead_time_days=13, warn_on=warn_on)
    assert shortages.refresh(filled(resource, values, until=now.date()), now=now).is_warning is warns


def test_what_is_over_its_limit_warns_whatever_the_trend(service: Any, now: datetime) -> None:
    resource = filled(ResourceFactory(service=service, limit=5), [9] * 3, until=now.date())
    assert shortages.refresh(resource, now=now).is_warning


def test_the_open_day_counts_for_now_but_not_for_the_fit(short: Resource, now: datetime) -> None:
    filled(short, [1], until=now.date() + timedelta(days=1))
    found = shortages.refresh(short, now=now)
    assert (found.current, found.crosses_likely_on) == (1, date(2026, 3, 13))


def test_each_day_has_its_forecast_once(short: Resource, now: datetime) -> None:
    ResourceFactory(archived_at=now)
    assert [shortages.refresh_due(now=now) for _ in range(2)] == [1, 0]
    assert shortages.refresh_due(now=now + timedelta(days=1)) == 1


def test_an_archived_resource_is_left_alone(now: datetime) -> None:
    assert shortages.refresh(ResourceFactory(archived_at=now), now=now).forecast_on is None


def test_a_long_name_is_cut(service: Any) -> None:
    assert len(shortages.title_of(ResourceFactory.build(service=service, name="x" * 100))) == 50
