from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from shortener.models import TargetCheck
from tests.factories.shortener import LinkFactory

pytestmark = pytest.mark.django_db


def test_the_list_is_a_table_without_formulas(
    client_for: Callable[[Any], Any], bob: Any, team: Any, now: datetime
) -> None:
    link = LinkFactory(team=team)
    TargetCheck.objects.create(link=link, due_at=now, dead_since=now, error="=1+1")
    response = client_for(bob).get("/dead-links/links-to-repair.csv")
    head, row = response.getvalue().decode().splitlines()
    assert head.startswith("short_url,target,status,error")
    assert "'=1+1" in row
    assert "attachment" in response.headers["Content-Disposition"]
