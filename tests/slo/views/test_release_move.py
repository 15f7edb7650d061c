"""Moving a release on by hand."""

from decimal import Decimal
from typing import Any

import pytest

from tests.factories.slo import ReleaseFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def release(service: Any) -> Any:
    return ReleaseFactory(service=service, rollout_ratio=Decimal("0.01"), status="running", strategy="canary")


@pytest.mark.parametrize(("percentage", "status"), [("10", "running"), ("100", "succeeded")])
def test_it_reaches_another_share(release: Any, bob: Any, client_for: Any, percentage: str, status: str) -> None:
    client_for(bob).post(f"/releases/{release.public_id}/move/", {"percentage": percentage})
    release.refresh_from_db()
    assert (release.rollout_ratio * 100, release.status) == (Decimal(percentage), status)


@pytest.mark.parametrize("percentage", ["", "101", "many", "NaN"])
def test_a_wrong_share_moves_nothing(release: Any, bob: Any, client_for: Any, percentage: str) -> None:
    page = client_for(bob).post(f"/releases/{release.public_id}/move/", {"percentage": percentage}, follow=True)
    assert b"Give a percentage from 0 to 100." in page.content
    assert not release.stages.exists()


def test_what_is_over_does_not_move(service: Any, bob: Any, client_for: Any) -> None:
    failed = ReleaseFactory(service=service, status="failed")
    page = client_for(bob).post(f"/releases/{failed.public_id}/move/", {"percentage": "50"}, follow=True)
    assert b"does not move any more" in page.content


def test_a_viewer_moves_nothing(release: Any, vera: Any, client_for: Any) -> None:
    assert client_for(vera).post(f"/releases/{release.public_id}/move/", {"percentage": "10"}).status_code == 403
