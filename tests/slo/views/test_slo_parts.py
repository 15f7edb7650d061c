"""Changing what a composite consists of."""

from typing import Any

import pytest

from slo.models import CompositePart, Slo
from tests.factories.slo import SliFactory, SloFactory, SloStatusFactory

pytestmark = pytest.mark.django_db
ROWS = {"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "0", "form-0-weight": "2"}


@pytest.fixture
def slos(service: Any) -> list[Slo]:
    some = [SloFactory(service=service, sli=SliFactory(service=service)) for _ in range(3)]
    CompositePart.objects.create(composite=some[0], part=some[1])
    return [SloStatusFactory(slo=slo).slo for slo in some]


def test_the_present_parts_are_shown_and_changed(slos: list[Slo], alice: Any, client_for: Any) -> None:
    client, url = client_for(alice), f"/slos/{slos[0].public_id}/parts/"
    assert f'value="{slos[1].public_id}" selected' in client.get(url).content.decode()
    assert client.post(url, {**ROWS, "form-0-slo": slos[2].public_id, "reason": "Moved"}).status_code == 302
    assert CompositePart.objects.get().part == slos[2]
    assert slos[0].revisions.get(valid_until=None).reason == "Moved"


def test_a_circle_is_told(slos: list[Slo], alice: Any, client_for: Any) -> None:
    url = f"/slos/{slos[1].public_id}/parts/"
    response = client_for(alice).post(url, {**ROWS, "form-0-slo": slos[0].public_id})
    assert b"cannot be a part of itself" in response.content


def test_a_viewer_may_not(slos: list[Slo], vera: Any, client_for: Any) -> None:
    assert client_for(vera).get(f"/slos/{slos[0].public_id}/parts/").status_code == 403


def test_that_of_a_private_team_is_not_found(slos: list[Slo], charlie: Any, client_for: Any) -> None:
    slos[0].service.team.is_private = True
    slos[0].service.team.save()
    assert client_for(charlie).get(f"/slos/{slos[0].public_id}/parts/").status_code == 404
