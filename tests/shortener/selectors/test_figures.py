from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from shortener.models import ClickDay, ClickFacet, ClickMinute
from shortener.selectors import figures, ranges, subjects
from tests.factories.shortener import LinkFactory

pytestmark = pytest.mark.django_db


def shown(link: Any, key: str, now: datetime) -> figures.Figures:
    return figures.preset_figures(subjects.of_link(link), key, zone=UTC, now=now)


def test_the_permalink_is_absolute(now: datetime) -> None:
    asked = shown(LinkFactory(), "30d", now).permalink
    assert asked == "start=2026-02-03T00%3A00%3A00Z&end=2026-03-05T00%3A00%3A00Z&step=day"


def test_the_last_five_minutes_are_told_apart(now: datetime) -> None:
    link = LinkFactory()
    for back in (0, 4, 5):
        ClickMinute.objects.create(link_id=link.pk, minute=now - timedelta(minutes=back), people=1)
    assert shown(link, "live", now).last_five == 2


def test_rules_are_a_block_of_links_that_have_some(now: datetime) -> None:
    link = LinkFactory()
    assert "rule" not in [block.dimension for block in shown(link, "24h", now).blocks]
    ClickFacet.objects.create(link_id=link.pk, day=now.date(), dimension="rule", value="1", people=1)
    assert "rule" in [block.dimension for block in shown(link, "24h", now).blocks]


def test_the_live_view_says_nothing_of_yesterday(now: datetime) -> None:
    link = LinkFactory(created_at=now - timedelta(days=60))
    for week, people in enumerate([900, 10, 10, 10, 10]):
        day = (now - timedelta(days=1, weeks=week)).date()
        ClickDay.objects.create(link_id=link.pk, day=day, people=people)
    assert shown(link, "live", now).notice is None
    assert shown(link, "7d", now).notice is not None


def test_an_absolute_range_is_named_by_its_dates(now: datetime) -> None:
    assert shown(LinkFactory(), "7d", now).label == "7 days"
    asked = ranges.absolute(now - timedelta(days=2), now, "", now=now)
    link = LinkFactory(created_at=now - timedelta(days=90))
    found = figures.figures(subjects.of_link(link), asked, zone=UTC, now=now)
    assert found.label == "2 Mar 2026, 12:00 to 4 Mar 2026, 12:00"
    assert found.change_words == "as many as in the period before"


def test_what_is_too_new_is_not_compared(now: datetime) -> None:
    young, old = (LinkFactory(created_at=now - timedelta(days=days)) for days in (10, 14))
    assert shown(young, "7d", now).change_words == "too new to be compared with a period before"
    assert shown(old, "7d", now).is_comparable
