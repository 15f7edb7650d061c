"""The worker of a location that needs no Celery."""

import threading
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection
from django.utils import timezone

from slo.management.commands import run_probes
from slo.models import Location, ProbeResult
from tests.slo.services.runs import counted_probe

pytestmark = pytest.mark.django_db


def test_it_runs_the_probes_of_its_location_only(service: Any, settings: Any) -> None:
    settings.PORTAL_PRIVATE_TARGETS = []
    counted_probe(service=service, now=timezone.now() - timedelta(seconds=1), locations=["main", "vienna"])
    call_command("run_probes", "--location", "vienna", "--once")
    assert [result.location for result in ProbeResult.objects.all()] == ["vienna"]
    assert Location.objects.get(name="vienna").seen_at is not None


def test_a_name_that_is_none_is_refused() -> None:
    with pytest.raises(CommandError, match="small letters"):
        call_command("run_probes", "--location", "Wien 1", "--once")


def test_a_lost_database_is_waited_for() -> None:
    with connection.execute_wrapper(_lost):
        assert run_probes.run("main", threading.Event()) == run_probes.AFTER_AN_ERROR


def _lost(*_: Any) -> None:
    raise OperationalError("gone")
