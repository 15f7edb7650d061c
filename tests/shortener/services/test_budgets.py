import uuid
from datetime import datetime, timedelta
from typing import Any

import pytest

from shortener.domain.budgets import Budget
from shortener.exceptions import BudgetSpent
from shortener.models import SweepCursor
from shortener.services import budgets

pytestmark = pytest.mark.django_db

THREE = Budget(3, 60)


@pytest.fixture
def key() -> str:
    return uuid.uuid4().hex[:20]


@pytest.fixture(params=["valkey", "postgresql"])
def store(request: Any, settings: Any) -> str:
    settings.REDIS_URL = {"valkey": settings.REDIS_URL, "postgresql": "redis://127.0.0.1:1/0"}[request.param]
    return str(request.param)


def spend(key: str, now: datetime, number: int = 1) -> None:
    budgets.spend(name="Links per token", key=key, budget=THREE, number=number, now=now)


def test_what_is_allowed_passes_and_the_next_is_refused(store: str, key: str, now: datetime) -> None:
    for _ in range(3):
        spend(key, now)
    with pytest.raises(BudgetSpent) as refused:
        spend(key, now + timedelta(seconds=13))
    assert refused.value.retry_after == 47
    assert refused.value.detail == "Links per token: 3 per minute. Try again in 47 s."


def test_the_next_window_begins_anew(store: str, key: str, now: datetime) -> None:
    spend(key, now, number=3)
    spend(key, now + timedelta(minutes=1))


def test_callers_do_not_share_a_budget(store: str, key: str, now: datetime) -> None:
    spend(key, now, number=3)
    spend(f"{key}2", now)


def test_more_at_once_than_allowed_is_refused(store: str, key: str, now: datetime) -> None:
    with pytest.raises(BudgetSpent):
        spend(key, now, number=4)


def test_counters_of_days_past_are_deleted(settings: Any, key: str, now: datetime) -> None:
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    SweepCursor.objects.create(name="ends", at=now - timedelta(days=9))
    spend(key, now)
    assert budgets.forget_budgets(now=now + timedelta(days=3)) == 1
    assert SweepCursor.objects.get().name == "ends"
