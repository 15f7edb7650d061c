"""The graphs of an SLO as files."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from slo.models import Slo
from slo.services import statuses
from tests.factories.slo import watched_slo

pytestmark = pytest.mark.django_db


@pytest.fixture
def slo(service: Any, now: datetime) -> Slo:
    found = watched_slo(service=service, end=now, pairs=[(10, 10)] * 50 + [(0, 10)] * 10)
    statuses.refresh_due(now=now + timedelta(minutes=1))
    return found


@pytest.mark.parametrize("name", ["budget", "burn", "bad", "events"])
def test_each_graph_is_a_table(slo: Slo, vera: Any, client_for: Any, name: str) -> None:
    response = client_for(vera).get(f"/slos/{slo.public_id}/graphs/{name}.csv")
    assert response["Content-Type"].startswith("text/csv")
    assert response.content.decode().splitlines()[0].startswith("time,")


def test_the_table_holds_what_is_drawn(slo: Slo, vera: Any, client_for: Any) -> None:
    lines = client_for(vera).get(f"/slos/{slo.public_id}/graphs/bad.csv").content.decode().splitlines()
    assert lines == ["time,bad events", "2026-03-04T11:00:00Z,100"]


def test_drawings_stand_alone(slo: Slo, vera: Any, client_for: Any) -> None:
    drawing = client_for(vera).get(f"/slos/{slo.public_id}/graphs/budget.svg").content
    assert drawing.startswith(b"<svg")
    assert b"<style>" in drawing
    picture = client_for(vera).get(f"/slos/{slo.public_id}/graphs/burn.png").content
    assert picture.startswith(b"\x89PNG")


@pytest.mark.parametrize("name", ["budget.gif", "moon.csv"])
def test_what_is_no_graph_is_not_found(slo: Slo, vera: Any, client_for: Any, name: str) -> None:
    assert client_for(vera).get(f"/slos/{slo.public_id}/graphs/{name}").status_code == 404


def test_another_teams_private_slo_is_not_found(slo: Slo, charlie: Any, client_for: Any) -> None:
    slo.service.team.is_private = True
    slo.service.team.save()
    assert client_for(charlie).get(f"/slos/{slo.public_id}/graphs/bad.csv").status_code == 404
