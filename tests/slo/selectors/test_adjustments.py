"""Corrections and maintenance, spread out over a span."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from slo.domain.corrections import Adjustment, Effect
from slo.domain.windows import DAY, HOUR, MINUTE
from slo.exceptions import CorrectionNotFound, MaintenanceNotFound
from slo.selectors import adjustments
from tests.factories.adjustments import CorrectionFactory, MaintenanceWindowFactory
from tests.factories.slo import SloFactory

pytestmark = pytest.mark.django_db


def test_a_window_holds_from_its_start_to_before_its_end(service: Any, now: datetime) -> None:
    window = MaintenanceWindowFactory(service=service, starts_at=now, ends_at=now + HOUR)
    moments = [now - MINUTE, now, now + HOUR - timedelta(microseconds=1), now + HOUR]
    found = [adjustments.maintenance_of([service.pk], moment) for moment in moments]
    assert found == [{}, {service.pk: [window]}, {service.pk: [window]}, {}]


def test_a_weekly_window_holds_each_week_until_it_is_cancelled(service: Any, now: datetime) -> None:
    MaintenanceWindowFactory(
        service=service,
        starts_at=now,
        ends_at=now + HOUR,
        rrule="FREQ=WEEKLY",
        cancelled_at=now + 10 * DAY,
    )
    moments = [now + 7 * DAY, now + 8 * DAY, now + 14 * DAY]
    assert [bool(adjustments.maintenance_of([service.pk], moment)) for moment in moments] == [True, False, False]


def test_windows_of_many_services_are_one_query(now: datetime, django_assert_num_queries: Any) -> None:
    windows = [MaintenanceWindowFactory(starts_at=now, ends_at=now + HOUR) for _ in range(3)]
    with django_assert_num_queries(1):
        assert len(adjustments.maintenance_of([window.service_id for window in windows], now)) == 3


def test_an_slo_is_touched_by_its_own_and_by_its_services(service: Any, now: datetime) -> None:
    one, other = SloFactory(service=service), SloFactory(service=service, excludes_maintenance=False)
    span = {"starts_at": now, "ends_at": now + HOUR}
    CorrectionFactory(service=service, slo=one, effect="good", **span)
    CorrectionFactory(service=service, revoked_at=now, **span)
    MaintenanceWindowFactory(service=service, **span)
    found = adjustments.adjustments([one, other], now, now + DAY)
    assert found == {one.pk: [Adjustment(effect, now, now + HOUR) for effect in (Effect.GOOD, Effect.EXCLUDE)]}


def test_what_is_over_or_to_come_does_not_touch(service: Any, now: datetime) -> None:
    slo = SloFactory(service=service)
    CorrectionFactory(service=service, starts_at=now - HOUR, ends_at=now)
    CorrectionFactory(service=service, starts_at=now + HOUR, ends_at=now + 2 * HOUR)
    assert adjustments.adjustments([slo], now, now + HOUR) == {}


def test_a_plain_slo_knows_that_something_may_touch_it(service: Any, now: datetime) -> None:
    slo = SloFactory(service=service)
    assert not adjustments.are_there_for(slo)
    MaintenanceWindowFactory(service=service, starts_at=now, ends_at=now + HOUR)
    assert adjustments.are_there_for(slo)


def test_a_correction_concerns_its_slo_or_all_of_its_service(service: Any, now: datetime) -> None:
    first, second = SloFactory(service=service), SloFactory(service=service)
    SloFactory(service=service, archived_at=now)
    span = {"service": service, "starts_at": now, "ends_at": now + HOUR}
    found = [list(adjustments.slos_of(CorrectionFactory(slo=slo, **span))) for slo in (None, first)]
    assert found == [[first, second], [first]]


def test_those_of_a_private_team_are_not_found(service: Any, now: datetime, charlie: Any, actor_of: Any) -> None:
    service.team.is_private = True
    service.team.save()
    span = {"service": service, "starts_at": now, "ends_at": now + HOUR}
    with pytest.raises(CorrectionNotFound):
        adjustments.get_correction(actor_of(charlie), CorrectionFactory(**span).public_id)
    with pytest.raises(MaintenanceNotFound):
        adjustments.get_window(actor_of(charlie), MaintenanceWindowFactory(**span).public_id)
