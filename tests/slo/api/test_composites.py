"""Composite SLOs over the API."""

from typing import Any

import pytest

from slo.models import CompositePart, Slo
from tests.factories.slo import SliFactory, SloFactory, SloStatusFactory

pytestmark = pytest.mark.django_db
URL = "/api/v1/slos/composites/"


@pytest.fixture
def parts(service: Any) -> list[Slo]:
    slis = [SliFactory(service=service) for _ in range(2)]
    return [SloStatusFactory(slo=SloFactory(service=service, sli=sli)).slo for sli in slis]


def body(some: list[Slo], **changes: Any) -> dict[str, Any]:
    shares = [{"slo": part.public_id, "weight": weight} for weight, part in enumerate(some, 1)]
    return {"service": "checkout", "name": "Shop", "objective": 0.99, "parts": shares} | changes


def test_a_composite_is_made_and_its_parts_are_changed(parts: list[Slo], api_for: Any) -> None:
    api = api_for("slos:read", "slos:write")
    response = api.post(URL, body(parts))
    assert (response.status_code, response.json()["revision"]) == (201, 1)
    one = f"/api/v1/slos/{response.json()['id']}/parts/"
    assert [part["weight"] for part in api.get(one).json()["parts"]] == [2, 1]
    changed = api.put(one, {"parts": [{"slo": parts[0].public_id}], "reason": "Closed"})
    assert changed.json()["parts"] == [{"slo": parts[0].public_id, "weight": 1}]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"parts": []}, "parts"),
        ({"parts": [{"slo": "slo_x"}]}, "parts"),
        ({"parts": "all"}, "parts"),
        ({"objective": 1}, "objective"),
        ({"name": " "}, "name"),
        ({"service": "x"}, "service"),
        ({"colour": 1}, "colour"),
    ],
    ids=["none", "unknown", "text", "objective", "name", "service", "unknown field"],
)
def test_wrong_fields_are_named(parts: list[Slo], api_for: Any, changes: dict[str, Any], field: str) -> None:
    response = api_for("slos:write").post(URL, body(parts, **changes))
    assert response.status_code == 422
    assert field in response.json()["errors"]
    assert not CompositePart.objects.exists()


def test_a_circle_is_refused(parts: list[Slo], api_for: Any) -> None:
    api = api_for("slos:write")
    inner = api.post(URL, body(parts)).json()["id"]
    outer = api.post(URL, body(parts, name="Outer", parts=[{"slo": inner}])).json()["id"]
    response = api.put(f"/api/v1/slos/{inner}/parts/", {"parts": [{"slo": outer}]})
    assert "part of itself" in response.json()["errors"]["parts"][0]


def test_a_viewer_composes_nothing(parts: list[Slo], api_for: Any, vera: Any) -> None:
    api = api_for("slos:write", user=vera)
    assert api.post(URL, body(parts)).status_code == 403
    assert api.put(f"/api/v1/slos/{parts[0].public_id}/parts/", {"parts": []}).status_code == 403


def test_those_of_a_private_team_are_not_found(parts: list[Slo], api_for: Any, charlie: Any) -> None:
    parts[0].service.team.is_private = True
    parts[0].service.team.save()
    assert api_for("slos:read", user=charlie).get(f"/api/v1/slos/{parts[0].public_id}/parts/").status_code == 404
