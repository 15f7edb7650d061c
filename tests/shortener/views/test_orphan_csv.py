from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from shortener.models import OrphanDay
from tests.factories.shortener import DomainFactory

pytestmark = pytest.mark.django_db


def test_each_address_is_a_line_without_formulas(client_for: Callable[[Any], Any], vera: Any, team: Any) -> None:
    DomainFactory(team=team, name="go.example.com")
    today = timezone.now().date()
    OrphanDay.objects.create(day=today, host="go.example.com", slug="=1+1", visits=4)
    lines = client_for(vera).get("/links/orphans.csv").content.decode().splitlines()
    assert lines == ["kind,host,slug,visits,last_day", f"slug,go.example.com,'=1+1,4,{today}"]
