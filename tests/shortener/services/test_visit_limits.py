from datetime import datetime
from typing import Any

import pytest

from shortener.clients import visit_counters
from shortener.domain.redirect import Claim
from shortener.models import LinkTotal
from shortener.selectors import finding
from shortener.services import visit_limits
from tests.factories.shortener import LinkFactory

pytestmark = pytest.mark.django_db


def limited(people: int, now: datetime, **fields: Any) -> Any:
    link = LinkFactory(max_visits=3, **fields)
    LinkTotal.objects.create(link_id=link.pk, people=people, last_click_at=now)
    return link


def claim(link: Any, *, counts: bool = True) -> Claim:
    return visit_limits.claim(finding.facts_of(link), counts=counts)


def test_as_many_people_pass_as_the_link_says() -> None:
    link = LinkFactory(max_visits=2)
    assert [claim(link) for _ in range(3)] == [Claim.GRANTED, Claim.GRANTED, Claim.REFUSED]


def test_people_who_came_before_the_limit_count(now: datetime) -> None:
    assert [claim(limited(2, now)), claim(limited(3, now))] == [Claim.GRANTED, Claim.REFUSED]


def test_whoever_only_looks_is_not_counted() -> None:
    link = LinkFactory(max_visits=1)
    assert [claim(link, counts=False) for _ in range(3)] == [Claim.GRANTED] * 3
    assert [claim(link), claim(link, counts=False)] == [Claim.GRANTED, Claim.REFUSED]


def test_with_valkey_away_only_what_is_known_to_be_used_up_is_refused(settings: Any, now: datetime) -> None:
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    assert [claim(limited(2, now)), claim(limited(3, now))] == [Claim.AWAY, Claim.REFUSED]


def test_the_clock_lifts_counters_that_are_missing_or_behind(now: datetime) -> None:
    missing, behind, right = limited(2, now), limited(3, now), limited(1, now)
    visit_counters.raise_to({behind.pk: 1, right.pk: 2})
    assert [visit_limits.mend_counters_due(), visit_limits.mend_counters_due()] == [2, 0]
    assert [claim(missing), claim(behind), claim(right)] == [Claim.GRANTED, Claim.REFUSED, Claim.GRANTED]


def test_the_clock_makes_counters_of_links_that_nobody_visited() -> None:
    LinkFactory(max_visits=5)
    assert visit_limits.mend_counters_due() == 1


def test_links_without_limit_or_in_the_trash_have_no_counter(now: datetime) -> None:
    LinkFactory()
    limited(2, now, state="deleted")
    assert visit_limits.mend_counters_due() == 0


def test_the_clock_goes_through_all_links(monkeypatch: pytest.MonkeyPatch, now: datetime) -> None:
    monkeypatch.setattr(visit_limits, "BATCH", 2)
    for _ in range(5):
        limited(1, now)
    assert visit_limits.mend_counters_due() == 5


def test_the_clock_waits_for_valkey(settings: Any, now: datetime) -> None:
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    limited(1, now)
    assert visit_limits.mend_counters_due() == 0
