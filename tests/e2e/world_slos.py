"""What surrounds the SLOs of the small portal: sources, heartbeats, corrections, decisions and capacity."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from portal.accounts.models import User
from portal.accounts.selectors.actors import actor_for_user
from portal.lib import partitions
from slo.domain import policy_json
from slo.domain.budgets import Counts
from slo.domain.gate_facts import Asked
from slo.domain.policies import DEFAULT
from slo.models import HeartbeatRun, ProbeResult, SavedQuery, Sla, Slo
from slo.services import gates, history, policies, release_windows
from slo.services.history import HourRow
from tests.factories import adjustments, capacity, slo, sources

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
WORKING = {"days": ["mon", "tue", "wed", "thu", "fri"], "from": "10:00", "until": "16:00"}
UNAVAILABLE = {"phase": "assertion", "reason": "The status was 503, expected was 200-299.", "status": 503}
CREDITS = [{"below": "0.999", "percent": "10"}, {"below": "0.99", "percent": "25"}]


def build(service: Any, alice: User, now: datetime) -> None:
    """Makes what lies around the SLOs of `service`."""
    _past(service, now)
    _results(service, now)
    _sources(service, now)
    _promises(service, alice, now)
    _decisions(service, alice, now)
    _capacity(service, now)


def _past(service: Any, now: datetime) -> None:
    """Twelve days of hours for the first SLO, one of them bad."""
    first = Slo.objects.filter(service=service).earliest("pk")
    until = now.replace(minute=0, second=0, microsecond=0) - 2 * HOUR
    hours = [HourRow(until - n * HOUR, Counts(2900 if n == 200 else 2998, 3000, 60)) for n in range(288, 0, -1)]
    history.set_hours(sli=first.sli, hours=hours, now=now)


def _results(service: Any, now: datetime) -> None:
    probe = service.probes.get()
    slo.SliFactory(service=service, kind="probe", source="", probe=probe, name=probe.name)
    partitions.ensure("slo_proberesult", (now - HOUR).date(), now.date())
    for number in range(30):
        at, ok = now - timedelta(minutes=number), number not in {4, 5}
        failed = (
            {} if ok else {"phase": "assertion", "reason": "The status was 503, expected was 200-299.", "status": 503}
        )
        timings = [["dns", 2.1], ["connect", 8.4], ["tls", 12.0], ["wait", 90.0 + number]]
        ProbeResult.objects.create(
            probe=probe,
            slot_at=at,
            at=at,
            ok=ok,
            latency=timedelta(milliseconds=112 + number),
            timings=timings,
            **failed,
        )


def _sources(service: Any, now: datetime) -> None:
    sources.PrometheusServerFactory(team=service.team, name="Main Prometheus", answered_at=now)
    pushed = sources.push_sli(service=service, name="Orders accepted", watches_volume=True)
    slo.minutes(pushed, end=now.replace(second=0, microsecond=0), pairs=[(40 + n % 7, 47) for n in range(60)])
    beat = sources.HeartbeatFactory(
        service=service,
        name="Nightly settlement",
        state="late",
        state_since=now,
        expected_at=now - HOUR,
        next_due_at=now,
    )
    for days, outcome in ((2, "ok"), (1, "failed")):
        at = now - days * DAY
        HeartbeatRun.objects.create(
            heartbeat=beat, at=at, started_at=at, duration=timedelta(minutes=4), outcome=outcome
        )
    asked = {"measure": "bad", "way": "sum", "by": "sli", "last": "1h"}
    kept = {"name": "Bad orders", "asked": asked, "author": "Alice Larsson"}
    SavedQuery.objects.create(team=service.team, created_at=now, **kept)


def _promises(service: Any, alice: User, now: datetime) -> None:
    first = Slo.objects.filter(service=service).earliest("pk")
    span = {"service": service, "created_at": now}
    adjustments.CorrectionFactory(slo=first, starts_at=now - 3 * HOUR, ends_at=now - 2 * HOUR, **span)
    adjustments.MaintenanceWindowFactory(name="Move the ledger", starts_at=now + DAY, ends_at=now + DAY + HOUR, **span)
    Sla.objects.create(slo=first, objective=Decimal("0.995"), credits=CREDITS, customers="All shops", created_at=now)
    Slo.objects.filter(pk=first.pk).update(owner=alice, review_due_at=now - DAY)


def _decisions(service: Any, alice: User, now: datetime) -> None:
    actor, until = actor_for_user(alice), now + 2 * HOUR
    policies.set_policy(actor=actor, owner=service, definition=policy_json.as_json(DEFAULT), now=now)
    release_windows.set_window(
        actor=actor, owner=service, definition={"zone": "Europe/Berlin", "hours": [WORKING]}, now=now
    )
    gates.evaluate(actor=actor, service=service, asked=Asked(version="2026.11.4"), now=now)
    gates.override_gate(actor=actor, service=service, reason="The fix of the outage", expires_at=until, now=now)


def _capacity(service: Any, now: datetime) -> None:
    today: date = now.date()
    disk = capacity.growing(until=today, level=40, n=40, service=service, name="Disk of the ledger")
    capacity.KnownEventFactory(service=service, resource=disk, starts_on=today + 10 * DAY, ends_on=today + 12 * DAY)
    capacity.LoadTestFactory(resource=disk)
    capacity.PlanStepFactory(plan=capacity.CapacityPlanFactory(resource=disk), due_on=today + 20 * DAY)
