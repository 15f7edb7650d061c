"""Removing a release window."""

from datetime import datetime
from typing import Any

import pytest

from portal.accounts.domain.actors import Actor
from slo.models import ReleaseWindow
from slo.services import release_windows

pytestmark = pytest.mark.django_db
URL = "/policies/services/checkout/window/remove/"
WEEK = {"zone": "UTC", "hours": [{"days": ["mon"], "from": "10:00", "until": "16:00"}]}


@pytest.mark.parametrize(("who", "left"), [("alice", 0), ("bob", 1)])
def test_only_a_manager_removes_it(
    service: Any, now: datetime, client_for: Any, request: Any, who: str, left: int
) -> None:
    release_windows.set_window(actor=Actor.system("tests"), owner=service, definition=WEEK, now=now)
    client_for(request.getfixturevalue(who)).post(URL)
    assert ReleaseWindow.objects.count() == left
