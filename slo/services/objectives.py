"""SLOs: making, changing (a new revision), archiving."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction

from portal.accounts.domain.actors import Actor
from portal.accounts.services import audit
from portal.catalog.models import Service
from portal.lib.errors import Invalid, PreconditionFailed
from slo.domain.budgets import decimal_ratio
from slo.domain.burns import largest_burn
from slo.domain.objectives import InvalidObjective, checked_objective, percent_text
from slo.domain.rules import RULES, can_fire, rules_that_can_fire
from slo.domain.windows import EPOCH
from slo.exceptions import RuleCannotFire, SloArchived
from slo.models import Sli, Slo, SloRevision, SloStatus
from slo.services import burns

PROMISE = ("objective", "sli_id", "rules", "minimum_events", "coverage_floor")
FACTS = ("name", "description", "objective", "sli", "rules", "minimum_events", "coverage_floor")


def shown(slo: Slo) -> dict[str, Any]:
    """The facts of an SLO, for the audit log."""
    facts = {name: getattr(slo, name) for name in FACTS if name != "sli"}
    return facts | {"sli_id": slo.sli_id, "archived_at": slo.archived_at}


@transaction.atomic
def create_slo(
    *,
    actor: Actor,
    service: Service,
    sli: Sli,
    facts: Mapping[str, Any],
    now: datetime,
    external_name: str | None = None,
) -> Slo:
    """Adds an SLO with its first revision and a status row that is due at once.

    Without `rules` it gets those default rules that can fire at its objective; RuleCannotFire refuses others.
    """
    slo = Slo(service=service, sli=sli, stream=sli, created_at=now, external_name=external_name, **_known(facts))
    if "rules" not in facts:
        slo.rules = [rule.key for rule in rules_that_can_fire(_objective(slo.objective))]
    _check(slo)
    _save(slo)
    _revise(slo, actor=actor, reason="", now=now)
    SloStatus.objects.create(slo=slo, window_end=EPOCH, computed_at=now)
    audit.record(actor=actor, action="slo.created", target=slo, after=shown(slo), now=now)
    return slo


@transaction.atomic
def update_slo(
    *,
    actor: Actor,
    slo: Slo,
    facts: Mapping[str, Any],
    now: datetime,
    reason: str = "",
    expected_version: int | None = None,
) -> Slo:
    """Changes an SLO. What it promises becomes a new revision and its status is due at once; no change is none.

    The alert of a rule that is taken away is resolved.
    """
    slo = _locked(slo, expected_version)
    before, promised = shown(slo), _promise(slo)
    is_plain = slo.stream_id == slo.sli_id
    for name, value in _known(facts).items():
        setattr(slo, name, value)
    if is_plain:
        slo.stream = slo.sli
    _check(slo)
    if shown(slo) == before:
        return slo
    slo.version += 1
    if _promise(slo) != promised:
        slo.revision += 1
        _revise(slo, actor=actor, reason=reason, now=now)
        _drop_rules(slo, keep=slo.rules, now=now)
        SloStatus.objects.filter(slo=slo).update(window_end=EPOCH)
    _save(slo)
    audit.record(actor=actor, action="slo.updated", target=slo, before=before, after=shown(slo), now=now)
    return slo


@transaction.atomic
def archive_slo(*, actor: Actor, slo: Slo, now: datetime) -> Slo:
    """Ends an SLO: its alerts are resolved and its numbers stay as they are. Archiving again changes nothing."""
    slo = Slo.objects.select_for_update(of=("self",)).select_related("service").get(pk=slo.pk)
    if slo.archived_at is not None:
        return slo
    before = shown(slo)
    slo.archived_at = now
    slo.version += 1
    slo.save()
    slo.revisions.filter(valid_until=None).update(valid_until=now)
    _drop_rules(slo, keep=[], now=now)
    audit.record(actor=actor, action="slo.archived", target=slo, before=before, after=shown(slo), now=now)
    return slo


def ensure_slo(
    *, actor: Actor, external_name: str, service: Service, sli: Sli, facts: Mapping[str, Any], now: datetime
) -> Slo:
    """The SLO that is known outside as `external_name`, made or brought to `facts`; a repeat changes nothing."""
    found = Slo.objects.filter(external_name=external_name).first()
    if found is None:
        return create_slo(actor=actor, service=service, sli=sli, facts=facts, now=now, external_name=external_name)
    return update_slo(actor=actor, slo=found, facts={**facts, "sli": sli}, now=now, reason="set from outside")


def _known(facts: Mapping[str, Any]) -> dict[str, Any]:
    unknown = sorted(set(facts) - set(FACTS))
    if unknown:
        raise Invalid(fields={name: ["An SLO has no such field."] for name in unknown})
    return dict(facts)


def _locked(slo: Slo, expected_version: int | None) -> Slo:
    locked = Slo.objects.select_for_update(of=("self",)).select_related("service", "sli").get(pk=slo.pk)
    if locked.archived_at is not None:
        raise SloArchived
    if expected_version is not None and locked.version != expected_version:
        raise PreconditionFailed
    return locked


def _promise(slo: Slo) -> list[Any]:
    return [getattr(slo, name) for name in PROMISE]


def _objective(value: Any) -> Decimal:
    try:
        return checked_objective(Decimal(value))
    except InvalidObjective as error:
        raise Invalid(fields={"objective": [str(error)]}) from error


def _check(slo: Slo) -> None:
    slo.objective = _objective(slo.objective)
    problems = {}
    if not slo.name.strip():
        problems["name"] = ["Give the SLO a name."]
    if slo.sli.service_id != slo.service_id:
        problems["sli"] = ["This SLI belongs to another service."]
    if not 0 <= slo.coverage_floor <= 1:
        problems["coverage_floor"] = ["A coverage floor is a ratio from 0 to 1."]
    if unknown := sorted(set(slo.rules) - set(RULES)):
        problems["rules"] = [f"There is no rule '{key}'. There are: {', '.join(RULES)}." for key in unknown]
    if problems:
        raise Invalid(fields=problems)
    _check_rules(slo)
    slo.rules = [key for key in RULES if key in slo.rules]


def _check_rules(slo: Slo) -> None:
    largest = decimal_ratio(largest_burn(slo.objective), 2)
    impossible = [RULES[key] for key in slo.rules if not can_fire(RULES[key], slo.objective)]
    if impossible:
        why = f"the largest burn at {percent_text(slo.objective)} is {largest:f}"
        raise RuleCannotFire(
            fields={"rules": [f"{rule.key} at {rule.threshold} can never fire: {why}." for rule in impossible]}
        )


def _save(slo: Slo) -> None:
    try:
        with transaction.atomic():
            slo.save()
    except IntegrityError as error:
        if "slo_name_once_per_service" not in str(error):
            raise
        raise Invalid(fields={"name": ["The service has an SLO of this name already."]}) from error


def _revise(slo: Slo, *, actor: Actor, reason: str, now: datetime) -> None:
    slo.revisions.filter(valid_until=None).update(valid_until=now)
    SloRevision.objects.create(
        slo=slo,
        revision=slo.revision,
        author=actor.label[:160],
        reason=reason,
        valid_from=now,
        **{name: getattr(slo, name) for name in PROMISE},
    )


def _drop_rules(slo: Slo, *, keep: list[str], now: datetime) -> None:
    status = SloStatus.objects.select_for_update().filter(slo=slo).first()
    if status is None:
        return
    kept = [key for key in status.firing if key in keep]
    for severity in burns.strictest(status.firing).keys() - burns.strictest(kept).keys():
        burns.resolve(slo, severity, now=now)
    status.firing = kept
    status.save(update_fields=["firing"])
