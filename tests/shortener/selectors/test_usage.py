from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest

from portal.lib.errors import NotFound, PermissionDenied
from shortener.models import OwnerMonth, Quota, ScopeDay
from shortener.selectors import usage
from tests.factories.shortener import LinkFactory

pytestmark = pytest.mark.django_db
ActorOf = Callable[[Any], Any]
MARCH = date(2026, 3, 1)


def used(team: Any, owner: Any, people: int, month: date = MARCH) -> OwnerMonth:
    return OwnerMonth.objects.create(team=team, owner=owner, month=month, links=1, people=people, bots=2)


def test_a_team_adds_up_its_owners_the_busiest_first(
    actor_of: ActorOf, vera: Any, alice: Any, bob: Any, team: Any
) -> None:
    rows = [used(team, alice, 3), used(team, bob, 9), used(team, None, 5)]
    used(team, bob, 100, date(2026, 2, 1))
    (found,) = usage.team_usage(actor_of(vera), MARCH)
    assert list(found.owners) == [rows[1], rows[2], rows[0]]
    assert (found.links, found.people, found.bots) == (3, 17, 6)


def test_others_use_is_for_administrators(
    actor_of: ActorOf, vera: Any, admin_user: Any, team: Any, other_team: Any
) -> None:
    used(other_team, None, 3)
    assert usage.team_usage(actor_of(vera), MARCH) == []
    assert [one.team for one in usage.team_usage(actor_of(admin_user), MARCH)] == [other_team]


def test_usage_is_narrowed_by_team(actor_of: ActorOf, admin_user: Any, team: Any, other_team: Any) -> None:
    own = used(team, None, 3)
    used(other_team, None, 3)
    for reference in ("payments", team.public_id):
        assert list(usage.owner_months(actor_of(admin_user), team=reference)) == [own]


def test_a_row_of_a_file_names_the_owner(team: Any, bob: Any) -> None:
    rows = list(usage.usage_rows([used(team, bob, 3), used(team, None, 4)]))
    assert rows[0] == ("2026-03", "payments", "Bob", 1, 3, 2)
    assert rows[1][2] == usage.NO_OWNER


def test_a_quota_tells_what_is_used(team: Any, now: datetime) -> None:
    quota = Quota.objects.create(team=team, links_per_month=10, clicks_per_month=100)
    for _ in range(3):
        LinkFactory(team=team, created_at=now)
    ScopeDay.objects.create(scope="team", scope_id=team.pk, day=now.date(), people=80, bots=5)
    state = usage.state_of(quota, now=now)
    assert [one.used for one in state.allowances] == [3, 85]
    assert state.sentences == ["85 of 100 clicks of this month are used."]
    assert (state.is_near, state.is_full) == (True, False)


def test_links_counted_at_their_creation_are_not_counted_again(team: Any, now: datetime) -> None:
    quota = Quota.objects.create(team=team, links_per_month=10, counted_month=MARCH, counted_links=9)
    assert usage.state_of(quota, now=now).allowances[0].used == 9


def test_people_are_told_of_near_quotas_of_their_own_teams(
    actor_of: ActorOf, vera: Any, charlie: Any, team: Any, now: datetime
) -> None:
    Quota.objects.create(team=team, links_per_month=0)
    assert [state.is_full for state in usage.near_quotas(actor_of(vera), now=now)] == [True]
    assert usage.near_quotas(actor_of(charlie), now=now) == []


def test_a_team_without_a_quota_has_no_bounds(
    actor_of: ActorOf, vera: Any, charlie: Any, team: Any, now: datetime
) -> None:
    quota = usage.quota_of(actor_of(vera), "payments")
    assert [quota.pk, quota.links_per_month, quota.clicks_per_month] == [None] * 3
    with pytest.raises(PermissionDenied):
        usage.quota_of(actor_of(charlie), "payments")
    with pytest.raises(NotFound):
        usage.quota_of(actor_of(vera), "nobody")
