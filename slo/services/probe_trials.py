"""Trying a probe once without keeping it."""

import asyncio
from collections.abc import Mapping
from contextlib import suppress
from copy import copy
from datetime import datetime, timedelta
from typing import Any

from django.core.cache import cache

from portal.accounts.domain.actors import Actor
from portal.accounts.services import audit
from portal.catalog.models import Service
from portal.lib.errors import TooManyRequests
from slo.clients import runs
from slo.domain.probing import Outcome
from slo.models import Probe
from slo.services import probes

PER_MINUTE = 10
MINUTE = 60
LONGEST = timedelta(seconds=15)


def try_probe(
    *, actor: Actor, service: Service, facts: Mapping[str, Any], now: datetime, probe: Probe | None = None
) -> Outcome:
    """Runs a probe that is not saved, once and for at most 15 seconds, and tells what came of it.

    `probe` is one that is being changed, whose credentials are used. Invalid names the wrong fields; more than ten
    trials a minute by one caller are TooManyRequests.
    """
    _count(actor)
    tried = copy(probe) if probe else Probe(service=service, created_at=now)
    probes.apply(tried, facts)
    tried.retries, tried.timeout = 0, min(tried.timeout, LONGEST)
    audit.record(
        actor=actor, action="probe.tried", target=service, after={"kind": tried.kind, "url": tried.url}, now=now
    )
    return asyncio.run(runs.run(tried.spec))


def _count(actor: Actor) -> None:
    key = f"slo:probe-trials:{actor.key}"
    cache.add(key, 0, timeout=MINUTE)
    number = 0
    with suppress(ValueError):  # the key ended, or there is no cache
        number = int(cache.incr(key) or 0)
    if number > PER_MINUTE:
        raise TooManyRequests("At most ten trials a minute; try again shortly.", retry_after=MINUTE)
