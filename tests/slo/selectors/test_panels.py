"""What other pages show of this app."""

from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest

from slo.selectors import panels
from tests.factories.slo import ProbeFactory, ReleaseFactory, SloStatusFactory

pytestmark = pytest.mark.django_db


def test_the_panel_of_a_service(service: Any, alice: Any, actor_of: Any, now: datetime) -> None:
    SloStatusFactory(slo__service=service, remaining_ratio=Decimal("0.25"))
    ProbeFactory(service=service, name="home")
    ReleaseFactory.create_batch(4, service=service)
    panel = panels.service_panel(service, actor=actor_of(alice), now=now)
    assert panel["budgets"][0].gauge.ratio == Decimal("0.25")
    assert [probe.name for probe in panel["probes"]] == ["home"]
    assert (len(panel["releases"]), panel["gate"].allowed, panel["may_manage"]) == (3, True, True)


def test_a_viewer_does_not_manage(service: Any, vera: Any, actor_of: Any, now: datetime) -> None:
    assert not panels.service_panel(service, actor=actor_of(vera), now=now)["may_manage"]


def test_the_navigation_counts_what_burns(service: Any, alice: Any, actor_of: Any) -> None:
    SloStatusFactory(slo__service=service, state="violated")
    SloStatusFactory(slo__service=service, state="healthy")
    assert panels.burning_count(actor_of(alice)) == 1
