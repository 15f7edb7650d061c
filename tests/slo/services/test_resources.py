"""Making, changing and archiving resources."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest

from oncall.models import Alert
from portal.accounts.domain.actors import Actor
from portal.accounts.models import AuditEntry
from portal.lib.errors import Invalid, PreconditionFailed
from slo.exceptions import ResourceArchived
from slo.models import Resource
from slo.services import resources, shortages
from tests.factories.capacity import ResourceFactory, growing

pytestmark = pytest.mark.django_db
ACTOR = Actor.system("tests")
FACTS = {"name": "Disk", "unit": "GiB", "limit": Decimal(100)}


def test_a_resource_is_made_and_audited(service: Any, now: datetime) -> None:
    resource = resources.create_resource(actor=ACTOR, service=service, facts=FACTS, now=now)
    assert (resource.limit, resource.lead_time_days, resource.state) == (100, 14, "insufficient_data")
    assert AuditEntry.objects.get().action == "resource.created"


def test_a_name_is_taken_once_per_service(service: Any, now: datetime) -> None:
    resources.create_resource(actor=ACTOR, service=service, facts=FACTS, now=now)
    with pytest.raises(Invalid) as refused:
        resources.create_resource(actor=ACTOR, service=service, facts=FACTS, now=now)
    assert list(refused.value.fields) == ["name"]


def test_a_change_makes_the_forecast_anew(service: Any, now: datetime) -> None:
    resource = growing(service=service, until=now.date(), level=51, limit=500)
    changed = resources.update_resource(actor=ACTOR, resource=resource, facts={"limit": Decimal(80)}, now=now)
    assert (changed.version, changed.is_warning, changed.crosses_likely_on) == (2, True, date(2026, 3, 13))


def test_a_repeat_changes_nothing(service: Any, now: datetime) -> None:
    resource = ResourceFactory(service=service)
    assert resources.update_resource(actor=ACTOR, resource=resource, facts={"unit": "GiB"}, now=now).version == 1
    assert not AuditEntry.objects.exists()


def test_a_lost_race_is_refused(service: Any, now: datetime) -> None:
    resource = ResourceFactory(service=service, version=3)
    with pytest.raises(PreconditionFailed):
        resources.update_resource(actor=ACTOR, resource=resource, facts={}, now=now, expected_version=2)


def test_archiving_ends_the_alert_and_every_change(service: Any, now: datetime) -> None:
    resource = shortages.refresh(growing(service=service, until=now.date(), level=51, limit=80), now=now)
    for _ in range(2):
        resources.archive_resource(actor=ACTOR, resource=resource, now=now)
    assert Alert.objects.get().status == "resolved"
    assert Resource.objects.get().archived_at == now
    with pytest.raises(ResourceArchived):
        resources.update_resource(actor=ACTOR, resource=resource, facts={}, now=now)


def test_a_source_begins_with_the_days_of_a_fit(service: Any, now: datetime) -> None:
    from tests.factories.slo import ProbeFactory

    probe = ProbeFactory(service=service)
    facts = {**FACTS, "source": "probe", "settings": {"probe": probe.public_id}, "fit_days": 14}
    resource = resources.create_resource(actor=ACTOR, service=service, facts=facts, now=now)
    assert resource.read_until == date(2026, 2, 18)
    pushed = resources.update_resource(
        actor=ACTOR, resource=resource, facts={"source": "push", "settings": {}}, now=now
    )
    assert pushed.read_until is None
