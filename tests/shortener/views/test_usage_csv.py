from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from shortener.models import OwnerMonth

pytestmark = pytest.mark.django_db


def test_each_owner_is_a_line(client_for: Callable[[Any], Any], vera: Any, bob: Any, team: Any) -> None:
    bob.name = "=cmd()"
    bob.save()
    OwnerMonth.objects.create(team=team, owner=bob, month=date(2026, 2, 1), links=1, people=2, bots=3)
    response = client_for(vera).get("/links/usage.csv", {"month": "2026-02"})
    assert response.content.decode().splitlines() == [
        "month,team,owner,links,people,bots",
        "2026-02,payments,'=cmd(),1,2,3",
    ]
    assert response["Content-Disposition"] == 'attachment; filename="usage-2026-02.csv"'
