"""Composing an SLO by hand."""

from typing import Any

import pytest

from slo.models import CompositePart, Slo
from tests.factories.slo import SliFactory, SloFactory, SloStatusFactory

pytestmark = pytest.mark.django_db
URL = "/slos/composites/new/?service=checkout"


@pytest.fixture
def part(service: Any) -> Slo:
    slo: Slo = SloStatusFactory(slo=SloFactory(service=service, sli=SliFactory(service=service))).slo
    return slo


def filled(part: Slo, **changes: str) -> dict[str, str]:
    rows = {"form-TOTAL_FORMS": "2", "form-INITIAL_FORMS": "0", "form-0-slo": part.public_id, "form-0-weight": "3"}
    return {"name": "Shop", "objective": "99.5", "form-1-slo": "", "form-1-weight": "1"} | rows | changes


def test_a_manager_composes_an_slo(part: Slo, alice: Any, client_for: Any) -> None:
    client = client_for(alice)
    assert client.get(URL).status_code == 200
    assert client.post(URL, filled(part)).status_code == 302
    stored = CompositePart.objects.get()
    assert (stored.composite.name, stored.part, stored.weight) == ("Shop", part, 3)


@pytest.mark.parametrize(
    "changes",
    [{"name": ""}, {"objective": "100"}, {"form-0-slo": ""}, {"form-0-slo": "slo_x"}, {"form-0-weight": "0"}],
    ids=["name", "objective", "no part", "unknown part", "weight"],
)
def test_wrong_input_composes_nothing(part: Slo, alice: Any, client_for: Any, changes: dict[str, str]) -> None:
    response = client_for(alice).post(URL, filled(part, **changes))
    assert response.status_code == 200
    assert Slo.objects.count() == 1


def test_without_any_slo_it_says_what_comes_first(service: Any, alice: Any, client_for: Any) -> None:
    client = client_for(alice)
    assert b"There is no SLO to compose" in client.get(URL).content
    assert b"?service=checkout" in client.get("/slos/composites/new/").content


def test_a_viewer_may_not(part: Slo, vera: Any, client_for: Any) -> None:
    assert client_for(vera).post(URL, filled(part)).status_code == 403
