from collections.abc import Callable
from typing import Any

import pytest

from shortener.models import ClickFacet
from tests.factories.shortener import LinkFactory

pytestmark = pytest.mark.django_db
ClientFor = Callable[[Any], Any]


def test_a_dimension_is_a_picture(client_for: ClientFor, vera: Any, team: Any) -> None:
    link = LinkFactory(team=team)
    ClickFacet.objects.create(link_id=link.pk, day="2026-03-04", dimension="country", value="AT", people=3)
    span = {"start": "2026-03-04T00:00:00Z", "end": "2026-03-05T00:00:00Z"}
    response = client_for(vera).get(f"/links/analytics/link/{link.public_id}/sources/country.png", span)
    assert response.content.startswith(b"\x89PNG")
    assert "country-" in response["Content-Disposition"]


def test_a_dimension_that_there_is_not(client_for: ClientFor, vera: Any, team: Any) -> None:
    assert client_for(vera).get("/links/analytics/team/payments/sources/planet.png").status_code == 404


def test_a_private_team_has_none_for_others(client_for: ClientFor, charlie: Any, team: Any) -> None:
    team.is_private = True
    team.save()
    assert client_for(charlie).get("/links/analytics/team/payments/sources/country.png").status_code == 404
