"""Of many who spend at once exactly as many pass as the budget allows, with Valkey and without."""

import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from functools import partial
from typing import Any

import pytest
from django.db import connection

from shortener.domain.budgets import Budget
from shortener.exceptions import BudgetSpent
from shortener.services import budgets

pytestmark = pytest.mark.django_db(transaction=True)

AT_ONCE, TRIES, LIMIT = 8, 40, 15


def passes(key: str, now: datetime, _: int) -> bool:
    try:
        budgets.spend(name="Links", key=key, budget=Budget(LIMIT, 60), now=now)
    except BudgetSpent:
        return False
    finally:
        connection.close()
    return True


@pytest.mark.parametrize("address", ["", "redis://127.0.0.1:1/0"], ids=["valkey", "postgresql"])
def test_exactly_the_allowed_ones_pass(address: str, settings: Any, now: datetime) -> None:
    settings.REDIS_URL = address or settings.REDIS_URL
    with ThreadPoolExecutor(AT_ONCE) as pool:
        passed = list(pool.map(partial(passes, uuid.uuid4().hex[:20], now), range(TRIES)))
    assert sum(passed) == LIMIT
