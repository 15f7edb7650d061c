from collections.abc import Callable
from typing import Any

import pytest

from shortener.models import ClickDay
from tests.factories.shortener import LinkFactory

pytestmark = pytest.mark.django_db
ClientFor = Callable[[Any], Any]
URL = "/links/analytics/export/"
SPAN = {"start": "2026-03-04T00:00:00Z", "end": "2026-03-05T00:00:00Z"}


@pytest.mark.parametrize(("kind", "count"), [("csv", 2), ("jsonl", 1)])
def test_days_are_streamed(kind: str, count: int, client_for: ClientFor, vera: Any, team: Any) -> None:
    ClickDay.objects.create(link_id=LinkFactory(team=team).pk, day="2026-03-04", people=5)
    response = client_for(vera).get(URL, {**SPAN, "scope": "team", "key": "payments", "format": kind})
    assert response.streaming
    assert len(b"".join(response.streaming_content).splitlines()) == count
    assert f'"daily-statistics.{kind}"' in response["Content-Disposition"]


def test_private_links_of_others_are_left_out(client_for: ClientFor, vera: Any, other_team: Any) -> None:
    other_team.is_private = True
    other_team.save()
    ClickDay.objects.create(link_id=LinkFactory(team=other_team).pk, day="2026-03-04", people=5)
    assert len(b"".join(client_for(vera).get(URL, SPAN).streaming_content).splitlines()) == 1


@pytest.mark.parametrize(("query", "status"), [({"format": "xml"}, 422), ({"scope": "team", "key": "x"}, 404)])
def test_what_cannot_be_exported_is_refused(
    query: dict[str, str], status: int, client_for: ClientFor, vera: Any
) -> None:
    assert client_for(vera).get(URL, query).status_code == status
