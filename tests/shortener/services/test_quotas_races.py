from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import Any

import pytest
from django.db import connection

from portal.accounts.domain.actors import Actor
from portal.accounts.models import OutgoingMail
from shortener.exceptions import QuotaReached
from shortener.models import Link, Quota
from shortener.services import domains, links, quotas

pytestmark = pytest.mark.django_db(transaction=True)
CALLERS = 8


def attempt(team: Any, now: datetime) -> bool:
    try:
        links.create_link(
            actor=Actor.system("test"), team_id=team.pk, values={"target": "https://example.org/"}, now=now
        )
    except QuotaReached:
        return False
    finally:
        connection.close()
    return True


def test_creations_at_once_never_go_beyond_the_bound(team: Any, now: datetime) -> None:
    Quota.objects.create(team=team, links_per_month=3)
    domains.default_domain(now=now)
    with ThreadPoolExecutor(CALLERS) as pool:
        made = list(pool.map(lambda _: attempt(team, now), range(CALLERS)))
    assert sum(made) == Link.objects.filter(team=team).count() == 3


def warn(now: datetime) -> int:
    try:
        return quotas.warn_quotas_due(now=now)
    finally:
        connection.close()


def test_two_ticks_at_once_tell_once(team: Any, alice: Any, now: datetime) -> None:
    Quota.objects.create(team=team, links_per_month=0)
    with ThreadPoolExecutor(CALLERS) as pool:
        told = list(pool.map(lambda _: warn(now), range(CALLERS)))
    assert sum(told) == OutgoingMail.objects.count() == 1
