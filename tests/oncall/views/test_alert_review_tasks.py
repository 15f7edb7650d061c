from datetime import date
from typing import Any

import pytest

from oncall.models import AlertReview
from tests.factories.oncall import NOON

pytestmark = pytest.mark.django_db


@pytest.fixture
def task(team: Any, bob: Any) -> AlertReview:
    facts = {"week": date(2026, 3, 2), "alert_class": "a", "title": "Disk full", "decision": "change"}
    return AlertReview.objects.create(team=team, owner=bob, decided_by=bob, decided_at=NOON, **facts)


def test_open_decisions_are_listed_and_done(client_for: Any, bob: Any, task: AlertReview) -> None:
    assert "Disk full" in client_for(bob).get("/alerts/review/tasks/").content.decode()
    client_for(bob).post(f"/alerts/review/tasks/{task.public_id}/done/")
    assert "Nothing to do" in client_for(bob).get("/alerts/review/tasks/").content.decode()


@pytest.mark.parametrize(("who", "status"), [("vera", 403), ("charlie", 403)])
def test_others_end_no_task(client_for: Any, request: Any, task: AlertReview, who: str, status: int) -> None:
    answer = client_for(request.getfixturevalue(who)).post(f"/alerts/review/tasks/{task.public_id}/done/")
    assert answer.status_code == status
