"""Services whose alerts would reach nobody, now or in the coming 30 days, by the walk of the pager itself."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from oncall.models import EscalationPolicy, ServicePolicy
from oncall.selectors import foretelling, programs, schedules
from portal.accounts.domain.actors import Actor
from portal.catalog import selectors as catalog
from portal.catalog.models import Service

AHEAD = timedelta(days=30)
MOST_INSTANTS = 12
WEEKEND = (5, 6)
CRITICAL = "critical"


@dataclass(frozen=True, slots=True)
class Uncovered:
    """`service` would page nobody by its policy at `since`, and why; then only the administrators are left."""

    service: Service
    policy: EscalationPolicy | None
    since: datetime
    why: str


def uncovered_services(actor: Actor, now: datetime) -> list[Uncovered]:
    """What `actor` may see of them, by name; a service without a policy has its team's default."""
    services = list(catalog.services(actor))
    own = ServicePolicy.objects.filter(service__in=services, policy__archived_at=None).select_related("policy")
    links = {one.service_id: one.policy for one in own}
    teams = {service.team_id for service in services}
    defaults = {team_id: programs.default_policy(team_id) for team_id in teams}
    instants = {team_id: _instants(team_id, now) for team_id in teams}
    known: dict[tuple[int, int], datetime | None] = {}
    found = []
    for service in sorted(services, key=lambda one: (one.name.casefold(), one.pk)):
        policy = links.get(service.pk) or defaults[service.team_id]
        if policy is None:
            continue
        key = policy.pk, service.team_id
        if key not in known:
            known[key] = _first_silence(policy, service.team_id, instants[service.team_id])
        since = known[key]
        if since is not None:
            found.append(Uncovered(service, policy, since, _why(since, now)))
    return found


def _instants(team_id: int, now: datetime) -> list[datetime]:
    """Now, and when in the coming days the first gap of each kind begins.

    Gaps are of one kind where the same roles of the same schedules are empty, on weekdays or on a weekend: of those
    that come again each night one stands for all.
    """
    gaps = [
        (gap.start, gap.end, (one.pk, gap.role))
        for one in schedules.schedules_of(team_id)
        for gap in schedules.gaps(one, now, now + AHEAD)
    ]
    first: dict[tuple[frozenset[tuple[int, str]], bool], datetime] = {}
    for at in sorted({start for start, _, _ in gaps if start > now}):
        empty = frozenset(key for start, end, key in gaps if start <= at < end)
        first.setdefault((empty, at.weekday() in WEEKEND), at)
    return [now, *sorted(first.values())[:MOST_INSTANTS]]


def _first_silence(policy: EscalationPolicy, team_id: int, instants: Sequence[datetime]) -> datetime | None:
    for at in instants:
        foretold = foretelling.of_policy(policy, at=at, severity=CRITICAL, team_id=team_id)
        if not any(ask.asked for ask in foretold.asks):
            return at
    return None


def _why(since: datetime, now: datetime) -> str:
    return "No step of its policy reaches anybody now." if since == now else "A gap of its schedule begins then."
