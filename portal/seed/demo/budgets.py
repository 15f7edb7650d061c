"""SLOs of the demo with the hours of ninety days, outages included."""

from datetime import datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from portal.lib.times import floor_day
from portal.seed.demo import plan
from portal.seed.demo.cast import SYSTEM, Cast, probe_url
from portal.seed.demo.traffic import daylight
from slo.domain.budgets import Counts
from slo.services import history, objectives, probes, releases
from slo.services.history import HourRow

HOUR = timedelta(hours=1)


def watch(cast: Cast, *, start: datetime, end: datetime, random: Random) -> None:
    """A live probe and an SLO for each service, with its past counted hour by hour."""
    for described in plan.SERVICES:
        service = cast.services[described.slug]
        facts: dict[str, Any] = {"name": f"{described.name} answers", "url": probe_url(described.slug)}
        probe = probes.create_probe(actor=SYSTEM, service=service, facts=facts, now=end)
        facts = {"name": f"{described.name} works", "objective": described.objective}
        objectives.create_slo(actor=cast.actor(0), service=service, sli=probe.sli, facts=facts, now=end)
        rows = [_hour(described, start + HOUR * index, start, end, random) for index in range((end - start) // HOUR)]
        history.set_hours(sli=probe.sli, hours=rows, now=end)


def release(cast: Cast, *, start: datetime, end: datetime, random: Random) -> None:
    """Releases on working days, and those that broke something."""
    for outage in plan.OUTAGES:
        if outage.version:
            at = began_at(outage, end) - timedelta(minutes=6)
            _release(cast, outage.service, outage.version, at)
    for index, described in enumerate(plan.SERVICES):
        at = floor_day(start) + timedelta(days=1 + index, hours=9)
        while at < end - timedelta(hours=6):
            if at.weekday() < 5:
                version = f"{index + 2}.{(at - start).days}.{random.randint(0, 3)}"
                _release(cast, described.slug, version, at + timedelta(minutes=random.randint(0, 300)))
            at += timedelta(days=random.randint(3, 8))


def began_at(outage: plan.Outage, end: datetime) -> datetime:
    """When an outage began: its hour of its day, counted back from the end of the history."""
    day = (end - timedelta(days=outage.day)).replace(hour=0, minute=0, second=0, microsecond=0)
    return day + timedelta(hours=outage.hour, minutes=7)


def _release(cast: Cast, slug: str, version: str, at: datetime) -> None:
    author = cast.people[at.toordinal() % 4].name
    releases.record_release(
        actor=SYSTEM,
        service=cast.services[slug],
        version=version,
        author=author,
        url=f"https://code.example/{slug}/releases/{version}",
        rollout_ratio=Decimal(1),
        now=at,
    )


def _hour(described: plan.DemoService, hour: datetime, start: datetime, end: datetime, random: Random) -> HourRow:
    growth = 1 + 0.25 * ((hour - start) / (end - start))
    total = round(described.rate * daylight(hour.hour) * growth * random.uniform(0.9, 1.1))
    bad = sum(random.random() < described.noise for _ in range(min(total, 400))) * max(1, total // 400)
    for outage in plan.OUTAGES:
        if outage.service == described.slug:
            bad += round(total * outage.bad * _overlap(outage, hour, end))
    return HourRow(hour, Counts(total - min(bad, total), total, measured_minutes=60))


def _overlap(outage: plan.Outage, hour: datetime, end: datetime) -> float:
    """The share of an hour that an outage covers."""
    began = began_at(outage, end)
    covered = min(hour + HOUR, began + timedelta(minutes=outage.lasted)) - max(hour, began)
    return max(0.0, covered / HOUR)
