"""The maintenance windows."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from slo.domain.windows import DAY, HOUR
from tests.factories.adjustments import MaintenanceWindowFactory

pytestmark = pytest.mark.django_db


def test_each_window_says_when_it_is_next(service: Any, vera: Any, client_for: Any) -> None:
    now = timezone.now()
    MaintenanceWindowFactory(service=service, starts_at=now - 9 * DAY, ends_at=now - 9 * DAY + HOUR)
    MaintenanceWindowFactory(service=service, starts_at=now - HOUR, ends_at=now + HOUR)
    MaintenanceWindowFactory(service=service, starts_at=now + 40 * DAY, ends_at=now + 41 * DAY)
    MaintenanceWindowFactory(service=service, starts_at=now, ends_at=now + HOUR, cancelled_at=now - timedelta(hours=2))
    content = client_for(vera).get("/maintenance/").content.decode().lower()
    assert [word in content for word in ("over", "running", "planned", "cancelled")] == [True] * 4


def test_only_a_manager_may_cancel(service: Any, alice: Any, vera: Any, client_for: Any) -> None:
    now = timezone.now()
    one = MaintenanceWindowFactory(service=service, starts_at=now, ends_at=now + HOUR)
    link = f"/maintenance/{one.public_id}/cancel/".encode()
    assert [link in client_for(user).get("/maintenance/").content for user in (alice, vera)] == [True, False]


def test_words_narrow_it(service: Any, alice: Any, client_for: Any) -> None:
    now = timezone.now()
    MaintenanceWindowFactory(service=service, name="Disks", starts_at=now, ends_at=now + HOUR)
    client = client_for(alice)
    assert [client.get(f"/maintenance/?q={word}").context["page"].paginator.count for word in ("disk", "x")] == [1, 0]


def test_without_any_it_says_what_it_is_for(alice: Any, client_for: Any) -> None:
    assert b"No maintenance is planned" in client_for(alice).get("/maintenance/").content
