from datetime import datetime, timedelta

import pytest

from portal.lib import partitions
from shortener.models import ClickDay, ScopeDay, VisitorCount
from shortener.services import clicks, uniques
from tests.factories.shortener import GOOGLEBOT, NOON, LinkFactory, click, ship

pytestmark = pytest.mark.django_db

DAY = NOON.date()


def visitors(link_id: int = 7) -> int:
    return ClickDay.objects.get(link_id=link_id, day=DAY).visitors


def test_a_visitor_counts_once_a_day_and_link_and_bots_never(now: datetime) -> None:
    again = [click(7), click(7), click(7, address="198.51.100.8"), click(8), click(7, user_agent=GOOGLEBOT)]
    ship(*again)
    clicks.drain(now=now)
    assert uniques.count_due(now=now) == [DAY]
    assert (visitors(7), visitors(8)) == (2, 1)


def test_somebody_who_comes_back_is_nobody_new(now: datetime) -> None:
    for number in (1, 2):
        ship(click(7), number=number)
        clicks.drain(now=now)
        uniques.count_due(now=now + timedelta(minutes=number))
    assert visitors() == 1


def test_team_and_domain_have_the_sum_of_their_links(now: datetime) -> None:
    first = LinkFactory()
    second = LinkFactory(team=first.team, domain=first.domain)
    ship(click(first.pk), click(second.pk), click(second.pk, address="198.51.100.8"))
    clicks.drain(now=now)
    uniques.count_due(now=now)
    assert list(ScopeDay.objects.values_list("visitors", flat=True)) == [3, 3]


def test_a_day_rests_after_its_count_and_is_not_counted_without_new_clicks(now: datetime) -> None:
    ship(click(7))
    clicks.drain(now=now)
    uniques.count_due(now=now)
    assert uniques.count_due(now=now + timedelta(hours=1)) == []
    ship(click(7), number=2)
    clicks.drain(now=now)
    assert uniques.count_due(now=now) == []
    assert uniques.count_due(now=now + timedelta(hours=1)) == [DAY]


def test_a_count_that_was_cut_short_comes_again_when_its_lease_is_over(now: datetime) -> None:
    uniques.note_changes([DAY], now)
    VisitorCount.objects.update(due_at=now + uniques.LEASE)
    assert uniques.count_due(now=now) == []
    assert uniques.count_due(now=now + uniques.LEASE) == [DAY]


def test_the_count_stays_when_the_log_is_gone(now: datetime) -> None:
    ship(click(7))
    clicks.drain(now=now)
    uniques.count_day(DAY)
    partitions.drop_before("shortener_click", DAY + timedelta(days=1))
    uniques.count_day(DAY)
    assert visitors() == 1


def test_counting_twice_changes_nothing(now: datetime) -> None:
    ship(click(LinkFactory().pk))
    clicks.drain(now=now)
    uniques.count_day(DAY)
    uniques.count_day(DAY)
    assert set(ScopeDay.objects.values_list("visitors", flat=True)) == {1}
