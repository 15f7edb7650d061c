"""Maintenance windows: announced, left out, cancelled."""

from datetime import datetime
from typing import Any

import pytest

from portal.accounts.domain.actors import Actor
from portal.accounts.models import AuditEntry
from portal.lib.errors import Invalid
from slo.domain.windows import DAY, HOUR, MINUTE
from slo.exceptions import MaintenanceCancelled
from slo.models import MaintenanceWindow, Slo
from slo.selectors.windows import counts_of
from slo.services import counts, fills, maintenance
from tests.factories.slo import SliFactory, SloFactory

pytestmark = pytest.mark.django_db
ACTOR = Actor.system("tests")


@pytest.fixture
def slo(service: Any, now: datetime) -> Slo:
    slo: Slo = SloFactory(service=service, sli=SliFactory(service=service, started_at=now - DAY))
    return slo


def announced(slo: Slo, now: datetime, **changes: Any) -> MaintenanceWindow:
    facts: dict[str, Any] = {"name": "Move the database", "starts_at": now, "ends_at": now + HOUR} | changes
    return maintenance.create_window(actor=ACTOR, service=slo.service, now=now, **facts)


def measured(slo: Slo, start: datetime, number: int) -> tuple[int, int, int]:
    slo.refresh_from_db()
    rows = [counts.MinuteRow(slo.sli_id, start + at * MINUTE, 0, 1) for at in range(number)]
    counts.set_minutes(rows, now=start + number * MINUTE)
    found = counts_of(slo.stream_id, start, start + number * MINUTE)
    return (found.good, found.total, found.measured_minutes)


def test_planned_work_is_left_out(slo: Slo, now: datetime) -> None:
    announced(slo, now)
    assert measured(slo, now, 3) == (0, 0, 3)


def test_rest_of_probes_lowers_no_coverage(slo: Slo, now: datetime) -> None:
    announced(slo, now, pauses_probes=True)
    fills.fill_due(now=now + 11 * MINUTE)
    assert measured(slo, now, 0)[2] == 0
    assert counts_of(slo.stream_id, now, now + 10 * MINUTE).measured_minutes == 10


def test_a_cancelled_window_ends_where_it_was_cancelled(slo: Slo, now: datetime) -> None:
    window = announced(slo, now)
    assert measured(slo, now, 2) == (0, 0, 2)
    maintenance.cancel_window(actor=ACTOR, window=window, now=now + 2 * MINUTE)
    assert measured(slo, now, 4) == (0, 2, 4)


def test_an_slo_that_counts_maintenance_is_left_alone(slo: Slo, now: datetime) -> None:
    Slo.objects.update(excludes_maintenance=False)
    announced(slo, now)
    assert measured(slo, now, 3) == (0, 3, 3)


@pytest.mark.parametrize(
    ("changes", "fields"),
    [({"name": " "}, {"name"}), ({"zone": "x", "rrule": "y"}, {"zone", "rrule"}), ({"rrule": "y"}, {"rrule"})],
    ids=["name", "zone", "rule"],
)
def test_wrong_fields_are_named(slo: Slo, now: datetime, changes: dict[str, Any], fields: set[str]) -> None:
    with pytest.raises(Invalid) as caught:
        announced(slo, now, **changes)
    assert set(caught.value.fields) == fields


def test_what_is_over_is_corrected_instead(slo: Slo, now: datetime) -> None:
    with pytest.raises(Invalid) as caught:
        announced(slo, now, starts_at=now - 2 * HOUR, ends_at=now - HOUR)
    assert caught.value.fields == {"ends_at": ["This is over already: correct the time instead."]}


def test_a_window_is_audited_and_cancelled_once(slo: Slo, now: datetime) -> None:
    window = maintenance.cancel_window(actor=ACTOR, window=announced(slo, now), now=now)
    actions = AuditEntry.objects.filter(target_id=window.public_id).order_by("pk").values_list("action", flat=True)
    assert list(actions) == ["maintenance.created", "maintenance.cancelled"]
    with pytest.raises(MaintenanceCancelled):
        maintenance.cancel_window(actor=ACTOR, window=window, now=now)
