"""Taking a release back by one button."""

from datetime import timedelta
from typing import Any

import pytest

from slo.models import Release
from tests.factories.slo import MADE_AT, ReleaseFactory

pytestmark = pytest.mark.django_db


def test_one_button_records_a_rollback(service: Any, bob: Any, client_for: Any) -> None:
    ReleaseFactory(service=service, version="1.9", started_at=MADE_AT - timedelta(days=1))
    release = ReleaseFactory(service=service, version="2.0")
    page = client_for(bob).post(f"/releases/{release.public_id}/rollback/", {"reason": "slow"}, follow=True)
    assert b"Checkout went back to 1.9." in page.content
    back = Release.objects.get(kind="rollback")
    assert (back.version, back.rollback_of, back.author) == ("1.9", release, "Bob")


def test_without_an_earlier_version_it_asks_for_one(service: Any, bob: Any, client_for: Any) -> None:
    release = ReleaseFactory(service=service)
    page = client_for(bob).post(f"/releases/{release.public_id}/rollback/", follow=True)
    assert b"say which version it goes back to" in page.content


@pytest.mark.parametrize("field", ["reason", "version"])
def test_what_is_too_long_is_refused(service: Any, bob: Any, client_for: Any, field: str) -> None:
    release = ReleaseFactory(service=service)
    client_for(bob).post(f"/releases/{release.public_id}/rollback/", {field: "x" * 1001})
    assert Release.objects.count() == 1


def test_a_viewer_takes_nothing_back(service: Any, vera: Any, client_for: Any) -> None:
    assert client_for(vera).post(f"/releases/{ReleaseFactory(service=service).public_id}/rollback/").status_code == 403
