"""Happenings around an SLO."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from portal.accounts.domain.actors import Actor
from slo.domain.annotations import Annotation
from slo.models import Correction, MaintenanceWindow
from slo.services import annotations
from tests.factories.slo import ReleaseFactory, SloFactory

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
SYSTEM = Actor.system("tests")


def test_what_this_app_and_others_know_stands_together(service: Any, now: datetime) -> None:
    slo = SloFactory(service=service)
    span = {"starts_at": now - HOUR, "ends_at": now, "author": "alice", "created_at": now}
    ReleaseFactory(service=service, version="1.2", started_at=now - 2 * HOUR)
    Correction.objects.create(service=service, slo=slo, reason="wrong probe", **span)
    MaintenanceWindow.objects.create(service=service, name="disks", **span)
    annotations.register("tests", lambda service, *, actor, start, end: [Annotation(start, "incident", service.name)])
    found = annotations.around(slo, actor=SYSTEM, start=now - 3 * HOUR, end=now)
    annotations.unregister("tests")
    assert [one.kind for one in found] == ["maintenance", "correction", "release", "incident"]
    assert found[1].text == "Leave it out: wrong probe"


def test_what_comes_again_is_drawn_each_time(service: Any, now: datetime) -> None:
    slo = SloFactory(service=service)
    fields = {"starts_at": now - timedelta(days=9), "ends_at": now - timedelta(days=9) + HOUR, "rrule": "FREQ=DAILY"}
    MaintenanceWindow.objects.create(service=service, name="disks", author="alice", created_at=now, **fields)
    found = annotations.around(slo, actor=SYSTEM, start=now - timedelta(days=3), end=now)
    assert [one.at for one in found] == [now - timedelta(days=days) for days in (1, 2, 3)]
