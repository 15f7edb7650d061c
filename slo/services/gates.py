"""Evaluations of the gate, each of which is kept, and overrides by managers."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction

from portal.accounts.domain.actors import Actor
from portal.accounts.selectors import people
from portal.accounts.services import audit
from portal.catalog.models import Service
from portal.lib.errors import Invalid
from slo.domain.gate_facts import Asked, BudgetFacts, Gate
from slo.models import GateEvaluation, GateOverride
from slo.models.releases import PRODUCTION
from slo.selectors import gates, policies

SHORTEST = timedelta(minutes=5)
LONGEST = timedelta(days=7)
REASON, VERSION, ENVIRONMENT = 500, 100, 40


@transaction.atomic
def evaluate(
    *, actor: Actor, service: Service, asked: Asked, now: datetime, is_dry_run: bool = False
) -> tuple[Gate, GateEvaluation]:
    """The gate's answer, kept with all its evidence; a dry run is kept as one and counts for nothing."""
    _check(actor, service, asked)
    effective = policies.policy_for(service.pk)
    gate = gates.decided(effective, service_id=service.pk, now=now, asked=asked)
    override = gate.facts.override if gate.is_overridden else None
    kept = GateEvaluation.objects.create(
        service=service,
        at=now,
        kind=asked.kind.value,
        environment=asked.environment,
        version=asked.version,
        approver=asked.approver,
        verdict=gate.verdict.value,
        is_dry_run=is_dry_run,
        reasons=gate.reasons,
        evidence=evidence_of(gate),
        policy=effective.name,
        step=gate.step.demand.value if gate.step else "",
        override=GateOverride.objects.filter(public_id=override.override_id).first() if override else None,
        actor=actor.label[:160],
    )
    return gate, kept


@transaction.atomic
def override_gate(
    *,
    actor: Actor,
    service: Service,
    reason: str,
    expires_at: datetime | None,
    now: datetime,
    version: str = "",
    environment: str = PRODUCTION,
) -> GateOverride:
    """Opens the gate until `expires_at`, for one version alone if one is named. It owes a postmortem."""
    problems: dict[str, list[str]] = {}
    if not 0 < len(reason.strip()) <= REASON:
        problems["reason"] = [f"Say why, in at most {REASON} characters: it stands in the postmortem."]
    if expires_at is None or not SHORTEST <= expires_at - now <= LONGEST:
        problems["expires_at"] = ["Choose a time from 5 minutes to 7 days from now."]
    problems |= _too_long(version=(version, VERSION), environment=(environment, ENVIRONMENT))
    if problems or expires_at is None:
        raise Invalid(fields=problems)
    row = GateOverride.objects.create(
        service=service,
        environment=environment,
        version=version.strip(),
        reason=reason.strip(),
        author=actor.label[:160],
        author_user_id=actor.user_id,
        created_at=now,
        expires_at=expires_at,
    )
    after = {"reason": row.reason, "version": row.version, "environment": environment, "expires_at": expires_at}
    audit.record(actor=actor, action="gate.overridden", target=row, after=after, now=now)
    return row


@transaction.atomic
def revoke_override(*, actor: Actor, override: GateOverride, now: datetime) -> GateOverride:
    """The override ends now; one that is over stays as it is. What it was used for still owes its postmortem."""
    changed = GateOverride.objects.filter(pk=override.pk, revoked_at=None, expires_at__gt=now).update(
        revoked_at=now, revoked_by=actor.label[:160]
    )
    override.refresh_from_db()
    if changed:
        after = {"revoked_at": now, "revoked_by": override.revoked_by}
        audit.record(actor=actor, action="gate.override_revoked", target=override, after=after, now=now)
    return override


def evidence_of(gate: Gate) -> dict[str, Any]:
    """All that the answer was made of, as JSON: it can be read again when the numbers have moved on."""
    window, override, step = gate.facts.window, gate.facts.override, gate.step
    return {
        "budgets": [_budget(facts) for facts in gate.budgets],
        "findings": [{"verdict": one.verdict.value, "code": one.code, "text": one.text} for one in gate.findings],
        "notes": list(gate.notes),
        "releases_of_the_day": gate.facts.releases_of_the_day,
        "step": None if step is None else {"at": str(step.at), "demand": step.demand.value, "words": step.words},
        "window": None
        if window is None
        else {"is_open": window.is_open, "why": window.why, "changes_at": _iso(window.changes_at)},
        "override": None
        if override is None
        else {"id": override.override_id, "author": override.author, "expires_at": _iso(override.expires_at)},
    }


def _budget(facts: BudgetFacts) -> dict[str, Any]:
    return {
        "slo": facts.slo_id,
        "name": facts.name,
        "objective": str(facts.objective),
        "state": facts.state,
        "good": facts.good,
        "total": facts.total,
        "remaining_ratio": _text(facts.remaining_ratio),
        "coverage_ratio": _text(facts.coverage_ratio),
        "burns": dict(facts.burns),
        "firing": list(facts.firing),
        "exhausts_at": _iso(facts.exhausts_at),
        "window_end": _iso(facts.window_end),
    }


def _text(value: Decimal | None) -> str | None:
    return None if value is None else str(value)


def _iso(at: datetime | None) -> str | None:
    return None if at is None else at.isoformat()


def _check(actor: Actor, service: Service, asked: Asked) -> None:
    problems = _too_long(version=(asked.version, VERSION), environment=(asked.environment, ENVIRONMENT))
    if asked.approver and not _may_approve(actor, service, asked.approver):
        problems["approver"] = ["Give the mail address of another member of the team."]
    if problems:
        raise Invalid(fields=problems)


def _may_approve(actor: Actor, service: Service, email: str) -> bool:
    """A second person is an active member of the team and not the one who asks."""
    found = people.team_members(service.team_id).filter(email=email.strip().lower()).first()
    return found is not None and found.pk != actor.user_id


def _too_long(**given: tuple[str, int]) -> dict[str, list[str]]:
    wrong = {name: longest for name, (text, longest) in given.items() if len(text) > longest or "\0" in text}
    return {name: [f"Give at most {longest} plain characters."] for name, longest in wrong.items()}
