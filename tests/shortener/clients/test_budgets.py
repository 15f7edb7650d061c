import uuid
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from shortener.clients import budgets


def test_many_at_once_are_counted_one_by_one() -> None:
    key = uuid.uuid4().hex
    with ThreadPoolExecutor(8) as pool:
        seen = list(pool.map(lambda _: budgets.count(key=key, number=1, lifetime=60), range(40)))
    assert sorted(seen) == list(range(1, 41))


def test_a_dead_server_is_told_apart(settings: Any) -> None:
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    with pytest.raises(budgets.CounterAway):
        budgets.count(key="x", number=1, lifetime=60)
