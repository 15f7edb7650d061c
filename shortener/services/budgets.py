"""Spending budgets, counted in Valkey or, with that away, in PostgreSQL: of many at once only the allowed ones pass."""

from datetime import UTC, datetime, timedelta

from django.db import connection

from shortener.clients import budgets as client
from shortener.domain.budgets import Budget
from shortener.exceptions import BudgetSpent
from shortener.models import SweepCursor

PREFIX = "budget:"
COUNT = """
INSERT INTO shortener_sweepcursor AS row (name, at, position) VALUES (%s, %s, %s)
ON CONFLICT (name) DO UPDATE SET at = excluded.at,
    position = CASE WHEN row.at = excluded.at THEN row.position + excluded.position ELSE excluded.position END
RETURNING position
"""


def spend(*, name: str, key: str, budget: Budget, number: int = 1, now: datetime) -> None:
    """Takes `number` from the budget of `key`. Raises BudgetSpent, which names the budget and when the next one begins.

    A refused attempt is counted as well: who keeps trying waits for the next window.
    """
    second = int(now.timestamp())
    if _counted(key, budget, number, second) > budget.limit:
        wait = budget.wait(second)
        raise BudgetSpent(f"{name}: {budget.text}. Try again in {wait} s.", retry_after=wait)


def forget_budgets(*, now: datetime) -> int:
    """Deletes the counters of days past that were kept in PostgreSQL; returns how many."""
    return SweepCursor.objects.filter(name__startswith=PREFIX, at__lt=now - timedelta(days=2)).delete()[0]


def _counted(key: str, budget: Budget, number: int, second: int) -> int:
    window = budget.window(second)
    try:
        return client.count(key=f"{key}:{window}", number=number, lifetime=budget.seconds + 1)
    except client.CounterAway:
        begun = datetime.fromtimestamp(window * budget.seconds, UTC)
        with connection.cursor() as cursor:
            cursor.execute(COUNT, [f"{PREFIX}{key}"[:40], begun, number])
            row = cursor.fetchone()
        return int(row[0]) if row else 0
