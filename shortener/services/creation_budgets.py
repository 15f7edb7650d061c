"""How many links a token, or a person through the pages, may make in a minute."""

from datetime import datetime

from django.conf import settings

from portal.accounts.domain.actors import Actor
from shortener.domain import budgets as domain
from shortener.services import budgets


def spend(*, actor: Actor, number: int = 1, now: datetime) -> None:
    """Takes `number` creations from the caller's budget; BudgetSpent (429) names it. The portal itself has none."""
    if actor.token_id is not None:
        name, text, key = "Links per token", settings.PORTAL_CREATIONS_PER_TOKEN, f"token:{actor.token_id}"
    elif actor.user_id is not None:
        name, text, key = "Links per person", settings.PORTAL_CREATIONS_PER_CLIENT, f"user:{actor.user_id}"
    else:
        return
    budgets.spend(name=name, key=f"links:{key}", budget=domain.parse(text), number=number, now=now)
