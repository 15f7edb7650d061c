"""The SLA of an SLO over the API."""

from decimal import Decimal
from typing import Any

import pytest

from slo.models import Slo
from tests.factories.slo import SloStatusFactory

pytestmark = pytest.mark.django_db
BODY = {"objective": 0.99, "zone": "Europe/Vienna", "credits": [{"below": 0.99, "percent": 10}]}


@pytest.fixture
def api(service: Any, api_for: Any) -> Any:
    return api_for("slos:read", "slos:write")


@pytest.fixture
def url(service: Any) -> str:
    slo: Slo = SloStatusFactory(slo__service=service, slo__objective=Decimal("0.999")).slo
    return f"/api/v1/slos/{slo.public_id}/sla/"


def test_it_is_put_read_and_taken_away(api: Any, url: str) -> None:
    assert api.get(url).status_code == 404
    made = api.put(url, BODY)
    assert (made.status_code, made["ETag"], made.json()["credits"]) == (201, '"1"', BODY["credits"])
    assert api.put(url, BODY | {"objective": 0.995}).status_code == 200
    body = api.get(url).json()
    assert (body["objective"], len(body["history"]), body["current"]["sli_ratio"]) == (0.995, 12, None)
    assert [api.delete(url).status_code for _ in range(2)] == [204, 204]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"objective": 0.999}, "objective"),
        ({"objective": "NaN"}, "objective"),
        ({"zone": "Mars"}, "zone"),
        ({"credits": [{"below": 2, "percent": 10}]}, "credits"),
        ({"calendar_unit": "moon"}, "calendar_unit"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_wrong_fields_are_named(api: Any, url: str, changes: dict[str, Any], field: str) -> None:
    response = api.put(url, BODY | changes)
    assert response.status_code == 422
    assert field in response.json()["errors"]


def test_a_lost_race_is_refused(api: Any, url: str) -> None:
    api.put(url, BODY)
    assert api.put(url, BODY | {"customers": "Shops"}, headers={"If-Match": '"7"'}).status_code == 412


def test_reading_does_not_write(api_for: Any, url: str) -> None:
    assert api_for("slos:read").put(url, BODY).status_code == 403


def test_a_responder_does_not_manage(api_for: Any, bob: Any, url: str) -> None:
    assert api_for("slos:write", user=bob).put(url, BODY).status_code == 403
