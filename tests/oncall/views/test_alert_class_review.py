from datetime import date
from typing import Any

import pytest

from oncall.models import AlertReview
from oncall.selectors import reviews
from tests.factories.oncall import AlertFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def address(team: Any) -> str:
    AlertFactory(team=team, title="Disk full")
    (row,) = reviews.week(team, date(2026, 3, 2))
    return f"/alerts/review/payments/2026-03-02/{row.alerts.key}/"


def test_a_decision_is_kept(client_for: Any, bob: Any, address: str) -> None:
    said = {"decision": "delete", "actionable": "no", "owner": bob.pk, "due_on": "2026-03-20", "note": "Noise"}
    assert client_for(bob).post(address, said).status_code == 302
    made = AlertReview.objects.get()
    assert (made.decision, made.is_actionable, made.owner, made.title) == ("delete", False, bob, "Disk full")


def test_what_is_wrong_stands_at_its_field(client_for: Any, bob: Any, address: str) -> None:
    page = client_for(bob).post(address, {"decision": "change"})
    assert "A change needs somebody who makes it." in page.content.decode()


@pytest.mark.parametrize(("who", "status"), [("vera", 403), ("charlie", 403)])
def test_only_responders_decide(client_for: Any, request: Any, address: str, who: str, status: int) -> None:
    assert client_for(request.getfixturevalue(who)).post(address, {"decision": "keep"}).status_code == status


def test_a_kind_that_did_not_fire_is_not_there(client_for: Any, bob: Any, team: Any) -> None:
    assert client_for(bob).get("/alerts/review/payments/2026-03-02/nothing/").status_code == 404
    assert client_for(bob).get("/alerts/review/payments/someday/nothing/").status_code == 404
