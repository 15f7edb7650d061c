"""SLOs: making, changing (a new revision), archiving."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction

from portal.accounts.domain.actors import Actor
from portal.accounts.services import audit
from portal.catalog.models import Service
from portal.lib.errors import Invalid, PreconditionFailed
from slo.domain.windows import EPOCH
from slo.exceptions import SloArchived, SloIsAPart
from slo.models import Sli, Slo, SloRevision, SloStatus
from slo.selectors.composites import composites_with
from slo.services import burns, promises, streams, tiers

REVISION_COLUMNS = ("objective", "sli_id", "rules", "minimum_events", "coverage_floor")


@transaction.atomic
def create_slo(
    *,
    actor: Actor,
    service: Service,
    sli: Sli,
    facts: Mapping[str, Any],
    now: datetime,
    external_name: str | None = None,
    primary: Slo | None = None,
) -> Slo:
    """Adds an SLO with its first revision and a status row that is due at once.

    Without `rules` it gets those of its service's tier that can fire at its objective; RuleCannotFire refuses others.
    `primary` makes it a further objective of that SLO, or of that SLO's own primary.
    """
    slo = Slo(service=service, sli=sli, stream=sli, created_at=now, external_name=external_name)
    usual = tiers.rules_for(service)
    slo.minimum_events, slo.coverage_floor = usual.minimum_events, usual.coverage_floor
    promises.apply(slo, facts)
    slo.primary = _primary(slo, primary)
    if "rules" not in facts:
        slo.rules = promises.usual_rules(slo)
    promises.check(slo)
    slo.review_due_at = _review_due_at(slo)
    _save(slo)
    _revise(slo, actor=actor, reason="", now=now)
    SloStatus.objects.create(slo=slo, window_end=EPOCH, computed_at=now)
    streams.ensure_stream(slo=slo, now=now, is_new=True)
    audit.record(actor=actor, action="slo.created", target=slo, after=promises.shown(slo), now=now)
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
    before, promised = promises.shown(slo), promises.promise(slo)
    promises.apply(slo, facts)
    promises.check(slo)
    if promises.shown(slo) == before:
        return slo
    slo.version += 1
    slo.review_due_at = _review_due_at(slo)
    if promises.promise(slo) != promised:
        slo.revision += 1
        _revise(slo, actor=actor, reason=reason, now=now)
        _drop_rules(slo, keep=slo.rules, now=now)
        SloStatus.objects.filter(slo=slo).update(window_end=EPOCH)
    _save(slo)
    streams.ensure_stream(slo=slo, now=now)
    audit.record(actor=actor, action="slo.updated", target=slo, before=before, after=promises.shown(slo), now=now)
    return slo


@transaction.atomic
def archive_slo(*, actor: Actor, slo: Slo, now: datetime) -> Slo:
    """Ends an SLO: its alerts are resolved and its numbers stay as they are. Archiving again changes nothing.

    SloIsAPart refuses it while other SLOs are composed of this one.
    """
    slo = Slo.objects.select_for_update(of=("self",)).select_related("service").get(pk=slo.pk)
    if slo.archived_at is not None:
        return slo
    if wholes := [whole.name for whole in composites_with(slo)]:
        raise SloIsAPart(f"First take it out of {', '.join(wholes)}.")
    before = promises.shown(slo)
    slo.archived_at, slo.review_due_at = now, None
    slo.version += 1
    slo.save()
    slo.revisions.filter(valid_until=None).update(valid_until=now)
    _drop_rules(slo, keep=[], now=now)
    audit.record(actor=actor, action="slo.archived", target=slo, before=before, after=promises.shown(slo), now=now)
    return slo


def revise(slo: Slo, *, actor: Actor, reason: str, now: datetime) -> None:
    """Begins a new revision after what an SLO is composed of has changed; its status is due at once."""
    slo.version += 1
    slo.revision += 1
    slo.save(update_fields=["version", "revision"])
    _revise(slo, actor=actor, reason=reason, now=now)
    SloStatus.objects.filter(slo=slo).update(window_end=EPOCH)


def restate(slo: Slo) -> None:
    """Writes the promise of the present revision again, with the parts that a new composite got right after it."""
    slo.revisions.filter(valid_until=None).update(promise=promises.promise_text(slo))


def ensure_slo(
    *, actor: Actor, external_name: str, service: Service, sli: Sli, facts: Mapping[str, Any], now: datetime
) -> Slo:
    """The SLO that is known outside as `external_name`, made or brought to `facts`; a repeat changes nothing."""
    found = Slo.objects.filter(external_name=external_name).first()
    if found is None:
        return create_slo(actor=actor, service=service, sli=sli, facts=facts, now=now, external_name=external_name)
    return update_slo(actor=actor, slo=found, facts={**facts, "sli": sli}, now=now, reason="set from outside")


def _locked(slo: Slo, expected_version: int | None) -> Slo:
    locked = Slo.objects.select_for_update(of=("self",)).select_related("service", "sli").get(pk=slo.pk)
    if locked.archived_at is not None:
        raise SloArchived
    if expected_version is not None and locked.version != expected_version:
        raise PreconditionFailed
    return locked


def _primary(slo: Slo, primary: Slo | None) -> Slo | None:
    if primary is not None and primary.service_id != slo.service_id:
        raise Invalid(fields={"primary": ["The first objective belongs to another service."]})
    return primary if primary is None or primary.primary is None else primary.primary


def _review_due_at(slo: Slo) -> datetime | None:
    return (slo.reviewed_at or slo.created_at) + timedelta(days=slo.review_days) if slo.review_days else None


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
        promise=promises.promise_text(slo),
        **{name: getattr(slo, name) for name in REVISION_COLUMNS},
    )


def _drop_rules(slo: Slo, *, keep: list[str], now: datetime) -> None:
    status = SloStatus.objects.select_for_update().filter(slo=slo).first()
    if status is None:
        return
    kept = [key for key in status.firing if key in keep]
    for severity in burns.severities(status.firing) - burns.severities(kept):
        burns.resolve(slo, severity, now=now)
    status.firing = kept
    status.save(update_fields=["firing"])
