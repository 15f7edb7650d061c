"""Escalation policies: a team has as many as it likes, and a default before the first alert can be lost."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from oncall.domain import escalation, escalation_checks, escalation_json
from oncall.domain.alert_states import SEVERITIES
from oncall.exceptions import PlanInvalid
from oncall.models import EscalationPolicy, ServicePolicy
from oncall.services import uses
from portal.accounts.domain.actors import Actor
from portal.accounts.services import audit
from portal.lib.errors import Conflict, Invalid, PreconditionFailed

CRITICAL = ("critical",)


@dataclass(frozen=True, slots=True)
class PolicyFields:
    """What a manager decides; `service_ids` are the services that it serves, None leaves them as they are."""

    name: str
    plan: escalation.Plan
    repage_acknowledged: bool = False
    severities: Sequence[str] = CRITICAL
    is_default: bool = False
    service_ids: Sequence[int] | None = None


def ensure_policy(*, team_id: int, now: datetime) -> EscalationPolicy:
    """The team's default; a team without one gets it, and the page says so. A race makes one row."""
    defaults = {
        "name": "Default escalation",
        "plan": escalation_json.to_snapshot(escalation.DEFAULT),
        "is_automatic": True,
    }
    policy, created = EscalationPolicy.objects.get_or_create(
        team_id=team_id, is_default=True, archived_at=None, defaults=defaults
    )
    if created:
        pager = Actor.system("pager")
        audit.record(actor=pager, action="policy.created", target=policy, after=_facts(policy), now=now)
    return policy


@transaction.atomic
def create_policy(*, actor: Actor, team_id: int, fields: PolicyFields, now: datetime) -> EscalationPolicy:
    """One more policy of the team; the first one is the default."""
    _check(fields)
    found = EscalationPolicy.objects.filter(team_id=team_id, is_default=True, archived_at=None)
    current = found.select_for_update(no_key=True).first()
    is_default = fields.is_default or current is None
    if current is not None and is_default:
        _yield_default(actor, current, now)
    policy = EscalationPolicy(team_id=team_id, is_default=is_default)
    _fill(policy, fields)
    policy.save()
    _serve(policy, fields.service_ids)
    audit.record(actor=actor, action="policy.created", target=policy, after=_facts(policy), now=now)
    return policy


@transaction.atomic
def change_policy(
    *, actor: Actor, policy: EscalationPolicy, fields: PolicyFields, expected_version: int | None, now: datetime
) -> EscalationPolicy:
    """Other steps for alerts that fire from now on; running escalations keep their snapshot."""
    _check(fields, policy.pk)
    team = EscalationPolicy.objects.select_for_update(no_key=True).filter(team_id=policy.team_id).order_by("pk")
    locked = {one.pk: one for one in team}
    policy = locked[policy.pk]
    if expected_version is not None and policy.version != expected_version:
        raise PreconditionFailed
    if policy.is_default and not fields.is_default:
        raise Invalid(fields={"is_default": ["A team always has a default; make another policy the default instead."]})
    before = _facts(policy)
    for one in locked.values():
        if fields.is_default and one.is_default and one.pk != policy.pk and one.archived_at is None:
            _yield_default(actor, one, now)
    _fill(policy, fields)
    policy.is_default, policy.version = fields.is_default, policy.version + 1
    policy.save()
    _serve(policy, fields.service_ids)
    audit.record(actor=actor, action="policy.updated", target=policy, before=before, after=_facts(policy), now=now)
    return policy


@transaction.atomic
def archive_policy(*, actor: Actor, policy: EscalationPolicy, now: datetime) -> EscalationPolicy:
    """Takes a policy out of service: its services go by the default again, and runs go on with their snapshots."""
    policy = EscalationPolicy.objects.select_for_update(no_key=True).get(pk=policy.pk)
    if policy.archived_at is not None:
        return policy
    others = EscalationPolicy.objects.filter(team_id=policy.team_id, archived_at=None).exclude(pk=policy.pk)
    if policy.is_default and others.exists():
        raise Conflict("This is the team's default; make another policy the default first.")
    uses.refuse_while_named(actor=actor, kind="policy", key=policy.pk)
    ServicePolicy.objects.filter(policy=policy).delete()
    policy.archived_at, policy.version = now, policy.version + 1
    policy.save(update_fields=["archived_at", "version"])
    audit.record(actor=actor, action="policy.archived", target=policy, after={"archived_at": now}, now=now)
    return policy


def _check(fields: PolicyFields, own: int | None = None) -> None:
    found: dict[str, list[str]] = {}
    for problem in escalation_checks.problems(fields.plan, own=own):
        found.setdefault(problem.path, []).append(problem.text)
    if not fields.severities or set(fields.severities) - set(SEVERITIES):
        found["severities"] = [f"Choose one or more of {', '.join(SEVERITIES)}."]
    if found:
        raise PlanInvalid(fields=found)


def _fill(policy: EscalationPolicy, fields: PolicyFields) -> None:
    policy.name, policy.plan = fields.name, escalation_json.to_snapshot(fields.plan)
    policy.repage_acknowledged, policy.is_automatic = fields.repage_acknowledged, False
    policy.severities = [one for one in SEVERITIES if one in fields.severities]


def _yield_default(actor: Actor, policy: EscalationPolicy, now: datetime) -> None:
    policy.is_default, policy.version = False, policy.version + 1
    policy.save(update_fields=["is_default", "version"])
    changes = {"before": {"is_default": True}, "after": {"is_default": False}}
    audit.record(actor=actor, action="policy.updated", target=policy, now=now, **changes)


def _serve(policy: EscalationPolicy, service_ids: Sequence[int] | None) -> None:
    """Makes exactly these services its own; one that another policy served comes over."""
    if service_ids is None:
        return
    ServicePolicy.objects.filter(policy=policy).exclude(service_id__in=service_ids).delete()
    for service_id in sorted(set(service_ids)):
        ServicePolicy.objects.update_or_create(service_id=service_id, defaults={"policy": policy})


def _facts(policy: EscalationPolicy) -> dict[str, object]:
    served = ServicePolicy.objects.filter(policy=policy).values_list("service__slug", flat=True)
    return {
        "name": policy.name,
        "plan": policy.plan,
        "repage_acknowledged": policy.repage_acknowledged,
        "severities": policy.severities,
        "is_default": policy.is_default,
        "services": sorted(served),
    }
