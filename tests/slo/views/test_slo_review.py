"""One review."""

from datetime import datetime
from typing import Any

import pytest

from slo.models import Slo
from tests.factories.slo import SloStatusFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def slo(service: Any, now: datetime) -> Slo:
    found: Slo = SloStatusFactory(slo__service=service, slo__review_due_at=now).slo
    return found


def test_a_manager_says_that_it_was_looked_at(slo: Slo, alice: Any, client_for: Any) -> None:
    client = client_for(alice)
    assert "There were no events" in client.get(f"/slos/{slo.public_id}/review/").content.decode()
    client.post(f"/slos/{slo.public_id}/review/", {"note": "Fits <b>well</b>"})
    slo.refresh_from_db()
    assert slo.reviewed_at is not None
    assert "Fits &lt;b&gt;well" in client.get(f"/slos/{slo.public_id}/review/").content.decode()


def test_the_page_of_the_slo_asks_for_it(slo: Slo, alice: Any, vera: Any, client_for: Any) -> None:
    assert "due for its review" in client_for(alice).get(f"/slos/{slo.public_id}/").content.decode()
    assert "due for its review" not in client_for(vera).get(f"/slos/{slo.public_id}/").content.decode()


def test_a_viewer_reads_only(slo: Slo, vera: Any, client_for: Any) -> None:
    client = client_for(vera)
    assert "Reviewed today" not in client.get(f"/slos/{slo.public_id}/review/").content.decode()
    assert client.post(f"/slos/{slo.public_id}/review/").status_code == 403


def test_another_teams_private_slo_is_not_found(slo: Slo, charlie: Any, client_for: Any) -> None:
    slo.service.team.is_private = True
    slo.service.team.save()
    assert client_for(charlie).get(f"/slos/{slo.public_id}/review/").status_code == 404
