"""The SLOs whose review is due."""

from datetime import datetime
from typing import Any

import pytest

from tests.factories.slo import SloStatusFactory

pytestmark = pytest.mark.django_db


def test_what_is_due_is_listed(service: Any, vera: Any, client_for: Any, now: datetime) -> None:
    slo = SloStatusFactory(slo__service=service, slo__name="Old promise", slo__review_due_at=now).slo
    page = client_for(vera).get("/slos/reviews/").content.decode()
    assert "Old promise" in page
    assert f"/slos/{slo.public_id}/review/" in page


def test_an_empty_list_says_so(vera: Any, client_for: Any) -> None:
    assert b"Nothing is due" in client_for(vera).get("/slos/reviews/").content
