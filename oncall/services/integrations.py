"""Doors for machines: made, changed and revoked by managers; a key is shown once and can be rotated without a gap."""

import secrets as chance
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from oncall.clients import json_paths
from oncall.domain import integration_settings, senders
from oncall.domain.integration_settings import SECRET
from oncall.domain.signals import Signal
from oncall.models import EscalationPolicy, IncomingEvent, Integration
from oncall.services import intake
from portal.accounts.domain import secrets
from portal.accounts.domain.actors import Actor
from portal.accounts.services import audit
from portal.lib import sealing
from portal.lib.errors import Conflict, Invalid
from portal.lib.ids import new_id

PREFIX = 8
BOTH_GOOD_FOR = timedelta(hours=24)
RATE, MOST_RATE = 30_000, 1_000_000
LONGEST_MINUTES = 30 * 24 * 60
FACTS = ("name", "service_id", "policy_id", "rate_per_minute", "group_by", "group_minutes", "auto_resolve_minutes")


def shown(integration: Integration) -> dict[str, Any]:
    """What can be set, without secrets, for the audit log."""
    facts = {name: getattr(integration, name) for name in FACTS}
    return facts | {"settings": integration_settings.shown(integration.settings)}


def settings_problems(settings: Mapping[str, Any]) -> dict[str, list[str]]:
    """What is wrong with settings, by name."""
    return integration_settings.problems(settings, json_paths.path_problem)


@transaction.atomic
def create_integration(
    *,
    actor: Actor,
    team_id: int,
    service_id: int | None,
    name: str,
    now: datetime,
    kind: str = "json",
    facts: Mapping[str, Any] | None = None,
    settings: Mapping[str, Any] | None = None,
) -> tuple[Integration, str]:
    """A door of the team and its key of 32 random characters, of which only the hash is kept.

    Where `facts` or `settings` are not sound there is no door: Invalid.
    """
    if kind not in senders.KINDS:
        raise Invalid(fields={"kind": [f"Choose one of {', '.join(senders.KINDS)}."]})
    key = chance.token_hex(16)
    integration = Integration.objects.create(
        team_id=team_id,
        service_id=service_id,
        name=name,
        kind=kind,
        rate_per_minute=RATE,
        key_hash=secrets.digest(key),
        key_prefix=key[:PREFIX],
    )
    after = {"name": name, "kind": integration.kind}
    audit.record(actor=actor, action="integration.created", target=integration, after=after, now=now)
    if facts or settings:
        told: dict[str, Any] = {"facts": facts or {}, "settings": settings or {}}
        integration = update_integration(actor=actor, integration=integration, **told, now=now)
    return integration, key


@transaction.atomic
def update_integration(
    *, actor: Actor, integration: Integration, facts: Mapping[str, Any], settings: Mapping[str, Any], now: datetime
) -> Integration:
    """Changes what is told; empty settings go back to the usual. A secret is sealed, and kept where none is told."""
    kept = _locked(integration)
    before = shown(kept)
    wrong = {name: ["There is no such field."] for name in facts if name not in FACTS}
    wrong |= _wrong_facts(kept, facts) | settings_problems(settings)
    if wrong:
        raise Invalid(fields=wrong)
    for name, value in facts.items():
        setattr(kept, name, value)
    told = {name: value for name, value in settings.items() if name != SECRET or value is not None}
    told |= {SECRET: sealing.seal(told[SECRET])} if told.get(SECRET) else {}
    kept.settings = {name: value for name, value in {**kept.settings, **told}.items() if value}
    kept.save()
    audit.record(actor=actor, action="integration.updated", target=kept, before=before, after=shown(kept), now=now)
    return kept


@transaction.atomic
def rotate_key(*, actor: Actor, integration: Integration, now: datetime) -> tuple[Integration, str]:
    """Another key; the present one stays good for a day, so that senders can be changed one after the other."""
    kept = _locked(integration)
    if kept.revoked_at is not None:
        raise Conflict("A revoked integration gets no further key; make another one.")
    key = chance.token_hex(16)
    kept.previous_key_hash, kept.previous_key_until = kept.key_hash, now + BOTH_GOOD_FOR
    kept.key_hash, kept.key_prefix = secrets.digest(key), key[:PREFIX]
    kept.save(update_fields=["previous_key_hash", "previous_key_until", "key_hash", "key_prefix"])
    after = {"key_prefix": kept.key_prefix, "previous_key_until": kept.previous_key_until}
    audit.record(actor=actor, action="integration.key_rotated", target=kept, after=after, now=now)
    return kept, key


@transaction.atomic
def end_previous_key(*, actor: Actor, integration: Integration, now: datetime) -> None:
    """Ends a rotation now; doing it again changes nothing."""
    unused = {"previous_key_hash": None, "previous_key_until": None}
    rotating = Integration.objects.filter(pk=integration.pk, previous_key_hash__isnull=False)
    if rotating.update(**unused):
        audit.record(actor=actor, action="integration.previous_key_ended", target=integration, now=now)


@transaction.atomic
def revoke_integration(*, actor: Actor, integration: Integration, now: datetime) -> None:
    """Closes the door for good; doing it again changes nothing."""
    changed = Integration.objects.filter(pk=integration.pk, revoked_at=None).update(revoked_at=now)
    if changed:
        audit.record(actor=actor, action="integration.revoked", target=integration, after={"revoked_at": now}, now=now)


@transaction.atomic
def send_test(*, actor: Actor, integration: Integration, severity: str, now: datetime) -> str:
    """An alert that says it is a test, by the way of real ones; the key by which it will be found."""
    if integration.revoked_at is not None:
        raise Conflict("A revoked integration takes nothing.")
    told = Signal(
        dedup_key=new_id("test"),
        title="Acknowledge this test alert",
        severity=severity,
        detail=f"{actor.label} tries whether alerts of {integration.name} arrive. Nothing is wrong.",
        labels={"test": "yes"},
        is_test=True,
    )
    intake.put(integration, [told], sample="(a test alert, sent from this page)", now=now)
    audit.record(actor=actor, action="integration.tested", target=integration, now=now)
    return told.dedup_key


@transaction.atomic
def retry_failed(*, actor: Actor, integration: Integration, now: datetime) -> int:
    """Tries again what was understood but could not be taken; how many posts."""
    failed = IncomingEvent.objects.filter(integration=integration, status=IncomingEvent.Status.FAILED)
    fresh = {"status": IncomingEvent.Status.PENDING, "tries": 0, "next_try_at": now, "done_at": None}
    count = failed.exclude(signals=[]).update(**fresh)
    if count:
        audit.record(actor=actor, action="integration.retried", target=integration, after={"posts": count}, now=now)
    return count


def _locked(integration: Integration) -> Integration:
    return Integration.objects.select_for_update(of=("self",)).get(pk=integration.pk)


def _wrong_facts(integration: Integration, facts: Mapping[str, Any]) -> dict[str, list[str]]:
    rate, minutes = facts.get("rate_per_minute", RATE), facts.get("auto_resolve_minutes")
    policy_id = facts.get("policy_id")
    policies = EscalationPolicy.objects.filter(team_id=integration.team_id)
    found = {
        "name": "" if facts.get("name", "x").strip() else "Give it a name.",
        "rate_per_minute": "" if 1 <= rate <= MOST_RATE else f"Choose 1 to {MOST_RATE} a minute.",
        "group_minutes": _span_problem(facts.get("group_minutes", 0), 0),
        "auto_resolve_minutes": "" if minutes is None else _span_problem(minutes, 1),
        "policy": "" if policy_id is None or policies.filter(pk=policy_id).exists() else "Choose one of the team.",
    }
    return {name: [text] for name, text in found.items() if text}


def _span_problem(minutes: int, smallest: int) -> str:
    return "" if smallest <= minutes <= LONGEST_MINUTES else f"Choose {smallest} to {LONGEST_MINUTES} minutes."
