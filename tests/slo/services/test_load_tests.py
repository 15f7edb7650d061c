"""Results of load tests."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest

from portal.accounts.domain.actors import Actor
from portal.accounts.models import AuditEntry
from portal.lib.errors import Invalid
from slo.services import load_tests
from tests.factories.capacity import ResourceFactory

pytestmark = pytest.mark.django_db
FACTS = {"tested_on": date(2026, 3, 1), "per_instance": Decimal(120), "target": "p95 < 300 ms"}


def record(now: datetime, **change: Any) -> Any:
    return load_tests.record_load_test(
        actor=Actor.system("tests"), resource=ResourceFactory(), now=now, **{**FACTS, **change}
    )


def test_a_test_is_recorded_and_audited(now: datetime) -> None:
    assert record(now).per_instance == 120
    assert AuditEntry.objects.get().action == "load_test.recorded"


@pytest.mark.parametrize(
    ("field", "value"),
    [("tested_on", date(2026, 3, 5)), ("per_instance", Decimal("1e-9")), ("target", " ")],
    ids=["still to come", "nothing", "no target"],
)
def test_wrong_fields_are_named(now: datetime, field: str, value: Any) -> None:
    with pytest.raises(Invalid) as refused:
        record(now, **{field: value})
    assert list(refused.value.fields) == [field]
