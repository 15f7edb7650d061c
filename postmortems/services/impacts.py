"""The impact in numbers: what can be computed, and what people add."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from incidents.selectors import Incident
from portal.accounts.domain.actors import Actor
from portal.accounts.services import audit
from portal.lib.errors import NotFound
from postmortems.models import ImpactRow, Postmortem
from postmortems.services import access
from slo import selectors as slo
from slo.domain.budgets import decimal_ratio

TENTH = Decimal("0.1")


def compute(postmortem: Postmortem, incident: Incident) -> None:
    """Writes the duration and the error budget spent by each affected service; a second time replaces the numbers."""
    start = incident.impact_start_at
    end = incident.recovered_at or incident.resolved_at
    if start is None or end is None or end <= start:
        return
    minutes = (Decimal((end - start).total_seconds()) / 60).quantize(TENTH)
    _set(postmortem, f"duration:{incident.pk}", "Users were hit for", minutes, "min")
    for row in incident.affected.select_related("service"):
        for spend in slo.budget_spent(service_id=row.service_id, start=start, end=end):
            _spent(postmortem, incident, row.service.name, spend)


@transaction.atomic
def add_impact(*, actor: Actor, postmortem: Postmortem, now: datetime, **fields: Any) -> ImpactRow:
    """Adds a number that a person knows: label, value, unit, confidence, is_estimate."""
    locked = access.lock(actor, postmortem)
    row = ImpactRow.objects.create(postmortem=locked, **fields)
    access.save(locked)
    audit.record(actor=actor, action="postmortem.impact_added", target=locked, after={"impact": str(row)}, now=now)
    return row


@transaction.atomic
def remove_impact(*, actor: Actor, postmortem: Postmortem, row_id: int, now: datetime) -> None:
    """Takes a number away."""
    locked = access.lock(actor, postmortem)
    row = ImpactRow.objects.filter(postmortem=locked, pk=row_id).first()
    if row is None:
        raise NotFound
    before = {"impact": str(row)}
    row.delete()
    access.save(locked)
    audit.record(actor=actor, action="postmortem.impact_removed", target=locked, before=before, now=now)


def _spent(postmortem: Postmortem, incident: Incident, service: str, spend: Any) -> None:
    if not spend.total:
        return
    key = f"{incident.pk}:{spend.slo.pk}"
    bad = Decimal(spend.bad)
    _set(postmortem, f"bad:{key}", f"{service}, {spend.slo.name}: bad events", bad, f"of {spend.total}")
    spent = decimal_ratio(spend.spent_ratio * 100, 2) if spend.spent_ratio is not None else None
    if spent is not None:
        _set(postmortem, f"budget:{key}", f"{service}, {spend.slo.name}: budget spent", spent, "% of the error budget")


def _set(postmortem: Postmortem, key: str, label: str, value: Decimal, unit: str) -> None:
    ImpactRow.objects.update_or_create(
        postmortem=postmortem,
        key=key,
        defaults={
            "label": label[:120],
            "value": value,
            "unit": unit[:40],
            "confidence": "measured",
            "is_estimate": False,
        },
    )
