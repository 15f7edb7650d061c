"""What surrounds the demo's SLOs: an SLA, a composite, planned work, a policy, a heartbeat, and a disk that fills."""

from datetime import datetime, timedelta
from decimal import Decimal
from random import Random

from portal.catalog.models import Service
from portal.seed.demo.cast import SYSTEM, Cast
from slo.domain import policy_json
from slo.domain.capacity.days import DayNumbers
from slo.domain.policies import DEFAULT
from slo.selectors import SloStatus, objectives
from slo.services import (
    capacity_plans,
    capacity_points,
    composites,
    heartbeats,
    known_events,
    maintenance,
    plan_steps,
    policies,
    resources,
    slas,
)

DAY = timedelta(days=1)
PARTS = (("checkout", 3), ("payments", 3), ("inventory", 1), ("catalog-search", 1))
CREDITS = [{"below": "0.995", "percent": "10"}, {"below": "0.99", "percent": "25"}]
DISK = {"name": "Disk of the order database", "unit": "GiB", "limit": Decimal(1000), "lead_time_days": 21}


def promise(cast: Cast, *, end: datetime, random: Random) -> None:
    """Makes all of it with the means that people have."""
    found = {one.slo.service.slug: one for one in objectives.statuses(SYSTEM)}
    _agree(cast, found, end)
    _plan_work(cast, end)
    _fill_a_disk(cast, cast.services["payments"], end, random)


def _agree(cast: Cast, found: dict[str, SloStatus], end: datetime) -> None:
    actor, checkout = cast.actor(0), cast.services["checkout"]
    facts = {"objective": Decimal("0.995"), "credits": CREDITS, "customers": "Every shop that pays with us"}
    slas.set_sla(actor=actor, slo=found["payments"].slo, facts=facts, now=end)
    shares = [composites.Share(found[slug].slo, weight) for slug, weight in PARTS]
    whole = {"name": "The shop works", "objective": Decimal("0.995")}
    composites.create_composite(actor=actor, service=checkout, shares=shares, facts=whole, now=end)
    policies.set_policy(actor=actor, owner=cast.team, definition=policy_json.as_json(DEFAULT), now=end)


def _plan_work(cast: Cast, end: datetime) -> None:
    actor, begins = cast.actor(0), end + 3 * DAY
    maintenance.create_window(
        actor=actor,
        service=cast.services["inventory"],
        name="Move the stock tables",
        starts_at=begins,
        ends_at=begins + timedelta(hours=1),
        now=end,
    )
    settles = {
        "name": "Nightly settlement",
        "schedule_kind": "cron",
        "expression": "30 2 * * *",
        "zone": "Europe/Berlin",
    }
    heartbeats.create_heartbeat(actor=actor, service=cast.services["payments"], facts=settles, now=end)


def _fill_a_disk(cast: Cast, service: Service, end: datetime, random: Random) -> None:
    actor, today = cast.actor(0), end.date()
    disk = resources.create_resource(actor=actor, service=service, facts=DISK, now=end)
    levels = [Decimal(round(360 + 4.1 * day + random.uniform(-6, 6), 1)) for day in range(90)]
    first = today - 90 * DAY
    capacity_points.set_days(disk, [DayNumbers(first + n * DAY, level, level, 24) for n, level in enumerate(levels)])
    known_events.add_event(
        actor=actor,
        service=service,
        name="Holiday sale",
        starts_on=today + 40 * DAY,
        ends_on=today + 46 * DAY,
        multiplier=Decimal("1.4"),
        now=end,
        resource=disk,
    )
    plan = capacity_plans.create_plan(actor=actor, resource=disk, name="A larger volume", currency="EUR", now=end)
    order = {"what": "Order 400 GiB", "due_on": today + 10 * DAY, "cost": Decimal(240), "adds": Decimal(400)}
    plan_steps.add_step(actor=actor, plan=plan, facts=order, now=end)
