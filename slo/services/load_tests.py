"""Results of load tests, appended and never changed."""

from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from portal.accounts.domain.actors import Actor
from portal.accounts.services import audit
from portal.lib.errors import Invalid
from slo.models import LoadTest, Resource
from slo.services import resources

LARGEST = Decimal(10) ** 17
SMALLEST = Decimal("0.000001")


@transaction.atomic
def record_load_test(
    *,
    actor: Actor,
    resource: Resource,
    tested_on: date,
    per_instance: Decimal,
    target: str,
    now: datetime,
    url: str = "",
    notes: str = "",
) -> LoadTest:
    """Appends what one instance bore before it missed `target`; the newest test counts."""
    resource = resources.locked(resource)
    _check(tested_on, per_instance, target, now)
    test = LoadTest.objects.create(
        resource=resource,
        tested_on=tested_on,
        per_instance=per_instance,
        target=target.strip(),
        url=url,
        notes=notes,
        author=actor.label[:160],
        created_at=now,
    )
    facts = {"resource": resource.name, "per_instance": per_instance, "target": test.target, "tested_on": tested_on}
    audit.record(actor=actor, action="load_test.recorded", target=test, after=facts, now=now)
    return test


def _check(tested_on: date, per_instance: Decimal, target: str, now: datetime) -> None:
    found = {}
    if tested_on > now.date():
        found["tested_on"] = ["A test that is still to come has no result."]
    if not SMALLEST <= per_instance < LARGEST:
        found["per_instance"] = ["It lies above 0 and below 10^17."]
    if not target.strip():
        found["target"] = ["Say what one instance had to keep, such as p95 < 300 ms and errors < 1 %."]
    if found:
        raise Invalid(fields=found)
