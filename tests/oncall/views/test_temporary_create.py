"""Fixed shifts in the place of the layers."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from oncall.models import Schedule
from oncall.selectors import schedules

ClientFor = Callable[[Any], Client]
SPAN = {"starts_at": "2026-03-05T00:00", "ends_at": "2026-03-07T00:00"}


@pytest.fixture
def url(schedule: Schedule) -> str:
    return reverse("temporary_create", args=[schedule.public_id])


def told(user: Any, **changes: Any) -> dict[str, Any]:
    row = {f"shifts-0-{name}": value for name, value in ({"role": "primary", "person": user.pk} | SPAN).items()}
    return {"name": "Easter", **SPAN, **row, **changes}


def test_a_manager_puts_fixed_shifts_in_their_place(
    client_for: ClientFor, alice: Any, bob: Any, url: str, stopped: datetime
) -> None:
    assert client_for(alice).post(url, told(bob)).status_code == 302
    at = datetime.fromisoformat("2026-03-06T12:00:00+00:00")
    found = schedules.on_call_of([schedules.schedules_with(bob.pk)[0]], now=at)
    assert [(one.role, one.user) for one in found] == [("primary", bob)]


def test_rows_come_and_go(client_for: ClientFor, alice: Any, bob: Any, url: str) -> None:
    client = client_for(alice)
    counts = [len(client.post(url, told(bob, do=do)).context["rows"].forms) for do in ("add", "remove:0", "remove:7")]
    assert counts == [2, 0, 1]


def test_a_wrong_row_is_told(client_for: ClientFor, alice: Any, bob: Any, url: str, stopped: datetime) -> None:
    wrong = told(bob) | {"shifts-0-ends_at": "2026-03-04T00:00"}
    assert client_for(alice).post(url, wrong).context["rows"].forms[0].errors


def test_a_responder_may_not(client_for: ClientFor, bob: Any, url: str) -> None:
    assert client_for(bob).get(url).status_code == 403
