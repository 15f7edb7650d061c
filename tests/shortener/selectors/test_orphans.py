from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from portal.lib.errors import Invalid
from shortener.models import OrphanDay
from shortener.selectors import orphans
from shortener.selectors.orphans import OrphanFilter
from tests.factories.shortener import DomainFactory

pytestmark = pytest.mark.django_db
ActorOf = Callable[[Any], Any]


def visit(now: datetime, host: str, slug: str, visits: int, *, kind: str = "slug", back: int = 0) -> None:
    day = now.date() - timedelta(days=back)
    OrphanDay.objects.create(day=day, host=host, slug=slug, kind=kind, visits=visits)


@pytest.fixture
def domain(team: Any) -> Any:
    return DomainFactory(team=team, name="go.example.com")


def test_visits_are_told_by_kind_and_day(actor_of: ActorOf, vera: Any, domain: Any, now: datetime) -> None:
    visit(now, "go.example.com", "spirng", 5)
    visit(now, "go.example.com", "spirng", 2, back=1)
    visit(now, "go.example.com", "", 3, kind="root")
    report = orphans.orphan_report(actor_of(vera), OrphanFilter(days=2), today=now.date())
    assert report.by_kind == {"root": [0, 3], "slug": [2, 5]}
    assert [(one.label, one.visits) for one in report.top] == [("go.example.com/spirng", 7), ("go.example.com/", 3)]


def test_other_days_are_left_out(actor_of: ActorOf, vera: Any, domain: Any, now: datetime) -> None:
    visit(now, "go.example.com", "spirng", 5, back=7)
    assert orphans.orphan_report(actor_of(vera), OrphanFilter(days=7), today=now.date()).visits == 0


def test_wrong_hosts_are_for_administrators(actor_of: ActorOf, vera: Any, admin_user: Any, now: datetime) -> None:
    visit(now, "evil.example", "x", 5, kind="host")
    visit(now, "", "", 2)
    wanted = OrphanFilter()
    assert orphans.orphan_report(actor_of(vera), wanted, today=now.date()).visits == 0
    report = orphans.orphan_report(actor_of(admin_user), wanted, today=now.date())
    assert report.totals == {"root": 0, "slug": 2, "host": 5}
    assert report.top[1].label == "Further addresses, not told apart"


def test_the_domain_of_another_team_is_not_told(actor_of: ActorOf, charlie: Any, domain: Any, now: datetime) -> None:
    visit(now, "go.example.com", "secret-launch", 5)
    assert list(orphans.orphan_days(actor_of(charlie), OrphanFilter(), today=now.date())) == []


@pytest.mark.parametrize(("kind", "host", "visits"), [("root", "", 3), ("slug", "", 5), ("", "go.example.com", 8)])
def test_visits_are_narrowed_by_kind_and_host(
    kind: str, host: str, visits: int, actor_of: ActorOf, vera: Any, domain: Any, now: datetime
) -> None:
    visit(now, "go.example.com", "spirng", 5)
    visit(now, "go.example.com", "", 3, kind="root")
    wanted = OrphanFilter(kind=kind, host=host)
    assert orphans.orphan_report(actor_of(vera), wanted, today=now.date()).visits == visits


def test_a_kind_that_there_is_not_is_refused(actor_of: ActorOf, vera: Any, now: datetime) -> None:
    with pytest.raises(Invalid):
        orphans.orphan_days(actor_of(vera), OrphanFilter(kind="planet"), today=now.date())


@pytest.mark.parametrize(
    ("kind", "host", "slug", "creatable"),
    [
        ("slug", "go.example.com", "spring", True),
        ("slug", "go.example.com", "wp-login.php?x=1", False),
        ("slug", "", "", False),
        ("root", "go.example.com", "", False),
        ("host", "evil.example", "spring", False),
    ],
)
def test_a_link_can_be_made_of_an_unknown_slug(kind: str, host: str, slug: str, creatable: bool, now: datetime) -> None:
    assert orphans.Orphan(kind, host, slug, 1, now.date()).is_creatable is creatable


def test_the_graph_has_a_line_for_each_kind(actor_of: ActorOf, admin_user: Any, now: datetime) -> None:
    chart = orphans.orphan_report(actor_of(admin_user), OrphanFilter(days=7), today=now.date()).chart
    assert [series.name for series in chart.series] == list(orphans.KINDS.values())
    assert chart.x_label == "day, 26 Feb 2026 to 4 Mar 2026"


def test_a_report_asks_three_questions(
    actor_of: ActorOf, vera: Any, domain: Any, now: datetime, django_assert_num_queries: Any
) -> None:
    actor = actor_of(vera)
    with django_assert_num_queries(3):
        orphans.orphan_report(actor, OrphanFilter(days=365), today=now.date())
