from datetime import date, datetime, timedelta
from typing import Any

import pytest

from shortener.models import ClickDay, ScopeDay, ScopeFacet, TargetCheck
from shortener.selectors import weekly
from tests.factories.shortener import LinkFactory

pytestmark = pytest.mark.django_db
MONDAY = date(2026, 2, 23)


def day(team: Any, count: int, people: int) -> None:
    ScopeDay.objects.create(scope="team", scope_id=team.pk, day=MONDAY + timedelta(days=count), people=people)


def test_seven_days_stand_beside_the_seven_before(team: Any) -> None:
    for count, people in [(-8, 900), (-7, 5), (-1, 6), (0, 7), (6, 8), (7, 900)]:
        day(team, count, people)
    report = weekly.weekly_report(team, MONDAY)
    assert (list(report.by_day), list(report.by_day_before)) == ([7, 0, 0, 0, 0, 0, 8], [5, 0, 0, 0, 0, 0, 6])
    assert (report.people.now, report.people.before, report.sunday) == (15, 11, date(2026, 3, 1))


def test_the_most_followed_links_of_the_team_come_first(team: Any, other_team: Any) -> None:
    links = [LinkFactory(team=team) for _ in range(6)]
    for people, link in enumerate([*links, LinkFactory(team=other_team)], 1):
        ClickDay.objects.create(link_id=link.pk, day=MONDAY, people=people)
    found = weekly.weekly_report(team, MONDAY).links
    assert [top.people for top in found] == [6, 5, 4, 3, 2]
    assert found[0].short_url.endswith(links[5].slug)


def test_referrers_are_added_up_over_the_days(team: Any) -> None:
    for count, value in [(0, "a.example"), (1, "a.example"), (2, "b.example"), (7, "late.example")]:
        row = {"dimension": "referrer", "value": value, "people": 2}
        ScopeFacet.objects.create(scope="team", scope_id=team.pk, day=MONDAY + timedelta(days=count), **row)
    assert weekly.weekly_report(team, MONDAY).referrers == [("a.example", 4), ("b.example", 2)]


def test_only_active_links_are_counted_as_dead(team: Any, now: datetime) -> None:
    for state, dead_since in [("active", now), ("active", None), ("deleted", now), ("disabled", now)]:
        TargetCheck.objects.create(link=LinkFactory(team=team, state=state), due_at=now, dead_since=dead_since)
    assert weekly.dead_links(team) == 1


def test_the_last_day_of_the_week_is_held_against_its_weekdays(team: Any) -> None:
    team.created_at = datetime.fromisoformat("2025-01-01T00:00:00Z")
    for week, people in enumerate([500, 50, 50, 50, 50]):
        day(team, 6 - 7 * week, people)
    notice = weekly.weekly_report(team, MONDAY).notice
    assert notice is not None
    assert notice.is_high


def test_the_graph_has_a_key_and_names_the_week(team: Any) -> None:
    chart = weekly.weekly_report(team, MONDAY).chart
    assert [series.name for series in chart.series] == ["This week", "The week before"]
    assert chart.x_label == "day, 23 Feb to 1 Mar 2026"


def test_a_report_asks_few_questions(team: Any, django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(7):
        weekly.weekly_report(team, MONDAY)
