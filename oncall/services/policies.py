"""Escalation policies: one of each team, made by default before the first critical alert can be lost."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from oncall.domain import escalation
from oncall.exceptions import PlanInvalid
from oncall.models import EscalationPolicy
from portal.accounts.domain.actors import Actor
from portal.accounts.services import audit
from portal.lib.errors import PreconditionFailed


@dataclass(frozen=True, slots=True)
class PolicyFields:
    """What a manager decides."""

    name: str
    plan: escalation.Plan
    repage_acknowledged: bool = False


def ensure_policy(*, team_id: int, now: datetime) -> EscalationPolicy:
    """The team's policy; a team without one gets the default, and the page says so. A race makes one row."""
    defaults = {
        "name": "Default escalation",
        "plan": escalation.to_snapshot(escalation.DEFAULT),
        "is_automatic": True,
    }
    policy, created = EscalationPolicy.objects.get_or_create(team_id=team_id, defaults=defaults)
    if created:
        pager = Actor.system("pager")
        audit.record(actor=pager, action="policy.created", target=policy, after=_facts(policy), now=now)
    return policy


@transaction.atomic
def save_policy(
    *, actor: Actor, team_id: int, fields: PolicyFields, expected_version: int | None, now: datetime
) -> EscalationPolicy:
    """Replaces the team's policy for alerts that fire from now on; running escalations keep their snapshot."""
    found = escalation.problems(fields.plan)
    if found:
        raise PlanInvalid(fields={"steps": found})
    ensure_policy(team_id=team_id, now=now)
    policy = EscalationPolicy.objects.select_for_update(no_key=True).get(team_id=team_id)
    if expected_version is not None and policy.version != expected_version:
        raise PreconditionFailed
    before = _facts(policy)
    policy.name, policy.plan = fields.name, escalation.to_snapshot(fields.plan)
    policy.repage_acknowledged, policy.is_automatic = fields.repage_acknowledged, False
    policy.version += 1
    policy.save()
    audit.record(actor=actor, action="policy.updated", target=policy, before=before, after=_facts(policy), now=now)
    return policy


def _facts(policy: EscalationPolicy) -> dict[str, object]:
    return {"name": policy.name, "plan": policy.plan, "repage_acknowledged": policy.repage_acknowledged}
