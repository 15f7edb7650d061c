"""What a resource may be."""

from decimal import Decimal
from typing import Any

import pytest

from portal.lib.errors import Invalid
from slo.services import resource_facts
from tests.factories.capacity import ResourceFactory
from tests.factories.slo import ProbeFactory

WRONG = {
    "name": " ",
    "unit": "",
    "limit": Decimal(0),
    "lead_time_days": 1096,
    "unit_cost": Decimal(-1),
    "currency": "EURO",
    "aggregation": "mean",
    "fit_days": 13,
    "warn_on": "latest",
    "headroom_ratio": Decimal(6),
    "instances": -1,
    "source": "oracle",
}


@pytest.mark.django_db
def test_all_wrong_fields_are_named_at_once(service: Any) -> None:
    with pytest.raises(Invalid) as refused:
        resource_facts.check(ResourceFactory.build(service=service, **WRONG))
    assert set(refused.value.fields) == set(WRONG)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("cost", "currency", "right"), [(None, "", True), (5, "eur", True), (5, "", False), (None, "E1R", False)]
)
def test_a_cost_has_a_currency(service: Any, cost: int | None, currency: str, right: bool) -> None:
    resource = ResourceFactory.build(service=service, unit_cost=cost, currency=currency)
    found = dict(resource_facts.problems(resource))
    assert ("currency" not in found) is right


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("source", "given", "text"),
    [
        ("push", {"probe": "prb_1"}, "no setting 'probe'"),
        ("push", [], "object"),
        ("probe", {}, "Give the probe"),
        ("probe", {"probe": 5}, "Give the probe"),
        ("probe", {"probe": "prb_1"}, "no probe of this id"),
        ("prometheus", {"server": "prm_1"}, "Give the query"),
        ("prometheus", {"server": "prm_1", "query": "up"}, "no Prometheus server"),
    ],
    ids=["unknown", "list", "missing", "number", "not there", "no query", "no server"],
)
def test_settings_fit_their_source(service: Any, source: str, given: Any, text: str) -> None:
    resource = ResourceFactory.build(service=service, source=source, settings=given)
    assert any(text in message for message in resource_facts.problems(resource)["settings"])


@pytest.mark.django_db
def test_a_probe_of_another_service_is_not_taken(service: Any) -> None:
    probe = ProbeFactory()
    resource = ResourceFactory.build(service=service, source="probe", settings={"probe": probe.public_id})
    assert "settings" in resource_facts.problems(resource)


def test_an_unknown_fact_is_named() -> None:
    with pytest.raises(Invalid) as refused:
        resource_facts.known({"colour": "red"})
    assert list(refused.value.fields) == ["colour"]
