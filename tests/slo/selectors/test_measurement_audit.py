"""The audit of what is measured (handbook M14)."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from slo.models import Probe, Sli, Slo
from slo.selectors.measurement_audit import audit
from tests.factories.slo import ProbeFactory, SliFactory, SloFactory, SloStatusFactory

pytestmark = pytest.mark.django_db
Ask = Callable[[], dict[str, list[str]]]


@pytest.fixture
def ask(alice: Any, actor_of: Callable[[Any], Any], now: datetime) -> Ask:
    """The names that each section finds, for a manager of the team."""

    def asked() -> dict[str, list[str]]:
        return {section.key: [one.name for one in section.findings] for section in audit(actor_of(alice), now=now)}

    return asked


def slo_of(service: Any, **fields: Any) -> Slo:
    slo: Slo = SloFactory(service=service, name=fields.pop("name", "Checkout answers"), **fields)
    SloStatusFactory(slo=slo, state=fields.pop("state", "healthy"))
    return slo


def probe_of(service: Any, name: str) -> Probe:
    probe: Probe = ProbeFactory(service=service, name=name)
    SliFactory(service=service, kind="probe", source="", probe=probe, name=name)
    return probe


def test_an_slo_without_data_is_found_after_a_day(service: Any, ask: Ask, now: datetime) -> None:
    slo = slo_of(service)
    slo.status.state = "no_data"
    slo.status.save()
    assert ask()["no_data"] == ["Checkout answers"]
    Slo.objects.filter(pk=slo.pk).update(created_at=now - timedelta(hours=1))
    assert ask()["no_data"] == []


def test_a_source_that_was_refused_or_is_silent_is_found(service: Any, ask: Ask, now: datetime) -> None:
    SliFactory(service=service, name="Refused", problem="more good than all", counted_until=now)
    SliFactory(service=service, name="Silent", counted_until=now - timedelta(hours=2))
    SliFactory(service=service, name="Fine", counted_until=now)
    assert ask()["silent"] == ["Refused", "Silent"]


def test_what_feeds_no_slo_is_found(service: Any, ask: Ask) -> None:
    used = slo_of(service)
    Sli.objects.filter(pk=used.sli_id).update(name="Used")
    probe_of(service, "Lonely probe")
    SliFactory(service=service, name="Lonely source")
    assert ask()["unused"] == ["Lonely probe", "Lonely source"]


def test_a_service_without_a_probe_or_an_slo_is_found(service: Any, ask: Ask) -> None:
    assert ask()["bare"] == ["Checkout"]
    slo_of(service)
    assert ask()["bare"] == []


def test_a_rule_that_did_not_fire_is_found_once_it_had_time(service: Any, ask: Ask, now: datetime) -> None:
    slo = slo_of(service)
    assert ask()["quiet"] == []
    Slo.objects.filter(pk=slo.pk).update(created_at=now - timedelta(days=91))
    assert ask()["quiet"] == ["Checkout answers"]


def test_names_against_the_convention_are_found(service: Any, ask: Ask) -> None:
    probe_of(service, "Home page")
    probe_of(service, "home  page")
    assert ask()["names"] == ["Home page", "home  page"]


def test_a_metric_without_a_unit_is_found(service: Any, ask: Ask) -> None:
    SliFactory(service=service, kind="prometheus", source="", name="Answers", settings={"total": "rate(requests[5m])"})
    assert ask()["names"] == ["Answers"]


def test_an_slo_without_an_owner_or_due_for_review_is_found(service: Any, ask: Ask, alice: Any, now: datetime) -> None:
    slo_of(service, name="Nobody's")
    slo_of(service, name="Old", owner=alice, review_due_at=now - timedelta(days=1))
    slo_of(service, name="Kept", owner=alice, review_due_at=now + timedelta(days=1))
    assert ask()["review"] == ["Nobody's", "Old"]


def test_one_service_may_be_asked_for(service: Any, alice: Any, actor_of: Callable[[Any], Any], now: datetime) -> None:
    found = audit(actor_of(alice), now=now, service="another")
    assert not any(section.findings for section in found)


def test_the_number_of_queries_does_not_grow(service: Any, ask: Ask, django_assert_max_num_queries: Any) -> None:
    for number in range(8):
        slo_of(service, name=f"Slo {number}")
        probe_of(service, f"Probe {number}")
    with django_assert_max_num_queries(10):
        ask()
