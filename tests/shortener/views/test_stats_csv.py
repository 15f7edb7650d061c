from collections.abc import Callable
from typing import Any

import pytest

from shortener.models import ClickDay
from tests.factories.shortener import LinkFactory

pytestmark = pytest.mark.django_db
ClientFor = Callable[[Any], Any]
SPAN = {"start": "2026-03-03T00:00:00Z", "end": "2026-03-05T00:00:00Z", "step": "day"}


def test_each_bucket_is_a_line(client_for: ClientFor, vera: Any, team: Any) -> None:
    link = LinkFactory(team=team, title="Spring")
    ClickDay.objects.create(link_id=link.pk, day="2026-03-04", people=5, bots=1, visitors=4)
    response = client_for(vera).get(f"/links/analytics/link/{link.public_id}/clicks.csv", SPAN)
    assert response.content.decode().splitlines() == [
        "start,people,bots,visitors,people_before",
        "2026-03-03T00:00:00Z,0,0,0,0",
        "2026-03-04T00:00:00Z,5,1,4,0",
    ]
    assert response["Content-Disposition"] == 'attachment; filename="clicks-Spring-20260303-20260304.csv"'


@pytest.mark.parametrize(("kind", "key"), [("planet", "earth"), ("link", "lnk_none"), ("team", "nobody")])
def test_what_is_not_there_has_no_file(kind: str, key: str, client_for: ClientFor, vera: Any) -> None:
    assert client_for(vera).get(f"/links/analytics/{kind}/{key}/clicks.csv").status_code == 404


def test_a_span_that_cannot_be_is_refused(client_for: ClientFor, vera: Any, team: Any) -> None:
    assert client_for(vera).get("/links/analytics/team/payments/clicks.csv", {"start": "soon"}).status_code == 422
