"""Probes: making, changing, pausing. Each probe has one SLI from the moment it exists."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from portal.accounts.domain.actors import Actor
from portal.accounts.services import audit
from portal.catalog.models import Service
from portal.lib.errors import Invalid, PreconditionFailed
from slo.clients.kinds import KINDS
from slo.domain.probing import ProbeState, status_ranges
from slo.domain.windows import MINUTE
from slo.models import Probe, Sli
from slo.models.probes import MAXIMUM_INTERVAL, MINIMUM_INTERVAL
from slo.services import locations

LONGEST_TIMEOUT = timedelta(seconds=60)
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
)


def shown(probe: Probe) -> dict[str, Any]:
    """The facts of a probe, for the audit log and for forms."""
    return {name: getattr(probe, name) for name in FACTS} | {"is_paused": probe.is_paused}


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
    probe = Probe(service=service, created_at=now, is_paused=paused, external_name=external_name, **_known(facts))
    _check(probe)
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
    for name, value in _known(facts).items():
        setattr(probe, name, value)
    if paused is not None:
        probe.is_paused = paused
    _check(probe)
    if shown(probe) != before:
        _change(probe, "probe.updated", actor=actor, before=before, now=now)
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


def _change(probe: Probe, action: str, *, actor: Actor, before: Mapping[str, Any], now: datetime) -> None:
    probe.version += 1
    if probe.is_paused != before["is_paused"]:
        locations.forget_sights(probe, now=now)
        probe.state, probe.state_since, probe.streak, probe.last_ok = ProbeState.PENDING.value, now, 0, None
    probe.save()
    locations.plan(probe, now=now)
    audit.record(actor=actor, action=action, target=probe, before=before, after=shown(probe), now=now)


def ensure_probe(
    *, actor: Actor, external_name: str, service: Service, facts: Mapping[str, Any], now: datetime
) -> Probe:
    """The probe that is known outside as `external_name`, made or brought to `facts`; a repeat changes nothing."""
    found = Probe.objects.filter(external_name=external_name).first()
    if found is None:
        return create_probe(actor=actor, service=service, facts=facts, now=now, external_name=external_name)
    return update_probe(actor=actor, probe=found, facts=facts, now=now)


def _known(facts: Mapping[str, Any]) -> dict[str, Any]:
    unknown = sorted(set(facts) - set(FACTS))
    if unknown:
        raise Invalid(fields={name: ["A probe has no such field."] for name in unknown})
    return dict(facts)


def _locked(probe: Probe, expected_version: int | None) -> Probe:
    locked = Probe.objects.select_for_update(of=("self",)).select_related("service").get(pk=probe.pk)
    if expected_version is not None and locked.version != expected_version:
        raise PreconditionFailed
    return locked


def _every(probe: Probe) -> timedelta:
    return max(probe.interval, MINUTE)


def _check(probe: Probe) -> None:
    checks = {
        "name": _name_problem,
        "kind": _kind_problem,
        "url": _url_problem,
        "method": _method_problem,
        "interval": _interval_problem,
        "timeout": _timeout_problem,
        "expected_status": _status_problem,
        "latency_limit": _latency_problem,
        "up_threshold": _up_problem,
        "down_threshold": _down_problem,
    }
    found = {name: problem for name, check in checks.items() if (problem := check(probe))}
    if found:
        raise Invalid(fields={name: [problem] for name, problem in found.items()})


def _name_problem(probe: Probe) -> str:
    return "" if probe.name.strip() else "Give the probe a name."


def _kind_problem(probe: Probe) -> str:
    return "" if probe.kind in KINDS else f"There is no kind '{probe.kind}'. There are: {', '.join(KINDS)}."


def _url_problem(probe: Probe) -> str:
    kind = KINDS.get(probe.kind)
    try:
        if kind is not None:
            kind.check_target(probe.url)
    except ValueError as error:
        return str(error)
    return ""


def _method_problem(probe: Probe) -> str:
    kind = KINDS.get(probe.kind)
    if kind is None or probe.method in kind.methods:
        return ""
    return f"Choose one of {', '.join(kind.methods)}."


def _interval_problem(probe: Probe) -> str:
    return "" if MINIMUM_INTERVAL <= probe.interval <= MAXIMUM_INTERVAL else "Choose from 10 to 3600 seconds."


def _timeout_problem(probe: Probe) -> str:
    longest = min(probe.interval, LONGEST_TIMEOUT)
    if timedelta(0) < probe.timeout <= longest:
        return ""
    return f"Choose more than 0 and at most {longest.total_seconds():g} seconds, and no more than the interval."


def _status_problem(probe: Probe) -> str:
    try:
        status_ranges(probe.expected_status)
    except ValueError as error:
        return str(error)
    return ""


def _latency_problem(probe: Probe) -> str:
    limit = probe.latency_limit
    if limit is None or timedelta(0) < limit <= probe.timeout:
        return ""
    return "The limit lies above 0 and within the timeout."


def _up_problem(probe: Probe) -> str:
    return "" if 1 <= probe.up_threshold <= LARGEST_THRESHOLD else "Choose from 1 to 20 results."


def _down_problem(probe: Probe) -> str:
    return "" if 1 <= probe.down_threshold <= LARGEST_THRESHOLD else "Choose from 1 to 20 results."


LARGEST_THRESHOLD = 20
