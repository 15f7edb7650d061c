"""Probes: making, changing, pausing. Each probe has one SLI from the moment it exists."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from portal.accounts.domain.actors import Actor
from portal.accounts.services import audit
from portal.catalog.models import Service
from portal.lib.errors import Invalid, PreconditionFailed
from portal.lib.sealing import BrokenSeal
from slo.clients import credentials
from slo.domain.locations import host_of
from slo.domain.probing import ProbeState
from slo.domain.windows import MINUTE
from slo.models import Probe, Sli
from slo.services import locations, probe_checks

FACTS = (
    "name",
    "kind",
    "url",
    "method",
    "interval",
    "timeout",
    "expected_status",
    "keyword",
    "latency_limit",
    "up_threshold",
    "down_threshold",
    "options",
    "ip_family",
    "retries",
    "locations",
    "down_locations",
)
CREDENTIALS = "credentials"


def shown(probe: Probe) -> dict[str, Any]:
    """The facts of a probe, for the audit log and for forms; of its credentials the names only."""
    facts = {name: getattr(probe, name) for name in FACTS}
    return facts | {"is_paused": probe.is_paused, CREDENTIALS: secret_names(probe)}


def secret_names(probe: Probe) -> list[str]:
    """Which credentials are stored; those that cannot be opened any more have no names."""
    return sorted(_stored_secrets(probe))


@transaction.atomic
def create_probe(
    *,
    actor: Actor,
    service: Service,
    facts: Mapping[str, Any],
    now: datetime,
    paused: bool = False,
    external_name: str | None = None,
) -> Probe:
    """Adds a probe with its SLI; its first run is at the next slot of its grid. Invalid names the wrong fields."""
    probe = Probe(service=service, created_at=now, is_paused=paused, external_name=external_name)
    apply(probe, facts)
    probe.save()
    locations.plan(probe, now=now)
    Sli.objects.create(
        service=service, kind="probe", probe=probe, name=probe.name, every=_every(probe), started_at=now, created_at=now
    )
    audit.record(actor=actor, action="probe.created", target=probe, after=shown(probe), now=now)
    return probe


@transaction.atomic
def update_probe(
    *,
    actor: Actor,
    probe: Probe,
    facts: Mapping[str, Any],
    now: datetime,
    paused: bool | None = None,
    expected_version: int | None = None,
) -> Probe:
    """Changes a probe and moves it to the grid of its interval; a lost race on the version is PreconditionFailed."""
    probe = _locked(probe, expected_version)
    before = shown(probe)
    secrets_changed = apply(probe, facts)
    if paused is not None:
        probe.is_paused = paused
    if secrets_changed or shown(probe) != before:
        _change(probe, "probe.updated", actor=actor, before=before, now=now, secrets_changed=secrets_changed)
        Sli.objects.filter(probe=probe).update(name=probe.name, every=_every(probe))
    return probe


@transaction.atomic
def pause_probe(*, actor: Actor, probe: Probe, paused: bool, now: datetime) -> Probe:
    """Pauses a probe or lets it run again. A paused one measures nothing: that is unmeasured, not downtime."""
    probe = _locked(probe, None)
    before = shown(probe)
    probe.is_paused = paused
    if shown(probe) != before:
        action = "probe.paused" if paused else "probe.resumed"
        _change(probe, action, actor=actor, before=before, now=now)
    return probe


def _change(
    probe: Probe,
    action: str,
    *,
    actor: Actor,
    before: Mapping[str, Any],
    now: datetime,
    secrets_changed: bool = False,
) -> None:
    probe.version += 1
    if probe.is_paused != before["is_paused"]:
        locations.forget_sights(probe, now=now)
        probe.state, probe.state_since, probe.streak, probe.last_ok = ProbeState.PENDING.value, now, 0, None
    probe.save()
    locations.plan(probe, now=now)
    after = shown(probe) | ({"credentials_changed": True} if secrets_changed else {})
    audit.record(actor=actor, action=action, target=probe, before=before, after=after, now=now)


def ensure_probe(
    *, actor: Actor, external_name: str, service: Service, facts: Mapping[str, Any], now: datetime
) -> Probe:
    """The probe that is known outside as `external_name`, made or brought to `facts`; a repeat changes nothing."""
    found = Probe.objects.filter(external_name=external_name).first()
    if found is None:
        return create_probe(actor=actor, service=service, facts=facts, now=now, external_name=external_name)
    return update_probe(actor=actor, probe=found, facts=facts, now=now)


def apply(probe: Probe, facts: Mapping[str, Any]) -> bool:
    """Puts facts on a probe, saves nothing, and tells whether its credentials changed; Invalid names what is wrong.

    `credentials` holds those to set, an empty one to take away; what it leaves out stays. Stored ones never follow a
    probe to another target: whoever changes it has to know them.
    """
    unknown = sorted(set(facts) - {*FACTS, CREDENTIALS})
    if unknown:
        raise Invalid(fields={name: ["A probe has no such field."] for name in unknown})
    given = facts.get(CREDENTIALS) or {}
    stored = _stored_secrets(probe)
    old_target = _target(probe)
    for name in FACTS:
        if name in facts:
            setattr(probe, name, facts[name])
    secrets = {name: value for name, value in {**stored, **given}.items() if value}
    if probe.pk and _target(probe) != old_target and set(secrets) - set(given):
        raise Invalid(fields={CREDENTIALS: ["The target changed: enter the credentials again, or take them away."]})
    probe_checks.check(probe, secrets)
    if secrets == stored:
        return False
    probe.credentials = credentials.sealed(secrets)
    return True


def _stored_secrets(probe: Probe) -> dict[str, str]:
    try:
        return credentials.opened(probe.credentials)
    except BrokenSeal:
        return {}


def _target(probe: Probe) -> tuple[str, str]:
    """Where the credentials of a probe go: its kind with the scheme, and its host."""
    scheme = probe.url.partition("://")[0] if "://" in probe.url else ""
    return f"{probe.kind} {scheme}", host_of(probe.url)


def _locked(probe: Probe, expected_version: int | None) -> Probe:
    locked = Probe.objects.select_for_update(of=("self",)).select_related("service").get(pk=probe.pk)
    if expected_version is not None and locked.version != expected_version:
        raise PreconditionFailed
    return locked


def _every(probe: Probe) -> timedelta:
    return max(probe.interval, MINUTE)
