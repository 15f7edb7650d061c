from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from portal.accounts.models import AuditEntry, OutgoingMail
from portal.lib.errors import Invalid, PermissionDenied, PreconditionFailed
from shortener.exceptions import QuotaReached, SlugTaken
from shortener.models import Link, Quota, ScopeDay
from shortener.services import links, quotas
from tests.factories.shortener import LinkFactory

pytestmark = pytest.mark.django_db
ActorOf = Callable[[Any], Any]
TARGET = {"target": "https://example.org/"}


@pytest.fixture
def quota(team: Any) -> Quota:
    return Quota.objects.create(team=team, links_per_month=2)


def clicks(team: Any, day: date, people: int) -> None:
    ScopeDay.objects.create(scope="team", scope_id=team.pk, day=day, people=people, bots=1)


def make(actor: Any, team: Any, now: datetime, slug: str | None = None) -> Link:
    return links.create_link(actor=actor, team_id=team.pk, values=TARGET, slug=slug, now=now)


def test_links_are_made_up_to_the_bound_and_not_beyond(
    actor_of: ActorOf, bob: Any, team: Any, quota: Quota, now: datetime
) -> None:
    made = [make(actor_of(bob), team, now) for _ in range(2)]
    with pytest.raises(QuotaReached) as refused:
        make(actor_of(bob), team, now)
    assert refused.value.status == 409
    assert "2 links of this month" in refused.value.detail
    assert "1 April 2026" in refused.value.detail
    assert Link.objects.filter(team=team).count() == len(made)


def test_links_of_the_month_from_before_the_quota_count(
    actor_of: ActorOf, bob: Any, team: Any, quota: Quota, now: datetime
) -> None:
    LinkFactory(team=team, created_at=now - timedelta(days=40))
    LinkFactory(team=team, created_at=now - timedelta(days=1), state="deleted")
    make(actor_of(bob), team, now)
    with pytest.raises(QuotaReached):
        make(actor_of(bob), team, now)


def test_a_new_month_begins_anew(actor_of: ActorOf, bob: Any, team: Any, quota: Quota, now: datetime) -> None:
    for _ in range(2):
        make(actor_of(bob), team, now)
    assert make(actor_of(bob), team, now + timedelta(days=31)).pk


def test_a_creation_that_fails_gives_its_place_back(
    actor_of: ActorOf, bob: Any, team: Any, quota: Quota, now: datetime
) -> None:
    make(actor_of(bob), team, now, slug="taken")
    with pytest.raises(SlugTaken):
        make(actor_of(bob), team, now, slug="taken")
    assert make(actor_of(bob), team, now).pk


def test_clicks_beyond_their_bound_refuse_new_links(actor_of: ActorOf, bob: Any, team: Any, now: datetime) -> None:
    Quota.objects.create(team=team, clicks_per_month=100)
    clicks(team, now.date(), 98)
    make(actor_of(bob), team, now)
    clicks(team, now.date() - timedelta(days=1), 50)
    with pytest.raises(QuotaReached, match="100 clicks of this month"):
        make(actor_of(bob), team, now)


def test_clicks_of_another_month_do_not_count(actor_of: ActorOf, bob: Any, team: Any, now: datetime) -> None:
    Quota.objects.create(team=team, clicks_per_month=100)
    clicks(team, date(2026, 2, 28), 500)
    assert make(actor_of(bob), team, now).pk


def test_several_links_at_once_need_room_for_all(team: Any, quota: Quota, now: datetime) -> None:
    with pytest.raises(QuotaReached):
        quotas.require_room(team.pk, now, links=3)
    quotas.require_room(team.pk, now, links=2)
    quota.refresh_from_db()
    assert (quota.counted_links, quota.counted_month) == (2, date(2026, 3, 1))


def test_other_teams_are_not_bound(
    actor_of: ActorOf, charlie: Any, other_team: Any, quota: Quota, now: datetime
) -> None:
    for _ in range(3):
        make(actor_of(charlie), other_team, now)


def test_an_administrator_sets_a_quota_and_it_is_audited(
    actor_of: ActorOf, admin_user: Any, team: Any, now: datetime
) -> None:
    values: dict[str, int | None] = {"links_per_month": 500, "clicks_per_month": None}
    quota = quotas.set_quota(actor=actor_of(admin_user), team=team, values=values, now=now)
    again = quotas.set_quota(actor=actor_of(admin_user), team=team, values=values, now=now)
    assert (quota.links_per_month, quota.version, again.version) == (500, 2, 2)
    assert AuditEntry.objects.get(action="quota.changed").target_label == "Quota of Payments"


def test_a_manager_sets_no_quota(actor_of: ActorOf, alice: Any, team: Any, now: datetime) -> None:
    with pytest.raises(PermissionDenied):
        quotas.set_quota(actor=actor_of(alice), team=team, values={"links_per_month": 5}, now=now)


@pytest.mark.parametrize("value", [-1, 2**31])
def test_a_bound_that_cannot_be_is_refused(
    value: int, actor_of: ActorOf, admin_user: Any, team: Any, now: datetime
) -> None:
    with pytest.raises(Invalid) as refused:
        quotas.set_quota(actor=actor_of(admin_user), team=team, values={"links_per_month": value, "x": 1}, now=now)
    assert set(refused.value.fields) == {"links_per_month", "x"}


def test_a_quota_that_somebody_else_changed_is_not_overwritten(
    actor_of: ActorOf, admin_user: Any, team: Any, quota: Quota, now: datetime
) -> None:
    with pytest.raises(PreconditionFailed):
        quotas.set_quota(
            actor=actor_of(admin_user), team=team, values={"links_per_month": 9}, expected_version=7, now=now
        )


def test_a_raised_quota_gives_room_at_once(
    actor_of: ActorOf, admin_user: Any, bob: Any, team: Any, quota: Quota, now: datetime
) -> None:
    for _ in range(2):
        make(actor_of(bob), team, now)
    quotas.set_quota(actor=actor_of(admin_user), team=team, values={"links_per_month": 3}, now=now)
    make(actor_of(bob), team, now)
    with pytest.raises(QuotaReached):
        make(actor_of(bob), team, now)


def test_managers_are_told_at_eighty_per_cent_once_a_month(alice: Any, bob: Any, team: Any, now: datetime) -> None:
    Quota.objects.create(team=team, clicks_per_month=100)
    clicks(team, now.date(), 78)
    assert quotas.warn_quotas_due(now=now) == 0
    clicks(team, now.date() - timedelta(days=1), 0)
    assert [quotas.warn_quotas_due(now=now) for _ in range(2)] == [1, 0]
    mail = OutgoingMail.objects.get()
    assert mail.to == "alice@example.com"
    assert "80 of 100 clicks of this month are used." in mail.text


def test_the_next_month_warns_again(alice: Any, team: Any, now: datetime) -> None:
    Quota.objects.create(team=team, links_per_month=0)
    assert [quotas.warn_quotas_due(now=now + timedelta(days=days)) for days in (0, 1, 31)] == [1, 0, 1]
