"""The ledger of corrections: appended to and revoked, never changed."""

from datetime import datetime
from typing import Any

from django.db import transaction

from portal.accounts.domain.actors import Actor
from portal.accounts.services import audit
from portal.catalog.models import Service
from portal.lib.errors import Invalid
from slo.exceptions import CorrectionRevoked
from slo.models import Correction, Slo
from slo.models.adjustments import EFFECTS
from slo.services import adjusting, spans

SHOWN = ("effect", "reason", "starts_at", "ends_at", "rrule", "zone", "slo_id")


def draft(
    *,
    service: Service,
    slo: Slo | None = None,
    effect: str = "exclude",
    reason: str,
    starts_at: datetime,
    ends_at: datetime,
    rrule: str = "",
    zone: str = "UTC",
    now: datetime,
) -> Correction:
    """A correction that is not stored yet, for its preview; Invalid names every field that is wrong."""
    correction = Correction(service=service, slo=slo, effect=effect, reason=reason.strip(), created_at=now)
    correction.starts_at, correction.ends_at, correction.rrule, correction.zone = starts_at, ends_at, rrule, zone
    problems = spans.problems(correction, now=now)
    if not correction.reason:
        problems["reason"] = ["Say why, for whoever reads the ledger later."]
    if effect not in dict(EFFECTS):
        problems["effect"] = [f"Choose one of {', '.join(dict(EFFECTS))}."]
    if slo is not None and slo.service_id != service.pk:
        problems["slo"] = ["This SLO belongs to another service."]
    if slo is not None and slo.archived_at is not None:
        problems["slo"] = ["An archived SLO does not change any more."]
    if problems:
        raise Invalid(fields=problems)
    return correction


@transaction.atomic
def create_correction(*, actor: Actor, service: Service, now: datetime, **facts: Any) -> Correction:
    """Appends a correction and works it into the streams of the SLOs that it concerns."""
    correction = draft(service=service, now=now, **facts)
    correction.author = actor.label[:160]
    correction.save()
    adjusting.apply(correction, now=now)
    audit.record(actor=actor, action="correction.created", target=correction, after=_shown(correction), now=now)
    return correction


@transaction.atomic
def revoke_correction(*, actor: Actor, correction: Correction, now: datetime) -> Correction:
    """Takes a correction back: the numbers are again what they were without it. CorrectionRevoked refuses a repeat."""
    correction = Correction.objects.select_for_update().get(pk=correction.pk)
    if correction.revoked_at is not None:
        raise CorrectionRevoked
    correction.revoked_at, correction.revoked_by = now, actor.label[:160]
    correction.save(update_fields=["revoked_at", "revoked_by"])
    adjusting.apply(correction, now=now)
    audit.record(actor=actor, action="correction.revoked", target=correction, after={"revoked_at": now}, now=now)
    return correction


def _shown(correction: Correction) -> dict[str, Any]:
    return {name: getattr(correction, name) for name in SHOWN}
