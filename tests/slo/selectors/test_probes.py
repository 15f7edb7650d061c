"""Reading probes."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from slo.domain.probing import Outcome
from slo.exceptions import ProbeNotFound
from slo.models import ProbeResult
from slo.selectors import probes
from slo.services import claims, results
from slo.services.results import Finished
from tests.factories.slo import ProbeFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def board(service: Any) -> None:
    """Three probes, one of them down and one paused."""
    ProbeFactory(service=service, name="b", state="up", url="https://example.com/health")
    ProbeFactory(service=service, name="c", state="down")
    ProbeFactory(service=service, name="a", state="pending", is_paused=True)


def names(found: Any) -> list[str]:
    return [probe.name for probe in found]


def test_those_that_are_down_come_first(board: None, alice: Any, actor_of: Any) -> None:
    assert names(probes.probes(actor_of(alice)))[0] == "c"


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({"text": "health"}, ["b"]),
        ({"state": "paused"}, ["a"]),
        ({"state": "pending"}, []),
        ({"service": "checkout", "state": "up"}, ["b"]),
        ({"service": "nothing"}, []),
    ],
)
def test_the_list_narrows(board: None, alice: Any, actor_of: Any, wanted: dict[str, str], found: list[str]) -> None:
    assert names(probes.search(probes.probes(actor_of(alice)), **wanted)) == found


def test_another_teams_private_probe_does_not_exist(service: Any, charlie: Any, actor_of: Any) -> None:
    service.team.is_private = True
    service.team.save()
    with pytest.raises(ProbeNotFound):
        probes.get_probe(actor_of(charlie), ProbeFactory(service=service).public_id)


def test_results_are_those_of_the_span_the_latest_first(service: Any, now: datetime) -> None:
    probe = ProbeFactory(service=service, next_run_at=now - timedelta(minutes=3))
    good = Outcome(ok=True, latency=timedelta(milliseconds=5))
    for minutes in (3, 2, 1, 0):
        at = now - timedelta(minutes=minutes)
        results.store([Finished(claim, good, at) for claim in claims.claim_due(now=at)], now=at)
    slots = list(ProbeResult.objects.order_by("slot_at").values_list("slot_at", flat=True))
    found = probes.results(probe, start=slots[1], end=slots[3])
    assert [result.slot_at for result in found] == [slots[2], slots[1]]


def test_the_lag_is_that_of_the_most_overdue(service: Any, now: datetime) -> None:
    ProbeFactory(service=service, next_run_at=now - timedelta(seconds=9))
    ProbeFactory(service=service, next_run_at=now - timedelta(seconds=4))
    assert probes.lag(now) == timedelta(seconds=9)


def test_a_silent_location_makes_no_other_late(service: Any, now: datetime) -> None:
    ProbeFactory(service=service, locations=["graz"], next_run_at=now - timedelta(hours=1))
    assert probes.lag(now) == timedelta(0)


def test_nothing_due_is_no_lag(service: Any, now: datetime) -> None:
    ProbeFactory(service=service, next_run_at=now + timedelta(seconds=1))
    assert probes.lag(now) == timedelta(0)
