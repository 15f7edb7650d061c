from datetime import datetime, timedelta
from typing import Any

import pytest

from shortener.models import TargetCheck
from shortener.selectors import link_facts
from tests.factories.shortener import LinkFactory

pytestmark = pytest.mark.django_db


def test_rules_are_told_in_order() -> None:
    stored = [{"id": 2, "name": "B", "target": "https://b.example/"}, {"id": 1, "target": "https://a.example/"}]
    assert [line.name for line in link_facts.rule_lines(LinkFactory(rules=stored))] == ["B", ""]


@pytest.mark.parametrize(
    ("status", "max_age", "kept"),
    [(302, 60, None), (301, None, timedelta(hours=1)), (308, 60, timedelta(minutes=1)), (307, 0, timedelta(0))],
)
def test_browsers_keep_a_redirect_for_a_time_that_is_told(
    status: int, max_age: int | None, kept: timedelta | None
) -> None:
    assert link_facts.remembered_for(LinkFactory(redirect_status=status, max_age=max_age)) == kept


@pytest.mark.parametrize("asks", [{"max_visits": 5}, {"password_hash": "x"}])
def test_browsers_never_keep_what_each_visit_must_ask_for(asks: dict[str, object]) -> None:
    assert link_facts.remembered_for(LinkFactory(redirect_status=301, max_age=60, **asks)) is None


@pytest.mark.parametrize(
    ("options", "people", "state"),
    [
        ({"max_visits": 2}, 2, "used_up"),
        ({"max_visits": 2}, 1, "active"),
        ({}, 2, "active"),
        ({"max_visits": 2, "state": "disabled"}, 2, "disabled"),
    ],
)
def test_an_active_link_without_visits_left_is_used_up(
    now: datetime, options: dict[str, Any], people: int, state: str
) -> None:
    assert link_facts.state_of(LinkFactory(**options), people=people, now=now) == state


def test_a_target_that_is_dead_is_told(now: datetime) -> None:
    link = LinkFactory()
    check = TargetCheck.objects.create(link=link, due_at=now)
    assert link_facts.dead_check(link) is None
    TargetCheck.objects.update(dead_since=now)
    assert link_facts.dead_check(link) == check
