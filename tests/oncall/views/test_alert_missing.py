from typing import Any

import pytest

from oncall.models import AlertReview

pytestmark = pytest.mark.django_db
ADDRESS = "/alerts/review/payments/2026-03-04/missing/"


def test_what_was_missing_becomes_a_task(client_for: Any, bob: Any, team: Any) -> None:
    client_for(bob).post(ADDRESS, {"title": "Queue full", "owner": bob.pk})
    assert AlertReview.objects.get().decision == "missing"


def test_it_needs_words_and_somebody(client_for: Any, bob: Any, team: Any) -> None:
    page = client_for(bob).post(ADDRESS, {"title": "Queue full"}).content.decode()
    assert "A change needs somebody who makes it." in page
    assert not AlertReview.objects.exists()


def test_a_viewer_may_not(client_for: Any, vera: Any) -> None:
    assert client_for(vera).get(ADDRESS).status_code == 403
