from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from portal.accounts.domain.actors import Actor
from shortener.exceptions import BudgetSpent
from shortener.services import creation_budgets

pytestmark = pytest.mark.django_db


def test_a_token_has_a_budget_of_its_own(
    bob: Any, actor_of: Callable[..., Actor], settings: Any, now: datetime
) -> None:
    settings.PORTAL_CREATIONS_PER_TOKEN, settings.PORTAL_CREATIONS_PER_CLIENT = "2/min", "1/min"
    person = actor_of(bob)
    token = replace(person, token_id=bob.pk + 77_000)
    creation_budgets.spend(actor=person, now=now)
    creation_budgets.spend(actor=token, number=2, now=now)
    with pytest.raises(BudgetSpent, match="Links per token: 2 per minute"):
        creation_budgets.spend(actor=token, now=now)
    with pytest.raises(BudgetSpent, match="Links per person: 1 per minute"):
        creation_budgets.spend(actor=person, now=now)


def test_the_portal_itself_has_no_budget(settings: Any, now: datetime) -> None:
    settings.PORTAL_CREATIONS_PER_CLIENT = "0/min"
    creation_budgets.spend(actor=Actor.system("seed"), now=now)
