from collections.abc import Callable
from typing import Any

import pytest

from shortener.models import ScopeFacet

pytestmark = pytest.mark.django_db
ClientFor = Callable[[Any], Any]


def test_each_value_is_a_line(client_for: ClientFor, vera: Any, team: Any) -> None:
    for value, people in [("=cmd.example", 5), ("news.example", 9)]:
        row = {"dimension": "referrer", "value": value, "people": people}
        ScopeFacet.objects.create(scope="team", scope_id=team.pk, day="2026-03-04", **row)
    span = {"start": "2026-03-04T00:00:00Z", "end": "2026-03-05T00:00:00Z"}
    response = client_for(vera).get("/links/analytics/team/payments/sources.csv", span)
    assert response.content.decode().splitlines() == [
        "dimension,value,label,people,bots",
        "referrer,news.example,news.example,9,0",
        "referrer,'=cmd.example,'=cmd.example,5,0",
    ]
