"""Reading releases."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from slo import selectors
from slo.exceptions import ReleaseNotFound
from slo.selectors import releases
from tests.factories.slo import ReleaseFactory

pytestmark = pytest.mark.django_db


def versions(found: Any) -> list[str]:
    return [release.version for release in found]


def test_the_latest_come_first(service: Any, alice: Any, actor_of: Any, now: datetime) -> None:
    for number in range(3):
        ReleaseFactory(service=service, version=str(number), started_at=now + timedelta(hours=number))
    assert versions(releases.releases(actor_of(alice))) == ["2", "1", "0"]


def test_a_sweep_reads_in_the_order_of_recording(service: Any, now: datetime) -> None:
    for number in (2, 0, 1):
        ReleaseFactory(service=service, version=str(number), created_at=now + timedelta(hours=number))
    assert versions(selectors.releases_since(now + timedelta(hours=1))) == ["1", "2"]
    assert versions(selectors.releases_since(now, limit=1)) == ["0"]


def test_recent_ones_start_within_the_span(service: Any, now: datetime) -> None:
    for minutes in (0, 30, 60):
        ReleaseFactory(service=service, version=str(minutes), started_at=now + timedelta(minutes=minutes))
    ReleaseFactory(version="elsewhere", started_at=now)
    found = selectors.recent_releases(service_ids=[service.pk], start=now, end=now + timedelta(hours=1))
    assert versions(found) == ["30", "0"]


@pytest.mark.parametrize(
    ("wanted", "found"), [({"text": "BOB"}, ["1"]), ({"text": "2"}, ["2"]), ({"service": "nothing"}, [])]
)
def test_the_list_narrows(service: Any, alice: Any, actor_of: Any, wanted: dict[str, str], found: list[str]) -> None:
    ReleaseFactory(service=service, version="1", author="Bob")
    ReleaseFactory(service=service, version="2", author="Ann")
    assert versions(releases.search(releases.releases(actor_of(alice)), **wanted)) == found


def test_another_teams_private_release_does_not_exist(service: Any, charlie: Any, actor_of: Any) -> None:
    service.team.is_private = True
    service.team.save()
    with pytest.raises(ReleaseNotFound):
        releases.get_release(actor_of(charlie), ReleaseFactory(service=service).public_id)
