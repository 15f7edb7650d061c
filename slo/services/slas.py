"""The SLA beside an SLO: setting it, taking it away."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import transaction

from portal.accounts.domain.actors import Actor
from portal.accounts.services import audit
from portal.lib.errors import Invalid, PreconditionFailed
from slo.domain.credits import problems
from slo.domain.drafts import CALENDAR_UNITS, is_zone
from slo.exceptions import SloArchived
from slo.models import Sla, Slo
from slo.selectors.slas import promise_of

DEFAULTS: dict[str, Any] = {
    "calendar_unit": "month",
    "zone": "UTC",
    "credits": [],
    "customers": "",
    "contract_url": "",
}
FACTS = ("objective", *DEFAULTS)
LENGTHS = {"customers": 200, "contract_url": 500}
IS_URL = URLValidator(schemes=["http", "https"])


def shown(sla: Sla) -> dict[str, Any]:
    """The facts of an SLA, for the audit log."""
    return {name: getattr(sla, name) for name in FACTS}


@transaction.atomic
def set_sla(
    *, actor: Actor, slo: Slo, facts: Mapping[str, Any], now: datetime, expected_version: int | None = None
) -> Sla:
    """Makes the SLA of an SLO or replaces it; what `facts` leave out takes its default. No change is none."""
    if unknown := sorted(set(facts) - set(FACTS)):
        raise Invalid(fields={name: ["An SLA has no such field."] for name in unknown})
    if facts.get("objective") is None:
        raise Invalid(fields={"objective": ["Say what customers were promised."]})
    slo = Slo.objects.select_for_update(of=("self",)).select_related("service").get(pk=slo.pk)
    if slo.archived_at is not None:
        raise SloArchived
    found = Sla.objects.filter(slo=slo).first()
    if expected_version is not None and (found is None or found.version != expected_version):
        raise PreconditionFailed
    before = shown(found) if found else {}
    sla = found or Sla(slo=slo, created_at=now)
    for name, value in (DEFAULTS | dict(facts)).items():
        setattr(sla, name, value)
    _check(sla, slo)
    if shown(sla) == before:
        return sla
    sla.version += 1 if found else 0
    sla.save()
    audit.record(
        actor=actor,
        action="sla.updated" if found else "sla.created",
        target=sla,
        before=before,
        after=shown(sla),
        now=now,
    )
    return sla


@transaction.atomic
def remove_sla(*, actor: Actor, slo: Slo, now: datetime) -> None:
    """Takes the SLA away; doing it again changes nothing."""
    sla = Sla.objects.select_for_update(of=("self",)).select_related("slo__service").filter(slo=slo).first()
    if sla is None:
        return
    audit.record(actor=actor, action="sla.removed", target=sla, before=shown(sla), now=now)
    sla.delete()


def _check(sla: Sla, slo: Slo) -> None:
    found = problems(promise_of(sla), slo.objective)
    if sla.calendar_unit not in CALENDAR_UNITS:
        found["calendar_unit"] = [f"Choose one of {', '.join(CALENDAR_UNITS)}."]
    if not is_zone(sla.zone):
        found["zone"] = ["There is no such zone. Use a name such as Europe/Vienna."]
    for name, longest in LENGTHS.items():
        if len(getattr(sla, name)) > longest:
            found[name] = [f"At most {longest} characters."]
    if sla.contract_url and not _is_url(sla.contract_url):
        found["contract_url"] = ["Give an address that begins with https:// or http://."]
    if found:
        raise Invalid(fields=found)


def _is_url(text: str) -> bool:
    try:
        IS_URL(text)
    except ValidationError:
        return False
    return True
