"""Setting the SLA beside an SLO."""

from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest

from portal.accounts.domain.actors import Actor
from portal.accounts.models import AuditEntry
from portal.lib.errors import Invalid, PreconditionFailed
from slo.exceptions import SloArchived
from slo.models import Sla, Slo
from slo.services import objectives, slas
from tests.factories.slo import SloFactory

pytestmark = pytest.mark.django_db
ACTOR = Actor.system("tests")
FACTS = {"objective": Decimal("0.99"), "credits": [{"below": "0.99", "percent": "10"}]}


@pytest.fixture
def slo(service: Any) -> Slo:
    found: Slo = SloFactory(service=service, objective=Decimal("0.999"))
    return found


def set_sla(slo: Slo, now: datetime, expected_version: int | None = None, **facts: Any) -> Sla:
    return slas.set_sla(actor=ACTOR, slo=slo, facts=FACTS | facts, now=now, expected_version=expected_version)


def test_an_sla_is_made_once_and_then_replaced(slo: Slo, now: datetime) -> None:
    first = set_sla(slo, now, zone="Europe/Vienna")
    second = set_sla(slo, now, customers="Shops")
    assert first.pk == second.pk
    assert (second.version, second.zone, second.customers) == (2, "UTC", "Shops")


def test_no_change_is_none(slo: Slo, now: datetime) -> None:
    set_sla(slo, now)
    assert set_sla(slo, now).version == 1
    assert AuditEntry.objects.filter(action__startswith="sla.").count() == 1


def test_an_sla_is_looser_than_its_slo(slo: Slo, now: datetime) -> None:
    with pytest.raises(Invalid) as caught:
        set_sla(slo, now, objective=Decimal("0.999"), zone="Mars", contract_url="javascript:alert(1)")
    assert set(caught.value.fields) == {"objective", "zone", "contract_url"}


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"objective": None}, "objective"),
        ({"colour": "red"}, "colour"),
        ({"calendar_unit": "moon"}, "calendar_unit"),
        ({"credits": [{"below": "x", "percent": "10"}]}, "credits"),
    ],
)
def test_wrong_fields_are_named(slo: Slo, now: datetime, facts: dict[str, Any], field: str) -> None:
    with pytest.raises(Invalid) as caught:
        set_sla(slo, now, **facts)
    assert list(caught.value.fields) == [field]


def test_an_slo_is_not_loosened_under_its_sla(slo: Slo, now: datetime) -> None:
    set_sla(slo, now)
    with pytest.raises(Invalid) as caught:
        objectives.update_slo(actor=ACTOR, slo=slo, facts={"objective": Decimal("0.99")}, now=now)
    assert caught.value.fields["objective"] == ["Its SLA promises customers 99 %, and an SLO is stricter than that."]


def test_a_lost_race_is_refused(slo: Slo, now: datetime) -> None:
    with pytest.raises(PreconditionFailed):
        set_sla(slo, now, expected_version=1)
    set_sla(slo, now)
    with pytest.raises(PreconditionFailed):
        set_sla(slo, now, expected_version=2)


def test_an_archived_slo_gets_none(slo: Slo, now: datetime) -> None:
    objectives.archive_slo(actor=ACTOR, slo=slo, now=now)
    with pytest.raises(SloArchived):
        set_sla(slo, now)


def test_taking_it_away_is_audited_once(slo: Slo, now: datetime) -> None:
    set_sla(slo, now)
    slas.remove_sla(actor=ACTOR, slo=slo, now=now)
    slas.remove_sla(actor=ACTOR, slo=slo, now=now)
    assert not Sla.objects.exists()
    assert AuditEntry.objects.filter(action="sla.removed").count() == 1
