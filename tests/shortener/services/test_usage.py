from datetime import date, datetime, timedelta
from typing import Any

import pytest

from shortener.models import ClickMonth, OwnerMonth
from shortener.services import usage
from tests.factories.shortener import LinkFactory

pytestmark = pytest.mark.django_db
MARCH, FEBRUARY = date(2026, 3, 1), date(2026, 2, 1)


def stored() -> set[tuple[Any, ...]]:
    rows = OwnerMonth.objects.values_list("team__slug", "owner__name", "month", "links", "people", "bots")
    return set(rows)


def clicked(link: Any, month: date, people: int, bots: int = 0) -> None:
    ClickMonth.objects.update_or_create(link_id=link.pk, month=month, defaults={"people": people, "bots": bots})


def test_links_and_clicks_are_summed_up_by_owner(team: Any, bob: Any, now: datetime) -> None:
    for people in (3, 4):
        clicked(LinkFactory(team=team, created_by=bob, created_at=now), MARCH, people, bots=1)
    clicked(LinkFactory(team=team, created_by=None, created_at=now - timedelta(days=60)), MARCH, 5)
    usage.count_usage_due(now=now)
    assert stored() == {("payments", "Bob", MARCH, 2, 7, 2), ("payments", None, MARCH, 0, 5, 0)}


def test_a_repeat_changes_nothing_and_more_clicks_replace(team: Any, bob: Any, now: datetime) -> None:
    link = LinkFactory(team=team, created_by=bob, created_at=now)
    clicked(link, MARCH, 3)
    usage.count_usage_due(now=now)
    usage.count_usage_due(now=now)
    clicked(link, MARCH, 10)
    usage.count_usage_due(now=now)
    assert stored() == {("payments", "Bob", MARCH, 1, 10, 0)}


def test_service_accounts_of_a_team_are_one_owner(team: Any, now: datetime) -> None:
    for _ in range(2):
        LinkFactory(team=team, created_by=None, created_at=now)
    usage.count_usage_due(now=now)
    usage.count_usage_due(now=now)
    assert stored() == {("payments", None, MARCH, 2, 0, 0)}


@pytest.mark.parametrize(("day", "months"), [(4, [FEBRUARY, MARCH]), (12, [MARCH])])
def test_the_last_month_is_counted_while_clicks_may_come_late(day: int, months: list[date], now: datetime) -> None:
    assert usage.months_due(now=now.replace(day=day)) == months


def test_months_that_were_never_counted_are_caught_up_once(team: Any, now: datetime) -> None:
    link = LinkFactory(team=team, created_at=now - timedelta(days=300))
    for month in (date(2025, 11, 1), date(2025, 9, 1)):
        clicked(link, month, 2)
    late = now.replace(day=20)
    assert usage.count_usage_due(now=late) == [date(2025, 9, 1), date(2025, 11, 1), MARCH]
    assert usage.count_usage_due(now=late) == [MARCH]


def test_a_month_costs_few_questions(team: Any, now: datetime, django_assert_max_num_queries: Any) -> None:
    for _ in range(20):
        clicked(LinkFactory(team=team, created_at=now), MARCH, 1)
    usage.count_usage_due(now=now)
    with django_assert_max_num_queries(8):
        usage.count_usage_due(now=now)
