from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from shortener.models import ScopeDay
from shortener.selectors import overview
from tests.factories.shortener import DomainFactory, LinkFactory

pytestmark = pytest.mark.django_db
ActorOf = Callable[[Any], Any]


def day(team: Any, now: datetime, back: int, people: int, scope: str = "team") -> None:
    ScopeDay.objects.create(
        scope=scope, scope_id=team.pk, day=(now - timedelta(days=back)).date(), people=people, visitors=1, bots=2
    )


def test_seven_whole_days_stand_beside_the_seven_before(actor_of: ActorOf, bob: Any, team: Any, now: datetime) -> None:
    for back, people in [(0, 900), (1, 10), (7, 5), (8, 4), (14, 3), (15, 800)]:
        day(team, now, back, people)
    found = overview.overview(actor_of(bob), now=now)
    assert (found.people.now, found.people.before, found.visitors, found.bots) == (15, 7, 2, 4)
    assert list(found.teams[0].trend.values) == [3, *[0] * 5, 4, 5, *[0] * 5, 10]


def test_only_own_teams_and_domains_are_told(
    actor_of: ActorOf, bob: Any, team: Any, other_team: Any, now: datetime
) -> None:
    own, shared = DomainFactory(team=team), DomainFactory()
    DomainFactory(team=other_team)
    found = overview.overview(actor_of(bob), now=now)
    assert [line.key for line in found.teams] == ["payments"]
    assert [line.name for line in found.domains] == [own.name]
    assert shared.name not in [line.name for line in found.domains]


def test_an_administrator_sees_every_domain(actor_of: ActorOf, admin_user: Any, team: Any, now: datetime) -> None:
    domains = {DomainFactory(team=team).name, DomainFactory().name}
    assert domains <= {line.name for line in overview.overview(actor_of(admin_user), now=now).domains}


def test_a_team_and_a_domain_of_one_number_are_not_mixed_up(
    actor_of: ActorOf, bob: Any, team: Any, now: datetime
) -> None:
    DomainFactory(team=team, pk=team.pk + 1000)
    day(team, now, 1, 10)
    found = overview.overview(actor_of(bob), now=now)
    assert (found.teams[0].people.now, found.domains[0].people.now) == (10, 0)


def test_tags_of_ones_links_are_offered(actor_of: ActorOf, bob: Any, team: Any, now: datetime) -> None:
    LinkFactory(team=team, tags=["spring", "mail"])
    assert overview.overview(actor_of(bob), now=now).tags == ["mail", "spring"]
